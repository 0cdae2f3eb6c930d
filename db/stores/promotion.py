"""What frees queue entries as time goes by: their moment came, their lease ran out, their owner did not call.

Every function takes a connection and leaves the transaction to its caller.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from db.stores.entry_sql import ENTRY, is_state, now_param, returned, stamped, waiting_state

PROMOTION_BATCH = 1000
NO_UUID = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Promotion:
    """How many entries came free: their moment came, their lease ran out, or their owner did not call."""

    vested: int = 0
    expired: int = 0
    released: int = 0


def promote(connection: sa.Connection, now: datetime, release_callbacks_before: datetime) -> Promotion:
    """Free what may be called now: vested waits, leases that ran out, and overdue call-backs for anyone.

    A call-back that was due at `release_callbacks_before` or earlier and is still somebody's becomes
    anyone's. One batch of each at a time; a single look when there is nothing to do. Waits for an answer
    to an e-mail are left alone: what follows them is more than a change of state.
    """
    moments = {"now": now, "overdue": release_callbacks_before}
    vested, expired, released = connection.execute(_look(), moments).one()
    if not (vested or expired or released):
        return Promotion()
    return Promotion(
        vested=_count(connection, _promote_vested(), {"now": now}) if vested else 0,
        expired=_count(connection, _promote_expired(), {"now": now}) if expired else 0,
        # What vested just now may be overdue at once, so this one does not rely on the look.
        released=_count(connection, _release_overdue(), moments),
    )


def _count(connection: sa.Connection, statement: sa.Executable, values: dict[str, datetime]) -> int:
    # The SQLite driver counts no rows of a statement that begins with WITH.
    return len(connection.execute(statement, values).all())


def _vested() -> sa.Select[Any]:
    entry = ENTRY.alias("vested")
    vested = (is_state(entry, "scheduled"), entry.c.vests_at <= now_param(), entry.c.kind != "email_sent")
    return sa.select(entry.c.id).where(*vested).order_by(entry.c.vests_at, entry.c.id)


def _expired() -> sa.Select[Any]:
    entry = ENTRY.alias("expired")
    expired = (is_state(entry, "claimed"), entry.c.claimed_until <= now_param())
    return sa.select(entry.c.id).where(*expired).order_by(entry.c.claimed_until, entry.c.id)


def _overdue() -> sa.Select[Any]:
    entry = ENTRY.alias("overdue")
    before = sa.bindparam("overdue", type_=entry.c.vests_at.type)
    # An id greater than none at all is a range on the index; IS NOT NULL would read everybody's call-backs.
    overdue = (is_state(entry, "due"), entry.c.assigned_to > NO_UUID, entry.c.vests_at <= before)
    # What a supervisor gave to somebody is theirs for as long as a call-back of their own would be.
    given = sa.or_(entry.c.assigned_by.is_(None), entry.c.updated_at <= before)
    return sa.select(entry.c.id).where(*overdue, given)


@lru_cache(maxsize=1)
def _look() -> sa.Executable:
    """One round trip that says which of the three have work; each looks at the head of its own index."""
    return sa.select(*(sa.exists(query.order_by(None)) for query in (_vested(), _expired(), _overdue())))


def _batch(found: sa.Select[Any], changes: dict[str, Any]) -> sa.Executable:
    batch = found.limit(sa.literal_column(str(PROMOTION_BATCH))).with_for_update(skip_locked=True)
    chosen = sa.select(batch.cte("batch").c.id)
    change = ENTRY.update().where(ENTRY.c.id.in_(chosen)).values(**changes, **stamped())
    return change.returning(ENTRY.c.id)


@lru_cache(maxsize=1)
def _promote_vested() -> sa.Executable:
    return _batch(_vested(), {"state": waiting_state(now_param())})


@lru_cache(maxsize=1)
def _promote_expired() -> sa.Executable:
    return _batch(_expired(), returned())


@lru_cache(maxsize=1)
def _release_overdue() -> sa.Executable:
    return _batch(_overdue(), {"assigned_to": None})
