"""Backups made while the desk works, and put back."""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.desk.care import CareDesk
from db.desk.desk import Desk, open_desk
from db.errors import DeskError, StorageError
from tests.conftest import TestClock


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM user_account ORDER BY name")]


def database_of(desk: Desk) -> Path:
    return Path(desk.lane.engine.url.database or "")


async def test_a_backup_holds_everything_that_was_saved(sqlite_desk: Desk, tmp_path: Path) -> None:
    await sqlite_desk.users.sign_in("Noor")
    report = await sqlite_desk.care.backup(tmp_path / "copy.db")
    assert names(report.path) == ["Kim", "Noor"]
    assert report.rows >= 4
    assert report.size == report.path.stat().st_size
    assert [name for name in os.listdir(tmp_path) if name.startswith("copy")] == ["copy.db"]


async def test_the_desk_works_on_during_a_backup(sqlite_desk: Desk, tmp_path: Path) -> None:
    async def join(number: int) -> None:
        await sqlite_desk.users.sign_in(f"Caller {number}")

    backups = [sqlite_desk.care.backup(tmp_path / f"copy{number}.db") for number in range(4)]
    await asyncio.gather(*backups, *(join(number) for number in range(20)))
    for number in range(4):
        with closing(sqlite3.connect(tmp_path / f"copy{number}.db")) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(names(database_of(sqlite_desk))) == 21


async def test_a_backup_into_a_folder_is_named_after_the_moment(sqlite_desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    report = await sqlite_desk.care.backup(folder)
    assert report.path.name == "desk-20200507-100000.db"


async def test_nothing_is_overwritten(sqlite_desk: Desk, tmp_path: Path) -> None:
    taken = tmp_path / "letter.txt"
    taken.write_text("dear")
    with pytest.raises(DeskError, match="backup_exists"):
        await sqlite_desk.care.backup(taken)
    assert taken.read_text() == "dear"
    with pytest.raises(StorageError, match="no_folder"):
        await sqlite_desk.care.backup(tmp_path / "nowhere" / "copy.db")


async def test_a_server_is_backed_up_by_its_own_tools(desk: Desk, tmp_path: Path) -> None:
    if desk.lane.engine.dialect.name == "sqlite":
        assert (await desk.care.backup(tmp_path / "copy.db")).rows
        return
    with pytest.raises(DeskError, match="use_pg_dump"):
        await desk.care.backup(tmp_path / "copy.db")
    with pytest.raises(DeskError, match="use_pg_restore"):
        CareDesk.restore(tmp_path, desk.lane.engine.url.render_as_string())


@pytest.fixture
def backup(sqlite_desk: Desk, tmp_path: Path) -> Path:
    """A backup with Kim alone, made before Noor came; the desk is closed again."""
    report = sqlite_desk.care.backup_now(tmp_path / "copy.db")
    sqlite_desk.users.sign_in_now("Noor")
    sqlite_desk.close()
    return report.path


def test_restore(backup: Path, tmp_path: Path, clock: TestClock) -> None:
    database = tmp_path / "desk.db"
    report = CareDesk.restore(backup, database, clock)
    assert report.kept == tmp_path / "desk.replaced-20200507-100000.db"
    assert names(database) == ["Kim"]
    assert names(report.kept) == ["Kim", "Noor"]
    assert names(backup) == ["Kim"]
    open_desk(database, clock).close()


def test_restore_where_nothing_was(backup: Path, tmp_path: Path, clock: TestClock) -> None:
    assert CareDesk.restore(backup, tmp_path / "new.db", clock).kept is None
    assert names(tmp_path / "new.db") == ["Kim"]


def test_restore_is_refused_while_somebody_works(backup: Path, tmp_path: Path, clock: TestClock) -> None:
    database = tmp_path / "desk.db"
    desk = open_desk(database, clock)
    with pytest.raises(StorageError, match="in_use"):
        CareDesk.restore(backup, database, clock)
    desk.users.sign_in_now("Sam")
    desk.close()
    assert names(database) == ["Kim", "Noor", "Sam"]
    assert not list(tmp_path.glob("desk.replaced*"))


def test_restore_takes_what_a_crash_left_in_the_journal_along(
    backup: Path, tmp_path: Path, clock: TestClock
) -> None:
    database, crashed = tmp_path / "desk.db", tmp_path / "crashed.db"
    desk = open_desk(database, clock)
    desk.users.sign_in_now("Sam")
    for end in ("", "-wal"):
        crashed.with_name(f"crashed.db{end}").write_bytes(database.with_name(f"desk.db{end}").read_bytes())
    desk.close()
    kept = CareDesk.restore(backup, crashed, clock).kept
    assert kept is not None
    assert names(kept) == ["Kim", "Noor", "Sam"]
    assert names(crashed) == ["Kim"]


@pytest.mark.parametrize("damage", [b"", b"not a database at all", None])
def test_restore_over_a_ruin(backup: Path, tmp_path: Path, clock: TestClock, damage: bytes | None) -> None:
    database = tmp_path / "desk.db"
    ruin = database.read_bytes()[:100] + b"\xff" * 60_000 if damage is None else damage
    database.write_bytes(ruin)
    kept = CareDesk.restore(backup, database, clock).kept
    assert kept is not None
    assert kept.read_bytes() == ruin
    assert names(database) == ["Kim"]


def test_what_was_kept_before_stays_also_when_the_clock_stands_still(
    backup: Path, tmp_path: Path, clock: TestClock
) -> None:
    database = tmp_path / "desk.db"
    before = database.read_bytes()
    first, second = (CareDesk.restore(backup, database, clock).kept for _ in range(2))
    assert first is not None
    assert second is not None
    assert first != second
    assert first.read_bytes() == before


def test_nothing_is_put_in_the_place_of_a_folder(backup: Path, tmp_path: Path, clock: TestClock) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError, match="is_a_folder"):
        CareDesk.restore(backup, tmp_path / "folder", clock)
    assert not list(tmp_path.glob("*.restoring*"))


@pytest.mark.parametrize("address", ["mysql://x/y", "sqlite://", "postgresql://kim@localhost:x/desk"])
def test_nothing_is_put_back_at_an_address_that_is_none(backup: Path, address: str, clock: TestClock) -> None:
    with pytest.raises(StorageError, match="bad_address"):
        CareDesk.restore(backup, address, clock)


def test_what_is_no_backup_is_not_put_back(backup: Path, tmp_path: Path, clock: TestClock) -> None:
    database = tmp_path / "desk.db"
    before = database.read_bytes()
    text = tmp_path / "letter.db"
    text.write_text("dear")
    broken = tmp_path / "broken.db"
    broken.write_bytes(backup.read_bytes()[:20_000])
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE recipe (name)")
    cases = {
        tmp_path / "none.db": "no_backup",
        text: "bad_backup",
        broken: "bad_backup",
        foreign: "not_ours",
    }
    for path, key in cases.items():
        with pytest.raises(DeskError, match=key):
            CareDesk.restore(path, database, clock)
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StorageError, match="newer_version"):
        CareDesk.restore(backup, database, clock)
    assert database.read_bytes() == before
    assert not list(tmp_path.glob("desk.replaced*")) + list(tmp_path.glob("*.restoring*"))
