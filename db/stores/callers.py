"""Queries about one caller."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import CallAttempt, Candidate, Pause, QueueEntry
from db.rules.moving import standing
from db.stores.candidate_card import name_of
from db.stores.moves import of_caller
from db.stores.queue import literal_state
from db.views.callers import HeldCard


def open_calls(session: Session, user_id: UUID) -> dict[str, int]:
    """How many calls are this caller's, by how they stand."""
    counted = (
        sa.select(col(QueueEntry.state), col(QueueEntry.blocked_reason), sa.func.count())
        .where(col(QueueEntry.id).in_(of_caller(user_id)))
        .group_by(col(QueueEntry.state), col(QueueEntry.blocked_reason))
    )
    counts: dict[str, int] = {}
    for state, reason, count in session.execute(counted):
        code = standing(state, reason)
        counts[code] = counts.get(code, 0) + count
    return counts


def held_cards(session: Session, user_id: UUID) -> tuple[HeldCard, ...]:
    """Whom this caller has in hand."""
    found = (
        select(QueueEntry, Candidate)
        .join(Candidate, col(Candidate.id) == QueueEntry.candidate_id)
        .where(literal_state("claimed"), QueueEntry.claimed_by == user_id)
        .order_by(col(QueueEntry.claimed_until))
    )
    return tuple(
        HeldCard(entry.id, person.id, name_of(person), entry.claimed_until or entry.updated_at)
        for entry, person in session.exec(found)
    )


def last_call_at(session: Session, user_id: UUID) -> datetime | None:
    """When this caller last recorded an outcome."""
    last = select(CallAttempt.at).where(CallAttempt.user_id == user_id)
    return session.exec(last.order_by(col(CallAttempt.at).desc()).limit(1)).first()


def pause_of(session: Session, user_id: UUID) -> str | None:
    """Why this caller is on a break now."""
    now = select(Pause.reason).where(Pause.user_id == user_id, col(Pause.ended_at).is_(None))
    return session.exec(now.order_by(col(Pause.at).desc()).limit(1)).first()


def open_ids(session: Session, user_id: UUID) -> list[UUID]:
    """Everything that is this caller's."""
    return list(session.execute(of_caller(user_id)).scalars())
