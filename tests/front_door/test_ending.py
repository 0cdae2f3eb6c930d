"""A program that ends while something still counts ends quietly; one that does not end tells its bugs."""

import asyncio
import signal
from functools import partialmethod

import pytest
from textual import work
from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.widgets import Static
from textual.worker import WorkerFailed

from ehvdz_tui.front_door import FrontDoor
from ehvdz_tui.loud_app import LoudApp, run_app


class Counting(LoudApp[None]):
    """Counts in the background, then draws on a part that is not there."""

    def __init__(self) -> None:
        super().__init__()
        self.counted = asyncio.Event()

    @work
    async def count(self) -> None:
        """Wait, then draw."""
        await self.counted.wait()
        self.query_one("#gone", Static).update("1")


async def test_what_still_counts_when_the_program_ends_is_no_bug() -> None:
    app = Counting()
    async with app.run_test():
        app.exit()
        app._handle_exception(WorkerFailed(NoMatches("#gone")))
    assert app._exception is None


async def run_with_a_bug() -> None:
    app = Counting()
    async with app.run_test() as pilot:
        app.count()
        app.counted.set()
        await pilot.pause()


async def test_a_part_that_is_missing_in_a_running_program_is_a_bug() -> None:
    with pytest.raises(WorkerFailed):
        await run_with_a_bug()


class Unfinished(LoudApp[None]):
    """Misses a part of its own from the start."""

    def on_mount(self) -> None:
        """Draw on what is not there."""
        self.query_one("#gone", Static).update("1")


async def run_unfinished() -> None:
    async with Unfinished().run_test():
        pass


async def test_a_part_that_is_missing_from_the_start_is_a_bug() -> None:
    with pytest.raises(NoMatches):
        await run_unfinished()


def test_a_bug_in_the_background_is_written_down_with_its_lines(
    door: FrontDoor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken(Counting):
        def on_mount(self) -> None:
            self.count()
            self.counted.set()

    monkeypatch.setattr(App, "run", partialmethod(App.run, headless=True))
    monkeypatch.setattr(signal, "signal", lambda *_kept: None)
    assert run_app(Broken(), door) == 1
    written = door.paths.log.read_text(encoding="utf-8")
    assert 'self.query_one("#gone", Static)' in written
    assert str(door.paths.log) in capsys.readouterr().err


def test_a_line_that_comes_up_before_its_screen_is_no_bug() -> None:
    """From Python 3.12 on the parts of the first screen begin before it is on the stack."""
    app = Counting()
    with pytest.raises(ScreenStackError):
        app.screen  # noqa: B018
    app.clear_selection()
