"""An app whose bugs are written down instead of printed with everything they held."""

from collections.abc import Sequence
from typing import TypeVar

from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter

from ehvdz_tui.crash import report_crash
from ehvdz_tui.front_door import FrontDoor
from ehvdz_tui.harmless import Harmless
from ehvdz_tui.themes import CONTRAST

Result = TypeVar("Result")


class LoudApp(App[Result]):
    """Ends at a bug, as every app; but what it knew of candidates does not land on the terminal."""

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class)
        self.register_theme(CONTRAST)
        self._harmless = Harmless()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Those of every app, and one that lets no escape sequence out."""
        return [*super().get_line_filters(), self._harmless]

    # The original prints the local variables of every frame.
    def _fatal_error(self) -> None:
        self.bell()
        self._close_messages_no_wait()


def run_app(app: App[Result], door: FrontDoor) -> int:
    """Run an app to its end and give the exit code; a bug in it is reported as a crash."""
    app.run()
    if app._exception is not None:
        return report_crash(app._exception, door.paths.log, door.texts)
    return app.return_code or 0
