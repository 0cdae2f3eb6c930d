"""One caller: whom they are served, and the end of their work here."""

from datetime import timedelta
from uuid import UUID

import pytest

from db.desk.desk import Desk
from db.errors import ConflictError, DeskError
from db.rules.groups import TRAINEE, Groups
from db.views.queue import CardView, WaitingView
from tests.conftest import NOW, TestClock
from tests.support.calls import add_calls, entry_of
from tests.support.people import add_attempt, add_user, change_user


def me(desk: Desk) -> UUID:
    assert desk.seat.user_id is not None
    return desk.seat.user_id


async def test_what_is_told_of_a_caller(desk: Desk) -> None:
    add_calls(desk, 2, assigned_to=me(desk))
    add_calls(desk, 1, kind="callback", state="scheduled", assigned_to=me(desk), vests_at=NOW + timedelta(1))
    add_calls(desk, 3)
    card = await desk.queue.next()
    assert isinstance(card, CardView)
    add_attempt(desk, card.candidate.id, "no_answer")
    caller = await desk.callers.caller(me(desk))
    assert caller.open_calls == {"ready": 1, "claimed": 1, "scheduled": 1}
    assert [held.candidate_id for held in caller.held] == [card.candidate.id]
    assert (caller.today.calls, caller.last_call_at) == (1, NOW)


async def test_a_caller_who_stops_leaves_everything_to_the_common_queue(desk: Desk) -> None:
    supervisor = desk.seat.user_id
    noor = add_user(desk, "Noor")
    desk.seat.user_id = noor
    await desk.queue.begin_break("lunch")
    calls = add_calls(desk, 3, assigned_to=noor)
    callback = add_calls(desk, 1, kind="callback", state="due", assigned_to=noor, vests_at=NOW)
    held = await desk.queue.next()
    assert isinstance(held, CardView)
    desk.seat.user_id = supervisor
    stopped = await desk.callers.stop(noor)
    assert (stopped.name, stopped.released) == ("Noor", 4)
    entries = [entry_of(desk, key) for key in (*calls, *callback)]
    assert {(entry.assigned_to, entry.claimed_by) for entry in entries} == {(None, None)}
    assert entries[-1].state == "due"
    caller = await desk.callers.caller(noor)
    assert (caller.active, caller.open_count, caller.paused_for) == (False, 0, None)
    assert "Noor" not in [user.name for user in await desk.users.everyone()]
    with pytest.raises(ConflictError, match="stopped_already"):
        await desk.callers.stop(noor)
    await desk.history.undo()
    caller = await desk.callers.caller(noor)
    assert (caller.active, caller.open_count, caller.paused_for) == (True, 4, "lunch")
    assert caller.held == ()


async def test_who_stopped_gets_nobody_any_more_until_they_start_again(desk: Desk) -> None:
    add_calls(desk, 1)
    change_user(desk, active=False)
    with pytest.raises(DeskError, match="inactive"):
        await desk.queue.next()
    await desk.callers.start(me(desk))
    assert isinstance(await desk.queue.next(), CardView)


async def test_nobody_stops_themselves(sqlite_desk: Desk) -> None:
    with pytest.raises(DeskError, match="not_oneself"):
        await sqlite_desk.callers.stop(me(sqlite_desk))


async def test_a_trainee_is_kept_from_the_difficult_calls(desk: Desk) -> None:
    add_calls(desk, 1, kind="wish", priority_group=1)
    add_calls(desk, 1, kind="callback", state="due", priority_group=1, vests_at=NOW)
    own = add_calls(
        desk, 1, kind="callback", state="due", priority_group=1, vests_at=NOW, assigned_to=me(desk)
    )
    other = add_calls(desk, 1, kind="callback", state="due", priority_group=2, vests_at=NOW)
    plain = add_calls(desk, 1, priority_group=1)
    await desk.callers.set_trainee(me(desk), True)
    served = [
        card.entry.id for card in [await desk.queue.next() for _ in range(3)] if isinstance(card, CardView)
    ]
    assert served == [*own, *other, *plain]
    waiting = await desk.queue.next()
    assert isinstance(waiting, WaitingView)
    assert waiting.counts["groups"] == 2
    assert not waiting.counts["ready_elsewhere"] + waiting.counts["callback_now"]
    await desk.history.undo()
    assert isinstance(await desk.queue.next(), CardView)


async def test_what_was_set_otherwise_stays_when_a_trainee_has_learnt(sqlite_desk: Desk) -> None:
    user = add_user(sqlite_desk)
    await sqlite_desk.callers.set_groups(user, Groups(not_kinds=("email",)))
    await sqlite_desk.callers.set_trainee(user, True)
    caller = await sqlite_desk.callers.caller(user)
    assert (caller.trainee, caller.groups) == (True, Groups(not_kinds=("email",)).along_with(TRAINEE))
    await sqlite_desk.callers.set_trainee(user, False)
    assert (await sqlite_desk.callers.caller(user)).groups == Groups(not_kinds=("email",))


async def test_regions_hold_at_the_very_next_card(desk: Desk, clock: TestClock) -> None:
    add_calls(desk, 1)
    there = add_calls(desk, 1, region_code="transvorm", registered_at=clock.now + timedelta(1))
    await desk.callers.set_regions(me(desk), ["transvorm"])
    card = await desk.queue.next()
    assert isinstance(card, CardView)
    assert [card.entry.id] == there
    with pytest.raises(DeskError, match="nowhere"):
        await desk.callers.set_regions(me(desk), ["atlantis"])


@pytest.mark.parametrize(
    "groups", [Groups(not_priorities=(1, 2, 3, 4)), Groups(only_kinds=("new",), not_kinds=("new",))]
)
async def test_somebody_must_be_left_to_serve(sqlite_desk: Desk, groups: Groups) -> None:
    with pytest.raises(DeskError, match="nothing_served"):
        await sqlite_desk.callers.set_groups(me(sqlite_desk), groups)


async def test_a_stop_that_is_undone_says_how_many_cards_stay_free(desk: Desk) -> None:
    noor = add_user(desk, "Noor")
    add_calls(desk, 1, assigned_to=noor)
    add_calls(desk, 2, state="claimed", claimed_by=noor, claimed_until=NOW)
    await desk.callers.stop(noor)
    assert (await desk.history.undo()).summary["freed"] == 2
