"""A candidate given to a colleague: theirs alone, with the note on the card, and taken back as one."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from db.desk.desk import Desk, open_desk
from db.drafts.queue import Lease, OutcomeDraft
from db.errors import ConflictError, DeskError
from db.stores.queue import open_entry
from db.views.queue import CardView
from tests.conftest import TestClock
from tests.support.people import add_candidate, escalate


@pytest.fixture
def noor(desk: Desk, database_url: str, clock: TestClock) -> Iterator[Desk]:
    """A colleague on another program."""
    other = open_desk(database_url, clock)
    other.users.sign_in_now("Noor", "caller")
    yield other
    other.close()


def seat(desk: Desk) -> UUID:
    assert desk.seat.user_id is not None
    return desk.seat.user_id


def person_in_queue(desk: Desk, name: str = "Anne") -> UUID:
    return add_candidate(desk, name, entry="ready", intake=None, status="new")


async def served(desk: Desk) -> CardView:
    card = await desk.queue.next()
    assert isinstance(card, CardView)
    return card


async def test_the_card_goes_over_with_its_note_and_undo_brings_it_back(desk: Desk, noor: Desk) -> None:
    person = person_in_queue(desk)
    await served(desk)
    await desk.handover.give(person, seat(noor), "Spreekt Pools, [b]jij[/b] ook")
    assert not isinstance(await desk.queue.next(), CardView)
    card = await served(noor)
    assert card.candidate.id == person
    assert card.handed_over is not None
    assert (card.handed_over.by, card.handed_over.note) == ("Kim", "Spreekt Pools, [b]jij[/b] ook")
    with pytest.raises(ConflictError):
        await desk.history.undo()
    await noor.queue.release(Lease(card.entry.id, card.entry.epoch))
    await desk.history.undo()
    assert [held.candidate.id for held in await desk.queue.held()] == [person]
    assert (await desk.queue.held())[0].handed_over is None


async def test_a_callback_that_was_long_due_stays_with_the_colleague(
    desk: Desk, noor: Desk, clock: TestClock
) -> None:
    person = person_in_queue(desk)
    card = await served(desk)
    soon = clock.now + timedelta(minutes=10)
    draft = OutcomeDraft("reached_callback_requested", moment=soon)
    await desk.queue.record(Lease(card.entry.id, card.entry.epoch), draft)
    clock.forward(hours=2)
    await served(desk)
    await desk.handover.give(person, seat(noor), "Wil een vrouw spreken")
    assert not isinstance(await desk.queue.next(), CardView)
    assert (await served(noor)).candidate.id == person


async def test_somebody_who_waits_for_nothing_gets_a_call(desk: Desk, noor: Desk) -> None:
    person = add_candidate(desk)
    await desk.handover.give(person, seat(noor), "Heeft een vraag")
    assert (await served(noor)).entry.kind == "wish"


async def test_an_escalated_call_waits_for_the_colleague(desk: Desk, noor: Desk) -> None:
    person = person_in_queue(desk)
    escalate(desk, person, "not_now")
    await desk.handover.give(person, seat(noor), "Jij kent haar")
    assert (await served(noor)).candidate.id == person


@pytest.mark.parametrize("case", ["self", "no_note", "do_not_call", "no_number"])
async def test_what_cannot_be_handed_over_stays(desk: Desk, noor: Desk, case: str) -> None:
    person = add_candidate(
        desk,
        entry="blocked" if case == "no_number" else "ready",
        intake=None,
        status="new",
        do_not_call=case == "do_not_call",
    )
    to, note = seat(desk) if case == "self" else seat(noor), "" if case == "no_note" else "Bel haar"
    with pytest.raises(DeskError):
        await desk.handover.give(person, to, note)
    entry = desk.lane.read_now(lambda session: open_entry(session, person))
    assert entry is not None
    assert entry.assigned_to is None


async def test_a_card_in_other_hands_is_not_given_away(desk: Desk, noor: Desk) -> None:
    person = person_in_queue(desk)
    await served(noor)
    with pytest.raises(ConflictError):
        await desk.handover.give(person, seat(noor), "Van jou")


async def test_no_word_to_a_colleague_holds_a_citizen_service_number(desk: Desk, noor: Desk) -> None:
    person = person_in_queue(desk)
    await served(desk)
    with pytest.raises(DeskError, match="bsn_refused"):
        await desk.handover.give(person, seat(noor), "zegt 111222333")
    assert len(await desk.queue.held()) == 1
    assert not isinstance(await noor.queue.next(), CardView)
