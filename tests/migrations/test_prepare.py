"""What a start does to the schema: nothing, make it, bring it up to date, or refuse."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from db.engine import open_engine
from db.errors import StorageError
from db.migrations import HEAD, create, prepare
from db.migrations.upgrade import upgrade
from tests.conftest import TestClock
from tests.crash.programs import quick_programs
from tests.migrations.starter import start
from tests.stores.rows import add_user

NEXT = """
import os, signal
import sqlalchemy as sa
from alembic import op
revision = "0002"
down_revision = "0001"

def upgrade():
    op.add_column("user_account", sa.Column("nickname", sa.String(), nullable=True))
    with op.batch_alter_table("user_account") as batch:
        batch.alter_column("team", existing_type=sa.String(), type_=sa.String(80))
    {trouble}
"""


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    create(engine)
    with engine.begin() as connection:
        add_user(connection, "Kim")
    yield engine
    engine.dispose()


def versions(folder: Path, trouble: str = "pass") -> Path:
    """The released versions, and one more that may go wrong half-way."""
    folder.mkdir(exist_ok=True)
    released = Path(sys.modules["db.migrations"].__file__ or "").parent / "versions" / "v0001_first_schema.py"
    (folder / released.name).write_text(released.read_text())
    (folder / "v0002.py").write_text(NEXT.format(trouble=trouble))
    return folder


def columns(engine: Engine) -> set[str]:
    return {column["name"] for column in sa.inspect(engine).get_columns("user_account")}


def version(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def people(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM user_account").scalar() or 0)


def test_an_empty_database_gets_the_schema(database_url: str, clock: TestClock) -> None:
    engine = open_engine(database_url)
    prepare(engine, clock)
    assert version(engine) == HEAD
    engine.dispose()


def test_a_current_database_is_opened_without_alembic(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from db.desk.desk import open_desk;"
        "open_desk(Path(sys.argv[1])).close(); sys.exit('alembic' in sys.modules)"
    )
    for _ in ("made", "opened again"):
        assert (
            subprocess.run([sys.executable, "-c", program, tmp_path / "desk.db"], check=False).returncode == 0
        )


def test_an_upgrade(engine: Engine, clock: TestClock, tmp_path: Path) -> None:
    upgrade(engine, clock, "0002", versions(tmp_path / "versions"))
    assert version(engine) == "0002"
    assert "nickname" in columns(engine)
    assert people(engine) == 1


def test_an_upgrade_that_another_program_did_already(
    engine: Engine, clock: TestClock, tmp_path: Path
) -> None:
    upgrade(engine, clock, "0002", versions(tmp_path / "versions"))
    upgrade(engine, clock, "0002", versions(tmp_path / "versions", "raise RuntimeError"))
    assert version(engine) == "0002"


def test_an_upgrade_that_fails_half_way_never_was(engine: Engine, clock: TestClock, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="half-way"):
        upgrade(engine, clock, "0002", versions(tmp_path / "versions", "raise RuntimeError('half-way')"))
    assert (version(engine), "nickname" in columns(engine), people(engine)) == ("0001", False, 1)
    upgrade(engine, clock, "0002", versions(tmp_path / "again"))
    assert (version(engine), "nickname" in columns(engine), people(engine)) == ("0002", True, 1)


def test_an_upgrade_that_would_break_a_reference_never_was(clock: TestClock, tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'desk.db'}")
    create(engine)
    orphan = "op.execute(\"INSERT INTO pause (id, at, user_id, reason) VALUES ('1', '', '2', '')\")"
    with pytest.raises(RuntimeError, match="refer to nothing"):
        upgrade(engine, clock, "0002", versions(tmp_path / "versions", orphan))
    assert version(engine) == "0001"
    engine.dispose()


def test_a_program_killed_during_the_upgrade(engine: Engine, clock: TestClock, tmp_path: Path) -> None:
    program = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path;"
        "from db.engine import open_engine; from db.migrations.upgrade import upgrade;"
        "upgrade(open_engine(sys.argv[1]), lambda: datetime.now(UTC), '0002', Path(sys.argv[2]))"
    )
    url = engine.url.render_as_string(hide_password=False)
    trouble = versions(tmp_path / "versions", "os.kill(os.getpid(), signal.SIGKILL)")
    killed = subprocess.run([sys.executable, "-c", program, url, trouble], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (version(engine), "nickname" in columns(engine)) == ("0001", False)
    upgrade(engine, clock, "0002", versions(tmp_path / "again"))
    assert (version(engine), people(engine)) == ("0002", 1)


def test_a_backup_is_made_first_and_three_are_kept(clock: TestClock, tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'desk.db'}")
    create(engine)
    with engine.begin() as connection:
        add_user(connection, "Kim")
    for _ in range(5):
        clock.forward(minutes=1)
        with pytest.raises(RuntimeError):
            upgrade(engine, clock, "0002", versions(tmp_path / "versions", "raise RuntimeError"))
    engine.dispose()
    backups = sorted(tmp_path.glob("*.before-*"))
    assert [path.name for path in backups] == [f"desk.before-0002-20200507T080{n}00.db" for n in (3, 4, 5)]
    with sqlite3.connect(backups[-1]) as backup:
        assert backup.execute("SELECT name FROM user_account").fetchall() == [("Kim",)]
    backup.close()


@pytest.mark.parametrize("stored", ["0002", "9999", "from-elsewhere"])
def test_a_newer_database_is_left_alone(engine: Engine, clock: TestClock, stored: str) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :stored"), {"stored": stored})
    with pytest.raises(StorageError) as refused:
        prepare(engine, clock)
    assert refused.value.key == "storage.newer_version"
    assert refused.value.params["found"] == stored


def test_a_version_that_never_was(engine: Engine, clock: TestClock) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(StorageError, match="newer_version"):
        prepare(engine, clock)


@pytest.mark.parametrize("version", ["(version_num TEXT)", "(version_num INTEGER)", "(revision TEXT)", None])
def test_somebody_elses_tables_are_left_alone(
    database_url: str, clock: TestClock, version: str | None
) -> None:
    engine = sa.create_engine(database_url)
    table = f"alembic_version {version}" if version else "recipe (name TEXT)"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE {table}")
        connection.exec_driver_sql(f"INSERT INTO {table.split(maxsplit=1)[0]} VALUES (1)")
    engine.dispose()
    ours = open_engine(database_url)
    with pytest.raises(StorageError, match="not_ours"):
        prepare(ours, clock)
    assert sa.inspect(engine).get_table_names() == [table.split(maxsplit=1)[0]]
    ours.dispose()
    engine.dispose()


@pytest.mark.xdist_group("crash")  # beside the others that start quick programs
def test_programs_that_start_together_on_nothing(database_url: str) -> None:
    quick = quick_programs()
    together = quick.Barrier(4)
    programs = [quick.Process(target=start, args=(database_url, together)) for _ in range(4)]  # type: ignore[attr-defined]
    for each in programs:
        each.start()
    for each in programs:
        each.join()
    assert [each.exitcode for each in programs] == [0, 0, 0, 0]
    engine = open_engine(database_url)
    assert version(engine) == HEAD
    engine.dispose()


def test_the_look_at_start_costs_nothing_to_speak_of(sqlite_made: Path, clock: TestClock) -> None:
    engine = open_engine(f"sqlite:///{sqlite_made}")
    statements: list[str] = []
    prepare(engine, clock)
    sa.event.listen(engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    prepare(engine, clock)
    engine.dispose()
    assert len(statements) == 3, statements
    assert statements[0] == "BEGIN IMMEDIATE"


@pytest.fixture
def sqlite_made(tmp_path: Path) -> Path:
    engine = open_engine(f"sqlite:///{tmp_path / 'desk.db'}")
    create(engine)
    engine.dispose()
    return tmp_path / "desk.db"
