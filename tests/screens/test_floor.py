"""The board: everybody and everything that waits at a glance, renewed in place, one key to the rest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from db.desk.desk import Desk
from db.reference.lists import code_list
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.charts.map_screen import MapScreen
from screens.charts.screen import ChartsScreen
from screens.exports.waiting import WaitingExports
from screens.floor.screen import FloorScreen
from screens.floor.steady_table import SteadyTable
from screens.floor.wording import COLUMNS, duration
from screens.queue.best_call import best_call
from screens.team.screen import TeamScreen
from tests.conftest import NOW, TestClock
from tests.screens.test_requests import press, rows, settle
from tests.support.calls import add_calls
from tests.support.people import add_attempt, add_candidate, add_repair, add_user, change_user


@asynccontextmanager
async def watching(
    desk: Desk, size: tuple[int, int] = (80, 24), language: str = "nl"
) -> AsyncIterator[Pilot[None]]:
    app = EhvdzApp(Workplace(desk, Texts(language)), start_place="team")
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield pilot


def board(pilot: Pilot[None]) -> FloorScreen:
    screen = pilot.app.screen
    assert isinstance(screen, FloorScreen)
    return screen


def said(pilot: Pilot[None], part: str) -> str:
    return str(pilot.app.screen.query_one(part, Static).content)


async def beat(pilot: Pilot[None]) -> None:
    await board(pilot)._look()
    await pilot.pause()


async def test_a_call_begins_and_the_row_says_with_whom(sqlite_desk: Desk, clock: TestClock) -> None:
    add_candidate(sqlite_desk, "Ans", "Jansen", prefix="", entry="ready")
    add_user(sqlite_desk, "Noor")
    async with watching(sqlite_desk) as pilot:
        assert [(row[0], row[1]) for row in rows(pilot)] == [
            ("Kim", "– Niet aan het werk"),
            ("Noor", "– Niet aan het werk"),
        ]
        await sqlite_desk.queue.next()
        clock.forward(minutes=4)
        await beat(pilot)
        assert rows(pilot)[0][:3] == ["Kim", "☎ Ans Jansen", "4 m"]
        clock.forward(minutes=1)
        await beat(pilot)
        assert rows(pilot)[0][2] == "5 m"


async def test_the_cursor_stays_where_it_is_while_cells_change(sqlite_desk: Desk) -> None:
    people = [add_user(sqlite_desk, f"Beller {number:02}") for number in range(40)]
    async with watching(sqlite_desk) as pilot:
        await press(pilot, *["down"] * 30)
        table = board(pilot).query_one(SteadyTable)
        chosen, scrolled = table.chosen, table.scroll_offset
        assert chosen in people
        add_attempt(sqlite_desk, add_candidate(sqlite_desk), "no_answer")
        await beat(pilot)
        assert (table.chosen, table.scroll_offset.y > 0) == (chosen, scrolled.y > 0)


async def test_a_beat_does_not_cut_short_the_look_after_an_undo(sqlite_desk: Desk) -> None:
    """A beat starts a look of its own; whoever waits for theirs still gets it."""
    async with watching(sqlite_desk) as pilot:
        screen = board(pilot)
        renewing = asyncio.create_task(screen.reload())
        await asyncio.sleep(0)
        beating = screen.load()
        await renewing
        await beating.wait()
        assert screen._board is not None


async def test_nothing_is_drawn_when_nothing_moved(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watching(sqlite_desk) as pilot:
        drawn: list[object] = []
        monkeypatch.setattr(Static, "update", lambda _self, words: drawn.append(words))
        monkeypatch.setattr(SteadyTable, "update_cell_at", lambda _self, *what: drawn.append(what))
        await beat(pilot)
        assert drawn == []


async def test_behind_another_screen_the_board_does_not_look(sqlite_desk: Desk) -> None:
    async with watching(sqlite_desk) as pilot:
        timer = board(pilot)._beating
        assert timer is not None
        beats: list[bool] = []
        for pressed in ("tab", "l", "escape"):
            await press(pilot, pressed)
            beats.append(timer._active.is_set())
        assert beats == [True, False, True]


@pytest.mark.parametrize(
    ("pressed", "screen"), [("l", TeamScreen), ("g", ChartsScreen), ("k", MapScreen), ("x", WaitingExports)]
)
async def test_one_key_leads_on_and_escape_leads_back(
    sqlite_desk: Desk, pressed: str, screen: type[object]
) -> None:
    async with watching(sqlite_desk) as pilot:
        await press(pilot, pressed)
        assert isinstance(pilot.app.screen, screen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, FloorScreen)


async def test_what_waits_is_counted_on_top_and_the_queue_below(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, pc4=8011, entry="ready")
    add_repair(sqlite_desk, person, "phone_invalid")
    async with watching(sqlite_desk) as pilot:
        assert "Herstellen 1" in said(pilot, "#floor-strip")
        assert "Te bellen 1" in said(pilot, "#floor-summary")
        right = board(pilot).query_one("#floor-right")
        seen = [right.display]
        for _ in range(2):
            await press(pilot, "tab")
            seen.append(right.display)
        assert seen == [False, True, False]
        assert board(pilot).query_one(SteadyTable).has_focus


async def test_where_there_is_room_the_queue_stands_beside_the_callers(sqlite_desk: Desk) -> None:
    async with watching(sqlite_desk, (120, 40), "en") as pilot:
        assert board(pilot).query_one("#floor-right").display
        assert board(pilot).query_one(SteadyTable).display


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 m"), (59, "59 m"), (65, "1:05 h"), (3000, "2 d"), (-3, "0 m")]
)
def test_how_long(minutes: int, words: str) -> None:
    assert duration(NOW - timedelta(minutes=minutes), NOW) == words


async def test_the_card_says_when_somebody_is_reached(sqlite_desk: Desk, clock: TestClock) -> None:
    person = add_candidate(sqlite_desk, entry="ready")
    clock.now -= timedelta(days=2)
    add_attempt(sqlite_desk, person, "no_answer")
    clock.forward(hours=9)
    add_attempt(sqlite_desk, person, "reached_callback_requested")
    add_attempt(sqlite_desk, person, "emailed")
    clock.now = NOW
    view = await sqlite_desk.candidates.card(person)
    assert best_call(view, {}, NOW, Texts("nl")) == "meestal bereikt: di avond"
    assert best_call(view, {(3, 18): (900, 850)}, NOW, Texts("en")) == (
        "mostly reached: Tue evening · try Thu evening"
    )
    assert (
        best_call(await sqlite_desk.candidates.card(add_candidate(sqlite_desk)), {}, NOW, Texts("nl")) == ""
    )


async def test_the_queue_of_a_small_screen_is_read_to_its_end(sqlite_desk: Desk) -> None:
    for number, code in enumerate(code_list("region")):
        add_calls(sqlite_desk, 1, region_code=code, priority_group=1 + number % 4)
    async with watching(sqlite_desk) as pilot:
        await press(pilot, "pagedown", "tab")
        right = board(pilot).query_one("#floor-right")
        assert right.scroll_y == 0
        await press(pilot, "pagedown", "down")
        assert right.scroll_y == right.max_scroll_y > 0
        await press(pilot, "pageup", "up")
        assert right.scroll_y == 0


async def test_whoever_is_gone_with_calls_is_said_to_be(sqlite_desk: Desk, clock: TestClock) -> None:
    kim = sqlite_desk.seat.user_id
    assert kim is not None
    change_user(sqlite_desk, kim, trainee=True)
    add_attempt(sqlite_desk, add_candidate(sqlite_desk))
    clock.forward(days=2391)
    add_calls(sqlite_desk, 26, assigned_to=kim)
    async with watching(sqlite_desk) as pilot:
        assert rows(pilot)[0][:3] == ["Kim (lr)", "– Weg, 26 wachten", "▲2391 d"]
        assert len("▲2391 d") <= dict(COLUMNS)["floor.column.since"]
        assert "(lr) leerling" in said(pilot, "#floor-summary")


async def test_no_count_is_parted_from_its_word(sqlite_desk: Desk, clock: TestClock) -> None:
    held = ("no_number", "data_problem", "escalated", "paused", "do_not_call")
    for reason in held:
        add_calls(sqlite_desk, 12, state="blocked", blocked_reason=reason)
    add_calls(sqlite_desk, 12, state="scheduled", kind="callback", vests_at=clock.now + timedelta(days=1))
    async with watching(sqlite_desk) as pilot:
        lines = said(pilot, "#floor-summary").splitlines()[2:]
    assert len(lines) == 2
    assert all(len(line) <= 78 and line.endswith("12") for line in lines)


async def test_a_bell_rings_for_who_never_opened_the_queue(sqlite_desk: Desk, clock: TestClock) -> None:
    kim = sqlite_desk.seat.user_id
    due = {"state": "due", "kind": "callback", "vests_at": clock.now - timedelta(minutes=1)}
    add_calls(sqlite_desk, 1, assigned_to=kim, **due)
    async with watching(sqlite_desk) as pilot:
        app = pilot.app
        assert isinstance(app, EhvdzApp)
        app._ring()
        await settle(pilot)
        assert next(notice.message for notice in app._notifications).startswith("Terugbelafspraak met Tess")
