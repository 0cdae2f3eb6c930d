"""Queries about proposals: who may be proposed, and what is known when it happens."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Availability, Candidate, Interview, Proposal, ProposalEvent, QueueEntry
from db.stores.facts import stands


def live_proposal(session: Session, candidate_id: UUID, request_id: UUID) -> Proposal | None:
    """The live proposal of this pair, if any."""
    pair = (Proposal.candidate_id == candidate_id, Proposal.request_id == request_id)
    return session.exec(select(Proposal).where(*pair, col(Proposal.is_live))).first()


def live_proposals(session: Session, candidate_id: UUID) -> list[Proposal]:
    """Every live proposal of a candidate."""
    own = select(Proposal).where(Proposal.candidate_id == candidate_id, col(Proposal.is_live))
    return list(session.exec(own))


def due_follow_ups(session: Session, now: datetime, limit: int = 50) -> list[Candidate]:
    """Who must be asked by now how it goes at work, and has no call waiting."""
    waiting = sa.exists().where(
        col(QueueEntry.candidate_id) == col(Candidate.id), sa.text("queue_entry.state <> 'done'")
    )
    due = sa.select(col(Proposal.candidate_id)).where(
        sa.text("proposal.follow_up_at IS NOT NULL"), col(Proposal.follow_up_at) <= now
    )
    found = select(Candidate).where(col(Candidate.id).in_(due), ~waiting, ~col(Candidate.do_not_call))
    return list(session.exec(found.limit(limit)))


def newest_event(session: Session, proposal_id: UUID) -> ProposalEvent | None:
    """The last thing that happened to a proposal."""
    return next(iter(reversed(_events(session, [proposal_id]))), None)


def taken_steps(session: Session, proposals: Iterable[Proposal]) -> dict[UUID, ProposalEvent]:
    """By proposal the event with which it took its present status; what only says so again is later."""
    taken: dict[UUID, ProposalEvent] = {}
    statuses = {proposal.id: proposal.status for proposal in proposals}
    for event in _events(session, statuses):
        before = taken.get(event.proposal_id)
        if before is None or before.status != event.status:
            taken[event.proposal_id] = event
    return {key: event for key, event in taken.items() if event.status == statuses[key]}


def _events(session: Session, proposal_ids: Iterable[UUID]) -> Sequence[ProposalEvent]:
    wanted = list(proposal_ids)
    if not wanted:
        return ()
    own = select(ProposalEvent).where(
        col(ProposalEvent.proposal_id).in_(wanted), stands(col(ProposalEvent.id))
    )
    return session.exec(own.order_by(col(ProposalEvent.at), col(ProposalEvent.id))).all()


def live_on_request(session: Session, request_id: UUID) -> list[Proposal]:
    """Every live proposal to a request, oldest first, locked until this is done."""
    own = select(Proposal).where(Proposal.request_id == request_id, col(Proposal.is_live))
    return list(session.exec(own.order_by(col(Proposal.created_at), col(Proposal.id)).with_for_update()))


def due_jobs(session: Session, candidate_id: UUID, now: datetime) -> list[Proposal]:
    """The jobs of a candidate about which it was to be asked by now how it goes."""
    own = select(Proposal).where(
        Proposal.candidate_id == candidate_id,
        sa.text("proposal.follow_up_at IS NOT NULL"),
        col(Proposal.follow_up_at) <= now,
    )
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
