"""What a failure of the database means to the person in front of it."""

import sqlalchemy as sa

from db.errors import StorageError

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
    "disk full": "storage.full",
    "no space left": "storage.full",
}


def explain(error: sa.exc.DBAPIError) -> StorageError | None:
    """The failure in one sentence, or None when it is a bug that must crash loudly."""
    if not isinstance(error, sa.exc.OperationalError | sa.exc.DatabaseError):
        return None
    if isinstance(error, sa.exc.IntegrityError | sa.exc.ProgrammingError | sa.exc.DataError):
        return None
    text = str(error.orig).lower()
    from_sqlite = type(error.orig).__module__ == "sqlite3"
    for part, key in (SQLITE_FAILURES if from_sqlite else POSTGRESQL_FAILURES).items():
        if part in text:
            return StorageError(key)
    return None
