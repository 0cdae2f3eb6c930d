"""The caller's queue: who comes next, what an outcome means, and taking it back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from db.desk.desk import Desk, open_desk
from db.drafts.queue import Lease, OutcomeDraft
from db.errors import ConflictError, DeskError
from db.models import CallAttempt, Candidate, Conflict, QueueEntry, RepairTask, Retraction
from db.rules.groups import Groups
from db.stores import queue as store
from db.stores.queue import entry_counts, open_entry
from db.views.queue import CardView, WaitingView
from tests.conftest import TestClock
from tests.support.people import add_candidate, change_user


@pytest.fixture
def other_desk(desk: Desk, database_url: str, clock: TestClock) -> Iterator[Desk]:
    """A second caller on the same database."""
    other = open_desk(database_url, clock)
    other.users.sign_in_now("Sam", "caller")
    yield other
    other.close()


def new_person(desk: Desk, name: str = "Tristan", **columns: Any) -> UUID:  # noqa: ANN401  # of Candidate
    return add_candidate(desk, name, intake=None, entry="ready", **({"status": "new"} | columns))


async def take(desk: Desk) -> CardView:
    card = await desk.queue.next()
    assert isinstance(card, CardView), card
    return card


def lease(card: CardView) -> Lease:
    return Lease(card.entry.id, card.entry.epoch)


def entry_of(desk: Desk, candidate_id: UUID) -> QueueEntry | None:
    return desk.lane.read_now(lambda session: open_entry(session, candidate_id))


def person_of(desk: Desk, candidate_id: UUID) -> Candidate:
    return desk.lane.read_now(lambda session: session.get_one(Candidate, candidate_id))


async def test_the_next_card_says_who_and_why(desk: Desk) -> None:
    person = new_person(desk)
    card = await take(desk)
    assert card.candidate.id == person
    assert card.entry.kind == "new"
    assert card.entry.claimed_until == desk.clock() + timedelta(minutes=20)


async def test_an_empty_queue_says_why(desk: Desk, other_desk: Desk) -> None:
    new_person(desk)
    await take(other_desk)
    waiting = await desk.queue.next()
    assert isinstance(waiting, WaitingView)
    assert waiting.holders == {"Sam": 1}
    assert waiting.next_free == desk.clock() + timedelta(minutes=20)


async def test_two_callers_never_get_the_same_person(desk: Desk, other_desk: Desk) -> None:
    people = {new_person(desk), new_person(desk, "Anne")}
    assert {(await take(desk)).candidate.id, (await take(other_desk)).candidate.id} == people


async def test_the_same_card_comes_back_after_a_restart(desk: Desk, clock: TestClock) -> None:
    new_person(desk)
    card = await take(desk)
    clock.forward(minutes=5)
    (again,) = await desk.queue.held()
    assert (again.entry.id, again.entry.epoch) == (card.entry.id, card.entry.epoch)
    assert again.entry.claimed_until == clock.now + timedelta(minutes=20)


async def test_a_lease_that_ran_out_goes_to_somebody_else(
    desk: Desk, other_desk: Desk, clock: TestClock
) -> None:
    new_person(desk)
    card = await take(desk)
    clock.forward(minutes=21)
    taken = await take(other_desk)
    assert taken.entry.id == card.entry.id
    assert taken.entry.epoch > card.entry.epoch
    assert await desk.queue.renew(lease(card)) is None


async def test_no_answer_comes_back_in_another_day_part(desk: Desk) -> None:
    person = new_person(desk)
    recorded = await desk.queue.record(lease(await take(desk)), OutcomeDraft("no_answer"))
    assert recorded.kind == "retry"
    assert recorded.day_part == "afternoon"
    assert recorded.attempts_left == 4
    entry = entry_of(desk, person)
    assert entry is not None
    assert (entry.state, entry.kind, entry.claimed_by) == ("scheduled", "retry", None)


async def test_five_tries_then_an_email_then_unreachable(desk: Desk, clock: TestClock) -> None:
    person = new_person(desk, email="t@example.org")
    days = set()
    for _ in range(5):
        card = await take(desk)
        recorded = await desk.queue.record(lease(card), OutcomeDraft("no_answer"))
        days.add(clock.now.date())
        clock.now = recorded.again_at or clock.now
    assert recorded.kind == "email"
    assert len(days) >= 3
    card = await take(desk)
    assert card.entry.kind == "email"
    await desk.queue.record(lease(card), OutcomeDraft("emailed"))
    clock.forward(days=7, minutes=1)
    assert isinstance(await desk.queue.next(), WaitingView)
    assert person_of(desk, person).status == "unreachable"
    assert entry_of(desk, person) is None


async def test_a_callback_comes_first_and_to_whom_promised_it(
    desk: Desk, other_desk: Desk, clock: TestClock
) -> None:
    person = new_person(desk)
    at = clock.now + timedelta(hours=2)
    draft = OutcomeDraft("reached_callback_requested", moment=at)
    await desk.queue.record(lease(await take(desk)), draft)
    new_person(desk, "Anne", registered_at=datetime(2020, 3, 1, tzinfo=UTC))
    new_person(desk, "Bo")
    clock.forward(hours=2)
    assert (await desk.queue.bell()).mine == 1
    assert (await take(other_desk)).candidate.name.first_name == "Anne"
    assert (await take(desk)).candidate.id == person


async def test_an_overdue_callback_of_mine_becomes_anyones(
    desk: Desk, other_desk: Desk, clock: TestClock
) -> None:
    person = new_person(desk)
    draft = OutcomeDraft("reached_callback_requested", moment=clock.now + timedelta(hours=1))
    await desk.queue.record(lease(await take(desk)), draft)
    clock.forward(minutes=89)
    assert isinstance(await other_desk.queue.next(), WaitingView)
    clock.forward(minutes=2)
    assert (await take(other_desk)).candidate.id == person


async def test_callbacks_are_kept_outside_calling_hours_and_others_wait(desk: Desk, clock: TestClock) -> None:
    person = new_person(desk)
    evening = datetime(2020, 5, 7, 19, 30, tzinfo=UTC)
    draft = OutcomeDraft("reached_callback_requested", moment=evening)
    await desk.queue.record(lease(await take(desk)), draft)
    new_person(desk, "Anne")
    clock.now = evening
    assert (await take(desk)).candidate.id == person
    waiting = await desk.queue.next()
    assert isinstance(waiting, WaitingView)
    assert waiting.counts == {"in_hand": 1, "closed_hours": 1}
    assert waiting.next_open == datetime(2020, 5, 8, 7, 0, tzinfo=UTC)


async def test_a_promise_that_was_missed_waits_for_the_next_calling_hours(
    desk: Desk, clock: TestClock
) -> None:
    person = new_person(desk)
    draft = OutcomeDraft("reached_callback_requested", moment=clock.now + timedelta(hours=1))
    await desk.queue.record(lease(await take(desk)), draft)
    clock.now = datetime(2020, 5, 7, 19, 15, tzinfo=UTC)
    waiting = await desk.queue.next()
    assert isinstance(waiting, WaitingView)
    assert {reason: count for reason, count in waiting.counts.items() if count} == {"closed_hours": 1}
    clock.now = datetime(2020, 5, 8, 7, 0, tzinfo=UTC)
    assert (await take(desk)).candidate.id == person


async def test_a_missed_promise_that_a_caller_does_not_get_is_counted_once(
    desk: Desk, clock: TestClock
) -> None:
    new_person(desk)
    moment = clock.now + timedelta(hours=1)
    promise = OutcomeDraft("reached_callback_requested", moment=moment, mine=False)
    await desk.queue.record(lease(await take(desk)), promise)
    change_user(desk, serves=Groups(only_kinds=("new",)).to_mapping())
    clock.now = datetime(2020, 5, 7, 19, 15, tzinfo=UTC)
    waiting = await desk.queue.next()
    assert isinstance(waiting, WaitingView)
    assert {reason: count for reason, count in waiting.counts.items() if count} == {"closed_hours": 1}


async def test_a_promise_that_came_due_while_the_rest_was_counted_ends_nothing(
    desk: Desk, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_person(desk)
    draft = OutcomeDraft("reached_callback_requested", moment=clock.now + timedelta(hours=1))
    await desk.queue.record(lease(await take(desk)), draft)
    clock.now = datetime(2020, 5, 7, 19, 15, tzinfo=UTC)
    before = desk.lane.read_now(entry_counts)
    await desk.queue.next()
    monkeypatch.setattr(store, "entry_counts", lambda _session: before)
    assert (await desk.queue.waiting()).counts == {"callback_later": 1}


async def test_a_card_whose_lease_ran_out_is_not_taken_up_outside_calling_hours(
    desk: Desk, clock: TestClock
) -> None:
    new_person(desk)
    await take(desk)
    clock.forward(hours=1)
    assert len(await desk.queue.held()) == 1
    clock.now = datetime(2020, 5, 7, 19, 15, tzinfo=UTC)
    assert await desk.queue.held() == ()
    assert isinstance(await desk.queue.next(), WaitingView)


async def test_a_reason_lets_a_caller_call_outside_the_hours(desk: Desk, clock: TestClock) -> None:
    new_person(desk)
    clock.now = datetime(2020, 5, 10, 10, 0, tzinfo=UTC)
    assert isinstance(await desk.queue.next(), WaitingView)
    card = await desk.queue.next("candidate_asked")
    assert isinstance(card, CardView)


async def test_do_not_call_is_a_hard_stop_and_can_be_taken_back(desk: Desk) -> None:
    person = new_person(desk)
    await desk.queue.record(lease(await take(desk)), OutcomeDraft("reached_do_not_call"))
    assert person_of(desk, person).do_not_call
    assert isinstance(await desk.queue.next(), WaitingView)

    undone = await desk.history.undo()
    assert (undone.action, undone.candidate_id) == ("queue.outcome", person)
    assert not person_of(desk, person).do_not_call
    (card,) = await desk.queue.held()
    assert card.candidate.id == person
    assert [attempt.retracted for attempt in card.candidate.attempts] == [True]
    assert "withdrawn" not in {consent.state for consent in card.candidate.consents}

    await desk.history.redo()
    assert person_of(desk, person).do_not_call
    assert await desk.queue.held() == ()


async def test_facts_stay_when_an_outcome_is_taken_back(desk: Desk) -> None:
    new_person(desk)
    recorded = await desk.queue.record(lease(await take(desk)), OutcomeDraft("no_answer"))
    await desk.history.undo()
    kept = desk.lane.read_now(lambda session: session.get(CallAttempt, recorded.attempt_id))
    retractions = desk.lane.read_now(lambda session: session.exec(select(Retraction)).all())
    assert kept is not None
    assert [row.fact_id for row in retractions] == [recorded.attempt_id]
    assert (await desk.queue.today()).calls == 0


async def test_an_outcome_after_the_lease_went_to_another_is_kept_as_a_conflict(
    desk: Desk, other_desk: Desk, clock: TestClock
) -> None:
    new_person(desk)
    card = await take(desk)
    clock.forward(minutes=21)
    other_card = await take(other_desk)
    recorded = await desk.queue.record(lease(card), OutcomeDraft("reached_do_not_call"))
    assert recorded.late
    conflicts = desk.lane.read_now(lambda session: session.exec(select(Conflict)).all())
    assert [conflict.fact_id for conflict in conflicts] == [recorded.attempt_id]
    assert await other_desk.queue.renew(lease(other_card)) is not None


async def test_a_lease_that_ran_out_takes_nothing_away(desk: Desk, clock: TestClock) -> None:
    new_person(desk)
    card = await take(desk)
    clock.forward(minutes=45)
    assert not (await desk.queue.record(lease(card), OutcomeDraft("no_answer"))).late


async def test_a_skip_goes_to_the_end_of_its_group(desk: Desk) -> None:
    first = new_person(desk, registered_at=datetime(2020, 3, 1, tzinfo=UTC))
    second = new_person(desk, "Anne")
    card = await take(desk)
    assert card.candidate.id == first
    assert not await desk.queue.skip(lease(card), "known_person")
    assert (await take(desk)).candidate.id == second
    assert (await take(desk)).candidate.id == first


async def test_the_third_skip_goes_to_the_supervisor(desk: Desk) -> None:
    person = new_person(desk)
    skips = [await desk.queue.skip(lease(await take(desk)), "not_now") for _ in range(3)]
    assert skips == [False, False, True]
    entry = entry_of(desk, person)
    assert entry is not None
    assert entry.blocked_reason == "escalated"
    assert isinstance(await desk.queue.next(), WaitingView)


async def test_a_wrong_number_tries_the_second_number_first(desk: Desk) -> None:
    person = new_person(desk, phone2="+31201234567", phone2_given="020-1234567")
    await desk.queue.record(lease(await take(desk)), OutcomeDraft("wrong_number"))
    card = await take(desk)
    assert card.candidate.phone == "+31201234567"
    await desk.queue.record(lease(card), OutcomeDraft("wrong_number"))
    entry = entry_of(desk, person)
    assert entry is not None
    assert entry.blocked_reason == "data_problem"
    tasks = desk.lane.read_now(lambda session: session.exec(select(RepairTask)).all())
    assert {task.kind for task in tasks} == {"wrong_number"}


async def test_they_call_back_while_nobody_has_them(desk: Desk) -> None:
    person = new_person(desk)
    await desk.queue.record(lease(await take(desk)), OutcomeDraft("no_answer"))
    card = await desk.queue.open_candidate(person)
    assert (card.candidate.id, card.entry.kind) == (person, "retry")


async def test_they_call_back_while_a_colleague_speaks_with_them(desk: Desk, other_desk: Desk) -> None:
    person = new_person(desk)
    await take(other_desk)
    with pytest.raises(ConflictError, match="in_other_hands"):
        await desk.queue.open_candidate(person)


async def test_a_break_gives_everything_back(desk: Desk, other_desk: Desk) -> None:
    person = new_person(desk)
    await take(desk)
    await desk.queue.begin_break("lunch")
    assert (await take(other_desk)).candidate.id == person


@pytest.mark.parametrize(
    ("draft", "key"),
    [
        (OutcomeDraft("reached_callback_requested"), "moment_missing"),
        (
            OutcomeDraft("reached_callback_requested", moment=datetime(2020, 1, 1, tzinfo=UTC)),
            "moment_passed",
        ),
        (OutcomeDraft("reached_withdrawn"), "choice_missing"),
        (OutcomeDraft("reached_withdrawn", choice="other"), "note_missing"),
        (OutcomeDraft("reached_language_barrier"), "note_missing"),
        (OutcomeDraft("reached_intake_done"), "intake_missing"),
    ],
)
async def test_what_an_outcome_demands_is_asked(sqlite_desk: Desk, draft: OutcomeDraft, key: str) -> None:
    new_person(sqlite_desk)
    card = await take(sqlite_desk)
    with pytest.raises(DeskError, match=key):
        await sqlite_desk.queue.record(lease(card), draft)
    assert (await sqlite_desk.queue.today()).calls == 0


async def test_no_note_holds_a_citizen_service_number(sqlite_desk: Desk) -> None:
    new_person(sqlite_desk)
    card = await take(sqlite_desk)
    with pytest.raises(DeskError, match="bsn_refused"):
        await sqlite_desk.queue.record(lease(card), OutcomeDraft("no_answer", note="bsn 111.222.333"))
    with pytest.raises(DeskError, match="bsn_refused"):
        await sqlite_desk.queue.keep_note(lease(card), "111222333")
    with pytest.raises(DeskError, match="bsn_refused"):
        await sqlite_desk.announcements.write("Bel eerst 111222333")
    assert (await sqlite_desk.queue.today()).calls == 0
    await sqlite_desk.queue.record(lease(card), OutcomeDraft("no_answer", note="bel 06 12345678"))
    assert (await sqlite_desk.queue.today()).calls == 1


async def test_callers_get_their_own_regions_only(desk: Desk) -> None:
    new_person(desk, "Groningen", pc4=9711)
    utrecht = new_person(desk, "Utrecht", pc4=3511)
    change_user(desk, regions=["utrechtzorg", "sigra"])
    assert (await take(desk)).candidate.id == utrecht
    assert isinstance(await desk.queue.next(), WaitingView)


async def test_the_day_counts(desk: Desk, clock: TestClock) -> None:
    for name in ("A", "B", "C"):
        new_person(desk, name)
    await desk.queue.record(lease(await take(desk)), OutcomeDraft("no_answer", seconds=60))
    await desk.queue.record(lease(await take(desk)), OutcomeDraft("reached_do_not_call", seconds=30))
    day = await desk.queue.today()
    assert (day.calls, day.reached, day.intakes, day.seconds) == (2, 1, 0, 90)
    clock.forward(days=1)
    assert (await desk.queue.today()).calls == 0
