"""Interviews and the rows that a completed one leaves behind."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Availability, Education, Experience, Interview


def draft_of(session: Session, candidate_id: UUID) -> Interview | None:
    """The living draft of a candidate, if there is one."""
    found = select(Interview).where(Interview.candidate_id == candidate_id, sa.text("state = 'draft'"))
    return session.exec(found).first()


def newest_complete(session: Session, candidate_id: UUID) -> Interview | None:
    """The interview that was completed last."""
    found = select(Interview).where(Interview.candidate_id == candidate_id, Interview.state == "complete")
    return session.exec(found.order_by(col(Interview.completed_at).desc(), col(Interview.id).desc())).first()


def write_draft(session: Session, interview_id: UUID, values: dict[str, Any]) -> None:
    """Change a draft past the recorder: the audit trail tells each answer by itself, not the whole form."""
    counted = values | {"row_version": col(Interview.row_version) + 1}
    session.execute(sa.update(Interview).where(col(Interview.id) == interview_id).values(counted))


def educations_of(session: Session, candidate_id: UUID) -> list[Education]:
    """The educations that the last completed interview left."""
    return list(session.exec(select(Education).where(Education.candidate_id == candidate_id)))


def experiences_of(session: Session, candidate_id: UUID) -> list[Experience]:
    """The work experience that the last completed interview left."""
    return list(session.exec(select(Experience).where(Experience.candidate_id == candidate_id)))


def availability_of(session: Session, candidate_id: UUID) -> Availability | None:
    """When the candidate can work, as last told."""
    return session.get(Availability, candidate_id)
