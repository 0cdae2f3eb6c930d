"""Backups of an SQLite database: made while the desk works, put back only whole."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from db.errors import DeskError, StorageError
from db.migrations import require_ours
from db.rules.times import local
from db.sqlite_files import (
    connect,
    contents_of,
    copy_whole,
    explained,
    require_header,
    require_room,
    to_disk_names,
)
from db.views.care import BackupReport, RestoreReport


def back_up(database: Path, target: Path, now: datetime) -> BackupReport:
    """Copy the database to a file, or to one named after the moment when the target is a folder.

    Raises DeskError when the file exists already, StorageError when the copy cannot be made.
    """
    if target.is_dir():
        target /= f"{database.stem}-{_stamp(now)}.db"
    if target.exists():
        raise DeskError("care.backup_exists", path=target)
    if not target.parent.is_dir():
        raise StorageError("storage.no_folder", path=target.parent)
    require_room(database, target)
    copy = copy_whole(database, target)
    return BackupReport(path=copy.path, rows=copy.rows, size=copy.size)


def restore(backup: Path, database: Path, now: datetime) -> RestoreReport:
    """Put a verified backup in the place of the database, which is kept beside it.

    Raises DeskError when there is no such backup, StorageError when it is not whole, not ours, newer than
    this program, or when another program has the database open. Nothing is changed then.
    """
    database = database.resolve()
    with _about(backup):
        _verify(backup)
    if not database.parent.is_dir():
        raise StorageError("storage.no_folder", path=database.parent)
    if database.is_dir():
        raise StorageError("storage.is_a_folder", path=database)
    unfinished = database.with_name(f"{database.name}.restoring")
    try:
        with _about(backup):
            copy = copy_whole(backup, unfinished)
        with explained(database):
            kept = _keep(database, now) if database.exists() else None
            os.replace(unfinished, database)
            to_disk_names(database.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return RestoreReport(database=database, rows=copy.rows, kept=kept)


def _stamp(now: datetime) -> str:
    return local(now).strftime("%Y%m%d-%H%M%S")


@contextmanager
def _about(backup: Path) -> Iterator[None]:
    """Say of a backup that is no good that it is the backup: the database itself may be quite well."""
    try:
        yield
    except StorageError as error:
        if error.key not in ("storage.corrupt", "storage.not_a_database"):
            raise
        raise StorageError("care.bad_backup", path=backup) from error


def _verify(backup: Path) -> None:
    if not backup.is_file():
        raise DeskError("care.no_backup", path=backup)
    with explained(backup):
        require_header(backup)
        with closing(connect(backup, read_only=True)) as connection:
            require_ours(contents_of(connection).version, False, backup)


def _keep(database: Path, now: datetime) -> Path:
    """Give the current file a second name, with whatever its journal still holds."""
    _require_unused(database)
    kept = _unused_name(database, f"{database.stem}.replaced-{_stamp(now)}")
    try:
        os.link(database, kept)
    except (OSError, NotImplementedError):
        shutil.copy2(database, kept)
    # A journal that stayed behind belongs to the old file: beside the new one it would be played into it.
    journal, index = (database.with_name(f"{database.name}{end}") for end in ("-wal", "-shm"))
    if journal.exists():
        os.replace(journal, kept.with_name(f"{kept.name}-wal"))
    index.unlink(missing_ok=True)
    return kept


def _unused_name(database: Path, stem: str) -> Path:
    """A name that no file has: the clock of an exercise may stand at the same second each time."""
    names = (f"{stem}{end}.db" for end in chain([""], (f"-{number}" for number in count(2))))
    return next(path for name in names if not (path := database.with_name(name)).exists())


def _require_unused(database: Path) -> None:
    """Raise StorageError when another program has the database open; one too damaged to tell passes."""
    if database.stat().st_size == 0:
        return
    with closing(connect(database)) as connection:
        try:
            connection.execute("PRAGMA busy_timeout=1000")
            # Asked for before the first look, this waits for every other connection to be gone.
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise StorageError("storage.in_use", path=database) from error
            raise
        except sqlite3.DatabaseError:
            return
