"""The reports: walk to a figure, open its rows, filter, save, and put people first."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from db.desk.calling_off import Progress
from db.desk.desk import Desk
from db.desk.reports import ReportsDesk
from db.drafts.reports import ReportFilter
from db.texts import LANGUAGES, Texts
from db.views.queue import CardView
from db.views.reports import Report
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.candidates.one_candidate import OneCandidate
from screens.reports.figure_table import HEAD_LINES, FigureGrid
from screens.reports.rows_screen import RowsScreen
from screens.reports.screen import ReportsScreen
from screens.widgets.ask_bar import AskBar
from tests.conftest import TestClock
from tests.screens.test_requests import press, rows, settle, told
from tests.support.people import add_attempt, add_candidate, add_request


@asynccontextmanager
async def reporting(
    desk: Desk, size: tuple[int, int] = (80, 24), language: str = "nl"
) -> AsyncIterator[Pilot[None]]:
    app = EhvdzApp(Workplace(desk, Texts(language)), start_place="team")
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "f7")
        yield pilot


def screen_of(pilot: Pilot[None]) -> ReportsScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ReportsScreen)
    return screen


def more(pilot: Pilot[None]) -> str:
    return str(screen_of(pilot).query_one("#reports-more", Static).content)


@pytest.mark.parametrize(("size", "language"), [((80, 24), "nl"), ((120, 40), "en")])
async def test_every_report_opens(sqlite_desk: Desk, size: tuple[int, int], language: str) -> None:
    add_candidate(sqlite_desk, "[bold]Ans", "[/b]")
    async with reporting(sqlite_desk, size, language) as pilot:
        for name in sqlite_desk.reports.names():
            screen = screen_of(pilot)
            assert screen.report is not None
            assert screen.report.name == name
            assert screen.query_one(FigureGrid).chosen is not None
            await press(pilot, "down")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_word_above_the_figures_is_torn(sqlite_desk: Desk, language: str) -> None:
    async with reporting(sqlite_desk, language=language) as pilot:
        for _ in sqlite_desk.reports.names():
            report, grid = screen_of(pilot).report, screen_of(pilot).query_one(FigureGrid)
            assert report is not None
            heads = [head for table in report.tables for head in grid._heads(table)]
            words = [word for head in heads for word in head.split()]
            assert max(map(len, words)) <= grid.ordered_columns[1].width, max(words, key=len)
            await press(pilot, "down")


async def test_enter_goes_from_the_list_to_the_rows_to_the_card(sqlite_desk: Desk) -> None:
    add_candidate(sqlite_desk, "[bold]Ans", "[/b]", prefix="")
    async with reporting(sqlite_desk) as pilot:
        await press(pilot, "enter")
        assert more(pilot).startswith("Nooit geprobeerd · Aangemeld: 1 kandidaat")
        assert "alle regio's" in more(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, RowsScreen)
        assert rows(pilot)[0][0] == "[bold]Ans [/b]"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, OneCandidate)
        await press(pilot, "escape", "escape", "escape")
        assert screen_of(pilot).query_one(OptionList).has_focus


async def test_a_figure_of_nothing_says_so(sqlite_desk: Desk) -> None:
    async with reporting(sqlite_desk) as pilot:
        await press(pilot, "enter", "enter")
        assert told(pilot) == [Texts("nl")("reports.no_rows")]


async def test_the_filter_narrows_and_is_shown(sqlite_desk: Desk, clock: TestClock) -> None:
    add_candidate(sqlite_desk, registered_at=clock.now - timedelta(days=20))
    async with reporting(sqlite_desk) as pilot:
        await press(pilot, "f", "p", *"2020-05-01", "space", *"07-05-2020", "enter")
        screen = screen_of(pilot)
        assert (screen.filter.from_, screen.filter.to) == (date(2020, 5, 1), date(2020, 5, 7))
        assert "Filter: 01-05-2020 t/m 07-05-2020" in str(screen.query_one("#reports-scope", Static).content)
        assert screen.report is not None
        assert screen.report.figure("unheard.all.registered").value == 0
        await press(pilot, "f", "x")
        assert screen.report.figure("unheard.all.registered").value == 1
        assert "Filter" not in str(screen.query_one("#reports-scope", Static).content)
        await press(pilot, "f", "g", "2")
        assert screen.filter.wave == "2+3"
        await press(pilot, "f", "r", "escape")
        assert screen.filter.region is None
        await press(pilot, "f", "p", *"gisteren", "enter")
        assert screen.filter.wave == "2+3"
        assert "geen datum" in told(pilot)[-1]


async def test_the_period_is_asked_as_days_are_shown(sqlite_desk: Desk) -> None:
    """What stood there is shown day first, and the first digit typed takes its place."""
    async with reporting(sqlite_desk) as pilot:
        await press(pilot, "f", "p", *"01-04-2020", "enter", "f", "p")
        assert screen_of(pilot).query_one("#ask-input", Input).value == "01-04-2020"
        await press(pilot, *"02-04-2020", "enter")
        assert screen_of(pilot).filter.from_ == date(2020, 4, 2)


async def test_the_titles_of_reports_are_whole_beside_a_scroll_bar(sqlite_desk: Desk) -> None:
    """A title that just fits without the bar needs two lines with it."""
    async with reporting(sqlite_desk) as pilot:
        reports = screen_of(pilot).query_one(OptionList)
        drawn = " ".join(strip.text for strip in map(reports.render_line, range(reports.size.height)))
        assert "matches" in drawn


async def test_no_column_is_seen_in_part_and_what_is_beyond_is_told(sqlite_desk: Desk) -> None:
    async with reporting(sqlite_desk) as pilot:
        grid = screen_of(pilot).query_one(FigureGrid)
        for keys, whole in (((), 1), (("enter",), 3)):
            await press(pilot, *keys)
            widths = [column.get_render_width(grid) for column in grid.ordered_columns]
            assert sum(widths[: whole + 1]) == grid.scrollable_content_region.width
            assert grid.get_row_at(0)[0].plain.endswith(f"→ nog {7 - whole} kolommen")
            assert grid.chosen is not None
            assert grid.chosen.figure.id == "unheard.never.registered"


async def test_a_report_is_saved_where_one_says(sqlite_desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "week.md"
    async with reporting(sqlite_desk) as pilot:
        await press(pilot, "down", "e", "m", "ctrl+u", *str(target), "enter")
        assert "# De weekcijfers" in target.read_text(encoding="utf-8")
        assert not screen_of(pilot).query_one(AskBar).asking


async def test_the_unheard_are_put_first_after_a_look(sqlite_desk: Desk, clock: TestClock) -> None:
    heard = add_candidate(sqlite_desk, entry="ready", registered_at=clock.now - timedelta(days=9))
    add_attempt(sqlite_desk, heard, "reached_withdrawn")
    person = add_candidate(sqlite_desk, "Mick", "Jansse", prefix="", entry="ready")
    async with reporting(sqlite_desk) as pilot:
        await press(pilot, "enter", "v")
        bar = screen_of(pilot).query_one(AskBar)
        title = str(bar.query_one("#ask-title", Static).content)
        assert title == "1 kandidaat vooraan in de wachtrij zetten: Mick Jansse"
        await press(pilot, "escape", "v", "1")
        assert told(pilot) == ["1 vooraan in de wachtrij gezet. Terugdraaien: u"]
    card = await sqlite_desk.queue.next()
    assert isinstance(card, CardView)
    assert card.candidate.id == person


async def test_the_page_of_last_week_is_saved_with_one_key(sqlite_desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "week.md"
    async with reporting(sqlite_desk) as pilot:
        await press(pilot, "w", "m", "ctrl+u", *str(target), "enter")
        assert "week 18 van 2020" in target.read_text(encoding="utf-8")
        assert told(pilot) == [Texts("nl")("reports.written", path=target)]


async def test_escape_stops_the_making_of_the_page(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = asyncio.Event()

    async def long_week(*_: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    async with reporting(sqlite_desk) as pilot:
        monkeypatch.setattr(sqlite_desk.reports, "week", long_week)
        await pilot.press("w", "m")
        await pilot.pause()
        await pilot.press("escape")
        await asyncio.wait_for(stopped.wait(), 10)
        await settle(pilot)
        assert not pilot.app.screen.query_one(AskBar).asking
        assert pilot.app.screen.query_one(OptionList).has_focus


async def test_the_question_of_parliament_takes_a_few_keys(sqlite_desk: Desk, clock: TestClock) -> None:
    """How many with a care background were proposed at least once since 1 April, and how many accepted?"""
    old = clock.now - timedelta(days=50)
    person = add_candidate(sqlite_desk, "Ans", "Smit", prefix="", registered_at=old, care_background=True)
    proposal = await sqlite_desk.proposals.propose(person, add_request(sqlite_desk))
    await sqlite_desk.proposals.step(proposal.id, "accepted")
    async with reporting(sqlite_desk) as pilot:
        await press(pilot, "down", "down", "f", "p", *"01-04-2020", "enter")
        await press(pilot, "enter", "right")
        assert more(pilot).startswith(
            "Met zorgachtergrond · Voorgestelde personen: 1 kandidaat\nvanaf 01-04-2020"
        )
        await press(pilot, "right")
        assert more(pilot).startswith("Met zorgachtergrond · Geaccepteerde personen: 1 kandidaat")
        await press(pilot, "enter")
        assert rows(pilot)[0][0] == "Ans Smit"


async def test_escape_stops_a_long_count(sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The count waits until it is stopped; enter counts anew."""
    begun, done = threading.Event(), threading.Event()
    run = type(sqlite_desk.reports).run

    async def slow(self: ReportsDesk, name: str, wanted: ReportFilter, progress: Progress) -> Report:
        def hold(step: int, total: int) -> None:
            begun.set()
            done.wait(10)
            progress(step, total)

        return await run(self, name, wanted, hold)

    async with reporting(sqlite_desk) as pilot:
        monkeypatch.setattr(ReportsDesk, "run", slow)
        await pilot.press("down")
        await asyncio.to_thread(begun.wait, 10)
        await pilot.press("escape")
        done.set()
        await settle(pilot)
        scope = screen_of(pilot).query_one("#reports-scope", Static)
        assert str(scope.content) == Texts("nl")("reports.stopped")
        monkeypatch.undo()
        await press(pilot, "enter")
        report = screen_of(pilot).report
        assert report is not None
        assert report.name == "weekly"


async def test_names_have_the_room_that_few_figures_leave(sqlite_desk: Desk) -> None:
    async with reporting(sqlite_desk, (120, 40)) as pilot:
        persons = sqlite_desk.reports.names().index("persons")
        await press(pilot, *["down"] * persons)
        grid = screen_of(pilot).query_one(FigureGrid)
        assert {row.height for row in grid.ordered_rows if row.height != HEAD_LINES} == {1}
