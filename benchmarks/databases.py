"""Call desks of any size, kept between runs in a folder outside the repository."""

import csv
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from db.demo import build_demo, demo_is_current

BASE = 22_500
NOW = datetime(2020, 5, 7, 8, 0, tzinfo=UTC)
NOW_GIVEN = "2020-05-07T10:00"
COPIED = (
    "candidate",
    "registration",
    "consent",
    "queue_entry",
    "call_attempt",
    "availability",
    "education",
    "experience",
)
"""What grows with the number of candidates; interviews and proposals do not bear on what is measured."""
POINTERS = ("id", "candidate_id", "entry_id")
SPECIAL = {
    "phone": "'+31970' || printf('%02d', :copy) || substr(phone, -6)",
    "phone_reversed": "backwards('31970' || printf('%02d', :copy) || substr(phone, -6))",
    "fingerprint": "fingerprint || ' ' || :copy",
    "given": "'{}'",
    "claimed_by": "NULL",
    "claimed_until": "NULL",
}
"""Columns that may not repeat: numbers of copies lie in a range for machines, which are nobody's either."""
STATE_OF_COPY = "CASE state WHEN 'claimed' THEN 'ready' ELSE state END"


class Databases:
    """Makes a desk of a size when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def of(self, size: int) -> Path:
        """The desk with so many candidates."""
        base = self._folder / f"desk-{BASE}.db"
        if not demo_is_current(base):
            build_demo(base, now=NOW)
            for outdated in self._folder.glob("*desk-*.db*"):
                if not outdated.name.startswith(base.name):
                    outdated.unlink()
        path = self._folder / f"desk-{size}.db"
        if size < BASE and not path.exists():
            build_demo(path, candidates=size, now=NOW)
        elif not path.exists():
            _grow(base, path, size)
        return path

    def derived(self, name: str, size: int, change: Callable[[Path, Path, int], None]) -> Path:
        """The same, changed by `change` (which gets the copy, the smallest desk and the size), and kept."""
        path = self._folder / f"{name}-desk-{size}.db"
        original = self.of(size)
        if not path.exists():
            changing = path.with_suffix(".changing")
            shutil.copyfile(original, changing)
            change(changing, self.of(BASE), size)
            changing.replace(path)
        return path

    def copy(self, size: int) -> Path:
        """The same, to be written in and thrown away."""
        path = self._folder / f"scratch-{size}.db"
        _remove(path)
        shutil.copyfile(self.of(size), path)
        return path

    def discard(self, path: Path) -> None:
        """Throw a copy away."""
        _remove(path)

    def registrations(self) -> Path:
        """A registration file of 22,500 other people."""
        path = self._folder / f"registrations-{BASE}.csv"
        if path.exists():
            return path
        others = self._folder / "others.db"
        build_demo(others, seed=2, now=NOW)
        with closing(sqlite3.connect(others)) as connection:
            found = connection.execute(
                "SELECT given FROM registration WHERE source <> 'wgo_regional' ORDER BY id"
            )
            rows = [json.loads(row[0]) for row in found]
        _remove(others)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _grow(base: Path, path: Path, size: int) -> None:
    """Copy everybody with new ids and numbers, again and again, until there are enough."""
    growing = path.with_suffix(".growing")
    growing.unlink(missing_ok=True)
    shutil.copyfile(base, growing)
    connection = sqlite3.connect(growing, isolation_level=None)
    connection.create_function("backwards", 1, lambda text: text and text[::-1], deterministic=True)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
        connection.execute(f"PRAGMA {pragma}")
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    # The originals are read where they are, or every copy would search through all copies before it.
    connection.execute("ATTACH ? AS base", (str(base),))
    copy, left = 1, size - BASE
    while left > 0:
        _copy_everybody(connection, copy, min(left, BASE))
        copy, left = copy + 1, left - BASE
    for _, statement in indexes:
        connection.execute(statement)
    connection.execute("DETACH base")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    growing.replace(path)


def _copy_everybody(connection: sqlite3.Connection, copy: int, count: int) -> None:
    """One copy of the first so many candidates and of all that is theirs."""
    connection.execute("BEGIN")
    for table in COPIED:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        owner = "id" if table == "candidate" else "candidate_id"
        taken = f"{owner} IN (SELECT id FROM base.candidate ORDER BY id LIMIT :count)"
        values = ", ".join(_value(table, name) for name in names)
        columns = ", ".join(f'"{name}"' for name in names)
        insert = f"INSERT INTO {table} ({columns}) SELECT {values} FROM base.{table} WHERE {taken}"
        connection.execute(insert, {"copy": copy, "count": count})
    connection.execute("COMMIT")


def _value(table: str, name: str) -> str:
    if name in POINTERS:
        # Eight digits, so that no id of the original has these by chance.
        return f"substr({name}, 1, 20) || printf('c0b1%04x', :copy) || substr({name}, 29)"
    if table == "queue_entry" and name == "state":
        return STATE_OF_COPY
    return SPECIAL.get(name, f'"{name}"')
