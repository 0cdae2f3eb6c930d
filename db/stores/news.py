"""The steps of proposals of everybody that a caller reached."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import CallAttempt, Candidate, Organisation, Proposal, ProposalEvent, Request
from db.reference.outcomes import outcomes
from db.rules.proposal_steps import ENDED, statuses
from db.stores.candidate_card import name_of
from db.stores.facts import stands
from db.stores.queue import NOT_RETRACTED
from db.views.news import NewsLine

STEPS = frozenset({"sent", "accepted", "started", "completed"})
"""What is told beside every way in which a proposal ends."""


def told() -> tuple[str, ...]:
    """The statuses that are news."""
    return tuple(sorted(STEPS.union(statuses(ENDED))))


def load_news(
    session: Session, user_id: UUID, since: datetime, seen_at: datetime, limit: int
) -> tuple[NewsLine, ...]:
    """What happened since a moment, newest first; `seen_at` is until when the caller read it."""
    found = (
        select(ProposalEvent, Candidate, Organisation, Request)
        .join(Proposal, col(Proposal.id) == ProposalEvent.proposal_id)
        .join(Candidate, col(Candidate.id) == Proposal.candidate_id)
        .join(Request, col(Request.id) == Proposal.request_id)
        .join(Organisation, col(Organisation.id) == Request.organisation_id)
        .where(*_is_news(user_id, since))
        .order_by(col(ProposalEvent.at).desc(), col(ProposalEvent.id).desc())
        .limit(limit)
    )
    return tuple(_line(row, seen_at) for row in session.exec(found))


def count_news(session: Session, user_id: UUID, since: datetime) -> int:
    """How much happened since a moment."""
    counted = (
        sa.select(sa.func.count())
        .select_from(ProposalEvent)
        .join(Proposal, col(Proposal.id) == col(ProposalEvent.proposal_id))
        .where(*_is_news(user_id, since))
    )
    return int(session.execute(counted).scalar_one())


def _is_news(user_id: UUID, since: datetime) -> list[sa.ColumnElement[bool]]:
    """Steps of those this caller had on the line; whoever held their intake did."""
    reached = [code for code, outcome in outcomes().items() if outcome.family == "reached"]
    spoken = sa.select(col(CallAttempt.candidate_id)).where(
        col(CallAttempt.user_id) == user_id, col(CallAttempt.outcome).in_(reached), NOT_RETRACTED
    )
    return [
        col(Proposal.candidate_id).in_(spoken),
        col(ProposalEvent.at) > since,
        col(ProposalEvent.status).in_(told()),
        stands(col(ProposalEvent.id)),
    ]


def _line(row: Any, seen_at: datetime) -> NewsLine:  # noqa: ANN401  # a row of four tables
    event, candidate, organisation, request = row
    return NewsLine(
        event_id=event.id,
        candidate_id=candidate.id,
        name=name_of(candidate),
        at=event.at,
        status=event.status,
        reason=event.reason or "",
        organisation=organisation.name,
        place=request.place or organisation.place,
        unseen=event.at > seen_at,
    )
