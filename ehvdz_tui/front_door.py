"""What every command is handed: settings, places and words."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.clock import Clock, clock_from, system_clock
from db.errors import StorageError
from db.texts import Texts
from ehvdz_tui.paths import Paths, database_file, shown_database
from ehvdz_tui.settings import Settings

if TYPE_CHECKING:
    from db.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """The person at the door, before the desk is opened."""

    settings: Settings
    paths: Paths
    texts: Texts
    create: bool = False
    """A database that is named but missing may be made."""

    @property
    def database(self) -> str:
        """The database to work with, as it was named."""
        return self.settings.database or str(self.paths.database)

    @property
    def clock(self) -> Clock:
        """The moment: the machine's, or from the one that was asked for."""
        return clock_from(self.settings.now) if self.settings.now else system_clock

    def is_missing(self) -> bool:
        """Whether the database is a file that is not there."""
        file = database_file(self.database)
        return file is not None and not file.exists()

    def open_desk(self, *, create: bool = False) -> "Desk":
        """Open the desk; the caller closes it. A practice floor keeps its own time.

        Raises StorageError when the database is missing and may not be made.
        """
        from db.desk.desk import open_desk

        if self.is_missing():
            if not (create or self.create):
                raise StorageError("cli.no_database", path=shown_database(self.database))
            self.make_home()
        desk = open_desk(self.database, self.clock)
        if self.settings.now is None and desk.is_practice():
            from db.demo import practice_clock

            desk.lane.clock = practice_clock(desk.lane)
        return desk

    def make_home(self) -> None:
        """Make the program's own folder for the database; a mistyped path leaves no folders behind."""
        home = self.paths.database.parent
        file = database_file(self.database)
        if file is not None and home in file.parents:
            home.mkdir(parents=True, exist_ok=True)

    def sign_in(self, desk: "Desk") -> None:
        """Put this person's name to what is about to be done, when it is known."""
        if self.settings.name:
            desk.users.sign_in_now(self.settings.name, self.settings.role)

    def at(self, **changes: object) -> "FrontDoor":
        """The same door with other settings."""
        return replace(self, settings=replace(self.settings, **changes))  # type: ignore[arg-type]
