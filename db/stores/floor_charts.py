"""Queries for the charts and the map: calls by hour, the reach rate of the week, supply against demand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from db.models import CallAttempt, Candidate, Request
from db.models.candidates import OFFERED
from db.rules.request_steps import OPEN_STATUSES
from db.rules.times import local
from db.stores.facts import stands
from db.stores.floor import codes, phoned, spoken
from db.stores.request_book import fte_sums
from db.views.floor import BalanceLine, CountryMap, Tally

FTE_HOURS = 36
MOST_ATTEMPTS = 40_000
"""The reach rate is that of the newest attempts: enough to be steady, few enough to be read at once."""
Tallies = dict[tuple[int, int], Tally]


def week_of(session: Session, since: datetime, most: int = MOST_ATTEMPTS) -> Tallies:
    """Calls and reached by weekday and hour here, of the newest attempts since a moment."""
    at, outcome = col(CallAttempt.at), col(CallAttempt.outcome)
    newest = (
        sa.select(at, outcome)
        .where(at >= since, outcome.in_(codes(phoned)), stands(col(CallAttempt.id)))
        .order_by(at.desc())
        .limit(most)
        .subquery()
    )
    second = sa.cast(sa.extract("epoch", newest.c.at), sa.BigInteger)
    hour = (second - second % sa.literal_column("3600")).label("hour")
    counted = sa.select(hour, newest.c.outcome, sa.func.count()).group_by(hour, newest.c.outcome)
    reached = set(codes(spoken))
    calls: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for began, code, count in session.execute(counted):
        # The hour of the clock here: the summer time begins and ends within the weeks that are counted.
        wall = local(datetime.fromtimestamp(began, UTC))
        both = calls[wall.weekday(), wall.hour]
        both[0] += count
        both[1] += count if code in reached else 0
    return {slot: Tally(*both) for slot, both in calls.items()}


def balance(session: Session, by: str) -> tuple[BalanceLine, ...]:
    """Supply against demand by `region_code` or `function_profile`, the most wanted first."""
    candidate, request = getattr(Candidate, by), getattr(Request, by)
    lines: dict[str, BalanceLine] = {}

    def change(code: str | None, **figures: Any) -> None:  # noqa: ANN401  # fields of the line
        known = code or "unknown"
        lines[known] = replace(lines.get(known, BalanceLine(known)), **figures)

    registered = sa.select(col(candidate), sa.func.count()).where(_present()).group_by(col(candidate))
    for code, count in session.execute(registered):
        change(code, registered=count)
    for code, count, hours in session.execute(_available(col(candidate))):
        change(code, available=count, offered=round(int(hours or 0) * 100 / FTE_HOURS))
    for code, count, asked, left in session.execute(_demand(col(request))):
        change(code, requests=count, asked=int(asked), left=int(left))
    return tuple(sorted(lines.values(), key=lambda line: (-line.left, -line.available, line.code)))


def load_map(session: Session) -> CountryMap:
    """Where people and requests are."""
    pc4 = col(Candidate.pc4)
    registered = sa.select(pc4, sa.func.count()).where(pc4.is_not(None), _present()).group_by(pc4)
    available = _available(pc4).where(pc4.is_not(None))
    left = _demand(col(Request.pc4)).where(col(Request.pc4).is_not(None))
    return CountryMap(
        available=_pairs((row[0], row[1]) for row in session.execute(available)),
        registered=_pairs((row[0], row[1]) for row in session.execute(registered)),
        left=_pairs((row[0], int(row[3])) for row in session.execute(left)),
        regions=balance(session, "region_code"),
    )


def _pairs(rows: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    return dict(rows)


def _present() -> sa.ColumnElement[bool]:
    return col(Candidate.status).not_in(("duplicate", "erased"))


def _available(by: Any) -> sa.Select[Any]:  # noqa: ANN401  # any column of Candidate
    """Who can be proposed now, and their hours; what is proposed or placed is off the demand as well."""
    hours = sa.func.coalesce(col(Candidate.hours_max), col(Candidate.hours_min), 0)
    free = col(Candidate.status) == "available"
    return sa.select(by, sa.func.count(), sa.func.sum(hours)).where(sa.text(OFFERED), free).group_by(by)


def _demand(by: Any) -> sa.Select[Any]:  # noqa: ANN401  # any column of Request
    """Open requests with what they ask and what is left of it; more proposed than asked leaves nothing."""
    book = fte_sums()
    spent = sa.func.coalesce(book.c.proposed, 0) + sa.func.coalesce(book.c.placed, 0)
    over = col(Request.fte_asked) - spent
    left = sa.case((over > 0, over), else_=0)
    return (
        sa.select(by, sa.func.count(), sa.func.sum(Request.fte_asked), sa.func.sum(left))
        .select_from(Request)
        .outerjoin(book, book.c.request_id == col(Request.id))
        .where(col(Request.status).in_(OPEN_STATUSES))
        .group_by(by)
    )
