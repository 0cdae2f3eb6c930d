"""Every way in which a database cannot be opened, in a sentence, with nothing touched."""

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from db import engine as engine_module
from db import migrations, sqlite_files
from db.desk.desk import open_desk
from db.errors import StorageError
from db.texts import LANGUAGES, Texts
from tests.conftest import TestClock

NOBODY = 65534


@pytest.fixture
def database(tmp_path: Path, clock: TestClock) -> Path:
    """A desk's database with Kim in it, closed."""
    path = tmp_path / "desk.db"
    desk = open_desk(path, clock)
    desk.users.sign_in_now("Kim", "caller")
    desk.close()
    return path


def refusal(database: Path | str, clock: TestClock) -> StorageError:
    with pytest.raises(StorageError) as refused:
        open_desk(database, clock)
    for language in LANGUAGES:
        assert len(Texts(language).error(refused.value)) > 40
    return refused.value


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def text(path: Path) -> None:
    path.write_text("Dit is een brief, geen database.\n" * 9)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:10_000])


def overwritten(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 4000)


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.commit()


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (name)")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (text, "storage.not_a_database"),
        (truncated, "storage.corrupt"),
        (overwritten, "storage.corrupt"),
        (newer, "storage.newer_version"),
        (foreign, "storage.not_ours"),
        (folder, "storage.is_a_folder"),
    ],
)
def test_a_file_that_is_no_desk(
    database: Path, clock: TestClock, spoil: Callable[[Path], None], key: str
) -> None:
    spoil(database)
    before = contents(database.parent)
    assert refusal(database, clock).key == key
    assert contents(database.parent) == before


def test_a_missing_folder_is_not_made(tmp_path: Path, clock: TestClock) -> None:
    assert refusal(tmp_path / "typo" / "desk.db", clock).key == "storage.no_folder"
    assert not (tmp_path / "typo").exists()


def test_an_empty_file_is_a_new_database(tmp_path: Path, clock: TestClock) -> None:
    (tmp_path / "desk.db").touch()
    desk = open_desk(tmp_path / "desk.db", clock)
    assert desk.users.sign_in_now("Kim").name == "Kim"
    desk.close()


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Another program in the middle of a long change."""
    program = (
        "import sqlite3, sys; connection = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "connection.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", program, database], stdin=pipe, stdout=pipe) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"held\n"
        yield
        other.stdin.close()


def test_a_database_that_another_program_keeps_busy(
    database: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (engine_module, migrations):
        monkeypatch.setattr(module, "START_SECONDS", 0)
    with held(database):
        assert refusal(database, clock).key == "storage.busy"
    open_desk(database, clock).close()


def test_what_a_crash_left_is_checked(
    database: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    check = sqlite_files.require_whole

    def watched(connection: sqlite3.Connection, kind: str, path: Path) -> None:
        checked.append(kind)
        check(connection, kind, path)

    monkeypatch.setattr(sqlite_files, "require_whole", watched)
    desk = open_desk(database, clock)
    desk.users.sign_in_now("Noor")
    assert checked == []
    copy = database.with_name("crashed.db")
    for end in ("", "-wal"):
        copy.with_name(f"{copy.name}{end}").write_bytes(
            database.with_name(f"{database.name}{end}").read_bytes()
        )
    desk.close()
    crashed = open_desk(copy, clock)
    assert checked == ["quick_check"]
    assert crashed.users.sign_in_now("Noor").name == "Noor"
    crashed.close()


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """A disk that gives out while the first database is made: a sentence, and another try later works."""
    program = """
import resource, signal, sys
from pathlib import Path
from db.desk.desk import open_desk
from db.errors import StorageError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
try:
    open_desk(Path(sys.argv[1]))
except StorageError as error:
    print(error.key)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
