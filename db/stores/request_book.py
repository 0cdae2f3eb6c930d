"""Queries about requests: what is asked, what is proposed, what is left, and how far it is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.drafts.requests import RequestFilter
from db.models import Candidate, ContactPerson, Organisation, Proposal, Request
from db.reference.lists import code_list
from db.rules.names import search_key
from db.rules.proposal_steps import SHORTLISTED
from db.rules.request_completeness import completeness
from db.rules.request_steps import OPEN_STATUSES
from db.stores.candidate_card import name_of, user_names
from db.stores.proposals import taken_steps
from db.views.requests import FteBook, RequestLine, RequestList, RequestProposal, RequestView

FILLING = frozenset({*OPEN_STATUSES, "filled"})
"""Statuses that follow the proposals."""
PROPOSED_STATUSES = ("sent", "contacted", "interview")
PLACED_STATUSES = ("accepted", "started", "completed")
"""Whoever finished a deployment filled it."""
STARTED_STATUSES = ("started", "completed")
URGENT_DAYS = 7
Query = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests are wanted, and the day on which something is urgent."""

    filter: RequestFilter
    today: date


def went_out() -> sa.ColumnElement[bool]:
    """That a proposal goes on and is more than a mark on the shortlist."""
    return sa.and_(col(Proposal.is_live), col(Proposal.status) != SHORTLISTED)


def fte_sums() -> sa.Subquery:
    """By request: the fte that is proposed and placed, and the number of live proposals."""
    live = sa.and_(col(Proposal.is_live), col(Proposal.status).in_(PROPOSED_STATUSES))
    placed = col(Proposal.status).in_(PLACED_STATUSES)
    started = col(Proposal.status).in_(STARTED_STATUSES)
    return (
        sa.select(
            col(Proposal.request_id).label("request_id"),
            sa.func.sum(sa.case((live, col(Proposal.fte)), else_=0)).label("proposed"),
            sa.func.sum(sa.case((placed, col(Proposal.fte)), else_=0)).label("placed"),
            sa.func.sum(sa.case((started, col(Proposal.fte)), else_=0)).label("started"),
            sa.func.sum(sa.case((went_out(), 1), else_=0)).label("live"),
        )
        .group_by(col(Proposal.request_id))
        .subquery("book")
    )


def list_requests(
    session: Session,
    candidate_id: UUID | None,
    search: str,
    sort: str | None,
    limit: int,
    wanted: Wanted | None = None,
) -> RequestList:
    """The requests that fit the words and the filter, in the order asked for; the open ones without it."""
    candidate = session.get(Candidate, candidate_id) if candidate_id else None
    found = _filtered(_all_requests(candidate), search)
    found = _wanted(found, wanted) if wanted else found.where(col(Request.status).in_(OPEN_STATUSES))
    total = session.execute(
        sa.select(sa.func.count()).select_from(found.order_by(None).subquery())
    ).scalar_one()
    chosen = sort or ("distance" if candidate else "urgency")
    rows = session.execute(found.order_by(*_order(found, chosen)).limit(limit)).mappings()
    return RequestList(lines=tuple(_line(row) for row in rows), total=total)


def load_request(session: Session, request_id: UUID, candidate_id: UUID | None) -> RequestView:
    """A request with its proposals; KeyError when there is none (a bug)."""
    candidate = session.get(Candidate, candidate_id) if candidate_id else None
    query = _all_requests(candidate).where(col(Request.id) == request_id)
    row = session.execute(query).mappings().first()
    request = session.get(Request, request_id)
    if row is None or request is None:
        raise KeyError(f"Request {request_id}")
    contact = session.get(ContactPerson, request.contact_person_id) if request.contact_person_id else None
    return RequestView(
        line=_line(row),
        positions=request.positions,
        fte_hours=request.fte_hours,
        grid=request.grid,
        day_parts_given=request.day_parts_given,
        postcode=request.postcode,
        big_requirement=request.big_requirement,
        education_level=request.education_level,
        qualifications=dict(request.qualifications),
        conditions=tuple(request.conditions),
        employment_forms=tuple(request.employment_forms),
        note=request.note,
        contact_name=contact.name if contact else "",
        contact_email=contact.email if contact else None,
        contact_phone=contact.phone if contact else None,
        proposals=_proposals(session, request_id),
        completeness=completeness(request),
        status_reason=request.status_reason,
        organisation_id=request.organisation_id,
        row_version=request.row_version,
    )


