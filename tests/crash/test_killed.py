"""Killed at any moment: whatever the desk said was saved is there at the next start."""

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.desk.desk import open_desk
from db.engine import open_engine
from tests.conftest import TestClock
from tests.crash.caller import Acknowledged, Answered, Called, Failed, Served, add_people, work
from tests.crash.programs import quick_programs

KILLS = 200
PEOPLE = 3000
NAMES = ("Kim", "Noor")


@pytest.fixture(scope="module")
def programs() -> BaseContext:
    return quick_programs()


@dataclass
class Seat:
    """A caller's program, and what it acknowledged so far."""

    name: str
    program: BaseProcess
    pipe: Connection
    heard: list[Acknowledged] = field(default_factory=list)

    def listen(self, until: int) -> None:
        """Wait until it acknowledged so many things; fewer when it ended."""
        while len(self.heard) < until:
            try:
                self.heard.append(self.pipe.recv())
            except EOFError:
                return

    def kill(self) -> list[Acknowledged]:
        """Kill it; everything it ever acknowledged."""
        self.program.kill()
        self.program.join()
        while True:
            try:
                self.heard.append(self.pipe.recv())
            except (EOFError, OSError):
                self.pipe.close()
                return self.heard


def start(programs: BaseContext, database: Path | str, name: str, seed: int) -> Seat:
    ours, theirs = programs.Pipe(duplex=False)
    program = programs.Process(target=work, args=(str(database), name, seed, theirs))  # type: ignore[attr-defined]
    program.start()
    theirs.close()
    return Seat(name, program, ours)


def check_nobody_was_served_twice(acknowledged: Iterable[Acknowledged]) -> int:
    """Each lease had one holder; the number of leases."""
    holders: dict[tuple[object, int], str] = {}
    for each in acknowledged:
        assert not isinstance(each, Failed), each.error
        if isinstance(each, Served):
            assert holders.setdefault((each.entry_id, each.epoch), each.name) == each.name
    return len(holders)


def check_everything_is_there(database: Path, acknowledged: list[Acknowledged]) -> None:
    engine = open_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
        notes = set(connection.exec_driver_sql("SELECT note FROM call_attempt").scalars())
        called = {each.note for each in acknowledged if isinstance(each, Called)}
        assert called <= notes
        # An outcome is its fact, its entry's state and its audit event, or nothing at all.
        halves = """
            SELECT count(*) FROM queue_entry AS e WHERE counted_attempts
            <> (SELECT count(*) FROM call_attempt AS a WHERE a.entry_id = e.id)
        """
        assert connection.exec_driver_sql(halves).scalar() == 0
        audited = "SELECT count(*) FROM audit_event WHERE action = 'queue.outcome'"
        assert connection.exec_driver_sql(audited).scalar() == len(notes)
        check_answers(connection, acknowledged)
    engine.dispose()


def check_answers(connection: sa.Connection, acknowledged: list[Acknowledged]) -> None:
    stored: dict[tuple[str, str], int] = {}
    rows = connection.exec_driver_sql(
        "SELECT i.id, j.key, json_extract(j.value, '$.value') FROM interview AS i, json_each(i.answers) AS j"
    )
    for interview, code, value in rows:
        if str(value).startswith("na "):
            stored[interview, code] = int(value.removeprefix("na "))
    answers = [each for each in acknowledged if isinstance(each, Answered)]
    assert answers
    for each in answers:
        assert stored[each.interview_id.hex, each.field] >= each.number


@pytest.mark.xdist_group("crash")
def test_killed_two_hundred_times(programs: BaseContext, tmp_path: Path, clock: TestClock) -> None:
    database = tmp_path / "desk.db"
    desk = open_desk(database, clock)
    add_people(desk, PEOPLE)
    desk.close()
    chance = random.Random(20200507)
    acknowledged: list[Acknowledged] = []
    for kill in range(KILLS):
        victim = start(programs, database, NAMES[kill % len(NAMES)], seed=kill)
        # From the first moments of the opening to the middle of any change, also of the first one.
        victim.listen(until=chance.choice((0, 0, 1, 1, 2, 4)))
        time.sleep(chance.random() * 0.02)
        acknowledged += victim.kill()
    assert check_nobody_was_served_twice(acknowledged) > KILLS // 4
    check_everything_is_there(database, acknowledged)


@pytest.mark.xdist_group("crash")
def test_three_programs_on_one_database(programs: BaseContext, database_url: str, clock: TestClock) -> None:
    desk = open_desk(database_url, clock)
    add_people(desk, 60)
    desk.close()
    seats = [start(programs, database_url, name, seed) for seed, name in enumerate((*NAMES, "Sam"), 1)]
    for seat in seats:
        seat.listen(until=1_000_000)
        seat.program.join()
    acknowledged = [each for seat in seats for each in seat.heard]
    assert check_nobody_was_served_twice(acknowledged) == 60
    assert sum(isinstance(each, Called) for each in acknowledged) == 60
