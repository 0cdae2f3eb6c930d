"""Queries about interviews that are put to review."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Candidate, Interview, Review, User
from db.rules.intake import read_answers
from db.stores.candidate_card import name_of
from db.stores.facts import stands
from db.views.reviews import HandedBack, ReviewedInterview, ReviewLine, ReviewLists

REVIEWED = sa.text("interview.review_state IS NOT NULL")
"""Literal, so that the partial index serves it."""


def load_reviews(session: Session, limit: int) -> ReviewLists:
    """Both lists, and how many interviews wait for a look."""
    pending = sa.select(sa.func.count()).select_from(Interview).where(REVIEWED, _in_state("pending"))
    return ReviewLists(
        pending=_lines(session, "pending", limit),
        handed_back=_lines(session, "handed_back", limit),
        count=session.execute(pending).scalar_one(),
    )


def load_reviewed(session: Session, interview_id: UUID) -> ReviewedInterview:
    """One interview with its answers."""
    row = session.exec(_listed().where(Interview.id == interview_id)).one()
    return ReviewedInterview(_line(session, row), read_answers(row[0].answers))


def handed_back_to(session: Session, user_id: UUID) -> tuple[HandedBack, ...]:
    """What waits for this caller to put right, the one that waits longest first."""
    rows = session.exec(
        _listed().where(REVIEWED, _in_state("handed_back"), Interview.user_id == user_id).limit(50)
    ).all()
    found = []
    for interview, candidate, _ in rows:
        review = newest_review(session, interview.id)
        if review is None:
            continue
        by = session.get_one(User, review.user_id).name
        found.append(HandedBack(interview.id, candidate.id, name_of(candidate), review.note, by, review.at))
    return tuple(sorted(found, key=lambda item: item.at))


def newest_review(session: Session, interview_id: UUID) -> Review | None:
    """What was found last and not taken back."""
    found = select(Review).where(Review.interview_id == interview_id, stands(col(Review.id)))
    return session.exec(found.order_by(col(Review.at).desc(), col(Review.id).desc()).limit(1)).first()


def _in_state(state: str) -> sa.ColumnElement[bool]:
    return col(Interview.review_state) == state


def _listed() -> Any:  # noqa: ANN401  # a select of three tables
    return (
        select(Interview, Candidate, User)
        .join(Candidate, col(Candidate.id) == Interview.candidate_id)
        .join(User, col(User.id) == Interview.user_id)
    )


def _lines(session: Session, state: str, limit: int) -> tuple[ReviewLine, ...]:
    found = _listed().where(REVIEWED, _in_state(state)).order_by(col(Interview.completed_at))
    return tuple(_line(session, row) for row in session.exec(found.limit(limit)))


def _line(session: Session, row: tuple[Interview, Candidate, User]) -> ReviewLine:
    interview, candidate, caller = row
    review = newest_review(session, interview.id) if interview.review_state == "handed_back" else None
    return ReviewLine(
        interview_id=interview.id,
        candidate_id=candidate.id,
        name=name_of(candidate),
        caller=caller.name,
        completed_at=interview.completed_at or interview.created_at,
        state=interview.review_state or "",
        reason=interview.review_reason or "",
        note=review.note if review else "",
    )
