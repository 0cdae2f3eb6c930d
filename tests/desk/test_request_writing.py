"""Writing organisations and requests down, and changing their status."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from db.desk.desk import Desk
from db.drafts.organisations import ContactDraft, OrganisationDraft
from db.drafts.requests import RequestDraft, RequestFilter
from db.errors import ConflictError, DeskError
from db.models import Candidate, Proposal, ProposalEvent, Request
from tests.conftest import TestClock
from tests.support.people import add_candidate, add_request

ZONNEHOF = OrganisationDraft(
    "Zonnehof [b]", "vvt_nursing_home", "8011ab", contacts=(ContactDraft("M. de Vries", "+31612345678"),)
)


async def organisation(desk: Desk) -> UUID:
    return (await desk.organisations.add(ZONNEHOF)).id


def asked(organisation_id: UUID, **values: Any) -> RequestDraft:  # noqa: ANN401
    basics: dict[str, Any] = {"function_profile": "verzorgende_ig", "fte_asked": 200, "postcode": "8011 AB"}
    return RequestDraft(organisation_id, **(basics | values))


def stored(desk: Desk, request_id: UUID) -> Request:
    return desk.lane.read_now(lambda session: session.get_one(Request, request_id))


def candidate_status(desk: Desk, person: UUID) -> str:
    return desk.lane.read_now(lambda session: session.get_one(Candidate, person).status)


def steps(desk: Desk, person: UUID) -> list[tuple[str, str | None, str]]:
    own = select(ProposalEvent).join(Proposal).where(Proposal.candidate_id == person)
    events = desk.lane.read_now(lambda session: list(session.exec(own)))
    return [(event.status, event.reason, event.note) for event in sorted(events, key=lambda item: item.id)]


def place(desk: Desk, person: UUID, status: str) -> None:
    def work(unit: Any) -> None:  # noqa: ANN401
        proposal = unit.session.exec(select(Proposal).where(Proposal.candidate_id == person)).one()
        proposal.status = status
        unit.session.get_one(Candidate, person).status = "placed"

    desk.lane.write_now(work)


async def test_an_organisation_with_those_to_talk_to(desk: Desk) -> None:
    made = await desk.organisations.add(ZONNEHOF)
    assert (made.postcode, made.place, made.region_code) == ("8011 AB", "Zwolle", made.region_code)
    assert [person.name for person in made.contacts] == ["M. de Vries"]
    found = await desk.organisations.find("zonne zwolle")
    assert [(line.name, line.contacts, line.requests) for line in found.lines] == [("Zonnehof [b]", 1, 0)]
    changed = OrganisationDraft(
        "Zonnehof", "hospice", "8011 AB", "Zwolle", contacts=(ContactDraft("A. Bakker"),)
    )
    after = await desk.organisations.change(made.id, changed, made.row_version)
    assert (after.name, after.sector, [person.name for person in after.contacts]) == (
        "Zonnehof",
        "hospice",
        ["A. Bakker"],
    )
    with pytest.raises(ConflictError):
        await desk.organisations.change(made.id, changed, made.row_version)
    await desk.history.undo()
    before = await desk.organisations.organisation(made.id)
    assert (before.name, [person.name for person in before.contacts]) == ("Zonnehof [b]", ["M. de Vries"])


@pytest.mark.parametrize(
    ("draft", "key"),
    [
        (OrganisationDraft(" - ", "hospice"), "organisations.name_missing"),
        (OrganisationDraft("Zonnehof", ""), "organisations.sector_missing"),
        (OrganisationDraft("Zonnehof", "hospice", "12"), "organisations.postcode_wrong"),
        (replace(ZONNEHOF, name="zonnehof b", place="ZWOLLE"), "organisations.exists"),
    ],
)
async def test_what_an_organisation_cannot_do_without(desk: Desk, draft: OrganisationDraft, key: str) -> None:
    await organisation(desk)
    with pytest.raises(DeskError) as refused:
        await desk.organisations.add(draft)
    assert refused.value.key == key


async def test_somebody_whom_a_request_names_stays(desk: Desk) -> None:
    home = await desk.organisations.add(ZONNEHOF)
    await desk.requests.add(asked(home.id, contact_person_id=home.contacts[0].id))
    with pytest.raises(DeskError) as refused:
        await desk.organisations.change(home.id, replace(ZONNEHOF, contacts=()), home.row_version)
    assert refused.value.key == "organisations.contact_in_use"


async def test_a_request_is_written_field_by_field_and_opened(desk: Desk) -> None:
    home = await organisation(desk)
    request, version = await desk.requests.add(RequestDraft(home))
    with pytest.raises(DeskError) as refused:
        await desk.requests.open(request)
    assert refused.value.key == "requests.incomplete"
    draft = asked(
        home,
        grid=3,
        starts_on=date(2020, 5, 11),
        qualifications={"experience": "wished"},
        contact=ContactDraft("B. Smit", None, "b@example.org"),
    )
    assert await desk.requests.change(request, draft, version) > version
    assert (await desk.requests.open_requests()).lines == ()
    drafts = await desk.requests.open_requests(wanted=RequestFilter(shown="draft"))
    assert [line.id for line in drafts.lines] == [request]
    await desk.requests.open(request)
    view = await desk.requests.request(request)
    assert (view.line.status, view.contact_name, view.line.place) == ("open", "B. Smit", "Zwolle")
    assert stored(desk, request).x_km is not None
    await desk.history.undo()
    assert stored(desk, request).status == "draft"
    await desk.history.undo()
    assert (await desk.requests.open_requests(wanted=RequestFilter(shown="all"))).lines == ()


async def test_what_was_written_comes_back_as_it_was(desk: Desk) -> None:
    home = await desk.organisations.add(ZONNEHOF)
    draft = asked(
        home.id,
        fte_hours=32,
        positions=3,
        hours_min=16,
        hours_max=24,
        starts_on=date(2020, 5, 11),
        ends_on=date(2020, 8, 1),
        deadline=date(2020, 5, 20),
        grid=0b101,
        education_level="mbo3_vig",
        big_requirement="supervised_ok",
        qualifications={"education": "wished", "big": "required"},
        conditions=("covid_ward",),
        employment_forms=("paid_contract",),
        contact_person_id=home.contacts[0].id,
        note="Cohort\nmet [sluis]",
    )
    request, version = await desk.requests.add(draft)
    assert await desk.requests.draft(request) == (draft, version)


async def test_a_change_to_an_open_request_is_undone_and_never_overwrites(desk: Desk) -> None:
    home = await organisation(desk)
    request, version = await desk.requests.add(asked(home))
    await desk.requests.open(request)
    version = (await desk.requests.draft(request))[1]
    with pytest.raises(DeskError):
        await desk.requests.change(request, asked(home, fte_asked=None), version)
    await desk.requests.change(request, asked(home, fte_asked=300), version)
    with pytest.raises(ConflictError):
        await desk.requests.change(request, asked(home, fte_asked=400), version)
    await desk.history.undo()
    assert stored(desk, request).fte_asked == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"fte_asked": 0},
        {"fte_hours": 0},
        {"positions": 0},
        {"hours_min": 30, "hours_max": 20},
        {"starts_on": date(2020, 6, 1), "ends_on": date(2020, 5, 1)},
        {"grid": 1 << 28},
        {"education_level": "wizard"},
        {"conditions": ("sunny",)},
        {"qualifications": {"magic": "required"}},
        {"postcode": "12"},
        {"note": "bsn 123456782"},
    ],
)
async def test_what_cannot_be_is_not_kept(desk: Desk, wrong: dict[str, Any]) -> None:
    home = await organisation(desk)
    with pytest.raises(DeskError):
        await desk.requests.add(asked(home, **wrong))
    assert (await desk.requests.open_requests(wanted=RequestFilter(shown="all"))).total == 0


async def test_on_hold_tells_every_open_proposal_and_stops_its_clock(desk: Desk) -> None:
    person, request = add_candidate(desk), add_request(desk)
    await desk.proposals.propose(person, request)
    assert await desk.requests.hold(request, "outbreak", "afdeling 3") == 1
    view = await desk.requests.request(request)
    assert (view.line.status, view.status_reason) == ("on_hold", "outbreak: afdeling 3")
    assert view.proposals[0].response_due_at is None
    assert view.proposals[0].is_live
    assert "Uitbraak of quarantaine op locatie · afdeling 3" in steps(desk, person)[-1][2]
    assert (await desk.requests.open_requests()).total == 0
    with pytest.raises(DeskError):
        await desk.requests.hold(request, "outbreak")
    await desk.requests.resume(request)
    resumed = await desk.requests.request(request)
    assert (resumed.line.status, resumed.status_reason) == ("open", "")
    assert resumed.proposals[0].response_due_at is not None
    await desk.history.undo()
    await desk.history.undo()
    assert stored(desk, request).status == "open"


@pytest.mark.parametrize(("late", "held"), [(False, 0), (True, 0), (False, 30)])
async def test_taken_up_again_everything_is_as_it_was(
    desk: Desk, clock: TestClock, late: bool, held: int
) -> None:
    person, request = add_candidate(desk), add_request(desk)
    made = await desk.proposals.propose(person, request)
    meets = clock.now + timedelta(days=3)
    await desk.proposals.step(made.id, "interview", moment=meets)
    clock.forward(days=20 if late else 1)
    before = (await desk.requests.request(request)).proposals[0]
    await desk.requests.hold(request, "outbreak")
    clock.forward(days=held)
    await desk.requests.resume(request)
    after = (await desk.requests.request(request)).proposals[0]
    assert (after.since, after.status, after.interview_at) == (before.since, before.status, meets)
    assert before.response_due_at is not None
    assert after.response_due_at is not None
    assert (after.response_due_at == before.response_due_at) is not bool(held)
    assert not held or after.response_due_at > clock.now


@pytest.mark.parametrize(
    ("reason", "status", "why"),
    [
        ("no_longer_needed", "cancelled_employer", "request_cancelled"),
        ("own_staff", "filled_elsewhere", "already_filled"),
    ],
)
async def test_cancelling_ends_every_open_proposal(desk: Desk, reason: str, status: str, why: str) -> None:
    person, other, request = add_candidate(desk), add_candidate(desk, "Noor"), add_request(desk)
    elsewhere = add_request(desk, "Elders")
    await desk.proposals.propose(person, request)
    await desk.proposals.propose(other, request)
    await desk.proposals.propose(other, elsewhere)
    assert await desk.requests.cancel(request, reason) == 2
    assert steps(desk, person)[-1][:2] == (status, why)
    assert (candidate_status(desk, person), candidate_status(desk, other)) == ("available", "proposed")
    assert stored(desk, request).status == "cancelled"
    await desk.history.undo()
    assert stored(desk, request).status == "open"
    assert candidate_status(desk, person) == "proposed"


async def test_whoever_is_at_work_stays_when_a_request_is_cancelled(desk: Desk) -> None:
    at_work, accepted, request = add_candidate(desk), add_candidate(desk, "Noor"), add_request(desk, fte=300)
    for person, status in ((at_work, "started"), (accepted, "accepted")):
        await desk.proposals.propose(person, request)
        place(desk, person, status)
    book = (await desk.requests.request(request)).line.fte
    assert (book.accepted > 0, book.started > 0) == (True, True)
    assert book.asked == book.proposed + book.accepted + book.started + book.left
    assert await desk.requests.cancel(request, "no_longer_needed") == 1
    assert (candidate_status(desk, at_work), candidate_status(desk, accepted)) == ("placed", "available")


async def test_a_request_goes_from_draft_to_closed_and_back(desk: Desk) -> None:
    request, _ = await desk.requests.add(asked(await organisation(desk)))
    for status in ("submitted", "verified", "open", "closed", "open"):
        assert await desk.requests.step(request, status) == status
    await desk.history.undo()
    assert stored(desk, request).status == "closed"


async def test_only_a_step_that_may_follow_is_taken(desk: Desk) -> None:
    request = add_request(desk)
    with pytest.raises(ConflictError) as refused:
        await desk.requests.step(request, "submitted")
    assert refused.value.key == "requests.step_not_now"
    bare, _ = await desk.requests.add(RequestDraft(await organisation(desk)))
    with pytest.raises(DeskError) as incomplete:
        await desk.requests.step(bare, "submitted")
    assert incomplete.value.key == "requests.incomplete"


async def test_a_request_is_not_closed_over_the_heads_of_those_who_wait(desk: Desk) -> None:
    person, request = add_candidate(desk), add_request(desk, fte=100)
    await desk.proposals.propose(person, request, hours=36)
    for status in ("sent", "accepted"):
        place(desk, person, status)
        with pytest.raises(DeskError) as refused:
            await desk.requests.step(request, "closed")
        assert refused.value.key == "requests.proposals_wait"
    place(desk, person, "started")
    assert await desk.requests.step(request, "closed") == "closed"
    assert await desk.requests.step(request, "open") == "filled"


async def test_another_reason_needs_a_word(desk: Desk) -> None:
    request = add_request(desk)
    for step in (desk.requests.hold, desk.requests.cancel):
        with pytest.raises(DeskError) as refused:
            await step(request, "other", " ")
        assert refused.value.key == "requests.note_missing"
    assert stored(desk, request).status == "open"


async def test_the_status_follows_the_book(desk: Desk) -> None:
    home = await organisation(desk)
    request, _ = await desk.requests.add(asked(home, fte_asked=100))
    await desk.requests.open(request)
    person = add_candidate(desk)
    await desk.proposals.propose(person, request, hours=18)
    place(desk, person, "accepted")
    draft, version = await desk.requests.draft(request)
    version = await desk.requests.change(request, replace(draft, note="Let op"), version)
    assert stored(desk, request).status == "partly_filled"
    await desk.requests.change(request, replace(draft, fte_asked=50), version)
    assert stored(desk, request).status == "filled"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (RequestFilter(), ["Haast", "Vol", "Ver"]),
        (RequestFilter(urgent=True), ["Haast", "Vol", "Ver"]),
        (RequestFilter(unfilled=True), ["Haast", "Ver"]),
        (RequestFilter(profile="icu_nurse"), ["Ver"]),
        (RequestFilter(sector="hospice"), []),
        (RequestFilter(shown="on_hold"), ["Stil"]),
        (RequestFilter(region="region_unresolved"), ["Ver"]),
    ],
)
async def test_filters(desk: Desk, wanted: RequestFilter, found: list[str]) -> None:
    add_request(desk, "Haast", deadline=date(2020, 5, 8))
    full = add_request(desk, "Vol", fte=10, deadline=date(2020, 5, 9))
    add_request(desk, "Ver", pc4=None, profile="icu_nurse")
    add_request(desk, "Stil", status="on_hold")
    await desk.proposals.propose(add_candidate(desk), full)
    result = await desk.requests.open_requests(wanted=wanted)
    assert [line.organisation for line in result.lines] == found


@pytest.mark.parametrize("sort", ["region", "sector", "profile"])
async def test_orders_of_the_recruiter(desk: Desk, sort: str) -> None:
    add_request(desk, "B", profile="verzorgende_ig")
    add_request(desk, "A", profile="icu_nurse", pc4=1011)
    assert len((await desk.requests.open_requests(sort=sort)).lines) == 2
