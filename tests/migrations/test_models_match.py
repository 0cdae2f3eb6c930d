"""The migrations lead to the tables that the models describe, on both engines."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

from db import migrations
from db.engine import open_engine
from db.migrations import HEAD, VERSION_TABLE, create
from db.migrations.upgrade import settings


def by_alembic(engine: Engine) -> None:
    with engine.begin() as connection:
        command.upgrade(settings(connection), "head")


def schema(engine: Engine) -> dict[str, object]:
    """Columns, indexes and constraints by table, as the database tells them."""
    inspector = sa.inspect(engine)
    return {
        table: (
            [
                (column["name"], str(column["type"]), column["nullable"])
                for column in inspector.get_columns(table)
            ],
            sorted(str(index["name"]) for index in inspector.get_indexes(table)),
            sorted(str(key["name"]) for key in inspector.get_foreign_keys(table)),
            sorted(str(key["name"]) for key in inspector.get_unique_constraints(table)),
        )
        for table in inspector.get_table_names()
    }


@pytest.mark.parametrize("make", [by_alembic, create])
def test_nothing_is_left_to_migrate(database_url: str, make: object) -> None:
    engine = open_engine(database_url)
    assert callable(make)
    make(engine)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_a_new_database_is_what_the_migrations_would_have_made(tmp_path: Path) -> None:
    made, migrated = (open_engine(f"sqlite:///{tmp_path / name}.db") for name in ("made", "migrated"))
    create(made)
    by_alembic(migrated)
    assert schema(made) == schema(migrated)
    made.dispose()
    migrated.dispose()


def test_head_is_the_newest_version() -> None:
    scripts = ScriptDirectory.from_config(settings())
    assert scripts.get_current_head() == HEAD
    assert [script.revision for script in scripts.walk_revisions()] == sorted(
        (script.revision for script in scripts.walk_revisions()), reverse=True
    )


def test_the_version_table_is_as_alembic_makes_it() -> None:
    made = MigrationContext.configure(dialect_name="sqlite")._version
    assert "".join(str(sa.schema.CreateTable(made)).split()) == "".join(VERSION_TABLE.split())
    assert migrations.HEAD.isdigit()
