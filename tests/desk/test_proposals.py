"""Proposing people to organisations."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.errors import DeskError
from db.models import Availability, Consent, Interview, Proposal, ProposalEvent, Request, Retraction
from tests.conftest import NOW, TestClock
from tests.support.people import CONSENT_TEXT, add_candidate, add_request


async def test_a_proposal_stands_on_the_card_and_in_the_request(desk: Desk) -> None:
    person, request = add_candidate(desk, hours_max=16), add_request(desk, fte=200)
    made = await desk.proposals.propose(person, request)
    assert (made.status, made.hours, made.fte) == ("sent", 16, 44)
    card = await desk.candidates.card(person)
    assert card.status == "proposed"
    assert [(line.organisation, line.by) for line in card.proposals] == [("Verpleeghuis Zonnehof", "Kim")]
    view = await desk.requests.request(request)
    assert [line.name.last_name for line in view.proposals] == ["Luinenburg"]
    assert (view.line.fte.asked, view.line.fte.proposed, view.line.fte.left) == (200, 44, 156)
    assert await desk.proposals.for_candidate(person) == card.proposals


async def test_the_organisation_has_two_working_days(desk: Desk) -> None:
    made = await desk.proposals.propose(add_candidate(desk), add_request(desk))
    assert made.response_due_at == datetime(2020, 5, 11, 8, 0, tzinfo=UTC)


async def test_what_was_known_is_kept(desk: Desk) -> None:
    person = add_candidate(desk, pc4=3888)
    made = await desk.proposals.propose(person, add_request(desk, pc4=8011))
    assert made.match_snapshot["distance_km"] == pytest.approx(41, abs=10)
    assert made.match_snapshot["hours_asked"] == [16, 24]


async def test_undo_takes_a_proposal_back_and_redo_brings_it(desk: Desk) -> None:
    person, request = add_candidate(desk), add_request(desk)
    await desk.proposals.propose(person, request)
    assert (await desk.history.undo()).action == "proposals.propose"
    card = await desk.candidates.card(person)
    assert (card.status, [line.is_live for line in card.proposals]) == ("available", [])
    assert (await desk.requests.request(request)).line.fte.proposed == 0
    await desk.history.redo()
    assert (await desk.candidates.card(person)).status == "proposed"
    assert (await desk.requests.open_requests(person)).lines[0].already_proposed


async def test_after_an_undo_one_may_propose_again(desk: Desk) -> None:
    person, request = add_candidate(desk), add_request(desk)
    await desk.proposals.propose(person, request)
    await desk.history.undo()
    await desk.proposals.propose(person, request)
    assert len((await desk.requests.request(request)).proposals) == 1


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        ({"consent": None}, "proposals.no_consent"),
        ({"consent": "refused"}, "proposals.no_consent"),
        ({"intake": None}, "proposals.intake_incomplete"),
        ({"intake": "draft"}, "proposals.intake_incomplete"),
        ({"status": "paused"}, "proposals.paused"),
        ({"paused_until": NOW + timedelta(days=3)}, "proposals.paused"),
        ({"status": "withdrawn"}, "proposals.withdrawn"),
        ({"status": "duplicate"}, "proposals.ended"),
        ({"status": "data_incorrect"}, "proposals.data_incorrect"),
        ({"do_not_call": True}, "proposals.do_not_call"),
    ],
)
async def test_who_may_not_be_proposed(desk: Desk, columns: dict[str, Any], key: str) -> None:
    person, request = add_candidate(desk, **columns), add_request(desk)
    with pytest.raises(DeskError, match=key):
        await desk.proposals.propose(person, request)
    assert (await desk.requests.request(request)).proposals == ()


async def test_never_twice_at_once_to_the_same_request(desk: Desk) -> None:
    person, request = add_candidate(desk), add_request(desk)
    await desk.proposals.propose(person, request)
    with pytest.raises(DeskError, match=r"proposals\.already"):
        await desk.proposals.propose(person, request)


@pytest.mark.parametrize("status", ["draft", "on_hold", "cancelled", "closed", "filled"])
async def test_a_request_that_wants_nobody(desk: Desk, status: str) -> None:
    with pytest.raises(DeskError, match=r"proposals\.request_closed"):
        await desk.proposals.propose(add_candidate(desk), add_request(desk, status=status))


async def test_an_organisation_that_the_person_excluded(desk: Desk) -> None:
    person, request = add_candidate(desk), add_request(desk)

    def exclude(unit: Unit) -> None:
        interview = unit.session.exec(select(Interview).where(Interview.candidate_id == person)).one()
        interview.answers = {"excluded_organisations": {"value": "niet naar Zonnehof"}}

    desk.lane.write_now(exclude)
    with pytest.raises(DeskError, match=r"proposals\.excluded"):
        await desk.proposals.propose(person, request)


@pytest.mark.parametrize(
    ("state", "retracted", "allowed"), [("withdrawn", False, False), ("withdrawn", True, True)]
)
async def test_the_newest_consent_that_stands_decides(
    desk: Desk, clock: TestClock, state: str, retracted: bool, allowed: bool
) -> None:
    person, request = add_candidate(desk), add_request(desk)
    clock.forward(hours=1)
    desk.lane.write_now(lambda unit: _add_consent(unit, person, state, retracted))
    if allowed:
        assert (await desk.proposals.propose(person, request)).status == "sent"
    else:
        with pytest.raises(DeskError, match=r"proposals\.no_consent"):
            await desk.proposals.propose(person, request)


def _add_consent(unit: Unit, person: UUID, state: str, retracted: bool) -> None:
    fact = Consent(
        at=unit.now,
        candidate_id=person,
        purpose="share_with_care_organisations",
        state=state,
        text=CONSENT_TEXT,
        text_version="1",
        channel="phone",
        recorded_at=unit.now,
    )
    unit.session.add(fact)
    if retracted:
        unit.session.add(Retraction(fact_id=fact.id, fact_table="consent", user_id=unit.user_id, at=unit.now))


async def test_warnings_never_stop_a_proposal(desk: Desk) -> None:
    person = add_candidate(desk, pc4=3888, hours_max=24)
    interview = (await desk.candidates.card(person)).interview
    assert interview is not None

    def work(unit: Unit) -> None:
        unit.session.add(
            Availability(
                candidate_id=person,
                interview_id=interview.id,
                available_from=NOW.date(),
                hours_min=8,
                hours_max=24,
                grid=1,
                max_travel_km=5,
                last_confirmed_at=NOW,
            )
        )

    desk.lane.write_now(work)
    first = await desk.proposals.propose(person, add_request(desk, fte=0))
    second = await desk.proposals.propose(person, add_request(desk, "Ziekenhuis Linde", fte=300))
    assert first.warnings == ("filled", "too_far")
    assert second.warnings == ("elsewhere", "too_far")


async def test_withdrawing_makes_the_person_available_again(desk: Desk) -> None:
    person, request = add_candidate(desk), add_request(desk)
    made = await desk.proposals.propose(person, request)
    await desk.proposals.withdraw(made.id, "already_filled")
    card = await desk.candidates.card(person)
    assert (card.status, card.proposals[0].status) == ("available", "withdrawn_recruiter")
    with pytest.raises(DeskError, match=r"proposals\.not_live"):
        await desk.proposals.withdraw(made.id, "too_far")
    await desk.history.undo()
    assert (await desk.candidates.card(person)).status == "proposed"


async def test_each_step_is_a_fact(desk: Desk) -> None:
    made = await desk.proposals.propose(add_candidate(desk), add_request(desk))
    await desk.proposals.withdraw(made.id, "too_far")
    facts = desk.lane.read_now(
        lambda session: session.exec(select(ProposalEvent).where(ProposalEvent.proposal_id == made.id)).all()
    )
    assert sorted(fact.status for fact in facts) == ["sent", "withdrawn_recruiter"]


async def test_the_book_always_adds_up(desk: Desk) -> None:
    request = add_request(desk, fte=250)
    people = [add_candidate(desk, f"P{number}", phone=None, hours_max=18) for number in range(4)]
    made = [await desk.proposals.propose(person, request) for person in people]
    await desk.proposals.withdraw(made[0].id, "too_far")

    def accept(unit: Unit) -> None:
        unit.get(Proposal, made[1].id).status = "accepted"
        unit.get(Request, request).status = "partly_filled"

    desk.lane.write_now(accept)
    book = (await desk.requests.request(request)).line.fte
    assert (book.proposed, book.placed, book.left) == (100, 50, 100)
    assert book.asked == book.proposed + book.placed + book.left


async def test_a_period_that_has_passed_and_work_elsewhere_are_said(desk: Desk) -> None:
    person = add_candidate(desk)
    first = await desk.proposals.propose(person, add_request(desk))
    await desk.proposals.step(first.id, "accepted")
    gone = add_request(desk, "Ziekenhuis Linde", ends_on=NOW.date() - timedelta(days=1))
    warnings = (await desk.proposals.propose(person, gone)).warnings
    assert {"over", "booked"} <= set(warnings)
    assert "elsewhere" not in warnings
