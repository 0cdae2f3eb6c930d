"""Moving calls: exactly what was previewed, as one, and taken back as one."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from db.desk.desk import Desk
from db.drafts.moves import Move, MoveFilter
from db.errors import ConflictError, DeskError
from db.views.queue import CardView
from tests.conftest import NOW, TestClock
from tests.support.calls import add_calls, entry_of
from tests.support.people import add_attempt, add_user

MANY = 5000
FEW = 60
"""So many statements may moving that many and taking it back cost: by hundreds, not one by one."""


async def assigned(desk: Desk, user_id: UUID) -> int:
    return (await desk.moves.calls(MoveFilter(caller_id=user_id))).count


async def test_all_of_a_caller_to_another_and_back(desk: Desk) -> None:
    noor, sam = add_user(desk, "Noor"), add_user(desk, "Sam")
    calls = add_calls(desk, 7, assigned_to=noor)
    add_calls(desk, 2)
    preview = await desk.moves.preview(MoveFilter(caller_id=noor), Move("caller", user_id=sam))
    assert [key for key, _ in preview.entries] == calls
    assert preview.names[0].last_name == "Vries0"
    assert len(preview.names) == 5
    done = await desk.moves.move(preview, Move("caller", user_id=sam))
    assert (done.count, done.left) == (7, {})
    assert entry_of(desk, calls[0]).assigned_by == desk.seat.user_id
    assert (await assigned(desk, noor), await assigned(desk, sam)) == (0, 7)
    assert (await desk.history.undo()).left == 0
    assert (await assigned(desk, noor), await assigned(desk, sam)) == (7, 0)
    assert entry_of(desk, calls[0]).assigned_by is None
    await desk.history.redo()
    assert (await assigned(desk, noor), await assigned(desk, sam)) == (0, 7)


async def test_a_call_in_hand_stays_unless_it_is_taken(desk: Desk) -> None:
    noor = add_user(desk, "Noor")
    mine, other = add_calls(desk, 2)
    card = await desk.queue.next()
    assert isinstance(card, CardView)
    assert card.entry.id == mine
    everything = MoveFilter()
    preview = await desk.moves.preview(everything, Move("caller", user_id=noor))
    assert (preview.count, preview.left) == (1, {"in_hand": 1})
    taking = Move("caller", user_id=noor, take_held=True)
    preview = await desk.moves.preview(everything, taking)
    assert (preview.count, preview.left) == (2, {})
    await desk.moves.move(preview, taking)
    entry = entry_of(desk, mine)
    assert (entry.state, entry.claimed_by, entry.assigned_to) == ("ready", None, noor)
    await desk.history.undo()
    assert [entry_of(desk, key).assigned_to for key in (mine, other)] == [None, None]
    assert entry_of(desk, mine).state == "ready"


async def test_what_changed_since_the_preview_is_left_and_told(desk: Desk) -> None:
    noor = add_user(desk, "Noor")
    first, second, third = add_calls(desk, 3)
    move = Move("caller", user_id=noor)
    preview = await desk.moves.preview([first, second, third], move)
    await desk.queue.next()
    raised = Move("priority", priority_group=1)
    await desk.moves.move(await desk.moves.preview([second], raised), raised)
    done = await desk.moves.move(preview, move)
    assert (done.count, done.left) == (1, {"in_hand": 1, "changed": 1})
    assert entry_of(desk, third).assigned_to == noor
    with pytest.raises(DeskError, match="nothing_left"):
        await desk.moves.move(preview, move)


async def test_to_the_team_of_a_region_and_to_the_common_queue(desk: Desk) -> None:
    noor = add_user(desk, "Noor")
    (call,) = add_calls(desk, 1, assigned_to=noor)
    to_team = Move("region", region_code="transvorm")
    await desk.moves.move(await desk.moves.preview([call], to_team), to_team)
    entry = entry_of(desk, call)
    assert (entry.region_code, entry.assigned_to, entry.assigned_by) == (
        "transvorm",
        None,
        desk.seat.user_id,
    )
    common = Move("common")
    await desk.moves.move(await desk.moves.preview([call], common), common)
    assert entry_of(desk, call).region_code == "sigra"


async def test_pause_and_release(desk: Desk, clock: TestClock) -> None:
    (call,) = add_calls(
        desk, 1, kind="callback", state="scheduled", vests_at=clock.now + timedelta(minutes=30)
    )
    pause, release = Move("pause"), Move("release")
    await desk.moves.move(await desk.moves.preview([call], pause), pause)
    assert (entry_of(desk, call).state, entry_of(desk, call).blocked_reason) == ("blocked", "paused")
    assert (await desk.moves.preview([call], pause)).left == {"paused": 1}
    clock.forward(minutes=31)
    await desk.moves.move(await desk.moves.preview([call], release), release)
    assert entry_of(desk, call).state == "due"
    card = await desk.queue.next()
    assert isinstance(card, CardView)
    assert card.entry.id == call
    await desk.moves.move(await desk.moves.preview([call], release), release)
    assert entry_of(desk, call).claimed_by is None
    assert (await desk.history.undo()).action == "moves.move"
    assert entry_of(desk, call).blocked_reason == "paused", "a lease that was given back is nothing to undo"


async def test_a_move_that_was_worked_on_is_taken_back_as_far_as_it_goes(desk: Desk) -> None:
    calls = add_calls(desk, 3)
    raised = Move("priority", priority_group=1)
    await desk.moves.move(await desk.moves.preview(calls, raised), raised)
    await desk.queue.next()
    undone = await desk.history.undo()
    assert undone.left == 1
    assert [entry_of(desk, call).priority_group for call in calls] == [1, 3, 3]


async def test_nothing_to_take_back_when_all_were_worked_on(desk: Desk) -> None:
    calls = add_calls(desk, 1)
    raised = Move("priority", priority_group=1)
    await desk.moves.move(await desk.moves.preview(calls, raised), raised)
    await desk.queue.next()
    with pytest.raises(ConflictError, match="changed_since"):
        await desk.history.undo()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (MoveFilter(), {"plain", "callback", "urgent", "old", "paused", "moved", "called"}),
        (MoveFilter(region_code="transvorm"), {"moved"}),
        (MoveFilter(standing="due"), {"callback"}),
        (MoveFilter(standing="paused"), {"paused"}),
        (MoveFilter(kind="callback"), {"callback"}),
        (MoveFilter(priority_group=1), {"urgent"}),
        (MoveFilter(older_than_days=7), {"old"}),
        (MoveFilter(unassigned=True, priority_group=3, outcome="none"), {"plain", "old", "paused", "moved"}),
        (MoveFilter(outcome="voicemail_left"), {"called"}),
        (MoveFilter(source="linkedin_group"), set()),
    ],
)  # fmt: skip
async def test_filters(desk: Desk, wanted: MoveFilter, found: set[str]) -> None:
    noor = add_user(desk, "Noor")
    made = {
        "plain": add_calls(desk, 1)[0],
        "callback": add_calls(desk, 1, kind="callback", state="due", assigned_to=noor, vests_at=NOW)[0],
        "urgent": add_calls(desk, 1, priority_group=1)[0],
        "old": add_calls(desk, 1, registered_at=NOW - timedelta(days=9))[0],
        "paused": add_calls(desk, 1, state="blocked", blocked_reason="paused")[0],
        "moved": add_calls(desk, 1, region_code="transvorm")[0],
        "called": add_calls(desk, 1, kind="retry")[0],
    }
    add_calls(desk, 1, state="done")
    add_attempt(desk, entry_of(desk, made["called"]).candidate_id, "no_answer")
    add_attempt(desk, entry_of(desk, made["called"]).candidate_id, "voicemail_left")
    names = {key: name for name, key in made.items()}
    listed = await desk.moves.calls(wanted)
    assert {names[line.entry_id] for line in listed.lines} == found
    assert listed.count == len(found)


async def test_a_line_says_whose_it_is_and_how_it_went(desk: Desk) -> None:
    noor = add_user(desk, "Noor")
    (call,) = add_calls(desk, 1, assigned_to=noor)
    add_attempt(desk, entry_of(desk, call).candidate_id, "no_answer")
    (line,) = (await desk.moves.calls(MoveFilter(caller_id=noor))).lines
    assert (line.assigned_to, line.last_outcome, line.standing) == ("Noor", "no_answer", "ready")


@pytest.mark.parametrize("move", [Move("caller"), Move("region"), Move("priority", priority_group=9)])
async def test_a_move_to_nowhere(sqlite_desk: Desk, move: Move) -> None:
    with pytest.raises(DeskError, match="nowhere"):
        await sqlite_desk.moves.preview([], move)


async def test_a_given_call_back_is_not_at_once_anybodys(desk: Desk) -> None:
    late = NOW - timedelta(hours=2)
    (call,) = add_calls(desk, 1, kind="callback", state="due", vests_at=late)
    noor = add_user(desk, "Noor")
    move = Move("caller", user_id=noor)
    await desk.moves.move(await desk.moves.preview([call], move), move)
    await desk.queue.next()
    assert entry_of(desk, call).assigned_to == noor


async def test_thousands_of_calls_move_and_come_back_in_a_few_statements(desk: Desk) -> None:
    noor, sam = add_user(desk, "Noor"), add_user(desk, "Sam")
    for kind in ("new", "retry"):
        add_calls(desk, MANY // 2, assigned_to=noor, kind=kind)
    move = Move("caller", user_id=sam)
    preview = await desk.moves.preview(MoveFilter(caller_id=noor), move)
    statements: list[str] = []
    sa.event.listen(
        desk.lane.engine, "before_cursor_execute", lambda *call: statements.append(str(call[2])[:60])
    )
    done = await desk.moves.move(preview, move)
    undone = await desk.history.undo()
    assert (done.count, undone.left) == (MANY, 0)
    assert len(statements) <= FEW, statements
    assert await assigned(desk, noor) == MANY
