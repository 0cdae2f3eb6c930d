"""What a failure of the database means to the person in front of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL

from db.engine import is_sqlite
from db.errors import StorageError
from db.sqlite_files import is_full

SQLITE_FAILURES = {
    "database is locked": "storage.locked",
    "readonly database": "storage.read_only",
    "disk is full": "storage.full",
    "disk i/o error": "storage.io",
    "malformed": "storage.corrupt",
    "file is not a database": "storage.not_a_database",
    "unable to open database file": "storage.cannot_open",
}
POSTGRESQL_FAILURES = {
    "connection": "storage.connection_lost",
    "lock timeout": "storage.locked",
    "read-only transaction": "storage.read_only",
    "disk full": "storage.full",
    "no space left": "storage.full",
}


def explain(error: sa.exc.DBAPIError, url: URL) -> StorageError | None:
    """The failure in one sentence, or None when it is a bug that must crash loudly."""
    if not isinstance(error, sa.exc.OperationalError | sa.exc.DatabaseError):
        return None
    if isinstance(error, sa.exc.IntegrityError | sa.exc.ProgrammingError | sa.exc.DataError):
        return None
    text = str(error.orig).lower()
    from_sqlite = type(error.orig).__module__ == "sqlite3"
    for part, key in (SQLITE_FAILURES if from_sqlite else POSTGRESQL_FAILURES).items():
        if part in text:
            return StorageError(
                "storage.full" if key == "storage.io" and is_full(Path(url.database or "")) else key
            )
    return None


OPENING_FAILURES = {
    "password authentication failed": "storage.server_refused",
    "no pg_hba.conf entry": "storage.server_refused",
    "role": "storage.server_refused",
    "database": "storage.server_no_database",
    "permission denied": "storage.server_not_allowed",
    "must be owner": "storage.server_not_allowed",
    "lock timeout": "storage.busy",
}


@contextmanager
def opening(url: URL) -> Iterator[None]:
    """Whatever goes wrong while a database is opened, in a sentence that names the database.

    Raises StorageError; what it does not know is a bug and passes.
    """
    shown = url.database if is_sqlite(url) else url.render_as_string()
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise StorageError("storage.no_driver") from error
    except sa.exc.NoSuchModuleError as error:
        raise StorageError("storage.bad_address", path=shown) from error
    except sa.exc.DBAPIError as error:
        explained = _explain_sqlite(error, url) if is_sqlite(url) else _explain_server(error, shown)
        if explained is None:
            raise
        raise explained from error


def _explain_sqlite(error: sa.exc.DBAPIError, url: URL) -> StorageError | None:
    explained = explain(error, url)
    if explained is None:
        return None
    # At the start nothing was being saved yet.
    key = "storage.busy" if explained.key == "storage.locked" else explained.key
    return StorageError(key, path=url.database)


def _explain_server(error: sa.exc.DBAPIError, shown: object) -> StorageError | None:
    text = str(error.orig).lower()
    if isinstance(error, sa.exc.OperationalError):
        # A server that answers says "fatal"; silence is the network's or the machine's.
        known = "fatal" in text or "lock timeout" in text
        key = _first_known(text) if known else "storage.server_silent"
        return StorageError(key or "storage.server_silent", path=shown)
    key = _first_known(text) if isinstance(error, sa.exc.ProgrammingError) else None
    return StorageError(key, path=shown) if key else None


def _first_known(text: str) -> str | None:
    return next((key for part, key in OPENING_FAILURES.items() if part in text), None)
