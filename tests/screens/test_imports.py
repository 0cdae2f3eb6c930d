"""The screen of a file that comes in: look, choose columns, do it, call it off, take it back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from shutil import copy
from threading import Event

import pytest
from rich.cells import cell_len
from sqlmodel import Session, func, select
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from db.desk.desk import Desk
from db.models import Candidate, ImportBatch
from db.texts import Texts
from screens.base import Workplace
from screens.imports.columns import ChooseColumn, ColumnTable
from screens.imports.problems import ProblemTable
from screens.imports.screen import ImportScreen

DATA = Path(__file__).parents[1] / "data"


class Stage(App[None]):
    """Nothing but the screen."""

    def __init__(self, desk: Desk, path: str | None, language: str) -> None:
        super().__init__()
        self._screen_shown = ImportScreen(Workplace(desk, Texts(language)), path)

    def on_mount(self) -> None:
        self.push_screen(self._screen_shown)


@asynccontextmanager
async def shown(
    desk: Desk, path: Path | None = None, language: str = "nl", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[ImportScreen, Pilot[None]]]:
    app = Stage(desk, str(path) if path else None, language)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ImportScreen)
        if path:
            await reached(screen, pilot, "-look")
        yield screen, pilot


async def reached(screen: ImportScreen, pilot: Pilot[None], step: str) -> None:
    for _ in range(500):
        if screen.has_class(step) and not any(worker.is_running for worker in pilot.app.workers):
            return
        await pilot.pause(0.01)
    raise AssertionError(f"{step} was not reached: {text(screen, '#import-hint')}")


def text(screen: ImportScreen, selector: str) -> str:
    return str(screen.query_one(selector, Static).render())


def candidates(desk: Desk) -> int:
    return desk.lane.read_now(lambda session: count(session, Candidate))


def count(session: Session, table: type[Candidate] | type[ImportBatch]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(copy(DATA / "registrations.csv", tmp_path))


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_a_file_is_looked_at_before_anything_is_written(
    sqlite_desk: Desk, path: Path, language: str
) -> None:
    async with shown(sqlite_desk, path, language) as (screen, _):
        assert "59" in text(screen, "#import-counts")
        assert screen.query_one(ColumnTable).row_count == 17
        problems = screen.query_one(ProblemTable)
        who = [str(problems.get_row_at(row)[1]) for row in range(problems.row_count)]
        assert "Smit, [bold]Ans[/bold]" in who
        assert "Ginkel, Piet" in who
        assert candidates(sqlite_desk) == 0


async def test_typed_looked_at_imported_and_taken_back(sqlite_desk: Desk, path: Path) -> None:
    async with shown(sqlite_desk) as (screen, pilot):
        screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        await reached(screen, pilot, "-look")
        await pilot.press("ctrl+s")
        await reached(screen, pilot, "-done")
        assert candidates(sqlite_desk) == 53
        assert "registrations.rejects-" in text(screen, "#import-account").replace("\n", "")
        await pilot.press("u")
        await reached(screen, pilot, "-done")
        for _ in range(100):
            await pilot.pause(0.01)
            if "53" in text(screen, "#import-account") and candidates(sqlite_desk) == 0:
                break
        assert candidates(sqlite_desk) == 0


async def test_the_menu_of_sources_has_its_key_in_the_language(sqlite_desk: Desk, path: Path) -> None:
    async with shown(sqlite_desk, path) as (screen, pilot):
        screen.query_one("#import-source").focus()
        await pilot.press("enter")
        assert screen.active_bindings["escape"].binding.description == "Sluit"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (170, 40)])
async def test_every_reason_stands_whole_in_its_column(
    sqlite_desk: Desk, path: Path, size: tuple[int, int]
) -> None:
    async with shown(sqlite_desk, path, size=size) as (screen, pilot):
        await pilot.pause()
        table = screen.query_one(ProblemTable)
        assert table.virtual_size.width <= table.size.width
        *_, why = table.ordered_columns
        needed = max(cell_len(str(table.get_row(row)[3])) for row in table.rows)
        assert needed <= why.width * max(row.height for row in table.ordered_rows)


async def test_a_request_that_is_rejected_says_what_was_given(sqlite_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Organisatie,Branche,Functie,Fte\nZonnehof,vvt,verzorgende,-1\n", encoding="utf-8")
    async with shown(sqlite_desk, path) as (screen, _):
        reasons = str(screen.query_one(ProblemTable).get_row_at(0)[3])
        assert reasons.endswith("kan niet: -1")


async def test_a_column_is_changed_by_hand(sqlite_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Voornaam,Achternaam,Bel mij op\nJan,de Boer,0621000001\n", encoding="utf-8")
    async with shown(sqlite_desk, path) as (screen, pilot):
        table = screen.query_one(ColumnTable)
        assert "telefoon" in text(screen, "#import-hint")
        await pilot.press("ctrl+s")
        assert screen.has_class("-look")
        while table.chosen != "phone":
            await pilot.press("down")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChooseColumn)
        choices = pilot.app.screen.query_one(OptionList)
        choices.highlighted = choices.option_count - 1
        await pilot.press("enter")
        await reached(screen, pilot, "-look")
        assert table.chosen == "phone"
        await pilot.press("ctrl+s")
        await reached(screen, pilot, "-done")
        assert candidates(sqlite_desk) == 1


async def test_escape_calls_it_off_and_leaves_nothing(
    sqlite_desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed = Event()

    def wait_for_escape(screen: ImportScreen, done: int, total: int) -> None:
        assert pressed.wait(10)

    monkeypatch.setattr(ImportScreen, "_note_progress", wait_for_escape)
    async with shown(sqlite_desk, path) as (screen, pilot):
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert screen.has_class("-run")
        assert [key for key in ("u", "ctrl+s", "ctrl+l") if key in screen.active_bindings] == []
        assert screen.ALONE
        await pilot.press("escape")
        pressed.set()
        await reached(screen, pilot, "-look")
        assert candidates(sqlite_desk) == 0
        assert sqlite_desk.lane.read_now(lambda session: count(session, ImportBatch)) == 0
        assert list(path.parent.glob("*.rejects-*")) == []


async def test_a_bar_tells_how_far_it_is(
    sqlite_desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, told = Event(), ImportScreen._note_progress

    def wait_until_seen(screen: ImportScreen, done: int, total: int) -> None:
        told(screen, 1, 2)
        assert seen.wait(10)

    monkeypatch.setattr(ImportScreen, "_note_progress", wait_until_seen)
    async with shown(sqlite_desk, path) as (screen, pilot):
        await pilot.press("ctrl+s")
        for _ in range(500):
            drawn = [line.text for line in screen._compositor.render_strips()]
            if any("50%" in line for line in drawn):
                break
            await pilot.pause(0.01)
        seen.set()
        assert any("━" in line and "50%" in line for line in drawn)
        await reached(screen, pilot, "-done")


async def test_tab_completes_the_path(sqlite_desk: Desk, path: Path) -> None:
    (path.parent / "other.csv").touch()
    (path.parent / "picture.png").touch()
    async with shown(sqlite_desk) as (screen, pilot):
        line = screen.query_one(Input)
        line.value = f"{path.parent}/"
        await pilot.press("tab")
        for _ in range(100):
            await pilot.pause(0.01)
            if "other.csv" in text(screen, ".path-choices"):
                break
        assert text(screen, ".path-choices").split()[:1] == ["other.csv"]
        assert "picture" not in text(screen, ".path-choices")
        line.value = f"{path.parent}/reg"
        await pilot.press("tab")
        for _ in range(100):
            await pilot.pause(0.01)
            if line.value == str(path):
                break
        assert line.value == str(path)


async def test_what_cannot_be_read_is_explained_in_place(sqlite_desk: Desk, tmp_path: Path) -> None:
    async with shown(sqlite_desk) as (screen, pilot):
        screen.query_one(Input).value = str(tmp_path / "[bold]none.csv")
        await pilot.press("enter")
        for _ in range(100):
            await pilot.pause(0.01)
            if "[bold]none.csv" in text(screen, "#import-hint").replace("\n", ""):
                break
        assert "[bold]none.csv" in text(screen, "#import-hint")
        assert screen.has_class("-choose")


async def test_escape_goes_back_one_step_at_a_time(sqlite_desk: Desk, path: Path) -> None:
    async with shown(sqlite_desk, path, size=(120, 40)) as (screen, pilot):
        await pilot.press("escape")
        assert screen.has_class("-choose")
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is not screen
