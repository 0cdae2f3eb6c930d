"""The table of the benchmarks says what was measured, and grown desks hold together."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks import databases
from benchmarks.results import Result, table
from db.demo import build_demo


@pytest.mark.parametrize(
    ("result", "ratio", "within"),
    [
        (Result("start", 1, 700, 400, "ms", 2.0, on_ratio=True), 1.75, True),
        (Result("start", 1, 900, 400, "ms", 2.0, on_ratio=True), 2.25, False),
        (Result("import", 1, 2_000, 8_000, "rows/s", 2_250, more_is_better=True), 4, False),
        (Result("claims", 1, 400, 600, "/s", 2.0, on_ratio=True, more_is_better=True), 1.5, True),
        (Result("memory", 1, 90, 30, "MB"), 3, None),
    ],
)
def test_ratio_and_verdict(result: Result, ratio: float, within: bool | None) -> None:
    assert result.ratio == pytest.approx(ratio)
    assert result.within is within


def test_the_table_lines_up() -> None:
    lines = table([Result("start", 22_500, 700, 400, "ms", 2.0, on_ratio=True)]).splitlines()
    assert lines[2].split() == ["start", "22,500", "700", "ms", "400", "ms", "1.75×", "≤", "2×", "met"]
    assert lines[0].index("floor") == lines[2].index("400")


def test_a_grown_desk_has_everybody_again_under_other_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "BASE", 120)
    base, grown = tmp_path / "base.db", tmp_path / "grown.db"
    build_demo(base, candidates=120, now=datetime(2020, 5, 7, 8, tzinfo=UTC))
    databases._grow(base, grown, 300)
    with closing(sqlite3.connect(grown)) as connection:
        assert connection.execute("SELECT count(*) FROM candidate").fetchone() == (300,)
        assert connection.execute("SELECT count(*) FROM queue_entry").fetchone() == (300,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert "uq_queue_entry_open" in names
