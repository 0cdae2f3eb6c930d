"""`ehvdz backup` and `ehvdz restore`."""

import argparse
import sys
from pathlib import Path

from ehvdz_tui.front_door import FrontDoor
from ehvdz_tui.paths import database_file


def backup_command(door: FrontDoor, options: argparse.Namespace) -> int:
    """Copy the database, read the copy back, and say where it is."""
    target = Path(options.target).expanduser() if options.target else door.paths.backups
    desk = door.open_desk()
    try:
        if not options.target:
            target.mkdir(parents=True, exist_ok=True)
        door.sign_in(desk)
        report = desk.care.backup_now(target.absolute())
    finally:
        desk.close()
    said = door.texts(
        "cli.backup.done", path=report.path, rows=report.rows, size=_megabytes(report.size, door)
    )
    sys.stdout.write(f"{said}\n")
    return 0


def restore_command(door: FrontDoor, options: argparse.Namespace) -> int:
    """Put a backup in the place of the database, and say where the old one was kept."""
    from db.desk.care import CareDesk

    if Path(options.file).is_file():
        door.make_home()
    database = database_file(door.database) or door.database
    report = CareDesk.restore(Path(options.file).absolute(), database, door.clock)
    texts = door.texts
    sys.stdout.write(f"{texts('cli.restore.done', path=report.database, rows=report.rows)}\n")
    if report.kept:
        sys.stdout.write(f"{texts('cli.restore.kept', path=report.kept)}\n")
    return 0


def _megabytes(size: int, door: FrontDoor) -> str:
    shown = f"{size / 1_000_000:.1f}"
    return shown if door.texts.language == "en" else shown.replace(".", ",")
