"""What all tables share: names that migrations can find again, JSON that both engines know."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.ids import new_id

# Tables are never validated by pydantic, so its schemas need not be built at every start.
SQLModel.model_config["defer_build"] = True
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

PARTIAL_INDEXES: list[tuple[sa.Index, str]] = []


def json_column(default: Any = None) -> Any:  # noqa: ANN401  # a SQLModel field stands for its value
    """A JSON column; `default` is a factory such as list or dict, None makes it nullable."""
    if default is None:
        return Field(default=None, sa_type=sa.JSON, nullable=True)

    # At every new row pydantic asks what arguments this takes: of a function that is known at once, of a
    # built-in type only after its description was parsed.
    def fresh() -> Any:  # noqa: ANN401  # whatever the column holds
        return default()

    return Field(default_factory=fresh, sa_type=sa.JSON)


BYTEWISE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
"""Text compared by its bytes on both engines: whatever language a server speaks, a prefix is a range."""


def bytewise_column(default: str | None = None) -> Any:  # noqa: ANN401  # a SQLModel field stands for its value
    """A column that is searched by its first letters; None as default makes it nullable."""
    return Field(default=default, sa_type=BYTEWISE, nullable=default is None)


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> sa.Index:
    """An index over the rows that the condition names, on both engines.

    The condition is literal SQL: a partial index serves only queries that repeat it literally.
    """
    index = sa.Index(name, *columns, unique=unique, sqlite_where=sa.text(where))
    PARTIAL_INDEXES.append((index, where))
    return index


def teach_postgresql() -> None:
    """Give the partial indexes their condition for PostgreSQL.

    Naming that dialect imports it, 60 ms that a laptop with SQLite need not spend at every start:
    whoever opens or migrates a PostgreSQL database calls this first.
    """
    for index, where in PARTIAL_INDEXES:
        index.dialect_options["postgresql"]["where"] = sa.text(where)


class Fact(SQLModel):
    """Something that happened: only ever added, never changed."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    at: datetime


class State(SQLModel):
    """What the newest facts say; changed by use cases, each change counted in `row_version`."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    row_version: int = 1
    created_at: datetime
    updated_at: datetime
