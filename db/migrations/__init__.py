"""Schema versions: a cheap look at start, alembic only when something must change.

To change the schema: change the tables, raise HEAD, and write a new file under `versions` (a draft of it
comes from alembic's autogenerate; `tests/migrations` has the recipe and compares both with the tables).
A released version is never edited. There is no way down: the backup made before an upgrade is the way back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from db.clock import Clock
from db.engine import BUSY_SECONDS, START_SECONDS, is_sqlite
from db.errors import StorageError
from db.sqlite_files import OURS, look_at

HEAD = "0001"
ONE_AT_A_TIME = 0x65687664_7A
"""Key of PostgreSQL's advisory lock around making and upgrading the schema."""

VERSION_TABLE = """
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)"""
"""As alembic makes it."""


def prepare(engine: Engine, clock: Clock) -> None:
    """Make the schema in an empty database, bring an older one up to date, leave a current one alone.

    Raises StorageError when the database is not ours or newer than this program; nothing is touched then.
    """
    file = sqlite_file(engine)
    if file is not None:
        contents = look_at(file)
        require_ours(contents.version, contents.empty, file)
    with _patient(engine) as connection:
        version = _stored_version(connection)
        connection.rollback()
        if version == HEAD:
            return
    if version is None:
        create(engine)
        return
    from db.migrations.upgrade import upgrade

    upgrade(engine, clock)


def create(engine: Engine) -> None:
    """Make every table and write down the version, in one transaction; nothing when another just did."""
    from sqlmodel import SQLModel

    import db.models  # noqa: F401  # the tables register themselves

    with _patient(engine) as connection:
        lock_schema(connection)
        version = _stored_version(connection)
        if version is None:
            require_ours(None, not sa.inspect(connection).get_table_names(), engine.url.database)
            SQLModel.metadata.create_all(connection)
            connection.exec_driver_sql(VERSION_TABLE)
            connection.execute(sa.text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        connection.commit()


def sqlite_file(engine: Engine) -> Path | None:
    """The file behind the engine; None for a server."""
    database = engine.url.database
    return Path(database) if is_sqlite(engine.url) and database else None


def lock_schema(connection: sa.Connection) -> None:
    """Let nobody else make or upgrade the schema until this transaction ends.

    SQLite's transactions are immediate and so hold the only write lock already.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = '30s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{START_SECONDS}s'")


def require_ours(version: str | None, empty: bool, path: object) -> None:
    """Raise StorageError for somebody else's tables, and for a schema that is newer than this program."""
    if version is None and not empty:
        raise StorageError("storage.not_ours", path=path)
    # Versions are numbers with leading zeros, so they compare as text.
    if version is not None and version > HEAD:
        raise StorageError("storage.newer_version", path=path, found=version, known=HEAD)


def _stored_version(connection: sa.Connection) -> str | None:
    in_sqlite = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    in_postgresql = (
        f"SELECT to_regclass('{OURS}') IS NOT NULL WHERE to_regclass('alembic_version') IS NOT NULL"
    )
    has_table = in_sqlite if connection.dialect.name == "sqlite" else in_postgresql
    ours = connection.exec_driver_sql(has_table).scalar()
    if ours is None:
        return None
    if not ours:
        require_ours(None, False, connection.engine.url.database)
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    require_ours(version, False, connection.engine.url.database)
    return str(version)


@contextmanager
def _patient(engine: Engine) -> Iterator[sa.Connection]:
    """A connection that waits only a little for others: somebody stands before the screen."""
    with engine.connect() as connection:
        _set_patience(connection, START_SECONDS)
        try:
            yield connection
        finally:
            connection.rollback()
            _set_patience(connection, BUSY_SECONDS)


def _set_patience(connection: sa.Connection, seconds: int) -> None:
    if connection.dialect.name == "sqlite":
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute(f"PRAGMA busy_timeout={seconds * 1000}")
