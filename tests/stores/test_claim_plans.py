"""The claim stays on its indexes, however many wait and whatever the planner has learnt of them."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from db.engine import open_engine
from db.migrations import create
from db.models import QueueEntry
from db.rules.groups import TRAINEE, Groups
from db.stores import claims, promotion
from tests.conftest import NOW
from tests.stores.rows import fresh_postgresql

MILLION = 1_000_000
TEAM = 60_000
REGION_A, REGION_B = "rotterdam", "utrecht"
ME = UUID(int=1)
READY, REGION = "ix_queue_entry_ready", "ix_queue_entry_ready_region"
DUE, SCHEDULED, CLAIMED = "ix_queue_entry_due", "ix_queue_entry_scheduled", "ix_queue_entry_claimed_until"
SQLITE = {
    # Short ones: nothing reads them back, and half the bytes are half the time.
    "id": "printf('%06x', i)",
    "candidate_id": "printf('%06x', i)",
    "registered_at": "'2020-05-01'",
    "moment": "'2020-05-07'",
}
POSTGRESQL = {
    "id": "lpad(to_hex(i), 32, '0')::uuid",
    "candidate_id": "lpad(to_hex(i), 32, '0')::uuid",
    "registered_at": "timestamptz '2020-05-01 08:00Z' + i * interval '1 second'",
    "moment": "timestamptz '2020-05-01 08:00Z' + i * interval '1 second'",
}
NARROW = Groups(only_kinds=("new", "retry"), not_priorities=(1, 4), not_languages=("other",))
SCANS = re.compile(r"SCAN (queue_entry|due|ready|in_region|vested|expired|overdue)")
STATES = "CASE i % 1000 WHEN 1 THEN 'scheduled' WHEN 2 THEN 'due' WHEN 3 THEN 'claimed' ELSE 'ready' END"


def _fill(count: int, dialect: dict[str, str]) -> str:
    """SQL that makes so many entries, nearly all of them ready: where a planner would like to scan."""
    row = QueueEntry(
        candidate_id=ME, region_code=REGION_A, registered_at=NOW, created_at=NOW, updated_at=NOW
    ).model_dump(exclude_none=True)
    columns = {name: repr(str(value) if name.endswith("_at") else value) for name, value in row.items()}
    columns |= {name: text for name, text in dialect.items() if name != "moment"}
    columns |= {"state": STATES, "priority_group": f"1 + i * 4 / {count + 1}", "vests_at": dialect["moment"]}
    columns |= {"claimed_until": dialect["moment"], "region_code": f"'region_' || (i * 25 / {count + 1})"}
    series = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    return (
        f"INSERT INTO queue_entry ({', '.join(columns)}) {series} SELECT {', '.join(columns.values())} FROM n"
    )


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A million entries in SQLite; made without the care that data of people would need."""
    path: Path = tmp_path_factory.mktemp("plans") / "desk.db"
    engine = open_engine(f"sqlite:///{path}")
    create(engine)
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        for setting in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-300000", "threads=2"):
            raw.execute(f"PRAGMA {setting}")
        of_table = "type = 'index' AND tbl_name = 'queue_entry' AND sql IS NOT NULL"
        indexes = raw.execute(f"SELECT name, sql FROM sqlite_master WHERE {of_table}").fetchall()
        raw.execute("PRAGMA journal_mode=OFF")
        for name, _ in indexes:
            raw.execute(f"DROP INDEX {name}")
        raw.execute(_fill(MILLION, SQLITE))
        for _, sql in indexes:
            raw.execute(sql)
    yield engine
    engine.dispose()
    path.unlink()


@pytest.fixture(scope="module")
def team(postgresql_server: str) -> Iterator[Engine]:
    """A team's database on PostgreSQL, with statistics."""
    engine = open_engine(fresh_postgresql(postgresql_server))
    create(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(_fill(TEAM, POSTGRESQL).replace("%", "%%"))
        connection.exec_driver_sql("ANALYZE queue_entry")
    yield engine
    engine.dispose()


def plan(engine: Engine, statement: sa.Executable) -> str:
    """How the engine would run a statement of the claim."""
    values = {
        "me": ME,
        "now": NOW,
        "until": NOW,
        "overdue": NOW - timedelta(days=9),
        "entry": ME,
        "epoch": 1,
        "promised_since": NOW,
    }
    values |= {"region_0": REGION_A, "region_1": REGION_B, "passed_over": [UUID(int=7)]}
    explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "

    def explained(*call: Any) -> tuple[str, Any]:  # noqa: ANN401  # what SQLAlchemy hands over
        return explain + call[2], call[3]

    with engine.connect() as connection:
        sa.event.listen(connection, "before_cursor_execute", explained, retval=True)
        result = connection.execute(statement, values)
        assert result.context is not None
        rows = result.context.cursor.fetchall()
        connection.rollback()
    return "\n".join(str(row[-1]) for row in rows)


def check(engine: Engine) -> None:
    """Every statement of the claim, with the indexes that it must stand on, and no scan of the table."""
    on_postgresql = engine.dialect.name == "postgresql"
    narrow = claims._claim_next(0, True, False, on_postgresql, NARROW)
    expected: list[tuple[sa.Executable, set[str]]] = [
        (claims._claim_next(0, True, False, on_postgresql), {DUE, READY}),
        (claims._claim_next(0, True, True, on_postgresql), {DUE, READY}),
        (claims._claim_next(2, True, True, on_postgresql), {DUE, READY, REGION}),
        (claims._claim_next(2, False, False, on_postgresql), {DUE}),
        (claims._claim_next(0, True, False, on_postgresql, TRAINEE), {DUE, READY}),
        (claims._claim_next(2, True, False, on_postgresql, TRAINEE), {DUE, READY, REGION}),
        (narrow, {DUE, READY}),
        (claims._claim_next(2, True, True, on_postgresql, NARROW), {DUE, READY, REGION}),
        (promotion._look(), {SCHEDULED, CLAIMED, DUE}),
        (promotion._promote_vested(), {SCHEDULED}),
        (promotion._promote_expired(), {CLAIMED}),
        (promotion._release_overdue(), {DUE}),
        (claims._claim_entry(), set()),
        (claims._release(), set()),
        (claims._give_back_ended(), set()),
        (claims._renew(), set()),
    ]
    for statement, indexes in expected:
        steps = plan(engine, statement)
        assert "Seq Scan" not in steps, steps
        assert not {"SCAN queue_entry", "SCAN ready", "SCAN due", "SCAN vested"} & set(steps.split("\n")), (
            steps
        )
        heads = REGION in indexes or statement is narrow
        assert "B-TREE" not in steps or heads, steps
        for index in indexes:
            assert f" {index} " in steps, steps


@pytest.mark.xdist_group("million")
def test_a_million_entries_before_and_after_analyze(million: Engine) -> None:
    check(million)
    with million.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    check(million)


def test_postgresql_with_statistics(team: Engine) -> None:
    check(team)
