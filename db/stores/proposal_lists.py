"""Queries for the recruiter's work lists: who waits for an answer, and who is at work."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.drafts.proposals import ProposalFilter
from db.models import Candidate, ContactPerson, Organisation, Proposal, Request
from db.rules.names import search_key
from db.rules.proposal_steps import BOOKED, OPEN, SHORTLISTED, statuses
from db.stores.candidate_card import name_of, user_names
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
        select(Proposal, Candidate, Request, Organisation)
        .join(Candidate, col(Candidate.id) == Proposal.candidate_id)
        .join(Request, col(Request.id) == Proposal.request_id)
        .join(Organisation, col(Organisation.id) == Request.organisation_id)
        .where(RUNNING, col(Proposal.status).in_(statuses(stage)), *terms)
        .order_by(*order, col(Proposal.id))
        .limit(limit)
    )
    rows = session.exec(found).all()
    contacts = _contacts(session, {row[2].contact_person_id for row in rows})
    live = live_counts(session, [row[1].id for row in rows])
    return tuple(
        _line(proposal, person, request, organisation, contacts, names.get(proposal.proposed_by, ""), live)
        for proposal, person, request, organisation in rows
    )


def _contacts(session: Session, keys: set[UUID | None]) -> dict[UUID, ContactPerson]:
    wanted = [key for key in keys if key is not None]
    found = session.exec(select(ContactPerson).where(col(ContactPerson.id).in_(wanted)))
    return {contact.id: contact for contact in found}


def _line(
    proposal: Proposal,
    person: Candidate,
    request: Request,
    organisation: Organisation,
    contacts: dict[UUID, ContactPerson],
    by: str,
    live: dict[UUID, int],
) -> ProposalLine:
    contact = contacts.get(request.contact_person_id) if request.contact_person_id else None
    return ProposalLine(
        id=proposal.id,
        candidate_id=person.id,
        request_id=request.id,
        name=name_of(person),
        phone=person.phone,
        organisation=organisation.name,
        function_profile=request.function_profile,
        status=proposal.status,
        reason=proposal.reason,
        hours=proposal.hours,
        contact_name=contact.name if contact else "",
        contact_phone=contact.phone if contact else None,
        contact_email=contact.email if contact else None,
        since=proposal.updated_at,
        proposed_at=proposal.created_at,
        by=by,
        response_due_at=proposal.response_due_at,
        interview_at=proposal.interview_at,
        starts_on=proposal.starts_on or request.starts_on,
        ends_on=proposal.ends_on or request.ends_on,
        grid=proposal.grid or request.grid,
        follow_up_at=proposal.follow_up_at,
        elsewhere=max(0, live.get(person.id, 1) - 1),
    )
