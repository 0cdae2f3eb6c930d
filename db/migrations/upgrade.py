"""Bringing an older database up to date: a verified backup, then everything or nothing."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from db.clock import Clock
from db.engine import open_engine
from db.errors import StorageError
from db.migrations import HEAD, lock_schema, sqlite_file
from db.sqlite_files import copy_whole, require_room

SCRIPTS = Path(__file__).parent
KEPT_BACKUPS = 3


def settings(connection: sa.Connection | None = None, versions: Path | None = None) -> Config:
    """Alembic's settings, in code: there is no ini file to lose."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    if versions is not None:
        config.set_main_option("version_locations", str(versions).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, clock: Clock, target: str = HEAD, versions: Path | None = None) -> None:
    """Upgrade in one transaction, after a backup; nothing when another program just did.

    Raises StorageError when the database has a version that this program never knew.
    """
    # An engine of its own: foreign keys cannot be switched off inside a transaction, nor in a shared one.
    own = open_engine(engine.url)
    try:
        with own.connect() as connection:
            _without_foreign_keys(connection)
            lock_schema(connection)
            version = _version(connection)
            if version == target:
                return
            _require_known(version, settings(versions=versions), engine)
            _back_up(sqlite_file(engine), target, clock())
            command.upgrade(settings(connection, versions), target)
            _check_foreign_keys(connection)
            connection.commit()
    finally:
        own.dispose()


def _without_foreign_keys(connection: sa.Connection) -> None:
    # Rebuilding a table that others refer to fails otherwise; they are checked before the commit instead.
    if connection.dialect.name == "sqlite":
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")


def _version(connection: sa.Connection) -> str:
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def _require_known(version: str, config: Config, engine: Engine) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version not in known:
        raise StorageError("storage.newer_version", path=engine.url.database, found=version, known=HEAD)


def _back_up(file: Path | None, target: str, now: datetime) -> None:
    """Copy the file while the write lock is held: nothing is written between the backup and the upgrade."""
    if file is None:
        return
    moment = now.astimezone(UTC).strftime("%Y%m%dT%H%M%S")
    copy = file.with_name(f"{file.stem}.before-{target}-{moment}.db")
    require_room(file, copy)
    copy_whole(file, copy)
    pattern = re.compile(re.escape(file.stem) + r"\.before-.+-(\d{8}T\d{6})\.db")
    ours = [(found[1], path) for path in file.parent.iterdir() if (found := pattern.fullmatch(path.name))]
    for _, path in sorted(ours)[:-KEPT_BACKUPS]:
        path.unlink()


def _check_foreign_keys(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the upgrade would leave {len(broken)} rows that refer to nothing")
