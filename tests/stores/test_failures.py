"""What a database that fails while the desk works is told as."""

import sqlite3
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from db.desk.desk import Desk
from db.errors import StorageError
from db.stores import failures


def test_a_database_that_only_lets_itself_be_read(desk: Desk) -> None:
    """A file that became read-only, or a server's copy that follows another."""
    make = (
        "PRAGMA query_only=ON" if desk.lane.engine.dialect.name == "sqlite" else "SET TRANSACTION READ ONLY"
    )

    @sa.event.listens_for(desk.lane.engine, "begin")
    def only_read(connection: sa.Connection) -> None:
        connection.exec_driver_sql(make)

    with pytest.raises(StorageError, match="read_only"):
        desk.users.sign_in_now("Noor")


@pytest.mark.parametrize(("free", "told"), [(0, "storage.full"), (10_000_000, "storage.io")])
def test_a_full_disk_is_told_from_a_broken_one(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch, free: int, told: str
) -> None:
    """SQLite says "disk I/O error" where it cannot make the files beside a database."""
    monkeypatch.setattr("db.sqlite_files.shutil.disk_usage", lambda folder: SimpleNamespace(free=free))
    error = sa.exc.OperationalError("BEGIN", {}, sqlite3.OperationalError("disk I/O error"))
    explained = failures.explain(error, sqlite_desk.lane.engine.url)
    assert explained is not None
    assert explained.key == told
