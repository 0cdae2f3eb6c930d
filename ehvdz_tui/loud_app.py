"""An app whose bugs are written down instead of printed with everything they held."""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TypeVar

from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.filter import LineFilter
from textual.notifications import Notify
from textual.worker import WorkerFailed

from db.errors import StorageError
from ehvdz_tui.crash import report_crash
from ehvdz_tui.front_door import FrontDoor
from ehvdz_tui.harmless import Harmless
from ehvdz_tui.themes import CONTRAST

Result = TypeVar("Result")
TERMINAL_SECONDS = 2.0
TERMINAL_LOST = 129
"""The exit code of what a hang-up ends."""


class LoudApp(App[Result]):
    """Ends at a bug, as every app; but what it knew of candidates does not land on the terminal."""

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class)
        self.register_theme(CONTRAST)
        self._harmless = Harmless()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Those of every app, and one that lets no escape sequence out."""
        return [*super().get_line_filters(), self._harmless]

    def on_mount(self) -> None:
        """Notice when the terminal goes away without a signal; reading from what is gone would never end."""
        if not self.is_headless:
            self.set_interval(TERMINAL_SECONDS, self._end_with_the_terminal)

    def clear_selection(self) -> None:
        """Nothing is selected where no screen stands yet.

        From Python 3.12 on the parts of the first screen come up before the screen is on the stack, and a
        line to type on asks for this at once.
        """
        with suppress(ScreenStackError):
            super().clear_selection()

    def on_notify(self, event: Notify) -> None:
        """The same words stand there once, for as long as the last time they were said."""
        words = event.notification.message
        said = [standing for standing in self._notifications if standing.message == words]
        for standing in said:
            self._unnotify(standing, refresh=False)

    def _end_with_the_terminal(self) -> None:
        if sys.__stdin__ is None or not sys.__stdin__.isatty():
            # Nobody is there to be told, and all that was done is safe: as after a power cut.
            os._exit(TERMINAL_LOST)

    def _handle_exception(self, error: Exception) -> None:
        """While the program ends, what still counted finds its part of the screen gone: that is no bug."""
        ends = self._exit or not self._running
        if not (ends and isinstance(_cause(error), NoMatches)):
            super()._handle_exception(error)

    # The original prints the local variables of every frame.
    def _fatal_error(self) -> None:
        self.bell()
        self._close_messages_no_wait()


def run_app(app: App[Result], door: FrontDoor) -> int:
    """Run an app to its end and give the exit code; a bug in it is reported as a crash.

    A terminal that is closed ends the program, also where whoever started it ignored that signal. Raises
    StorageError when the database failed where no screen can go on without it: that is no bug.
    """
    if hasattr(signal, "SIGHUP"):  # Windows ends the programs of a window by itself
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    app.run()
    if app._exception is not None:
        cause = _cause(app._exception)
        if isinstance(cause, StorageError):
            raise cause
        return report_crash(cause, door.paths.log, door.texts)
    return app.return_code or 0


def _cause(error: Exception) -> BaseException:
    """What went wrong in a worker, with the lines it went through: what wraps it has none."""
    return error.error if isinstance(error, WorkerFailed) else error
