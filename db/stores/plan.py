"""Queries for the plan: what is left to fill, who is free, and who fits where."""

import math
from collections.abc import Sequence, Set
from datetime import date, datetime
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from db.models import Availability, Candidate, Organisation, Proposal, Request
from db.models.candidates import MATCH_COLUMNS
from db.rules.assignment import Edge
from db.rules.fit import fit
from db.rules.fit_facts import FitCandidate, FitRequest
from db.rules.fte import fte_of, proposed_hours
from db.rules.request_steps import OPEN_STATUSES
from db.stores import match_sql
from db.stores.candidate_card import name_of
from db.stores.facts import SHARE
from db.stores.match_parameters import parameters
from db.stores.matching import candidate_facts, request_facts, unwilling_ids
from db.stores.request_book import fte_sums
from db.views.plan import PlannedPerson

NEAREST = 40
"""So many of the nearest who fit are looked at for each request, and more where more are needed."""
A_PERSON = 25
"""Hundredths of an fte that somebody fills at the least, by and large."""
FREE = "free_people"
Away = dict[UUID, FitCandidate]
UNKNOWN_TRAVEL = 300
"""Tenths of a km for somebody of whom it is not known how far it is."""


def open_requests(session: Session, region: str | None) -> list[tuple[Request, Organisation, int]]:
    """The open requests with something left, most urgent first, with the hundredths of an fte left."""
    book = fte_sums()
    taken = sa.func.coalesce(book.c.proposed, 0) + sa.func.coalesce(book.c.placed, 0)
    found = (
        sa.select(Request, Organisation, (col(Request.fte_asked) - taken).label("left"))
        .join(Organisation, col(Organisation.id) == col(Request.organisation_id))
        .outerjoin(book, book.c.request_id == col(Request.id))
        .where(col(Request.status).in_(OPEN_STATUSES), col(Request.fte_asked) > taken)
        .order_by(
            col(Request.region_code), sa.func.coalesce(col(Request.deadline), date.max), col(Request.id)
        )
    )
    if region is not None:
        found = found.where(col(Request.region_code) == region)
    return [(request, organisation, int(left)) for request, organisation, left in session.execute(found)]


def free_people(session: Session) -> set[UUID]:
    """Whoever is available, agreed to be proposed, and is not proposed anywhere."""
    newest = sa.text(
        f"""SELECT candidate_id FROM (
            SELECT candidate_id, state, row_number() OVER (
                PARTITION BY candidate_id ORDER BY at DESC, id DESC) AS number
            FROM consent WHERE purpose = '{SHARE}' AND NOT EXISTS (SELECT 1 FROM retraction
                WHERE retraction.fact_id = consent.id AND retraction.lifted_at IS NULL)
        ) AS newest WHERE number = 1 AND state = 'given'"""
    ).columns(candidate_id=sa.Uuid())
    busy = sa.select(col(Proposal.candidate_id)).where(col(Proposal.is_live))
    free = sa.select(col(Candidate.id)).where(
        col(Candidate.status) == "available",
        col(Candidate.id).in_(newest),
        col(Candidate.id).not_in(busy),
    )
    return set(session.execute(free).scalars())


class Fitting:
    """The free people beside one request after another, at one moment."""

    def __init__(self, session: Session, free: Set[UUID], away: Away, on: date, now: datetime) -> None:
        self._session = session
        self._on = on
        self._now = now
        self._unwilling: dict[str, list[UUID]] = {}
        self._away = away
        _lay_out(session, free)

    def edges_of(self, request: Request, left: int) -> list[Edge]:
        """The nearest free people who fit a request."""
        facts = request_facts(self._session, request)
        asked = parameters(facts, request.id, self._on, self._now)
        asked["excluding"] = self._unwilling_ids(facts.organisation)
        asked["limit"] = NEAREST + 4 * math.ceil(left / A_PERSON)
        return [
            Edge(row.id, request.id, _fte(request, row.hours), _travel(row.squared))
            for row in self._session.execute(_nearest(), asked)
            if self._there(row.id, facts)
        ]

    def close(self) -> None:
        """Put away what was laid out."""
        self._session.execute(sa.text(f"DROP TABLE {FREE}"))

    def _there(self, candidate_id: UUID, asked: FitRequest) -> bool:
        """Whether no days away, of which the statement knows nothing, keep somebody from it."""
        facts = self._away.get(candidate_id)
        return facts is None or fit(facts, asked, self._on).fits

    def _unwilling_ids(self, organisation: str) -> list[UUID]:
        if organisation not in self._unwilling:
            self._unwilling[organisation] = unwilling_ids(self._session, organisation)
        return self._unwilling[organisation]


def _lay_out(session: Session, free: Set[UUID]) -> None:
    """Put what ranking reads of the free people together: each request looks at nobody else."""
    columns = ", ".join(MATCH_COLUMNS)
    session.execute(sa.text(f"CREATE TEMPORARY TABLE {FREE} AS SELECT {columns} FROM candidate LIMIT 0"))
    wanted = sa.bindparam("wanted", type_=sa.Uuid())
    taken = sa.text(f"INSERT INTO {FREE} SELECT {columns} FROM candidate WHERE id = :wanted")
    if free:
        session.execute(taken.bindparams(wanted), [{"wanted": person} for person in sorted(free)])


def away_people(session: Session, free: Set[UUID]) -> Away:
    """What those of the free people offer who are away for a time; read once, for all requests."""
    found = session.execute(sa.select(col(Availability.candidate_id), col(Availability.exceptions)))
    away = [candidate_id for candidate_id, exceptions in found if exceptions and candidate_id in free]
    people = (session.get_one(Candidate, candidate_id) for candidate_id in away)
    offers = ((person.id, candidate_facts(session, person)) for person in people)
    return {candidate_id: facts for candidate_id, facts in offers if facts is not None}


@cache
def _nearest() -> sa.TextualSelect:
    return match_sql.nearest(FREE)


def read_people(session: Session, wanted: Sequence[UUID]) -> list[Candidate]:
    """Read these people at once; while they are held, `person_of` asks for none of them again."""
    return list(session.execute(sa.select(Candidate).where(col(Candidate.id).in_(wanted))).scalars())


def person_of(session: Session, candidate_id: UUID, request: Request) -> PlannedPerson:
    """Somebody of the plan, as the recruiter sees them."""
    person = session.get_one(Candidate, candidate_id)
    known = None not in (person.x_km, person.y_km, request.x_km, request.y_km)
    return PlannedPerson(
        candidate_id=candidate_id,
        name=name_of(person),
        place=person.place,
        hours=_hours(request, person.hours_max),
        fte=_fte(request, person.hours_max),
        km=_km(person, request) if known else None,
    )


def _km(person: Candidate, request: Request) -> float:
    east = (person.x_km or 0.0) - (request.x_km or 0.0)
    north = (person.y_km or 0.0) - (request.y_km or 0.0)
    return math.hypot(east, north)


def _hours(request: Request, offered: int | None) -> int | None:
    return proposed_hours(offered, request.hours_min, request.hours_max)


def _fte(request: Request, offered: int | None) -> int:
    return fte_of(_hours(request, offered), request.fte_hours, request.fte_asked, request.positions)


def _travel(squared: float | None) -> int:
    return UNKNOWN_TRAVEL if squared is None else round(10 * math.sqrt(squared))
