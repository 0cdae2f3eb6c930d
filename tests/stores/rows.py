"""Queue entries for tests, made quickly."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import SQLModel

from db.models import Candidate, QueueEntry, User
from db.stores.entry_sql import ENTRY
from tests.conftest import NOW


def add(connection: sa.Connection, row: SQLModel) -> UUID:
    """Insert a row with the model's own defaults."""
    table = sa.inspect(type(row)).local_table
    values = {column.name: getattr(row, column.name) for column in table.columns}
    connection.execute(sa.insert(table), values)
    key: UUID = values["id"]
    return key


def add_user(connection: sa.Connection, name: str) -> UUID:
    """A caller."""
    return add(connection, User(name=name, created_at=NOW, updated_at=NOW))


def add_entry(connection: sa.Connection, **values: Any) -> UUID:  # noqa: ANN401  # any column
    """A candidate with an entry that is ready, unless told otherwise."""
    stamps: dict[str, Any] = {"created_at": NOW, "updated_at": NOW, "registered_at": NOW}
    candidate_id = add(connection, Candidate(**stamps))
    entry = {**stamps, "candidate_id": candidate_id, "region_code": "rotterdam", **values}
    return add(connection, QueueEntry(**entry))


def add_ready(connection: sa.Connection, count: int) -> None:
    """That many ready entries, a minute apart, half of them in each of two regions."""
    for number in range(count):
        region = "rotterdam" if number % 2 else "utrecht"
        add_entry(connection, region_code=region, registered_at=NOW + timedelta(minutes=number))


def state_of(connection: sa.Connection, entry_id: UUID) -> tuple[str, UUID | None, datetime | None]:
    """State, owner and moment of an entry."""
    entry = ENTRY.c
    wanted = sa.select(entry.state, entry.assigned_to, entry.vests_at).where(entry.id == entry_id)
    row = connection.execute(wanted).one()
    return row.state, row.assigned_to, row.vests_at


def fresh_postgresql(server: str) -> str:
    """The address of a new, empty database on the test server."""
    address = sa.make_url(server).set(drivername="postgresql+psycopg")
    name = f"desk_{uuid4().hex}"
    admin = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    admin.dispose()
    return address.set(database=name).render_as_string(hide_password=False)
