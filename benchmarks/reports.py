"""All figures of every report on a desk that called a lot, beside bare counts of the same tables."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks.databases import BASE, NOW, Databases
from benchmarks.results import Result
from db.clock import clock_from
from db.desk.desk import open_desk

ATTEMPTS = 200_000
BUDGETS = {BASE: 1_000, 1_000_000: 15_000}
"""Milliseconds."""
TIMES = 3
COPIED = {
    "proposal": "candidate_id IN (SELECT id FROM base.candidate ORDER BY id LIMIT :count)",
    "interview": "candidate_id IN (SELECT id FROM base.candidate ORDER BY id LIMIT :count)",
    "referral": "candidate_id IN (SELECT id FROM base.candidate ORDER BY id LIMIT :count)",
    "proposal_event": "proposal_id IN (SELECT id FROM base.proposal WHERE candidate_id IN"
    " (SELECT id FROM base.candidate ORDER BY id LIMIT :count))",
}
"""What else is copied with everybody who was copied."""
POINTERS = ("id", "candidate_id", "proposal_id")
PEOPLE = "SELECT status, region_code, count(*) FROM candidate GROUP BY status, region_code"
CALLS = "SELECT outcome, count(*), count(DISTINCT candidate_id) FROM call_attempt GROUP BY outcome"
BY_PERSON = "SELECT count(*) FROM (SELECT max(outcome) FROM call_attempt GROUP BY candidate_id)"
STEPS = "SELECT count(*) FROM (SELECT min(at), max(status) FROM proposal_event GROUP BY proposal_id)"
PROPOSALS = (
    "SELECT proposal.status, count(*), count(DISTINCT candidate_id) FROM proposal"
    " JOIN candidate ON candidate.id = proposal.candidate_id GROUP BY proposal.status"
)
REQUESTS = "SELECT status, count(*), sum(fte_asked) FROM request GROUP BY status"
REFERRALS = "SELECT destination, count(*), count(DISTINCT candidate_id) FROM referral GROUP BY destination"
INTAKES = "SELECT state, count(*), count(DISTINCT candidate_id) FROM interview GROUP BY state"
OFFERS = "SELECT count(*), min(last_confirmed_at) FROM availability"
FILES = "SELECT kind, count(*), sum(rows_read) FROM import_batch GROUP BY kind"
FILE_ROWS = "SELECT outcome, reason, count(*) FROM import_row GROUP BY outcome, reason"
FLOORS = {
    "unheard": (PEOPLE, BY_PERSON),
    "weekly": (PEOPLE, CALLS, STEPS, PROPOSALS, REQUESTS, BY_PERSON),
    "care": (PEOPLE, STEPS, PROPOSALS),
    "sectors": (STEPS, PROPOSALS),
    "persons": (PEOPLE, CALLS, INTAKES, STEPS, PROPOSALS),
    "reserve": (PEOPLE,),
    "unmatched": (PEOPLE, STEPS, REFERRALS),
    "referrals": (CALLS, REFERRALS),
    "class": (REFERRALS,),
    "staying": (STEPS, PROPOSALS),
    "reconfirm": (PEOPLE, OFFERS),
    "criteria": (STEPS, PROPOSALS),
    "measures": (STEPS, REQUESTS),
    "files": (FILES,),
    "migration": (FILES, FILE_ROWS, PEOPLE),
}
"""By report the bare counts of what it is made of; a report without a query has none."""


def reports(databases: Databases, sizes: list[int]) -> Iterator[Result]:
    """The work of each report in processor time, the best of a few: other programs do not count."""
    for size in sizes:
        database = databases.derived("reports", size, _call_a_lot)
        with closing(sqlite3.connect(database)) as bare:
            floors = {name: _best(partial(_counted, bare, name)) for name in FLOORS}
        desk = open_desk(database, clock_from(NOW))
        for name, floor in floors.items():
            measured = _best(partial(desk.reports.run_now, name))
            yield Result(f"report {name}", size, measured, floor, "ms", BUDGETS.get(size))
        desk.close()


def _best(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        begin = time.process_time()
        work()
        taken.append(1_000 * (time.process_time() - begin))
    return min(taken)


def _counted(bare: sqlite3.Connection, name: str) -> None:
    for statement in FLOORS[name]:
        bare.execute(statement).fetchall()


def _call_a_lot(path: Path, base: Path, size: int) -> None:
    """Proposals and intakes for everybody who was copied, and calls until there are enough."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("ATTACH ? AS base", (str(base),))
        connection.execute("BEGIN")
        for copy, left in enumerate(range(size - BASE, 0, -BASE), start=1):
            for table, owned in COPIED.items():
                given = {"mark": f"c0b1{copy:04x}", "count": min(left, BASE)}
                _copy(connection, table, POINTERS, f"base.{table} WHERE {owned}", given)
        _add_calls(connection)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")


def _add_calls(connection: sqlite3.Connection) -> None:
    """The same calls once more, to the same people, until there are enough."""
    calls = connection.execute("SELECT count(*) FROM call_attempt").fetchone()[0]
    once = connection.execute("SELECT count(*) FROM base.call_attempt").fetchone()[0]
    for copy, left in enumerate(range(ATTEMPTS - calls, 0, -once), start=1):
        given = {"mark": f"c0b2{copy:04x}", "count": min(left, once)}
        _copy(connection, "call_attempt", ("id",), "base.call_attempt LIMIT :count", given)


def _copy(
    connection: sqlite3.Connection, table: str, marked: tuple[str, ...], found: str, given: dict[str, object]
) -> None:
    """Rows with another mark in their ids."""
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(
        f"substr({name}, 1, 20) || :mark || substr({name}, 29)" if name in marked else f'"{name}"'
        for name in names
    )
    connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {values} FROM {found}", given)
