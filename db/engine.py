"""Connections: one engine a program, with the settings that durability and honest locking ask for."""

import re
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from db.errors import StorageError

BUSY_SECONDS = 20
START_SECONDS = 5
"""A start that has to wait longer than this for another program says so, instead of standing there."""
READ_ONLY = "ehvdz_read_only"
"""Execution option of a connection that only reads, and so need not wait for the writer."""

_FILE = "sqlite:///"
_SERVERS = ("postgresql", "postgres", "postgresql+psycopg")


def database_url(database: str | Path) -> URL:
    """The address of a database: an SQLite file by its path, or a server's database.

    Raises StorageError for any other address.
    """
    text = str(database)
    path = text.removeprefix(_FILE)
    if "://" not in path:
        # Made of parts, for in a path a question mark is only a question mark.
        return URL.create("sqlite", database=str(Path(path).expanduser().absolute()))
    kind, _, rest = text.partition("://")
    try:
        if kind in _SERVERS:
            return make_url(f"postgresql+psycopg://{rest}")
    except (ArgumentError, ValueError) as error:
        raise StorageError("storage.bad_address", path=_without_password(text)) from error
    raise StorageError("storage.bad_address", path=_without_password(text))


def _without_password(address: str) -> str:
    hidden = re.sub(r"(?<=://)([^/@:]*):.*@", r"\1:***@", address)
    return re.sub(r"(?<=password=)[^&]*", "***", hidden)


def is_sqlite(url: str | URL) -> bool:
    """Whether the address names an SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


def open_engine(url: str | URL) -> Engine:
    """An engine on an SQLite file (`sqlite:///path`) or a PostgreSQL database (`postgresql+psycopg://…`).

    It connects on first use. SQLite runs in WAL with synchronous=FULL: NORMAL loses acknowledged
    transactions in a power cut.
    """
    if is_sqlite(url):
        return _sqlite_engine(make_url(url))
    return _postgresql_engine(make_url(url))


def _sqlite_engine(url: URL) -> Engine:
    engine = sa.create_engine(
        url, hide_parameters=True, pool_size=2, max_overflow=0, connect_args={"check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        # The driver must not begin transactions by itself: the begin event below says which kind.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={START_SECONDS * 1000}")
        _use_wal(cursor)
        cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA temp_store=MEMORY")
        if sys.platform == "darwin":
            cursor.execute("PRAGMA fullfsync=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        read_only = connection.get_execution_options().get(READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _use_wal(cursor: sqlite3.Cursor) -> None:
    """Switch to WAL, patiently: two programs that make one new file at once refuse each other here.

    SQLite does not wait by itself for this lock, whatever its busy timeout.
    """
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _postgresql_engine(url: URL) -> Engine:
    from db.models.base import teach_postgresql

    teach_postgresql()
    options: dict[str, Any] = {
        "connect_timeout": 10,
        "options": "-c idle_in_transaction_session_timeout=30000 -c lock_timeout=10000 -c timezone=UTC",
    }
    return sa.create_engine(url, hide_parameters=True, pool_size=2, max_overflow=0, connect_args=options)