def book_of(session: Session, request: Request) -> FteBook:
    """The fte of one request."""
    book = fte_sums()
    row = session.execute(sa.select(book).where(book.c.request_id == request.id)).mappings().first()
    return FteBook(
        asked=request.fte_asked,
        proposed=int(row["proposed"]) if row else 0,
        placed=int(row["placed"]) if row else 0,
        started=int(row["started"]) if row else 0,
    )


def live_elsewhere(session: Session, candidate_ids: list[UUID], request_id: UUID) -> dict[UUID, int]:
    """How many live proposals these people have at other requests."""
    counted = (
        sa.select(col(Proposal.candidate_id), sa.func.count())
        .where(
            col(Proposal.candidate_id).in_(candidate_ids),
            went_out(),
            col(Proposal.request_id) != request_id,
        )
        .group_by(col(Proposal.candidate_id))
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def _all_requests(candidate: Candidate | None) -> Query:
    book = fte_sums()
    return (
        sa.select(
            col(Request.id),
            col(Organisation.name).label("organisation"),
            col(Organisation.search_name),
            col(Organisation.sector),
            sa.func.coalesce(sa.func.nullif(col(Request.place), ""), col(Organisation.place)).label("place"),
            col(Request.region_code),
            col(Request.function_profile),
            col(Request.function_given),
            col(Request.status),
            col(Request.starts_on),
            col(Request.ends_on),
            col(Request.deadline),
            col(Request.hours_min),
            col(Request.hours_max),
            col(Request.fte_asked),
            sa.func.coalesce(book.c.proposed, 0).label("proposed"),
            sa.func.coalesce(book.c.placed, 0).label("placed"),
            sa.func.coalesce(book.c.started, 0).label("started"),
            sa.func.coalesce(book.c.live, 0).label("live"),
            _squared_distance(candidate).label("squared"),
            _already(candidate, went_out()).label("already"),
            _already(candidate, col(Proposal.status) == SHORTLISTED).label("shortlisted"),
        )
        .join(Organisation, col(Organisation.id) == col(Request.organisation_id))
        .outerjoin(book, book.c.request_id == col(Request.id))
    )


def _squared_distance(candidate: Candidate | None) -> sa.ColumnElement[float | None]:
    """The flat-earth square: its order is that of the distance, and both engines can reckon it."""
    if candidate is None or candidate.x_km is None or candidate.y_km is None:
        return sa.cast(sa.null(), sa.Float)
    east, north = col(Request.x_km) - candidate.x_km, col(Request.y_km) - candidate.y_km
    return east * east + north * north


def _already(candidate: Candidate | None, how: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    if candidate is None:
        return sa.false()
    return sa.exists().where(
        col(Proposal.request_id) == col(Request.id),
        col(Proposal.candidate_id) == candidate.id,
        how,
    )


def _filtered(query: Query, search: str) -> Query:
    """Every word must be in the organisation, the place, the function or the sector."""
    for word in search_key(search).split():
        query = query.where(
            sa.or_(
                col(Organisation.search_name).contains(word, autoescape=True),
                sa.func.lower(col(Request.place)).contains(word, autoescape=True),
                sa.func.lower(col(Request.function_given)).contains(word, autoescape=True),
                col(Request.function_profile).in_(_codes("function_profile", word)),
                col(Organisation.sector).in_(_codes("care_sector", word)),
                col(Request.region_code).in_(_codes("region", word)),
            )
        )
    return query


def _wanted(query: Query, wanted: Wanted) -> Query:
    asked = wanted.filter
    statuses = {"draft": ("draft",), "on_hold": ("on_hold",)}.get(asked.shown, OPEN_STATUSES)
    if asked.shown != "all":
        query = query.where(col(Request.status).in_(statuses))
    chosen = (
        (col(Request.region_code), asked.region),
        (col(Organisation.sector), asked.sector),
        (col(Request.function_profile), asked.profile),
    )
    query = query.where(*(column == value for column, value in chosen if value))
    if asked.urgent:
        soon = wanted.today + timedelta(days=URGENT_DAYS)
        query = query.where(sa.or_(col(Request.deadline) <= soon, col(Request.starts_on) <= soon))
    if asked.unfilled:
        columns = query.selected_columns
        query = query.where(columns.fte_asked > columns.proposed + columns.placed)
    return query


def _codes(list_name: str, word: str) -> list[str]:
    """The codes that are called something with this word, in either language."""
    return [
        entry.code for entry in code_list(list_name).values() if word in search_key(f"{entry.nl} {entry.en}")
    ]


def _order(query: Query, sort: str) -> Sequence[sa.ColumnElement[Any]]:
    columns = query.selected_columns
    urgency = [columns.deadline.asc().nulls_last(), columns.starts_on.asc().nulls_last(), columns.id.asc()]
    if sort == "distance":
        return [columns.squared.asc().nulls_last(), *urgency]
    if sort == "left":
        return [(columns.fte_asked - columns.proposed - columns.placed).desc(), *urgency]
    named = {"organisation": "search_name", "region": "region_code", "sector": "sector"}
    named["profile"] = "function_profile"
    return [columns[named[sort]].asc(), *urgency] if sort in named else urgency


def _line(row: Any) -> RequestLine:  # noqa: ANN401  # a row of the query above
    squared = row["squared"]
    return RequestLine(
        id=row["id"],
        organisation=row["organisation"],
        sector=row["sector"],
        place=row["place"],
        region_code=row["region_code"],
        function_profile=row["function_profile"],
        function_given=row["function_given"],
        status=row["status"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        deadline=row["deadline"],
        hours_min=row["hours_min"],
        hours_max=row["hours_max"],
        fte=FteBook(
            asked=row["fte_asked"],
            proposed=int(row["proposed"]),
            placed=int(row["placed"]),
            started=int(row["started"]),
        ),
        proposals=int(row["live"]),
        distance_km=None if squared is None else math.sqrt(squared),
        already_proposed=bool(row["already"]),
        shortlisted=bool(row["shortlisted"]),
    )


def _proposals(session: Session, request_id: UUID) -> tuple[RequestProposal, ...]:
    names = user_names(session)
    found = (
        select(Proposal, Candidate)
        .join(Candidate, col(Candidate.id) == Proposal.candidate_id)
        .where(Proposal.request_id == request_id, Proposal.status != "draft")
        .order_by(col(Proposal.is_live).desc(), col(Proposal.created_at).desc(), col(Proposal.id).desc())
    )
    rows = session.exec(found).all()
    elsewhere = live_elsewhere(session, [candidate.id for _, candidate in rows], request_id)
    taken = taken_steps(session, [proposal for proposal, _ in rows])
    return tuple(
        RequestProposal(
            id=proposal.id,
            candidate_id=candidate.id,
            name=name_of(candidate),
            status=proposal.status,
            is_live=proposal.is_live,
            hours=proposal.hours,
            fte=proposal.fte,
            since=taken[proposal.id].at if proposal.id in taken else proposal.updated_at,
            by=names.get(proposal.proposed_by, ""),
            response_due_at=proposal.response_due_at,
            elsewhere=elsewhere.get(candidate.id, 0),
            reason=proposal.reason,
            interview_at=proposal.interview_at,
        )
        for proposal, candidate in rows
    )
