"""Draft a version of the schema from the tables.

    python -m tests.migrations.draft 0002     # what the tables have that the newest version has not
    python -m tests.migrations.draft 0001     # everything, from nothing

It prints a file for `db/migrations/versions`; read every line of it, then run `ruff format` over it.
"""

import sys
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.autogenerate.render import render_op
from alembic.migration import MigrationContext
from alembic.operations.ops import ModifyTableOps, UpgradeOps
from sqlmodel import SQLModel

import db.models  # noqa: F401  # the tables register themselves
from db.migrations.upgrade import settings
from db.models.base import teach_postgresql

FIRST = "0001"
HEADING = '''"""{title}."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision: str | None = {before}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """{title}."""
'''


def render_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:  # noqa: ANN401  # any item
    """SQLModel's types as what they are in the database: a released version must not follow a library."""
    if kind == "type" and type(item).__name__ == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    if kind == "type" and type(item).__name__ == "AutoString":
        return "sa.String()"
    return False


def draft(revision: str) -> str:
    """The text of a new version."""
    teach_postgresql()
    with sa.create_engine("sqlite://").connect() as connection:
        if revision != FIRST:
            command.upgrade(settings(connection), "head")
        options: dict[str, Any] = {"render_item": render_type, "target_metadata": SQLModel.metadata}
        options |= {"sqlalchemy_module_prefix": "sa.", "alembic_module_prefix": "op."}
        options |= {"user_module_prefix": None}
        context = MigrationContext.configure(connection, opts=options)
        changes = produce_migrations(context, SQLModel.metadata).upgrade_ops
        assert changes is not None
        if revision == FIRST:
            return _first(changes, AutogenContext(context))
        body = render_python_code(
            changes, render_as_batch=True, migration_context=context, render_item=render_type
        )
        return _heading(revision, repr(f"{int(revision) - 1:04}")) + f"    {body}\n"


def _heading(revision: str, before: str) -> str:
    return HEADING.format(title=f"Version {revision}", revision=revision, before=before)


def _first(changes: UpgradeOps, context: AutogenContext) -> str:
    """A function for each table with its indexes, in the order in which they refer to each other."""
    tables: dict[str, list[str]] = {}
    for operation in _flat(changes.ops):
        lines = [line for text in render_op(context, operation) for line in text.split("\n")]
        tables.setdefault(operation.table_name, []).extend(f"    {line}\n" for line in lines)
    calls = "".join(f"    _{table}()\n" for table in tables)
    functions = (f"\n\ndef _{table}() -> None:\n{''.join(lines)}" for table, lines in tables.items())
    return _heading(FIRST, "None") + calls + "".join(functions)


def _flat(operations: Iterable[Any]) -> Iterator[Any]:
    for operation in operations:
        if isinstance(operation, ModifyTableOps):
            yield from operation.ops
        else:
            yield operation


if __name__ == "__main__":
    sys.stdout.write(draft(sys.argv[1]))
