"""Asking again who is still available: whom a round asks, what came of it, and taking it back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.drafts.queue import Lease, OutcomeDraft
from db.drafts.rounds import RoundDraft
from db.errors import ConflictError, DeskError
from db.models import Availability
from db.views.queue import CardView
from db.views.rounds import RoundView
from tests.conftest import TestClock
from tests.support.people import add_candidate
from tests.support.work import add_availability

FOUR_WEEKS = RoundDraft(28)


def offering(desk: Desk, clock: TestClock, *, days: int, **columns: Any) -> UUID:  # noqa: ANN401  # any column
    """Somebody whose availability was confirmed so many days ago."""
    person = add_candidate(desk, **({"intake": None} | columns))
    add_availability(desk, person, hours=24)

    def age(unit: Unit) -> None:
        unit.session.get_one(Availability, person).last_confirmed_at = clock.now - timedelta(days=days)

    desk.lane.write_now(age)
    return person


async def answer(desk: Desk, person: UUID, outcome: str, **details: Any) -> None:  # noqa: ANN401  # of a draft
    card = await desk.queue.open_candidate(person)
    await desk.queue.record(Lease(card.entry.id, card.entry.epoch), OutcomeDraft(outcome, **details))


async def only_round(desk: Desk) -> RoundView:
    (found,) = await desk.rounds.list()
    return found


async def test_only_who_grew_old_and_can_be_called_is_asked(desk: Desk, clock: TestClock) -> None:
    old = offering(desk, clock, days=40, first_name="Anna")
    older = offering(desk, clock, days=60, first_name="Bas")
    offering(desk, clock, days=5)
    offering(desk, clock, days=40, entry="ready")
    offering(desk, clock, days=40, phone=None)
    offering(desk, clock, days=40, do_not_call=True)
    offering(desk, clock, days=40, status="placed")
    offering(desk, clock, days=40, status="paused", paused_until=clock.now + timedelta(days=3))
    found = await desk.rounds.preview(FOUR_WEEKS)
    assert (found.count, found.waiting, found.no_number) == (2, 1, 1)
    assert [name.first_name for name in found.names] == ["Bas", "Anna"]
    await desk.rounds.start(FOUR_WEEKS, found.count)
    for person in (old, older):
        why = (await desk.candidates.card(person)).why
        assert why is not None
        assert (why.kind, why.state) == ("reconfirm", "ready")
    assert (await desk.rounds.preview(FOUR_WEEKS)).count == 0


async def test_a_round_stays_within_its_region(desk: Desk, clock: TestClock) -> None:
    offering(desk, clock, days=40, pc4=1012)
    offering(desk, clock, days=40, pc4=8011)
    assert (await desk.rounds.preview(RoundDraft(28, "sigra"))).count == 1


@pytest.mark.parametrize("days", [-1, 4000])
def test_days_that_make_no_sense_are_refused(days: int) -> None:
    with pytest.raises(DeskError, match="days_wrong"):
        RoundDraft(days)


async def test_a_number_that_changed_since_its_preview_is_told(desk: Desk, clock: TestClock) -> None:
    with pytest.raises(DeskError, match=r"rounds\.nobody"):
        await desk.rounds.start(FOUR_WEEKS, 0)
    offering(desk, clock, days=40)
    with pytest.raises(ConflictError, match="changed"):
        await desk.rounds.start(FOUR_WEEKS, 2)
    assert await desk.rounds.list() == ()


async def test_every_answer_is_counted_once(desk: Desk, clock: TestClock) -> None:
    people = [offering(desk, clock, days=40 + number) for number in range(6)]
    await desk.rounds.start(FOUR_WEEKS, 6)
    await answer(desk, people[0], "reached_confirmed")
    await answer(desk, people[1], "reached_withdrawn", choice="private")
    await answer(desk, people[2], "no_answer")
    await answer(desk, people[3], "wrong_number")
    await answer(desk, people[4], "reached_not_available_now", moment=clock.now + timedelta(days=9))
    found = await only_round(desk)
    assert (found.asked, found.still, found.no_longer) == (6, 1, 2)
    assert (found.no_answer, found.unreachable) == (2, 1)
    assert found.asked == found.still + found.no_longer + found.no_answer + found.unreachable
    await desk.history.undo()
    assert (await only_round(desk)).no_longer == 1


async def test_who_is_still_available_is_fresh_again(desk: Desk, clock: TestClock) -> None:
    person = offering(desk, clock, days=40)
    await desk.rounds.start(FOUR_WEEKS, 1)
    await answer(desk, person, "reached_confirmed")
    card = await desk.candidates.card(person)
    assert card.availability is not None
    assert (card.availability.last_confirmed_at, card.status, card.why) == (clock.now, "available", None)
    await desk.history.undo()
    card = await desk.candidates.card(person)
    assert card.availability is not None
    assert card.availability.last_confirmed_at == clock.now - timedelta(days=40)


async def test_nothing_is_confirmed_before_an_intake(desk: Desk) -> None:
    person = add_candidate(desk, intake=None, status="new", entry="ready")
    with pytest.raises(DeskError, match="nothing_to_confirm"):
        await answer(desk, person, "reached_confirmed")


async def test_whoever_was_not_reached_is_asked_the_same_again(desk: Desk, clock: TestClock) -> None:
    person = offering(desk, clock, days=40)
    await desk.rounds.start(FOUR_WEEKS, 1)
    await answer(desk, person, "no_answer")
    why = (await desk.candidates.card(person)).why
    assert why is not None
    assert (why.kind, why.state) == ("reconfirm", "scheduled")
    assert (await desk.queue.waiting()).counts == {"cooling_down": 1}


async def test_the_never_heard_are_called_before_a_round(desk: Desk, clock: TestClock) -> None:
    offering(desk, clock, days=40, registered_at=clock.now - timedelta(days=60))
    await desk.rounds.start(FOUR_WEEKS, 1)
    fresh = add_candidate(desk, "Nieuw", intake=None, status="new", entry="ready")
    card = await desk.queue.next()
    assert isinstance(card, CardView)
    assert card.entry.candidate_id == fresh


async def test_a_round_is_taken_back_as_a_whole_and_brought_back(desk: Desk, clock: TestClock) -> None:
    people = [offering(desk, clock, days=40) for _ in range(3)]
    await desk.rounds.start(FOUR_WEEKS, 3)
    await desk.history.undo()
    assert [(await desk.candidates.card(person)).why for person in people] == [None] * 3
    assert await desk.rounds.list() == ()
    await desk.history.redo()
    assert (await only_round(desk)).no_answer == 3
    assert (await desk.rounds.preview(FOUR_WEEKS)).waiting == 3


async def test_what_was_answered_already_is_not_taken_back(desk: Desk, clock: TestClock) -> None:
    people = [offering(desk, clock, days=40) for _ in range(2)]
    await desk.rounds.start(FOUR_WEEKS, 2)
    desk.users.sign_in_now("Noor", "caller")
    await answer(desk, people[0], "reached_confirmed")
    desk.users.sign_in_now("Kim", "caller")
    undone = await desk.history.undo()
    assert undone.left == 1
    assert (await desk.candidates.card(people[1])).why is None
    card = await desk.candidates.card(people[0])
    assert card.availability is not None
    assert card.availability.last_confirmed_at == clock.now


async def test_the_report_counts_what_the_list_counts(desk: Desk, clock: TestClock) -> None:
    people = [offering(desk, clock, days=40 + number) for number in range(4)]
    await desk.rounds.start(FOUR_WEEKS, 4)
    await answer(desk, people[0], "reached_confirmed")
    await answer(desk, people[1], "reached_withdrawn", choice="private")
    await answer(desk, people[2], "wrong_number")
    found = await only_round(desk)
    report = await desk.reports.run("reconfirm")
    figures = {figure.id: figure.value for figure in report.figures() if figure.id.startswith("rounds.")}
    counts = {
        name: getattr(found, name) for name in ("asked", "still", "no_longer", "no_answer", "unreachable")
    }
    assert figures == {f"rounds.all.round_{name}": number for name, number in counts.items()}
    rows = await desk.reports.rows("reconfirm", "rounds.all.round_still")
    assert [row.candidate_id for row in rows.rows] == [people[0]]
