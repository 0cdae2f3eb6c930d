"""Where the program keeps its things on this machine."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

APP_NAME = "ehvdz"
_PASSWORD = re.compile(r"(?<=://)(?P<user>[^:/@]*):[^/]*@")
_PASSWORD_OPTION = re.compile(r"(?P<option>[?&](?:ssl)?password)=[^&]*")


@dataclass(frozen=True, slots=True)
class Paths:
    """Every place the program reads or writes by itself."""

    settings: Path
    """What this person set; `EHVDZ_CONFIG` names another."""
    database: Path
    """The database when none is named."""
    practice: Path
    """The folder of the practice floors, kept apart from real candidates."""
    backups: Path
    exports: Path
    """The folder for files that go out."""
    log: Path
    """Where a crash is written down."""


def find_paths(environment: Mapping[str, str]) -> Paths:
    """The places for this person on this system; nothing is made."""
    from platformdirs import PlatformDirs

    folders = PlatformDirs(APP_NAME, appauthor=False)
    named = environment.get("EHVDZ_CONFIG", "").strip()
    data = folders.user_data_path
    return Paths(
        settings=Path(named).expanduser().absolute() if named else folders.user_config_path / "settings.toml",
        database=data / "ehvdz.db",
        practice=data / "practice",
        backups=data / "backups",
        exports=data / "exports",
        log=folders.user_log_path / "ehvdz.log",
    )


def database_file(database: str) -> Path | None:
    """The file behind a database as it was named, or None when it lives on a server."""
    if database.startswith("sqlite:///"):
        return Path(database.removeprefix("sqlite:///")).expanduser().absolute()
    return None if "://" in database else Path(database).expanduser().absolute()


def shown_database(database: str) -> str:
    """The database as it may be shown: without a password."""
    return _PASSWORD_OPTION.sub(r"\g<option>=***", _PASSWORD.sub(r"\g<user>:***@", database))
