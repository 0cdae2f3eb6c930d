"""Queries about proposals: who may be proposed, and what is known when it happens."""

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from db.models import Availability, Candidate, Interview, Proposal


def live_proposal(session: Session, candidate_id: UUID, request_id: UUID) -> Proposal | None:
    """The live proposal of this pair, if any."""
    pair = (Proposal.candidate_id == candidate_id, Proposal.request_id == request_id)
    return session.exec(select(Proposal).where(*pair, col(Proposal.is_live))).first()


def live_proposals(session: Session, candidate_id: UUID) -> list[Proposal]:
    """Every live proposal of a candidate."""
    own = select(Proposal).where(Proposal.candidate_id == candidate_id, col(Proposal.is_live))
    return list(session.exec(own))


def complete_interview(session: Session, candidate_id: UUID) -> Interview | None:
    """The newest intake that was completed."""
    own = select(Interview).where(Interview.candidate_id == candidate_id, Interview.state == "complete")
    return session.exec(own.order_by(col(Interview.completed_at).desc(), col(Interview.id).desc())).first()


def hours_offered(candidate: Candidate, availability: Availability | None) -> int | None:
    """How many hours a week the person offers, by the interview before the form."""
    if availability is not None:
        return availability.hours_max
    return candidate.hours_max if candidate.hours_max is not None else candidate.hours_min


def answered(interview: Interview | None, field: str) -> Any:  # noqa: ANN401  # any answer of an interview
    """What the interview says of a field; None when it was not asked."""
    entry = interview.answers.get(field) if interview else None
    return entry.get("value") if isinstance(entry, dict) else None
