"""Queries about what goes out: who is on a shortlist, and what went out before."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import (
    Availability,
    Candidate,
    ContactPerson,
    Education,
    Experience,
    Export,
    ExportLine,
    Organisation,
    Proposal,
    Request,
)
from db.rules.names import sort_key
from db.stores.candidate_card import name_of, user_names
from db.stores.facts import may_share
from db.stores.request_book import PROPOSED_STATUSES, list_requests
from db.views.exports import (
    EducationLine,
    ExperienceLine,
    ExportView,
    LeftOut,
    Shortlist,
    ShortlistPerson,
)


def load_shortlist(session: Session, request_id: UUID, answer_by: date, destroy_by: datetime) -> Shortlist:
    """Who waits for the answer of this organisation, those with a consent apart from those without.

    Whoever was accepted or works there is known there already.
    """
    request = session.get_one(Request, request_id)
    organisation = session.get_one(Organisation, request.organisation_id)
    contact = session.get(ContactPerson, request.contact_person_id) if request.contact_person_id else None
    found = _proposed(session, request_id)
    shared = [(proposal, person) for proposal, person in found if may_share(session, person.id)]
    kept = {proposal.id for proposal, _ in shared}
    return Shortlist(
        request_id=request_id,
        organisation=organisation.name,
        place=request.place or organisation.place,
        function_profile=request.function_profile,
        function_given=request.function_given,
        contact_name=contact.name if contact else "",
        contact_email=contact.email if contact else None,
        people=tuple(_person(session, proposal, person) for proposal, person in shared),
        left_out=tuple(
            LeftOut(proposal.id, person.id, name_of(person))
            for proposal, person in found
            if proposal.id not in kept
        ),
        answer_by=answer_by,
        destroy_by=destroy_by,
        sent_before=_sent_before(session, request_id),
    )


def went_out(session: Session, proposal_id: UUID) -> bool:
    """Whether somebody outside has seen this proposal."""
    lines = select(ExportLine.proposal_id).join(Export, col(Export.id) == ExportLine.export_id)
    sent = lines.where(ExportLine.proposal_id == proposal_id, col(Export.failed_at).is_(None))
    return session.exec(sent).first() is not None


def find_requests(session: Session, words: str, limit: int = 10) -> tuple[tuple[UUID, str], ...]:
    """The request of this id, else the open requests that answer to the words, with what each is called."""
    try:
        request_id = UUID(words.strip())
    except ValueError:
        found = list_requests(session, None, words, None, limit).lines
        return tuple((line.id, f"{line.organisation} · {line.place}") for line in found)
    request = session.get(Request, request_id)
    return ((request_id, ""),) if request else ()


def list_exports(session: Session, *, waiting: bool, limit: int) -> tuple[ExportView, ...]:
    """What went out, newest first; `waiting` only what is not confirmed destroyed, most urgent first."""
    names = user_names(session)
    found = (
        select(Export, Organisation, Request)
        .outerjoin(Request, col(Request.id) == Export.request_id)
        .outerjoin(Organisation, col(Organisation.id) == Request.organisation_id)
        .limit(limit)
    )
    if waiting:
        found = found.where(col(Export.destroyed_at).is_(None), col(Export.failed_at).is_(None))
        found = found.order_by(col(Export.destroy_by), col(Export.id))
    else:
        found = found.order_by(col(Export.at).desc(), col(Export.id).desc())
    return tuple(
        _view(export, organisation, request, names) for export, organisation, request in session.exec(found)
    )


def _view(
    export: Export, organisation: Organisation | None, request: Request | None, names: dict[UUID, str]
) -> ExportView:
    return ExportView(
        id=export.id,
        at=export.at,
        by=names.get(export.user_id, ""),
        organisation=organisation.name if organisation else "",
        function_profile=request.function_profile if request else "",
        kind=export.kind,
        delivery=export.delivery,
        purpose=export.purpose,
        recipient=export.recipient,
        file_name=export.file_name,
        location=export.location,
        rows=export.rows,
        destroy_by=export.destroy_by,
        destroyed_at=export.destroyed_at,
        destroyed_by=names.get(export.destroyed_by, "") if export.destroyed_by else "",
        failed=export.failed_at is not None,
    )


def _proposed(session: Session, request_id: UUID) -> list[tuple[Proposal, Candidate]]:
    found = (
        select(Proposal, Candidate)
        .join(Candidate, col(Candidate.id) == Proposal.candidate_id)
        .where(
            Proposal.request_id == request_id,
            col(Proposal.is_live),
            col(Proposal.status).in_(PROPOSED_STATUSES),
        )
    )
    rows = [(proposal, person) for proposal, person in session.exec(found)]
    return sorted(rows, key=lambda row: (sort_key(name_of(row[1])), row[0].id))


def _sent_before(session: Session, request_id: UUID) -> int:
    own = sa.select(sa.func.count()).select_from(Export)
    sent = own.where(col(Export.request_id) == request_id, col(Export.failed_at).is_(None))
    return int(session.execute(sent).scalar_one())


def _person(session: Session, proposal: Proposal, person: Candidate) -> ShortlistPerson:
    availability = session.get(Availability, person.id)
    return ShortlistPerson(
        proposal_id=proposal.id,
        candidate_id=person.id,
        name=name_of(person),
        phone=person.phone,
        email=person.email,
        place=person.place,
        educations=_educations(session, person.id),
        experiences=_experiences(session, person.id),
        available_from=availability.available_from if availability else None,
        available_until=availability.available_until if availability else None,
        hours_min=availability.hours_min if availability else person.hours_min,
        hours_max=availability.hours_max if availability else person.hours_max,
        grid=availability.grid if availability else 0,
        big_status=person.big_status,
    )


def _educations(session: Session, candidate_id: UUID) -> tuple[EducationLine, ...]:
    own = select(Education).where(Education.candidate_id == candidate_id).order_by(col(Education.id))
    return tuple(
        EducationLine(row.level, row.programme, row.completed, row.year) for row in session.exec(own)
    )


def _experiences(session: Session, candidate_id: UUID) -> tuple[ExperienceLine, ...]:
    own = select(Experience).where(Experience.candidate_id == candidate_id).order_by(col(Experience.id))
    return tuple(
        ExperienceLine(row.function_profile, row.sector, row.organisation, row.years, row.until_year)
        for row in session.exec(own)
    )
