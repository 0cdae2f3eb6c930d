"""What makes the reports quick on many attempts: they are read from one index, and sorted by nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from db.desk.desk import Desk
from tests.support.people import add_attempt, add_candidate

READ_FROM = "SCAN call_attempt USING COVERING INDEX ix_call_attempt_candidate_id_at_outcome_id"


@contextmanager
def listening(desk: Desk) -> Iterator[dict[str, list[str]]]:
    """The plan of every statement that runs meanwhile."""
    plans: dict[str, list[str]] = {}
    kinds = ("SELECT", "INSERT", "CREATE")

    def explain(_connection: Any, cursor: Any, statement: str, given: Any, *_: Any) -> None:  # noqa: ANN401
        if statement.startswith(kinds):
            rows = cursor.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", given).fetchall()
            plans[statement] = [row[3] for row in rows]

    sa.event.listen(desk.lane.engine, "before_cursor_execute", explain)
    try:
        yield plans
    finally:
        sa.event.remove(desk.lane.engine, "before_cursor_execute", explain)


@pytest.mark.parametrize("name", ["weekly", "unheard", "persons"])
def test_attempts_are_read_from_one_index_and_not_sorted(sqlite_desk: Desk, name: str) -> None:
    add_attempt(sqlite_desk, add_candidate(sqlite_desk), "no_answer")
    with listening(sqlite_desk) as plans:
        sqlite_desk.reports.run_now(name)
    read = [plan for plan in plans.values() if any("SCAN call_attempt" in line for line in plan)]
    assert len(read) == 1
    assert READ_FROM in read[0]
    assert not any("TEMP B-TREE" in line for line in read[0])


def test_people_are_found_together_and_not_sorted_again(sqlite_desk: Desk) -> None:
    with listening(sqlite_desk) as plans:
        sqlite_desk.reports.run_now("weekly")
    by_person = [plan for words, plan in plans.items() if "GROUP BY figures_1.person_id" in words]
    assert len(by_person) == 2
    assert not any("TEMP B-TREE" in line for plan in by_person for line in plan)
