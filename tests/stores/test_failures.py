"""What a database that fails while the desk works is told as."""

import pytest
import sqlalchemy as sa

from db.desk.desk import Desk
from db.errors import StorageError


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
