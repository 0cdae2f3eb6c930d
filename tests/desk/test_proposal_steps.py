"""A proposal from step to step: what follows for the candidate, the request and the queue."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from db.desk.desk import Desk
from db.desk.proposal_steps import take_step
from db.desk.unit import Unit
from db.drafts.proposals import StepDraft
from db.drafts.queue import FollowUpDraft, Lease, OutcomeDraft
from db.errors import ConflictError, DeskError
from db.models import FollowUp, Proposal, ProposalEvent, QueueEntry
from db.rules.availability import cell
from db.views.queue import CardView
from tests.conftest import NOW, TestClock
from tests.support.people import add_candidate, add_request, add_user
from tests.support.work import add_availability

MORNINGS = cell(0, 0) | cell(1, 0)
EVENINGS = cell(0, 2) | cell(1, 2)


async def proposed(desk: Desk, person: UUID, organisation: str = "Zonnehof", **columns: Any) -> UUID:  # noqa: ANN401
    request = add_request(desk, organisation, **({"grid": MORNINGS} | columns))
    return (await desk.proposals.propose(person, request)).id


def entries(desk: Desk, person: UUID) -> list[QueueEntry]:
    own = select(QueueEntry).where(QueueEntry.candidate_id == person, QueueEntry.state != "done")
    return desk.lane.read_now(lambda session: list(session.exec(own)))


async def test_the_whole_way_to_work(desk: Desk, clock: TestClock) -> None:
    person = add_candidate(desk)
    made = await proposed(desk, person)
    await desk.proposals.step(made, "contacted")
    await desk.proposals.step(made, "interview", moment=NOW + timedelta(days=1))
    assert (await desk.proposals.lists()).waiting[0].interview_at == NOW + timedelta(days=1)
    await desk.proposals.step(made, "accepted")
    assert (await desk.candidates.card(person)).status == "placed"
    clock.forward(days=4)
    view = await desk.proposals.step(made, "started")
    assert view.follow_up_at == datetime(2020, 5, 25, 8, 0, tzinfo=UTC)
    line = (await desk.proposals.lists()).working[0]
    assert (line.status, line.starts_on) == ("started", date(2020, 5, 11))
    clock.forward(days=60)
    await desk.proposals.step(made, "completed")
    card = await desk.candidates.card(person)
    assert (card.status, card.proposals[0].status, card.proposals[0].is_live) == (
        "available",
        "completed",
        False,
    )
    facts = desk.lane.read_now(lambda session: session.exec(select(ProposalEvent)).all())
    assert sorted(fact.status for fact in facts) == [
        "accepted",
        "completed",
        "contacted",
        "interview",
        "sent",
        "started",
    ]


@pytest.mark.parametrize("status", ["started", "completed", "stopped", "sent"])
async def test_no_step_is_left_out(desk: Desk, status: str) -> None:
    made = await proposed(desk, add_candidate(desk))
    with pytest.raises(ConflictError, match=r"proposals\.step_not_now"):
        await desk.proposals.step(made, status)


@pytest.mark.parametrize(
    ("status", "given", "key"),
    [
        ("declined_employer", {}, "proposals.reason_missing"),
        ("declined_employer", {"reason": "no_transport"}, "proposals.reason_missing"),
        ("declined_employer", {"reason": "other"}, "proposals.note_missing"),
        ("interview", {}, "proposals.moment_missing"),
        ("interview", {"moment": NOW - timedelta(hours=1)}, "proposals.moment_missing"),
    ],
)
async def test_a_step_demands_what_the_list_says(
    desk: Desk, status: str, given: dict[str, Any], key: str
) -> None:
    made = await proposed(desk, add_candidate(desk))
    with pytest.raises(DeskError, match=key):
        await desk.proposals.step(made, status, **given)
    assert (await desk.proposals.lists()).waiting[0].status == "sent"


async def test_a_refusal_is_told_to_the_person(desk: Desk) -> None:
    person = add_candidate(desk)
    made = await proposed(desk, person)
    view = await desk.proposals.step(made, "declined_employer", reason="experience_missing")
    assert view.feedback
    card = await desk.candidates.card(person)
    assert (card.status, card.proposals[0].reason) == ("available", "experience_missing")
    [entry] = entries(desk, person)
    assert (entry.kind, entry.state) == ("wish", "ready")
    assert "Zonnehof" in entry.note
    assert "ervaring" in entry.note


async def test_the_words_for_the_caller_are_in_the_language_of_whoever_asks(desk: Desk) -> None:
    person = add_candidate(desk)
    made = await proposed(desk, person)
    await desk.proposals.step(made, "declined_employer", reason="experience_missing", language="en")
    assert entries(desk, person)[0].note.startswith("Tell them: Zonnehof, Declined by organisation")


@pytest.mark.parametrize(("status", "reason"), [("no_show", None), ("stopped", "terms"), ("completed", None)])
async def test_nobody_is_asked_how_it_goes_at_work_that_is_over(
    desk: Desk, status: str, reason: str | None
) -> None:
    person = add_candidate(desk)
    made = await proposed(desk, person)
    await desk.proposals.step(made, "accepted")
    await desk.proposals.step(made, "started")
    assert [entry.kind for entry in entries(desk, person)] == ["follow_up"]
    await desk.proposals.step(made, status, reason=reason)
    assert "follow_up" not in [entry.kind for entry in entries(desk, person)]
    await desk.history.undo()
    assert [entry.kind for entry in entries(desk, person)] == ["follow_up"]


async def test_the_card_names_whoever_took_the_step(desk: Desk, clock: TestClock) -> None:
    person, colleague = add_candidate(desk), add_user(desk, "Noor", "recruiter")
    made = await proposed(desk, person)
    clock.forward(days=1)

    def by_colleague(unit: Unit) -> None:
        take_step(Unit(unit.session, unit.now, colleague), made, StepDraft("contacted"))

    desk.lane.write_now(by_colleague)
    contacted = clock.now
    clock.forward(days=1)
    [line] = (await desk.candidates.card(person)).proposals
    assert (line.by, line.since) == ("Noor", contacted)


async def test_told_them_closes_the_call_and_leaves_them_available(desk: Desk) -> None:
    person = add_candidate(desk)
    made = await proposed(desk, person)
    await desk.proposals.step(made, "no_response_employer")
    served = await desk.queue.next()
    assert isinstance(served, CardView)
    lease = Lease(served.entry.id, served.entry.epoch)
    await desk.queue.record(lease, OutcomeDraft("reached_informed"))
    card = await desk.candidates.card(person)
    assert (card.status, card.last_feedback_at, card.why) == ("available", NOW, None)


async def test_a_call_that_waits_already_takes_the_words_along(desk: Desk) -> None:
    person = add_candidate(desk, entry="ready")
    made = await proposed(desk, person)
    await desk.proposals.step(made, "expired")
    [entry] = entries(desk, person)
    assert (entry.kind, "Zonnehof" in entry.note) == ("new", True)


async def test_nobody_is_called_who_does_not_want_to(desk: Desk) -> None:
    person = add_candidate(desk)
    made = await proposed(desk, person)
    desk.lane.write_now(lambda unit: _do_not_call(unit, person))
    assert not (await desk.proposals.step(made, "expired")).feedback
    assert entries(desk, person) == []


def _do_not_call(unit: Unit, person: UUID) -> None:
    from db.models import Candidate

    unit.get(Candidate, person).do_not_call = True


async def test_undo_takes_the_step_back_with_all_that_followed(desk: Desk) -> None:
    person = add_candidate(desk)
    made = await proposed(desk, person)
    await desk.proposals.step(made, "declined_employer", reason="experience_missing")
    assert (await desk.history.undo()).action == "proposals.step"
    card = await desk.candidates.card(person)
    assert (card.status, card.proposals[0].status, card.proposals[0].is_live) == ("proposed", "sent", True)
    assert entries(desk, person) == []
    await desk.history.redo()
    assert (await desk.candidates.card(person)).status == "available"
    assert [entry.kind for entry in entries(desk, person)] == ["wish"]


async def test_the_clock_starts_anew_with_contact_and_stops_with_an_answer(
    desk: Desk, clock: TestClock
) -> None:
    made = await proposed(desk, add_candidate(desk))
    clock.forward(days=5)
    assert (await desk.proposals.lists()).counts == {"waiting": 1, "overdue": 1, "working": 0}
    await desk.proposals.step(made, "contacted")
    lists = await desk.proposals.lists()
    assert lists.waiting[0].response_due_at == datetime(2020, 5, 14, 8, 0, tzinfo=UTC)
    assert lists.counts["overdue"] == 0
    await desk.proposals.step(made, "accepted")
    assert (await desk.proposals.lists()).counts == {"waiting": 0, "overdue": 0, "working": 1}


async def test_the_one_due_longest_comes_first(desk: Desk, clock: TestClock) -> None:
    first = await proposed(desk, add_candidate(desk, "Eerst", phone=None))
    clock.forward(hours=2)
    await proposed(desk, add_candidate(desk, "Dan", phone=None), "Linde")
    lines = (await desk.proposals.lists()).waiting
    assert [line.name.first_name for line in lines] == ["Eerst", "Dan"]
    clock.forward(minutes=5)
    await desk.proposals.step(first, "contacted")
    assert [line.name.first_name for line in (await desk.proposals.lists()).waiting] == ["Dan", "Eerst"]


async def test_the_same_day_parts_are_refused_by_name(desk: Desk) -> None:
    person = add_candidate(desk)
    add_availability(desk, person, hours=40)
    one = await proposed(desk, person, hours_min=8, hours_max=8)
    other = await proposed(desk, person, "Linde", hours_min=8, hours_max=8, grid=MORNINGS | EVENINGS)
    await desk.proposals.step(one, "accepted")
    with pytest.raises(DeskError, match=r"proposals\.clash\.day_parts") as refused:
        await desk.proposals.step(other, "accepted")
    assert refused.value.params["organisation"] == "Zonnehof"
    assert refused.value.params["count"] == 2
    view = await desk.proposals.step(other, "accepted", override="ruilt onderling")
    assert view.status == "accepted"
    kept = desk.lane.read_now(lambda session: session.get_one(Proposal, other))
    assert kept.match_snapshot["override"]["reason"] == "ruilt onderling"


async def test_more_hours_than_offered_are_refused(desk: Desk) -> None:
    person = add_candidate(desk)
    add_availability(desk, person, hours=20)
    one = await proposed(desk, person, hours_min=16, hours_max=16)
    other = await proposed(desk, person, "Linde", hours_min=8, hours_max=8, grid=EVENINGS)
    await desk.proposals.step(one, "accepted")
    with pytest.raises(DeskError, match=r"proposals\.clash\.hours"):
        await desk.proposals.step(other, "accepted")


async def test_jobs_beside_each_other_are_no_clash(desk: Desk) -> None:
    person = add_candidate(desk)
    add_availability(desk, person, hours=24)
    one = await proposed(desk, person, hours_min=16, hours_max=16)
    other = await proposed(desk, person, "Linde", hours_min=8, hours_max=8, grid=EVENINGS)
    await desk.proposals.step(one, "accepted")
    assert (await desk.proposals.check_accept(other)).clashes == ()
    await desk.proposals.step(other, "accepted")
    await desk.proposals.step(one, "cancelled_employer", reason="request_cancelled")
    assert (await desk.candidates.card(person)).status == "placed"


async def test_what_no_longer_fits_is_withdrawn_in_the_same_step(desk: Desk) -> None:
    person = add_candidate(desk)
    add_availability(desk, person, hours=24)
    one = await proposed(desk, person, hours_min=16, hours_max=16)
    rival = await proposed(desk, person, "Linde", hours_min=16, hours_max=16)
    beside = await proposed(desk, person, "Vijverhof", hours_min=8, hours_max=8, grid=EVENINGS)
    check = await desk.proposals.check_accept(one)
    assert [job.organisation for job in check.competing] == ["Linde"]
    view = await desk.proposals.step(one, "accepted", withdraw_competing=True)
    assert view.withdrawn == ("Linde",)
    lines = {line.id: line for line in (await desk.candidates.card(person)).proposals}
    assert (lines[rival].status, lines[rival].reason) == ("withdrawn_recruiter", "works_elsewhere")
    assert lines[beside].is_live
    await desk.history.undo()
    lines = {line.id: line for line in (await desk.candidates.card(person)).proposals}
    assert [lines[key].status for key in (one, rival)] == ["sent", "sent"]


async def test_undo_never_books_twice(desk: Desk) -> None:
    person = add_candidate(desk)
    add_availability(desk, person, hours=40)
    one = await proposed(desk, person, hours_min=8, hours_max=8)
    other = await proposed(desk, person, "Linde", hours_min=8, hours_max=8)
    third = await proposed(desk, person, "Vijverhof", hours_min=8, hours_max=8, grid=EVENINGS)
    await desk.proposals.step(third, "accepted")
    await desk.proposals.step(one, "accepted")
    await desk.proposals.step(one, "withdrawn_recruiter", reason="already_filled")
    colleague = desk.users.sign_in_now("Noor", "recruiter")
    assert colleague.name == "Noor"
    await desk.proposals.step(other, "accepted")
    desk.users.sign_in_now("Kim", "caller")
    with pytest.raises(ConflictError, match=r"history\.booked_since"):
        await desk.history.undo()
    working = (await desk.proposals.lists()).working
    assert {line.organisation for line in working} == {"Vijverhof", "Linde"}


async def test_the_request_is_filled_by_who_was_accepted(desk: Desk) -> None:
    person = add_candidate(desk, hours_max=18)
    request = add_request(desk, fte=50)
    made = await desk.proposals.propose(person, request)
    await desk.proposals.step(made.id, "accepted")
    assert (await desk.requests.request(request)).line.status == "filled"
    await desk.proposals.step(made.id, "no_show")
    view = await desk.requests.request(request)
    assert (view.line.status, view.line.fte.left) == ("open", 50)


async def test_a_follow_up_is_asked_some_time_after_the_start(desk: Desk, clock: TestClock) -> None:
    person = add_candidate(desk)
    made = await proposed(desk, person)
    await desk.proposals.step(made, "accepted")
    await desk.proposals.step(made, "started")
    [entry] = entries(desk, person)
    assert (entry.kind, entry.state) == ("follow_up", "scheduled")
    clock.forward(days=15)
    served = await desk.queue.next()
    assert isinstance(served, CardView)
    assert served.entry.kind == "follow_up"
    said = FollowUpDraft(still_there=True, wants_to_stay="yes")
    lease = Lease(served.entry.id, served.entry.epoch)
    await desk.queue.record(lease, OutcomeDraft("reached_informed", follow_up=said))
    facts = desk.lane.read_now(lambda session: session.exec(select(FollowUp)).all())
    assert [(fact.still_there, fact.wants_to_stay) for fact in facts] == [(True, "yes")]
    assert (await desk.candidates.card(person)).status == "placed"
    assert (await desk.proposals.lists()).working[0].follow_up_at is None


async def test_who_has_another_call_waiting_is_asked_after_it(desk: Desk, clock: TestClock) -> None:
    person = add_candidate(desk, entry="ready")
    made = await proposed(desk, person)
    await desk.proposals.step(made, "accepted")
    await desk.proposals.step(made, "started")
    served = await desk.queue.next()
    assert isinstance(served, CardView)
    lease = Lease(served.entry.id, served.entry.epoch)
    await desk.queue.record(lease, OutcomeDraft("reached_informed"))
    assert entries(desk, person) == []
    clock.forward(days=19)
    served = await desk.queue.next()
    assert isinstance(served, CardView)
    assert served.entry.kind == "follow_up"


async def test_a_follow_up_may_be_written_down_without_the_call(desk: Desk) -> None:
    person = add_candidate(desk)
    made = await proposed(desk, person)
    await desk.proposals.step(made, "accepted")
    with pytest.raises(ConflictError, match=r"proposals\.not_at_work"):
        await desk.proposals.follow_up(made, still_there=True)
    await desk.proposals.step(made, "started")
    await desk.proposals.follow_up(made, still_there=True, wants_to_stay="undecided")
    assert entries(desk, person) == []
    await desk.history.undo()
    assert [entry.kind for entry in entries(desk, person)] == ["follow_up"]


async def test_work_does_not_end_before_it_began(desk: Desk, clock: TestClock) -> None:
    made = await proposed(desk, add_candidate(desk))
    await desk.proposals.step(made, "accepted")
    await desk.proposals.step(made, "started")
    with pytest.raises(DeskError, match=r"proposals\.ends_before_start"):
        await desk.proposals.step(made, "stopped", "terms", moment=NOW - timedelta(days=2))
    with pytest.raises(DeskError, match=r"proposals\.day_ahead"):
        await desk.proposals.step(made, "stopped", "terms", moment=NOW + timedelta(days=2))
    clock.forward(days=2)
    await desk.proposals.step(made, "stopped", "terms")
