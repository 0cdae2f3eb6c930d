"""`ehvdz where`: every place the program uses, and what it runs on."""

import argparse
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from ehvdz_tui.front_door import FrontDoor
from ehvdz_tui.paths import database_file, shown_database
from ehvdz_tui.streams import visible


def where_command(door: FrontDoor, options: argparse.Namespace) -> int:
    """Print the places and the versions."""
    del options
    rows = [*_places(door), *_versions(door)]
    width = max(len(label) for label, _ in rows)
    sys.stdout.writelines(f"{label:<{width}}  {visible(value)}\n" for label, value in rows)
    return 0


def _places(door: FrontDoor) -> list[tuple[str, str]]:
    texts, paths = door.texts, door.paths
    file = database_file(door.database)
    database = _shown(door, file) if file else shown_database(door.database)
    return [
        (texts("where.settings"), _shown(door, paths.settings)),
        (texts("where.database"), database),
        (texts("where.practice"), _shown(door, paths.practice)),
        (texts("where.backups"), _shown(door, paths.backups)),
        (texts("where.exports"), _shown(door, paths.exports)),
        (texts("where.log"), _shown(door, paths.log)),
        (texts("where.program"), str(Path(__file__).parents[1])),
    ]


def _shown(door: FrontDoor, path: Path) -> str:
    return str(path) if path.exists() else f"{path} ({door.texts('where.absent')})"


def _versions(door: FrontDoor) -> list[tuple[str, str]]:
    import sqlite3

    return [
        ("ehvdz", version("ehvdz-tui")),
        ("Python", f"{platform.python_version()} ({platform.platform(terse=True)})"),
        ("Textual", version("textual")),
        ("SQLite", sqlite3.sqlite_version),
        (door.texts("where.language"), door.settings.language),
    ]
