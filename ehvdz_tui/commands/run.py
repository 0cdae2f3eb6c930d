"""`ehvdz`: open the desk."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from db.errors import DeskError, StorageError
from ehvdz_tui.front_door import FrontDoor
from ehvdz_tui.paths import shown_database
from ehvdz_tui.settings import Settings
from ehvdz_tui.splash import opening

if TYPE_CHECKING:
    from textual.app import App

    from db.desk.desk import Desk

PLACES = {"caller": "queue", "recruiter": "requests", "supervisor": "team"}
"""Where each role starts; all others start where the calls are."""


def run_command(door: FrontDoor, options: argparse.Namespace) -> int:
    """Open the desk, asking first what is not known yet."""
    if door.settings.database and door.is_missing() and not door.create:
        raise StorageError("cli.no_database", path=shown_database(door.database))
    need_terminal()
    if door.settings.name and not (door.is_missing() and not door.create):
        return open_floor(door)
    from ehvdz_tui.commands.first_run import first_run

    return first_run(door, options)


def need_terminal() -> None:
    """Refuse before anything is opened when there is nobody to show a screen to."""
    if not sys.stdin.isatty():
        raise DeskError("cli.no_terminal")


def open_floor(door: FrontDoor, import_file: str | None = None) -> int:
    """Open the desk and work at it until the person leaves; gives the exit code.

    With `import_file` the person first sees what an import of that file would do.
    """
    with opening(door.texts):
        desk = door.open_desk(create=True)
    try:
        return work(door, desk, import_file=import_file)
    finally:
        desk.close()


def work(door: FrontDoor, desk: "Desk", *, import_file: str | None = None) -> int:
    """Sit down at an open desk until the person leaves; gives the exit code."""
    from ehvdz_tui.app import EhvdzApp
    from ehvdz_tui.loud_app import run_app
    from screens.base import Workplace

    desk.users.sign_in_now(door.settings.name or "", door.settings.role)
    place = PLACES.get(desk.seat.role, PLACES["caller"])
    # What is practised stays here: it lies apart, and no mail ever leaves a practice floor.
    practice = desk.is_practice()
    exports = door.paths.practice / "exports" if practice else door.paths.exports
    mail = None if practice else door.settings.mail
    app = EhvdzApp(Workplace(desk, door.texts, practice, exports, mail), place, import_file)
    dress(app, door.settings)
    return run_app(app, door)


def dress(app: "App[Any]", settings: Settings) -> None:
    """Give the app the colours and the keys of this person.

    Raises DeskError naming the setting when there is no such theme or binding.
    """
    if theme := settings.theme:
        if theme.value not in app.available_themes:
            known = ", ".join(sorted(app.available_themes))
            raise DeskError("cli.theme_unknown", origin=theme.origin, value=theme.value, allowed=known)
        app.theme = theme.value
    if settings.keys:
        from ehvdz_tui.keys_table import binding_ids

        known_ids = binding_ids()
        for name, given in settings.keys.items():
            if name not in known_ids:
                raise DeskError("cli.keys_unknown", origin=given.origin)
        app.set_keymap({name: given.value for name, given in settings.keys.items()})
