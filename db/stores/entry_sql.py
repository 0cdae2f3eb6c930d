"""What every statement about the queue says in the same words.

Conditions on `state` are literals, not parameters: a partial index serves only a query that repeats its
condition word for word.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

import db.models  # noqa: F401  # the tables register themselves

ENTRY = SQLModel.metadata.tables["queue_entry"]


def is_state(table: sa.FromClause, state: str) -> sa.ColumnElement[bool]:
    """Whether an entry is in this state, as a literal."""
    return table.c.state == sa.literal_column(f"'{state}'")


def now_param() -> sa.BindParameter[datetime]:
    """The moment at which it happens."""
    return sa.bindparam("now", type_=ENTRY.c.updated_at.type)


def waiting_state(now: sa.BindParameter[datetime]) -> sa.ColumnElement[str]:
    """Where an entry waits when nobody has it in hand."""
    entry = ENTRY.c
    return sa.case(
        (entry.blocked_reason.is_not(None), "blocked"),
        (entry.kind == "email_sent", "scheduled"),
        (entry.vests_at > now, "scheduled"),
        (entry.kind == "callback", "due"),
        else_="ready",
    )


def stamped() -> dict[str, Any]:
    """That it was changed now, once more."""
    return {"updated_at": now_param(), "row_version": ENTRY.c.row_version + 1}


def returned() -> dict[str, Any]:
    """Back to where it waited, in nobody's hands."""
    return {"state": waiting_state(now_param()), "claimed_by": None, "claimed_until": None}
