"""Connections: one engine a program, with the settings that durability and honest locking ask for."""

import sqlite3
import sys
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Engine, make_url

BUSY_SECONDS = 20
START_SECONDS = 5
"""A start that has to wait longer than this for another program says so, instead of standing there."""
READ_ONLY = "ehvdz_read_only"
"""Execution option of a connection that only reads, and so need not wait for the writer."""


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
        cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        _use_wal(cursor)
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
