"""The board, the charts and the map: counted rightly on both engines, and nothing read when nothing moved."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from db.desk.desk import Desk, open_desk
from db.desk.unit import Unit
from db.models import Candidate, Pause, QueueEntry, User
from db.views.floor import AWAY, BETWEEN, BREAK, CALLING, LEFT, Board, CallerLine
from tests.conftest import TestClock
from tests.support.people import (
    add_attempt,
    add_candidate,
    add_likeness,
    add_repair,
    add_request,
    add_user,
    escalate,
)

LOOKS = 300


async def board_of(desk: Desk) -> Board:
    board = await desk.floor.board()
    assert board is not None
    return board


async def caller(desk: Desk, name: str) -> CallerLine:
    return next(line for line in (await board_of(desk)).callers if line.name == name)


def change_entry(desk: Desk, candidate_id: UUID, **values: Any) -> None:  # noqa: ANN401  # any column
    def work(unit: Unit) -> None:
        own = sa.update(QueueEntry).where(sa.column("candidate_id") == sa.literal(candidate_id, sa.Uuid()))
        unit.session.execute(own.values(**values))

    desk.lane.write_now(work)


async def test_who_does_what_and_since_when(desk: Desk, clock: TestClock) -> None:
    assert (await caller(desk, "Kim")).doing == AWAY
    person = add_candidate(desk, "Ans", entry="ready")
    add_attempt(desk, person, "no_answer")
    clock.forward(minutes=30)
    add_attempt(desk, person, "reached_withdrawn")
    assert (await caller(desk, "Kim")).doing == BETWEEN
    await desk.queue.next()
    clock.forward(minutes=3)
    kim = await caller(desk, "Kim")
    assert (kim.doing, kim.candidate_id, kim.in_hand) == (CALLING, person, 1)
    assert kim.since == clock.now - timedelta(minutes=3)
    assert (kim.calls, kim.reached, kim.intakes) == (2, 1, 0)
    assert kim.pace(clock.now) == 2 / (33 / 60)
    await desk.queue.begin_break("lunch")
    kim = await caller(desk, "Kim")
    assert (kim.doing, kim.pause_reason, kim.since) == (BREAK, "lunch", clock.now)
    await desk.queue.end_break()
    assert (await caller(desk, "Kim")).doing == BETWEEN


async def test_a_break_of_yesterday_and_the_end_of_a_shift_are_no_break(desk: Desk, clock: TestClock) -> None:
    await desk.queue.begin_break("lunch")
    add_attempt(desk, add_candidate(desk))
    clock.forward(days=1)
    kim = await caller(desk, "Kim")
    assert (kim.doing, kim.since, kim.calls) == (AWAY, clock.now - timedelta(days=1), 0)
    await desk.queue.begin_break("end_of_shift")
    kim = await caller(desk, "Kim")
    assert (kim.doing, kim.pause_reason) == (AWAY, "end_of_shift")


async def test_the_calls_that_lie_still_when_somebody_stops(desk: Desk, clock: TestClock) -> None:
    noor = add_user(desk)
    for number, state in enumerate(("ready", "ready", "scheduled")):
        person = add_candidate(desk, f"P{number}", phone=f"+3164877893{number}", entry=state)
        change_entry(desk, person, assigned_to=noor)

    def leave(unit: Unit) -> None:
        unit.get(User, noor).active = False

    desk.lane.write_now(leave)
    add_user(desk, "Aad")
    lines = (await board_of(desk)).callers
    assert [line.name for line in lines] == ["Noor", "Aad", "Kim"]
    assert (lines[0].doing, lines[0].own, lines[0].stopped(clock.now)) == (LEFT, 3, True)


async def test_whoever_was_not_seen_for_two_days_stopped(desk: Desk, clock: TestClock) -> None:
    person = add_candidate(desk, entry="ready")
    add_attempt(desk, person)
    kim = desk.seat.user_id
    change_entry(desk, person, assigned_to=kim)
    stopped = []
    for _ in range(3):
        stopped.append((await caller(desk, "Kim")).stopped(clock.now))
        clock.forward(days=1)
    assert stopped == [False, False, True]


async def test_the_queue_by_region_and_what_holds_it_up(desk: Desk, clock: TestClock) -> None:
    entries: list[tuple[str, dict[str, Any]]] = [
        ("ready", {"priority_group": 1}),
        ("ready", {"priority_group": 3}),
        ("scheduled", {"kind": "callback", "vests_at": clock.now - timedelta(minutes=5)}),
        ("scheduled", {"kind": "retry", "vests_at": clock.now + timedelta(hours=5)}),
        ("blocked", {"blocked_reason": "do_not_call"}),
    ]
    for number, (state, values) in enumerate(entries):
        person = add_candidate(desk, f"P{number}", pc4=8011, entry=state)
        change_entry(desk, person, **values)
    board = await board_of(desk)
    (region,) = board.queue
    assert region.region_code == "wgv_zorg_en_welzijn"
    assert region.ready == {1: 1, 3: 1}
    assert region.held == board.held == {"callback": 1, "retry": 1, "do_not_call": 1}
    assert (region.waiting, region.held_up) == (2, 3)
    assert (board.overdue.count, board.overdue.oldest) == (1, clock.now - timedelta(minutes=5))


async def test_what_waits_for_a_decision_is_counted(desk: Desk) -> None:
    one, other = add_candidate(desk, entry="ready"), add_candidate(desk, "T.", pc4=1114)
    add_likeness(desk, one, other)
    add_repair(desk, one, "phone_invalid")
    escalate(desk, one, "not_now")
    counts = (await board_of(desk)).counts
    assert (counts["likenesses"], counts["repairs"], counts["escalated"], counts["regions"]) == (1, 1, 1, 1)


async def test_a_lease_that_is_about_to_end_is_told(desk: Desk, clock: TestClock) -> None:
    add_candidate(desk, "Ans", entry="ready")
    await desk.queue.next()
    board = await board_of(desk)
    assert board.leases == ()
    clock.forward(minutes=16)
    later = await desk.floor.board(board)
    assert later is not None
    assert [lease.name.first_name for lease in later.leases] == ["Ans"]


async def test_nothing_is_read_while_nothing_moves(desk: Desk, clock: TestClock) -> None:
    person = add_candidate(desk, entry="ready")
    read: list[str] = []
    event.listen(desk.lane.engine, "before_cursor_execute", lambda *what: read.append(what[2]))
    for _ in range(LOOKS):  # a server's pulse is that of all its databases, those of other tests too
        board = await board_of(desk)
        read.clear()
        at_once = await desk.floor.board(board)
        clock.forward(seconds=1)
        if at_once is None and await desk.floor.board(board) is None:
            break
    else:
        pytest.fail("it never stood still")
    assert not [words for words in read if "queue_entry" in words]
    add_attempt(desk, person)
    changed = await desk.floor.board(board)
    assert changed is not None
    assert sum(line.calls for line in changed.callers) == 1


async def test_what_another_program_writes_is_seen(desk: Desk, database_url: str, clock: TestClock) -> None:
    board = await board_of(desk)
    other = open_desk(database_url, clock)
    try:
        other.users.sign_in_now("Joris", "caller")
    finally:
        other.close()
    changed = await desk.floor.board(board)
    assert changed is not None
    assert [line.name for line in changed.callers] == ["Joris", "Kim"]


async def test_calls_by_hour_and_the_rate_of_the_week(desk: Desk, clock: TestClock) -> None:
    person = add_candidate(desk)
    clock.now -= timedelta(days=1)
    add_attempt(desk, person, "reached_withdrawn")
    clock.now += timedelta(days=1)
    add_attempt(desk, person, "no_answer")
    add_attempt(desk, person, "emailed")
    charts = await desk.floor.charts()
    assert {hour: (tally.calls, tally.reached) for hour, tally in charts.today.items()} == {10: (1, 0)}
    week = {slot: (tally.calls, tally.reached) for slot, tally in charts.week.items()}
    assert week == {(2, 10): (1, 1), (3, 10): (1, 0)}
    await desk.floor.learn_rates()
    assert desk.floor.rates == week


async def test_supply_against_demand_and_where_it_is(desk: Desk) -> None:
    add_candidate(desk, pc4=8011, function_profile="nurse_mbo", hours_max=18, match_from=1)
    add_candidate(desk, pc4=8011, function_profile="nurse_mbo", status="new")
    add_candidate(desk, pc4=8011, status="duplicate")
    add_request(desk, pc4=6811, profile="nurse_mbo", fte=150)
    charts = await desk.floor.charts()
    regions = {line.code: line for line in charts.regions}
    zwolle, arnhem = regions["wgv_zorg_en_welzijn"], regions["wzw"]
    assert (zwolle.registered, zwolle.available, zwolle.offered, zwolle.left) == (2, 1, 50, 0)
    assert (arnhem.registered, arnhem.requests, arnhem.asked, arnhem.left) == (0, 1, 150, 150)
    (profile,) = [line for line in charts.profiles if line.code == "nurse_mbo"]
    assert (profile.registered, profile.available, profile.left) == (2, 1, 150)
    country = await desk.floor.country()
    assert (country.registered, country.available, country.left) == ({8011: 2}, {8011: 1}, {6811: 150})


async def test_the_board_is_cheap_on_a_full_floor_by_its_plan(sqlite_desk: Desk) -> None:
    """No query of the board reads the queue without an index: a million who are done are never passed."""
    plans: list[str] = []

    def work(unit: Unit) -> None:
        unit.session.add(Pause(at=unit.now, user_id=unit.user_id, reason="lunch"))
        unit.session.add(Candidate(created_at=unit.now, updated_at=unit.now, registered_at=unit.now))

    sqlite_desk.lane.write_now(work)
    asked: list[tuple[str, Any]] = []
    event.listen(sqlite_desk.lane.engine, "before_cursor_execute", lambda *what: asked.append(what[2:4]))
    await board_of(sqlite_desk)
    with sqlite_desk.lane.engine.connect() as connection:
        for words, values in list(asked):
            if "queue_entry" in words and words.startswith("SELECT"):
                found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)
                plans += [str(row[3]) for row in found]
    assert [plan for plan in plans if plan.startswith("SCAN queue_entry") and "USING" not in plan] == []
    assert [plan for plan in plans if "ix_queue_entry_ready_region" in plan]


async def test_a_card_whose_time_is_over_is_no_call(desk: Desk, clock: TestClock) -> None:
    add_candidate(desk, "Ans", entry="ready")
    await desk.queue.next()
    board = await board_of(desk)
    assert board.held == {"in_hand": 1}
    clock.forward(minutes=20)
    later = await desk.floor.board(board)
    assert later is not None
    assert later.held == {"expired": 1}
    assert [line.doing for line in later.callers] != [CALLING]
