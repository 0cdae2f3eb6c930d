"""What the database can bear: claims against the raw driver, an import against reading the file."""

import asyncio
import csv
import sqlite3
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from benchmarks.databases import NOW, Databases
from benchmarks.results import Result
from db.clock import clock_from
from db.desk.desk import open_desk
from db.engine import database_url, open_engine
from db.stores.claims import claim_next, release

CLAIMS = 400
IMPORT_SECONDS = 10
LEASE = timedelta(minutes=20)
RAW_CLAIM = """
UPDATE queue_entry SET state = 'claimed', claimed_by = ?, claimed_until = ?, claim_epoch = claim_epoch + 1,
    updated_at = ?, row_version = row_version + 1
WHERE id = (
    SELECT id FROM queue_entry WHERE state = 'ready' AND assigned_to IS NULL
    ORDER BY assigned_to, priority_group, rank, is_retry, registered_at, id LIMIT 1
)
RETURNING id, candidate_id, claim_epoch
"""
RAW_RELEASE = (
    "UPDATE queue_entry SET state = 'ready', claimed_by = NULL, claimed_until = NULL WHERE claimed_by = ?"
)


def claims(databases: Databases, sizes: list[int]) -> Iterator[Result]:
    """Claims per second, each in its own durable transaction, beside the raw driver doing the same UPDATE."""
    for size in sizes:
        database = databases.of(size)
        caller = _caller(database)
        floor = _raw_claims(database, caller)
        measured = _our_claims(database, caller)
        yield Result("claims", size, measured, floor, "/s", more_is_better=True)


def _caller(database: Path) -> UUID:
    desk = open_desk(database, clock_from(NOW))
    try:
        return desk.users.sign_in_now("Benchmark claims").id
    finally:
        desk.close()


def _raw_claims(database: Path, caller: UUID) -> float:
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    values = (caller.hex, str(NOW + LEASE).split("+")[0], str(NOW).split("+")[0])
    begin = time.perf_counter()
    for _ in range(CLAIMS):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(RAW_CLAIM, values).fetchall()
        connection.execute("COMMIT")
    taken = time.perf_counter() - begin
    connection.execute(RAW_RELEASE, (caller.hex,))
    connection.close()
    return CLAIMS / taken


def _our_claims(database: Path, caller: UUID) -> float:
    engine = open_engine(database_url(database))
    held = []
    begin = time.perf_counter()
    for _ in range(CLAIMS):
        with engine.begin() as connection:
            claim = claim_next(
                connection, user_id=caller, regions=(), promised_since=None, now=NOW, until=NOW + LEASE
            )
        held.append(claim)
    taken = time.perf_counter() - begin
    with engine.begin() as connection:
        for claim in filter(None, held):
            release(connection, claim.entry_id, claim.epoch, NOW)
    engine.dispose()
    return CLAIMS / taken


def imports(databases: Databases, sizes: list[int]) -> Iterator[Result]:
    """Rows per second of a file of 22,500 registrations of new people, beside the csv module reading it."""
    from db.desk.imports import ImportsDesk

    path = databases.registrations()
    for size in sizes:
        begin = time.perf_counter()
        with path.open(encoding="utf-8", newline="") as file:
            rows = sum(1 for _ in csv.DictReader(file))
        floor = rows / (time.perf_counter() - begin)
        scratch = databases.copy(size)
        desk = open_desk(scratch, clock_from(NOW))
        desk.users.sign_in_now("Benchmark import", "supervisor")
        begin = time.perf_counter()
        report = asyncio.run(ImportsDesk(desk.lane).run(path))
        measured = report.read / (time.perf_counter() - begin)
        desk.close()
        databases.discard(scratch)
        limit = rows / IMPORT_SECONDS
        yield Result("import of registrations", size, measured, floor, "rows/s", limit, more_is_better=True)
