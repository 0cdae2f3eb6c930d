"""The small app around the first-run screen, before there is a desk."""

from ehvdz_tui.front_door import FrontDoor
from ehvdz_tui.loud_app import LoudApp
from ehvdz_tui.paths import shown_database
from screens.first_run import FirstRunChoice, FirstRunScreen


class FirstRunApp(LoudApp[FirstRunChoice | None]):
    """Asks who is here and what to begin with; returns None when the person leaves."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, door: FrontDoor) -> None:
        super().__init__()
        self.title = "ehvdz"
        self._door = door

    def on_mount(self) -> None:
        """Ask."""
        screen = FirstRunScreen(
            self._door.texts,
            database=shown_database(self._door.database),
            name=self._door.settings.name or "",
            name_only=not self._door.is_missing(),
        )
        self.push_screen(screen, self.exit)