open_desk(Path(sys.argv[1])).close()
"""
    command = [sys.executable, "-c", program, str(tmp_path / "desk.db")]
    done = subprocess.run(command, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() in {"storage.full", "storage.io"}


def test_a_change_that_no_longer_fits_is_refused_whole(database: Path, clock: TestClock) -> None:
    desk = open_desk(database, clock)
    with desk.lane.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.rollback()
        assert connection.connection.driver_connection is not None
        connection.connection.driver_connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StorageError, match="full"):
        _ = [desk.users.sign_in_now(f"{number:04} " + "x" * 70) for number in range(2000)]
    desk.close()
    again = open_desk(database, clock)
    again.users.sign_in_now("Kim")
    again.close()


def as_nobody(database: Path) -> str:
    """The key of the refusal that somebody without rights gets; the administrator may do anything."""
    program = f"""
import os, sys
from pathlib import Path
import db.desk.desk, db.migrations.upgrade
from db.errors import StorageError
if os.getuid() == 0:
    os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
try:
    db.desk.desk.open_desk(Path(sys.argv[1])).close()
except StorageError as error:
    print(error.key)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, database], text=True, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "key"),
    [
        (0o444, 0o777, "storage.read_only"),
        (0o666, 0o555, "storage.folder_read_only"),
        (0o000, 0o777, "storage.unreadable"),
        (0o666, 0o777, ""),
    ],
)
def test_rights(clock: TestClock, file_mode: int, folder_mode: int, key: str) -> None:
    # Not below pytest's own folder, where nobody but its owner may come.
    with tempfile.TemporaryDirectory() as top:
        folder, database = Path(top) / "desk", Path(top) / "desk" / "desk.db"
        folder.mkdir()
        open_desk(database, clock).close()
        before = database.read_bytes()
        Path(top).chmod(0o755)
        database.chmod(file_mode)
        folder.chmod(folder_mode)
        try:
            assert as_nobody(database) == key
        finally:
            folder.chmod(0o777)
            database.chmod(0o666)
        assert not key or database.read_bytes() == before


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("postgresql://kim:secret@localhost:1/desk", "storage.server_silent"),
        ("oracle7://kim@localhost/desk", "storage.bad_address"),
        ("://", "storage.bad_address"),
        ("sqlite://", "storage.bad_address"),
        ("sqlite+pysqlite:///desk.db", "storage.bad_address"),
        ("mysql://kim:secret@localhost/desk", "storage.bad_address"),
        ("postgresql+asyncpg://localhost/desk", "storage.bad_address"),
        ("postgresql://kim:secret@localhost:port/desk", "storage.bad_address"),
        ("postgresql://kim:sec/secret@localhost:port/desk", "storage.bad_address"),
        ("mysql://localhost/desk?password=secret", "storage.bad_address"),
        ("postgres://kim:secret@localhost:1/desk", "storage.server_silent"),
    ],
)
def test_an_address_that_leads_nowhere(address: str, key: str, clock: TestClock) -> None:
    refused = refusal(address, clock)
    assert refused.key == key
    assert "secret" not in str(refused)


@pytest.mark.parametrize("name", ["desk?mode=ro.db", "desk#1.db", "100%20sure.db", "a b.db"])
@pytest.mark.parametrize("kind", ["", "sqlite:///"])
def test_a_path_is_taken_letter_by_letter(kind: str, name: str, tmp_path: Path, clock: TestClock) -> None:
    if sys.platform == "win32":
        name = name.replace("?", "!")
    open_desk(f"{kind}{tmp_path / name}", clock).close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_server_that_refuses(postgresql_server: str, clock: TestClock) -> None:
    server = sa.make_url(postgresql_server).set(drivername="postgresql")
    shown = server.set(database="nowhere").render_as_string(hide_password=False)
    assert refusal(shown, clock).key == "storage.server_no_database"
    stranger = server.set(username="stranger").render_as_string(hide_password=False)
    assert refusal(stranger, clock).key == "storage.server_refused"
