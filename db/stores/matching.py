"""Ranking: who fits a request, in one statement; which requests fit a candidate."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from db.models import Availability, Candidate, Organisation, Proposal, Request
from db.models.candidates import EXCLUDING
from db.rules.away import spans_of
from db.rules.exclusions import name_words, names_organisation
from db.rules.fit import fit
from db.rules.fit_facts import Fit, FitCandidate, FitRequest, waits_longest
from db.rules.match_columns import Aside, unpack
from db.rules.names import PersonName
from db.rules.request_steps import OPEN_STATUSES
from db.stores import match_sql
from db.stores.match_parameters import parameters
from db.stores.request_book import fte_sums
from db.views.matching import MatchLine, RequestMatch

MARGIN = 20
"""So many more are looked at than are asked for: some of them are away, and others come up instead."""
Row = sa.RowMapping | dict[str, Any]
REQUEST_COLUMNS = (
    "id", "function_profile", "function_given", "grid", "hours_min", "hours_max", "starts_on", "ends_on",
    "deadline", "x_km", "y_km", "region_code", "education_level", "big_requirement", "qualifications",
    "conditions", "employment_forms", "fte_asked",
)  # fmt: skip


def request_facts(session: Session, request: Request) -> FitRequest:
    """What a request asks, as the rule wants it."""
    organisation = session.get_one(Organisation, request.organisation_id)
    named = {"organisation": organisation.name, "sector": organisation.sector}
    return _row_facts(request.model_dump() | named)


def candidate_facts(session: Session, candidate: Candidate) -> FitCandidate | None:
    """What a candidate offers, as the rule wants it; None before a completed interview."""
    if candidate.match_from is None:
        return None
    taken = sa.select(sa.func.coalesce(sa.func.sum(col(Proposal.hours)), 0)).where(
        col(Proposal.candidate_id) == candidate.id,
        col(Proposal.is_live),
        col(Proposal.status).in_(("accepted", "started")),
    )
    booked = session.execute(taken).scalar_one() if candidate.status == "placed" else 0
    held = session.get(Availability, candidate.id)
    return _facts(candidate.model_dump(), int(booked), held.exceptions if held else None)


class Ranking:
    """The candidates of the file beside one request, at one moment.

    The statement knows nothing of days away: it is generous, and the rule reckons with them in those that are
    given. Whoever they exclude is left out there, and whoever they set back comes lower.
    """

    def __init__(
        self, session: Session, request_id: UUID, request: FitRequest, on: date, now: datetime
    ) -> None:
        self._session = session
        self._request = request
        self._on = on
        self._away: list[MatchLine] = []
        unwilling = unwilling_ids(session, request.organisation)
        self.parameters = parameters(request, request_id, on, now) | {"excluding": unwilling}

    def fitting(self, limit: int) -> tuple[tuple[MatchLine, ...], int]:
        """Whoever nothing excludes, best first, and how many they are in all."""
        found, total = self._found(match_sql.fitting(), limit)
        self._away = [line for line, _ in found if not line.fit.fits]
        return _best(line for line, _ in found if line.fit.fits)[:limit], total - len(self._away)

    def near(self, limit: int) -> tuple[tuple[MatchLine, ...], dict[str, int]]:
        """Whoever one thing excludes, best first, and how many by that reason; most first.

        Asked after `fitting`, it also has those whom only their days away exclude.
        """
        found, _ = self._found(match_sql.nearly(), limit)
        counts = Counter({row[0]: int(row[1]) for row in self._reasons()})
        for line, present in found:
            if line.fit.codes != present.codes:
                counts.subtract(present.codes)
                counts.update(_alone(line))
        for line in self._away:
            counts.update(_alone(line))
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        lines = _best(line for line in (*(line for line, _ in found), *self._away) if _alone(line))
        return lines[:limit], {code: number for code, number in ordered if number > 0}

    def _reasons(self) -> sa.Result[*tuple[Any, ...]]:
        return self._session.execute(match_sql.reasons(), self.parameters)

    def _found(self, statement: sa.TextualSelect, limit: int) -> tuple[list[tuple[MatchLine, Fit]], int]:
        """The lines, each with what the reckoning would be without days away; and how many in all."""
        asked = self.parameters | {"limit": limit + MARGIN}
        rows = self._session.execute(statement, asked).mappings().all()
        return [self._line(row) for row in rows], int(rows[0]["total"]) if rows else 0

    def _line(self, row: sa.RowMapping) -> tuple[MatchLine, Fit]:
        facts = _facts(row, int(row["booked"]), row["exceptions"])
        present = found = fit(replace(facts, away=()), self._request, self._on)
        if facts.away:
            found = fit(facts, self._request, self._on)
        line = MatchLine(
            candidate_id=row["id"],
            name=_name(row),
            place=row["place"],
            status=row["status"],
            fit=found,
            consent=row["consent"],
            elsewhere=int(row["elsewhere"]),
            earlier=row["earlier"],
            waiting_since=row["last_feedback_at"] or row["registered_at"],
            last_confirmed_at=row["confirmed"],
        )
        return line, present


def _best(lines: Iterable[MatchLine]) -> tuple[MatchLine, ...]:
    """Best first, and among equals whoever has waited longest, as the statement has them."""
    return tuple(
        sorted(
            lines, key=lambda line: (*waits_longest(line.fit.score, line.waiting_since), line.candidate_id)
        )
    )


def _alone(line: MatchLine) -> tuple[str, ...]:
    """The one code that excludes somebody; nothing when there are more."""
    return line.fit.codes if len(line.fit.codes) == 1 else ()


def _name(row: Row) -> PersonName:
    return PersonName(
        first_name=row["first_name"],
        initials=row["initials"],
        prefix=row["prefix"],
        last_name=row["last_name"],
        partner_prefix=row["partner_prefix"],
        partner_name=row["partner_name"],
        order=row["name_order"],
    )


def _facts(columns: Row, booked: int, exceptions: list[list[str]] | None) -> FitCandidate:
    aside = Aside(
        x_km=columns["x_km"],
        y_km=columns["y_km"],
        region=columns["region_code"],
        profile=columns["function_profile"],
        big_status=columns["big_status"],
        hours_min=columns["hours_min"],
        hours_max=columns["hours_max"],
        hours_booked=booked,
        away=spans_of(exceptions or ()),
    )
    return unpack(dict(columns), aside)


def fitting_requests(
    session: Session, candidate: Candidate, facts: FitCandidate, on: date, limit: int
) -> tuple[RequestMatch, ...]:
    """The open requests that still want somebody and that fit, best first, then whatever is most urgent."""
    found = session.execute(_open_requests(candidate).where(*_within_reach(facts))).mappings()
    beside = ((row, _row_facts(row)) for row in found)
    matches = [_match(row, asked, fit(facts, asked, on)) for row, asked in beside]
    fitting = [match for match in matches if match.fit.fits and match.fte_left > 0]
    fitting.sort(key=lambda match: (-match.fit.score, match.deadline or date.max, match.request_id))
    return tuple(fitting[:limit])


def _open_requests(candidate: Candidate) -> sa.Select[*tuple[Any, ...]]:
    book = fte_sums()
    already = sa.exists().where(
        col(Proposal.request_id) == col(Request.id),
        col(Proposal.candidate_id) == candidate.id,
        col(Proposal.is_live),
    )
    proposed = sa.func.coalesce(book.c.proposed, 0) + sa.func.coalesce(book.c.placed, 0)
    return (
        sa.select(
            *[sa.inspect(Request).local_table.c[name] for name in REQUEST_COLUMNS],
            col(Organisation.name).label("organisation"),
            col(Organisation.sector),
            sa.func.coalesce(sa.func.nullif(col(Request.place), ""), col(Organisation.place)).label("where"),
            (col(Request.fte_asked) - proposed).label("fte_left"),
            already.label("already"),
        )
        .join(Organisation, col(Organisation.id) == col(Request.organisation_id))
        .outerjoin(book, book.c.request_id == col(Request.id))
        .where(col(Request.status).in_(OPEN_STATUSES))
    )


def _within_reach(facts: FitCandidate) -> list[sa.ColumnElement[bool]]:
    """Leaves out what is too far, before the rule looks at the rest."""
    if facts.x_km is None or facts.y_km is None or facts.reach_km is None:
        return []
    east, north = col(Request.x_km) - facts.x_km, col(Request.y_km) - facts.y_km
    near = east * east + north * north <= facts.reach_km * facts.reach_km
    return [
        sa.or_(near, col(Request.x_km).is_(None), col(Request.region_code).in_(sorted(facts.regions_willing)))
    ]


def _row_facts(row: Row) -> FitRequest:
    return FitRequest(
        organisation=row["organisation"],
        sector=row["sector"],
        profile=row["function_profile"],
        grid=row["grid"],
        hours_min=row["hours_min"],
        hours_max=row["hours_max"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        x_km=row["x_km"],
        y_km=row["y_km"],
        region=row["region_code"],
        education_level=row["education_level"],
        big_requirement=row["big_requirement"],
        qualifications=row["qualifications"],
        conditions=frozenset(row["conditions"]),
        employment_forms=frozenset(row["employment_forms"]),
    )


def _match(row: Row, asked: FitRequest, found: Fit) -> RequestMatch:
    return RequestMatch(
        request_id=row["id"],
        organisation=asked.organisation,
        place=row["where"],
        request=asked,
        function_given=row["function_given"],
        deadline=row["deadline"],
        fte_asked=row["fte_asked"],
        fte_left=int(row["fte_left"]),
        already_proposed=bool(row["already"]),
        fit=found,
    )


def unwilling_ids(session: Session, organisation: str) -> list[UUID]:
    """The candidates who do not want to work at this organisation.

    What they said is text, which no engine reads as the rule does: it gives those who used one of the words.
    """
    words = name_words(organisation)
    if not words:
        return []
    said = col(Candidate.match_excluded)
    likely = sa.or_(*[said.contains(word, autoescape=True) for word in sorted(words)])
    found = session.execute(sa.select(col(Candidate.id), said).where(sa.text(EXCLUDING), likely))
    return [row[0] for row in found if names_organisation(row[1], organisation)]
