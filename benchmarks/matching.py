"""Who fits a request, and what fits a candidate: the whole ranking, beside the bare statement."""

import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

from sqlmodel import Session, select

from benchmarks.databases import BASE, NOW, Databases
from benchmarks.results import Result
from db.clock import clock_from
from db.desk.desk import Desk, open_desk
from db.models import Candidate, Request
from db.models.candidates import OFFERED
from db.rules.fit_facts import FitRequest
from db.rules.match_columns import mask
from db.rules.profile_needs import needs_of
from db.rules.times import local
from db.stores.matching import Ranking, candidate_facts, fitting_requests, request_facts

REQUESTS = 20
NOBODY_YET = UUID(int=0)
"""A request to which nobody was proposed."""
SHOWN = 50
TIMES = 3
BUDGETS = {BASE: 20, 1_000_000: 200}
"""Milliseconds."""
BARE = f"""
SELECT id FROM candidate WHERE {OFFERED}
    AND (x_km - :x) * (x_km - :x) + (y_km - :y) * (y_km - :y) <= match_reach * match_reach
    AND match_grid & :grid <> 0 AND match_education & :levels <> 0
ORDER BY (x_km - :x) * (x_km - :x) + (y_km - :y) * (y_km - :y) LIMIT {SHOWN}
"""

BARE_REQUESTS = "SELECT * FROM request WHERE status IN ('open', 'partly_filled')"


def matching(databases: Databases, sizes: list[int]) -> Iterator[Result]:
    """The median over some open requests, each the best of a few tries."""
    for size in sizes:
        database = databases.of(size)
        desk = open_desk(database, clock_from(NOW))
        asked = desk.lane.read_now(_requests)
        measured = statistics.median(_ours(desk, request) for request in asked)
        desk.close()
        floor = statistics.median(_bare(database, request) for request in asked)
        yield Result("who fits a request", size, measured, floor, "ms", BUDGETS.get(size))
        yield _other_way_round(database, size)


def _other_way_round(database: Path, size: int) -> Result:
    """Which requests fit a candidate, beside reading all open requests."""
    desk = open_desk(database, clock_from(NOW))
    people = desk.lane.read_now(_people)
    measured = statistics.median(_fitting(desk, person) for person in people)
    desk.close()
    return Result("which requests fit a candidate", size, measured, _bare_requests(database), "ms", None)


def _people(session: Session) -> list[UUID]:
    offered = select(Candidate.id).where(Candidate.status == "available").order_by("id").limit(REQUESTS)
    return list(session.exec(offered))


def _fitting(desk: Desk, candidate_id: UUID) -> float:
    def find(session: Session) -> float:
        begin = time.perf_counter()
        candidate = session.get_one(Candidate, candidate_id)
        facts = candidate_facts(session, candidate)
        if facts is not None:
            fitting_requests(session, candidate, facts, local(NOW).date(), SHOWN)
        return (time.perf_counter() - begin) * 1000

    return min(desk.lane.read_now(find) for _ in range(TIMES))


def _bare_requests(database: Path) -> float:
    taken = []
    with closing(sqlite3.connect(database)) as connection:
        for _ in range(TIMES):
            begin = time.perf_counter()
            connection.execute(BARE_REQUESTS).fetchall()
            taken.append((time.perf_counter() - begin) * 1000)
    return min(taken)


def _requests(session: Session) -> list[FitRequest]:
    found = session.exec(select(Request).where(Request.status == "open").order_by("id").limit(REQUESTS))
    return [request_facts(session, request) for request in found]


def _ours(desk: Desk, request: FitRequest) -> float:
    def rank(session: Session) -> float:
        begin = time.perf_counter()
        Ranking(session, NOBODY_YET, request, local(NOW).date(), NOW).fitting(SHOWN)
        return (time.perf_counter() - begin) * 1000

    return min(desk.lane.read_now(rank) for _ in range(TIMES))


def _bare(database: Path, request: FitRequest) -> float:
    levels = needs_of(request.profile).levels
    asked = {
        "x": request.x_km,
        "y": request.y_km,
        "grid": request.grid or -1,
        "levels": mask("education_level", levels) if levels else -1,
    }
    taken = []
    with closing(sqlite3.connect(database)) as connection:
        for _ in range(TIMES):
            begin = time.perf_counter()
            connection.execute(BARE, asked).fetchall()
            taken.append((time.perf_counter() - begin) * 1000)
    return min(taken)
