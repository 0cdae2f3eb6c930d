"""The practice floor, built in a process of its own."""

import multiprocessing
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.demo import apart, build_demo
from db.demo.apart import build_demo_apart
from db.errors import StorageError

NOW = datetime(2020, 5, 7, 8, 0, tzinfo=UTC)


def people(path: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT id, sort_name, phone, status FROM candidate ORDER BY id").fetchall()
    finally:
        connection.close()


def test_it_is_the_same_floor(tmp_path: Path) -> None:
    there, here = tmp_path / "apart.db", tmp_path / "here.db"
    seen: list[tuple[int, int]] = []
    build_demo_apart(
        there, seed=3, candidates=250, now=NOW, progress=lambda done, total: seen.append((done, total))
    )
    build_demo(here, seed=3, candidates=250, now=NOW)
    assert people(there) == people(here)
    assert seen == sorted(seen)
    assert seen[-1] == (500, 500)


def test_what_fails_there_is_told_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StorageError("demo.in_use", path="practice.db")

    monkeypatch.setattr("db.demo.build_demo", fail)
    here, there = multiprocessing.Pipe(duplex=False)
    apart._build(there, tmp_path / "practice.db", 1, 20, NOW)
    there.close()
    assert apart._follow(here, None) == (StorageError, "demo.in_use", {"path": "practice.db"})


def test_a_builder_that_is_killed_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    path.write_bytes(b"what was there")

    def kill(_done: int, _total: int) -> None:
        for builder in multiprocessing.active_children():
            builder.kill()

    with pytest.raises(StorageError, match=r"demo\.stopped"):
        build_demo_apart(path, candidates=2_000, now=NOW, progress=kill)
    assert path.read_bytes() == b"what was there"


def test_a_builder_that_nobody_follows_cleans_up(tmp_path: Path) -> None:
    def leave(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_demo_apart(tmp_path / "practice.db", candidates=2_000, now=NOW, progress=leave)
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"storage\.file_error.*File exists"):
        build_demo_apart(tmp_path / "file" / "practice.db", candidates=20, now=NOW)
