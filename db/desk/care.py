"""Keeping the database safe: backups, and putting one back."""

import asyncio
from pathlib import Path

from sqlalchemy.engine import URL

from db.clock import Clock, system_clock
from db.desk.lane import Lane
from db.desk.unit import Unit
from db.engine import database_url, is_sqlite
from db.errors import DeskError
from db.stores import backup as store
from db.views.care import BackupReport, RestoreReport


class CareDesk:
    """Use cases of whoever looks after the data."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def backup(self, target: Path) -> BackupReport:
        """Copy the database to a file or into a folder while everybody works on, and read the copy back.

        Raises DeskError when the file exists or the database is a server's, StorageError when it
        cannot be made.
        """
        # A connection of its own: the lane stays free for whoever is calling.
        report = await asyncio.shield(asyncio.to_thread(self._copy, target))
        await self._lane.write(lambda unit: _note(unit, report))
        return report

    def backup_now(self, target: Path) -> BackupReport:
        """`backup` for callers that have no event loop."""
        report = self._copy(target)
        self._lane.write_now(lambda unit: _note(unit, report))
        return report

    def _copy(self, target: Path) -> BackupReport:
        command = "pg_dump --format=custom --file=ehvdz.dump"
        database = _file(self._lane.engine.url, "care.use_pg_dump", command)
        return store.back_up(database, target.expanduser(), self._lane.clock())

    @staticmethod
    def restore(backup: Path, database: str | Path, clock: Clock = system_clock) -> RestoreReport:
        """Put a backup in the place of a database that nobody has open; what was there is kept beside it.

        Raises DeskError or StorageError when that cannot be done; nothing is changed then.
        """
        file = _file(database_url(database), "care.use_pg_restore", f"pg_restore --clean {backup} --dbname")
        return store.restore(backup.expanduser(), file.expanduser(), clock())


def _note(unit: Unit, report: BackupReport) -> None:
    unit.record("care.backup", file=str(report.path), rows=report.rows)


def _file(url: URL, instead: str, command: str) -> Path:
    """The SQLite file; a server's database is copied by the server's own tools, and they are named."""
    if not is_sqlite(url) or not url.database:
        shown = url.set(drivername="postgresql").render_as_string()
        raise DeskError(instead, command=f"{command} {shown}")
    return Path(url.database)
