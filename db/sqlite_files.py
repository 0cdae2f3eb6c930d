"""An SQLite database as a file: what is wrong with it before it is opened, and copies that can be trusted."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from db.errors import StorageError

OURS = "candidate"
"""A table that every version of the desk has."""
HEADER = b"SQLite format 3\x00"
WAIT_SECONDS = 5.0
ROOM = 100_000
"""Bytes; with less than this free not even the files beside a database can be made."""
QUICK_CHECK_BYTES = 64_000_000
"""A file up to this size is checked in some 60 ms."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: nothing yet, a schema version, or (neither) somebody else's tables."""

    empty: bool
    version: str | None


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was read back: whole, and with as many rows as the original."""

    path: Path
    rows: int
    size: int


def look_at(path: Path) -> Contents:
    """What is at this path, without changing it. Raises StorageError when no desk can work on it.

    Only the header, the schema and the version are read, so it costs the same at any size. A damaged page
    shows when it is read; every page is checked in each backup and before each upgrade. After a crash or a
    power cut (the journal was left behind) a file of up to 64 MB is checked here as well.
    """
    _check_place(path)
    if not path.exists() or path.stat().st_size == 0:
        return Contents(empty=True, version=None)
    with explained(path):
        require_header(path)
        _check_writable(path)
        with closing(connect(path, read_only=True)) as connection:
            contents = contents_of(connection)
            if contents.version is not None and _left_in_a_hurry(path):
                require_whole(connection, "quick_check", path)
    return contents


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection of its own, apart from the desk's; without transactions that begin by themselves."""
    mode = "ro" if read_only else "rw"
    # Without a journal nobody has it open; looking as if it could not change leaves no journal behind.
    alone = not any(_beside(path, end).exists() for end in ("-wal", "-journal"))
    address = f"{path.absolute().as_uri()}?mode={mode}{'&immutable=1' if read_only and alone else ''}"
    return sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)


def contents_of(connection: sqlite3.Connection) -> Contents:
    """Whether the database is empty, and the version of its schema."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    # Other programs number their schema in a table of the same name.
    if not {"alembic_version", OURS} <= tables:
        return Contents(empty=not tables, version=None)
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return Contents(empty=False, version=row[0] if row else None)


def require_whole(connection: sqlite3.Connection, check: str, path: Path) -> None:
    """Raise StorageError unless `integrity_check` or `quick_check` finds nothing."""
    if connection.execute(f"PRAGMA {check}").fetchone() != ("ok",):
        raise StorageError("storage.corrupt", path=path)


def copy_whole(source: Path, target: Path) -> Copy:
    """Copy a database, also while programs work on it, and read the copy back before it gets its name.

    What was committed when the copy began is in it, what came later is not. Nothing is left of a copy that
    failed. Raises StorageError.
    """
    unfinished = target.with_name(f"{target.name}.tmp")
    with explained(target):
        try:
            rows = _copy(source, unfinished)
            _to_disk(unfinished)
            os.replace(unfinished, target)
        finally:
            for end in ("", "-journal", "-wal", "-shm"):
                _beside(unfinished, end).unlink(missing_ok=True)
        to_disk_names(target.parent)
        return Copy(target, rows, target.stat().st_size)


def require_room(path: Path, target: Path) -> None:
    """Raise StorageError when a copy of the file would not fit, or only just."""
    if shutil.disk_usage(target.parent).free < path.stat().st_size * 2:
        raise StorageError("storage.no_room_for_copy", path=target)


def to_disk_names(folder: Path) -> None:
    """Make renames in a folder survive a power cut; Windows does so by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _copy(source: Path, unfinished: Path) -> int:
    unfinished.unlink(missing_ok=True)
    with closing(connect(source)) as origin, closing(sqlite3.connect(unfinished)) as copy:
        # One read transaction for the counts and the copy: writers go on beside it.
        origin.execute("BEGIN")
        expected = _count_rows(origin)
        origin.backup(copy)
        origin.execute("COMMIT")
        copy.execute("PRAGMA journal_mode=DELETE")
        require_whole(copy, "integrity_check", unfinished)
        if _count_rows(copy) != expected:
            raise StorageError("storage.corrupt", path=unfinished)
    return sum(expected.values())


def _count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _check_place(path: Path) -> None:
    if not path.parent.is_dir():
        raise StorageError("storage.no_folder", path=path.parent)
    if path.is_dir():
        raise StorageError("storage.is_a_folder", path=path)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise StorageError("storage.folder_read_only", path=path.parent)


def require_header(path: Path) -> None:
    """Raise StorageError when the file does not begin as every SQLite database does."""
    with path.open("rb") as file:
        if file.read(len(HEADER)) != HEADER:
            raise StorageError("storage.not_a_database", path=path)


def _check_writable(path: Path) -> None:
    if not os.access(path, os.W_OK):
        raise StorageError("storage.read_only", path=path)


def _left_in_a_hurry(path: Path) -> bool:
    journal = _beside(path, "-wal")
    left = journal.exists() and journal.stat().st_size > 0
    return left and path.stat().st_size <= QUICK_CHECK_BYTES


def _beside(path: Path, end: str) -> Path:
    return path.with_name(f"{path.name}{end}")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Failures of this one file, in a sentence that names it."""
    try:
        yield
    except PermissionError as error:
        raise StorageError("storage.unreadable", path=path) from error
    except OSError as error:
        raise StorageError("storage.file_error", path=path, reason=error) from error
    except sqlite3.Error as error:
        raise StorageError(_key(error, path), path=path) from error


def _key(error: sqlite3.Error, path: Path) -> str:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code == sqlite3.SQLITE_IOERR and is_full(path):
        return "storage.full"
    return SQLITE_KEYS.get(code, "storage.cannot_open")


def is_full(path: Path) -> bool:
    """Whether the disk of a file has no room left; what SQLite then says is at times "disk I/O error"."""
    folder = path.parent
    return folder.is_dir() and shutil.disk_usage(folder).free < ROOM


SQLITE_KEYS = {
    sqlite3.SQLITE_BUSY: "storage.busy",
    sqlite3.SQLITE_LOCKED: "storage.busy",
    sqlite3.SQLITE_READONLY: "storage.read_only",
    sqlite3.SQLITE_FULL: "storage.full",
    sqlite3.SQLITE_IOERR: "storage.io",
    sqlite3.SQLITE_CORRUPT: "storage.corrupt",
    sqlite3.SQLITE_NOTADB: "storage.not_a_database",
    sqlite3.SQLITE_PERM: "storage.unreadable",
}
