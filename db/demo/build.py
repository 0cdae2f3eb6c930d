"""Building the practice floor: all of it or nothing, beside the file that it replaces."""

import gc
import os
import sqlite3
import time
from collections.abc import Iterator
from datetime import datetime
from glob import escape
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import SQLModel

from db.demo.bulk import bulk_insert
from db.demo.calls import Calls
from db.demo.demand import Demand
from db.demo.entries import Queue, open_entry
from db.demo.floor import Floor, Row
from db.demo.intakes import Intakes
from db.demo.people import People
from db.demo.stamp import DEMO_VERSION, Cancelled, DemoReport, Progress
from db.demo.supervision import supervise
from db.demo.team import Team
from db.errors import DeskError, StorageError
from db.models import Setting
from db.stores.users import PRACTICE

ABANDONED_SECONDS = 3_600
CHUNK = 2_000
WHILE_BUILDING = ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-200000")
SIDE_FILES = ("-wal", "-shm", "-journal")


def build(
    path: Path,
    seed: int,
    candidates: int,
    now: datetime,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> DemoReport:
    """What `build_demo` does."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _build_beside(path, seed, candidates, now, _Steps(candidates, progress, cancelled))
    except OSError as error:
        raise StorageError("storage.file_error", path=path, reason=error) from error
    except sa.exc.OperationalError as error:
        raise StorageError("storage.file_error", path=path, reason=error.orig) from error
    except sqlite3.OperationalError as error:
        raise StorageError("storage.file_error", path=path, reason=error) from error


def _build_beside(path: Path, seed: int, candidates: int, now: datetime, steps: "_Steps") -> DemoReport:
    building = path.with_name(f".{path.name}.{os.getpid()}.building")
    # Some two million objects that all stay: looking for garbage among them takes a quarter of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        _sweep(path)
        floor, called = _invent(seed, candidates, now, steps)
        _write(building, floor, steps)
        _put_in_place(building, path)
    finally:
        if collecting:
            gc.enable()
        _remove(building)
    steps.finish()
    rows = {str(model.__tablename__): len(found) for model, found in floor.rows.items()}
    return DemoReport(path, seed, floor.now, candidates, called, rows)


class _Steps:
    """Tells how far it is: half of the way is inventing, half is writing."""

    def __init__(self, candidates: int, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._total = 2 * candidates
        self._half = candidates
        self._progress = progress or _silent
        self._cancelled = cancelled or _never
        self._invented = 0
        self._shown = -1

    def invent(self, weight: float = 0.5) -> None:
        """One more person (half of it) was invented, or called."""
        self._invented += 1
        self._show(min(self._half, int(self._invented * weight)))

    def write(self, done: int, rows: int) -> None:
        """So many of all rows were written."""
        self._show(self._half + self._half * done // rows)

    def finish(self) -> None:
        """All is done."""
        self._progress(self._total, self._total)

    def _show(self, done: int) -> None:
        if done - self._shown < 100:
            return
        self._shown = done
        if self._cancelled():
            raise DeskError("demo.cancelled")
        self._progress(done, self._total)


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def _never() -> bool:
    return False


def _invent(seed: int, candidates: int, now: datetime, steps: _Steps) -> tuple[Floor, int]:
    floor = Floor(seed, candidates, now)
    team = Team(floor)
    people = []
    registered = People(floor, team.supervisors[0])
    for person in registered.register():
        people.append((person, open_entry(floor, person)))
        steps.invent()
    queue, intakes = Queue(floor, team), Intakes(floor)
    calls = Calls(floor, team, queue, intakes)
    calls.make(people, steps.invent)
    queue.hand_out([entry for _, entry in people if entry["state"] == "ready" and entry["kind"] != "email"])
    Demand(floor, team.recruiters).make(intakes.completed, lambda: None)
    registered.second_forms.ask()
    supervise(floor, team, [person for person, _ in people])
    team.take_breaks()
    kept = {"now": floor.now.isoformat(), "seed": seed, "candidates": candidates, "version": DEMO_VERSION}
    floor.add(Setting, floor.now, key=PRACTICE, value=kept, updated_at=floor.now)
    return floor, calls.called


def _write(path: Path, floor: Floor, steps: _Steps) -> None:
    """Write all rows into a new file; nothing is at stake in it, so the driver need not be careful."""
    from db.engine import open_engine
    from db.migrations import prepare

    engine = open_engine(f"sqlite:///{path}")
    prepare(engine, lambda: floor.now)
    engine.dispose()
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in WHILE_BUILDING:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        indexes = _set_indexes_aside(connection)
        _insert_all(connection, engine.dialect, floor, steps)
        for statement in indexes:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _set_indexes_aside(connection: sqlite3.Connection) -> list[str]:
    """Drop the indexes, and give the statements that make them again: sorted at the end they cost half."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    found = connection.execute(query).fetchall()
    for name, _ in found:
        connection.execute(f'DROP INDEX "{name}"')
    return [statement for _, statement in found]


def _insert_all(connection: sqlite3.Connection, dialect: sa.Dialect, floor: Floor, steps: _Steps) -> None:
    total = sum(map(len, floor.rows.values()))
    done = 0
    for table, rows in _in_order(floor):
        insert = bulk_insert(table, dialect)
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            connection.executemany(insert.statement, insert.parameters(chunk))
            done += len(chunk)
            steps.write(done, total)


def _in_order(floor: Floor) -> Iterator[tuple[sa.Table, list[Row]]]:
    """Every table with its rows, those that others point to first."""
    by_table = {
        SQLModel.metadata.tables[str(model.__tablename__)]: rows for model, rows in floor.rows.items()
    }
    for table in SQLModel.metadata.sorted_tables:
        if by_table.get(table):
            yield table, by_table[table]


def _put_in_place(building: Path, path: Path) -> None:
    """Replace the file; what the old one left in its journal must never be read into the new one."""
    try:
        for suffix in SIDE_FILES:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        building.replace(path)
    except PermissionError as error:
        raise StorageError("demo.in_use", path=str(path)) from error


def _sweep(path: Path) -> None:
    """Throw away what builds that were killed have left; a younger one may still be at work."""
    for left in path.parent.glob(f".{escape(path.name)}.*.building*"):
        if time.time() - left.stat().st_mtime > ABANDONED_SECONDS:
            left.unlink(missing_ok=True)


def _remove(building: Path) -> None:
    for suffix in ("", *SIDE_FILES):
        building.with_name(building.name + suffix).unlink(missing_ok=True)
