"""Queries for the recruiter's work lists: who waits for an answer, and who is at work."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from db.drafts.proposals import ProposalFilter
from db.models import Candidate, ContactPerson, Organisation, Proposal, Request
from db.rules.names import PersonName, search_key
from db.rules.proposal_steps import BOOKED, OPEN, SHORTLISTED, statuses
from db.stores.candidate_card import NAME, user_names
from db.views.proposals import ProposalLine, ProposalLists

RUNNING = sa.text("proposal.is_live")
"""Literal, so that the partial indexes serve it."""


def load_lists(session: Session, now: datetime, limit: int, wanted: ProposalFilter) -> ProposalLists:
    """Both lists with their counts, and what of them answers to the filter."""
    counts = _counts(session, now)
    terms = {stage: _terms(wanted, stage, now) for stage in (OPEN, BOOKED)}
    found = {"waiting": counts["waiting"], "working": counts["working"]}
    if wanted.narrowed:
        found = {
            "waiting": _count(session, OPEN, terms[OPEN]),
            "working": _count(session, BOOKED, terms[BOOKED]),
        }
    waiting = sa.func.coalesce(col(Proposal.response_due_at), col(Proposal.updated_at))
    working = (col(Proposal.follow_up_at).asc().nulls_last(), col(Proposal.starts_on).asc().nulls_last())
    return ProposalLists(
        waiting=_lines(session, OPEN, terms[OPEN], [waiting.asc()], limit),
        working=_lines(session, BOOKED, terms[BOOKED], list(working), limit),
        counts=counts,
        found=found,
    )


def live_counts(session: Session, candidate_ids: list[UUID]) -> dict[UUID, int]:
    """How many live proposals each of these people has, who has any."""
    counted = (
        sa.select(col(Proposal.candidate_id), sa.func.count())
        .where(col(Proposal.candidate_id).in_(candidate_ids), RUNNING, col(Proposal.status) != SHORTLISTED)
        .group_by(col(Proposal.candidate_id))
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def _terms(wanted: ProposalFilter, stage: str, now: datetime) -> list[sa.ColumnElement[bool]]:
    terms = [
        sa.or_(
            col(Candidate.search_name).contains(word, autoescape=True),
            col(Organisation.search_name).contains(word, autoescape=True),
        )
        for word in search_key(wanted.search).split()
    ]
    if wanted.overdue:
        terms.append(col(Proposal.response_due_at if stage == OPEN else Proposal.follow_up_at) < now)
    if wanted.region:
        terms.append(col(Request.region_code) == wanted.region)
    return terms


def _count(session: Session, stage: str, terms: list[sa.ColumnElement[bool]]) -> int:
    counted = (
        sa.select(sa.func.count())
        .select_from(Proposal)
        .join(Candidate, col(Candidate.id) == col(Proposal.candidate_id))
        .join(Request, col(Request.id) == col(Proposal.request_id))
        .join(Organisation, col(Organisation.id) == col(Request.organisation_id))
        .where(RUNNING, col(Proposal.status).in_(statuses(stage)), *terms)
    )
    return int(session.execute(counted).scalar_one())


def _counts(session: Session, now: datetime) -> dict[str, int]:
    late = sa.case((col(Proposal.response_due_at) < now, 1), else_=0)
    counted = sa.select(col(Proposal.status), sa.func.count(), sa.func.sum(late)).where(RUNNING)
    rows = session.execute(counted.group_by(col(Proposal.status))).all()
    return {
        "waiting": sum(row[1] for row in rows if row[0] in statuses(OPEN)),
        "overdue": sum(int(row[2] or 0) for row in rows if row[0] in statuses(OPEN)),
        "working": sum(row[1] for row in rows if row[0] in statuses(BOOKED)),
    }


def _lines(
    session: Session,
    stage: str,
    terms: list[sa.ColumnElement[bool]],
    order: list[sa.ColumnElement[Any]],
    limit: int,
) -> tuple[ProposalLine, ...]:
    names = user_names(session)
    found = (
        sa.select(*_columns())
        .select_from(Proposal)
        .join(Candidate, col(Candidate.id) == col(Proposal.candidate_id))
        .join(Request, col(Request.id) == col(Proposal.request_id))
        .join(Organisation, col(Organisation.id) == col(Request.organisation_id))
        .outerjoin(ContactPerson, col(ContactPerson.id) == col(Request.contact_person_id))
        .where(RUNNING, col(Proposal.status).in_(statuses(stage)), *terms)
        .order_by(*order, col(Proposal.id))
        .limit(limit)
    )
    rows = session.execute(found).all()
    live = live_counts(session, [row.candidate_id for row in rows])
    return tuple(_line(row, names.get(row.proposed_by, ""), live) for row in rows)


def _columns() -> list[Any]:
    """What a line tells, and nothing else: whole records of a thousand lines are felt at every key."""
    own = ("id", "candidate_id", "request_id", "status", "reason", "hours", "proposed_by", "grid")
    moments = ("updated_at", "created_at", "response_due_at", "interview_at", "follow_up_at")
    contact = ((f"contact_{part}", getattr(ContactPerson, part)) for part in ("name", "phone", "email"))
    return [
        *(getattr(Proposal, name) for name in (*own, *moments)),
        sa.func.coalesce(col(Proposal.starts_on), col(Request.starts_on)).label("starts_on"),
        sa.func.coalesce(col(Proposal.ends_on), col(Request.ends_on)).label("ends_on"),
        *(getattr(Candidate, name) for name in NAME),
        col(Candidate.phone),
        col(Request.function_profile),
        col(Request.grid).label("asked_grid"),
        col(Organisation.name).label("organisation"),
        *(column.label(label) for label, column in contact),
    ]


def _line(row: Any, by: str, live: dict[UUID, int]) -> ProposalLine:  # noqa: ANN401  # of `_columns`
    return ProposalLine(
        id=row.id,
        candidate_id=row.candidate_id,
        request_id=row.request_id,
        name=PersonName(*(getattr(row, part) for part in NAME)),
        phone=row.phone,
        organisation=row.organisation,
        function_profile=row.function_profile,
        status=row.status,
        reason=row.reason,
        hours=row.hours,
        contact_name=row.contact_name or "",
        contact_phone=row.contact_phone,
        contact_email=row.contact_email,
        since=row.updated_at,
        proposed_at=row.created_at,
        by=by,
        response_due_at=row.response_due_at,
        interview_at=row.interview_at,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        grid=row.grid or row.asked_grid,
        follow_up_at=row.follow_up_at,
        elsewhere=max(0, live.get(row.candidate_id, 1) - 1),
    )
