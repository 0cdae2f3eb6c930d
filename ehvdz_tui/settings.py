"""What this person set: the settings file, then the environment, then the flags; the last one wins."""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from db.drafts.exports import MailServer
from db.errors import DeskError
from db.texts import LANGUAGES
from ehvdz_tui.mail_settings import read_mail

FIELDS = ("database", "name", "role", "lang", "theme", "now")
"""What can be set in the file (`name = "Kim"`), the environment (`EHVDZ_NAME`) and, some, by a flag."""
FLAGS = {"name": "--as"}
"""Flags that are not called after their field."""
ROLES = ("caller", "recruiter", "supervisor")
KEYS_TABLE = "keys"
MAIL_TABLE = "smtp"
YEARS = range(1900, 3000)
"""A clock that starts at an end of the calendar cannot count back or on."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value and where it was given, to be named when it is wrong."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Settings:
    """How this person starts the program; None is: not said."""

    language: str
    database: str | None = None
    """A file or the address of a server's database."""
    name: str | None = None
    role: str | None = None
    theme: Given | None = None
    now: datetime | None = None
    keys: Mapping[str, Given] = field(default_factory=dict)
    """Other keys for bindings, by the id of the binding."""
    mail: MailServer | None = None
    """The server that sends mail; its password comes from the environment alone."""


def load_settings(flags: Mapping[str, str | None], environment: Mapping[str, str], file: Path) -> Settings:
    """Read the three sources.

    Raises DeskError naming the file and line, the variable or the flag that is not understood.
    """
    given, keys, mail = _from_file(file, environment)
    given |= _from_environment(environment) | _from_flags(flags)
    return Settings(
        language=_one_of(given.get("lang"), LANGUAGES) or locale_language(environment),
        database=_text(given.get("database")),
        name=_text(given.get("name")),
        role=_one_of(given.get("role"), ROLES),
        theme=given.get("theme"),
        now=_moment(given.get("now")),
        keys=keys,
        mail=mail,
    )


def guess_language(flag: str | None, environment: Mapping[str, str]) -> str:
    """The language for whatever is said before the settings could be read."""
    for wanted in (flag, environment.get("EHVDZ_LANG")):
        if wanted in LANGUAGES:
            return wanted
    return locale_language(environment)


def locale_language(environment: Mapping[str, str]) -> str:
    """The language of the system: English where that is set, Dutch everywhere else."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable):
            return "en" if value.lower().startswith("en") else "nl"
    return "en" if sys.platform == "win32" and _windows_speaks_english() else "nl"


def _windows_speaks_english() -> bool:
    import locale

    return (locale.getlocale()[0] or "").lower().startswith("en")


def _from_flags(flags: Mapping[str, str | None]) -> dict[str, Given]:
    return {
        name: Given(value, FLAGS.get(name, f"--{name}"))
        for name in FIELDS
        if (value := flags.get(name)) is not None
    }


def _from_environment(environment: Mapping[str, str]) -> dict[str, Given]:
    variables = {name: f"EHVDZ_{name.upper()}" for name in FIELDS}
    return {
        name: Given(value, variable)
        for name, variable in variables.items()
        if (value := environment.get(variable, "").strip())
    }


def _from_file(
    file: Path, environment: Mapping[str, str]
) -> tuple[dict[str, Given], dict[str, Given], MailServer | None]:
    text = read_settings_file(file)
    content = _parse(text, file)
    keys = content.pop(KEYS_TABLE, {})
    mail = content.pop(MAIL_TABLE, None)
    for name in content:
        if name not in FIELDS:
            raise DeskError("settings.unknown_key", origin=_origin(file, text, name), known=", ".join(FIELDS))
    if not isinstance(keys, dict):
        raise DeskError("settings.keys_not_a_table", origin=_origin(file, text, KEYS_TABLE))
    server = None if mail is None else read_mail(mail, lambda name: _origin(file, text, name), environment)
    return _strings(content, file, text), _strings(_flat(keys), file, text), server


def read_settings_file(file: Path) -> str:
    """What the settings file says; nothing when there is none."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError("settings.unreadable", file=file) from error


def _parse(text: str, file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = found[1] if found else str(text.count("\n") + 1)
        raise DeskError("settings.not_toml", origin=f"{file}:{line}") from error


def _flat(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table with dotted names: TOML reads an unquoted queue.next as a table in a table."""
    flat: dict[str, Any] = {}
    for name, value in table.items():
        inner = _flat(value) if isinstance(value, dict) else {"": value}
        flat |= {f"{name}.{rest}".rstrip("."): leaf for rest, leaf in inner.items()}
    return flat


def _strings(table: Mapping[str, Any], file: Path, text: str) -> dict[str, Given]:
    given: dict[str, Given] = {}
    for name, value in table.items():
        origin = _origin(file, text, name)
        if not isinstance(value, str):
            raise DeskError("settings.not_text", origin=origin)
        if value.strip():
            given[name] = Given(value.strip(), origin)
    return given


def _origin(file: Path, text: str, name: str) -> str:
    written = re.compile(rf"""\s*\[?\s*["']?{re.escape(name)}["']?\s*[]=.]""")
    numbers = (number for number, line in enumerate(text.splitlines(), 1) if written.match(line))
    return f"{file}:{next(numbers, 1)} ({name})"


def _text(given: Given | None) -> str | None:
    return given.value.strip() or None if given else None


def _one_of(given: Given | None, allowed: tuple[str, ...]) -> str | None:
    if given is None:
        return None
    if given.value not in allowed:
        raise DeskError(
            "settings.not_one_of", origin=given.origin, value=given.value, allowed=", ".join(allowed)
        )
    return given.value


def _moment(given: Given | None) -> datetime | None:
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given.value)
        if moment.year not in YEARS:
            raise ValueError(f"no clock stands in {moment.year}")
    except ValueError as error:
        raise DeskError("settings.not_a_moment", origin=given.origin, value=given.value) from error
    if moment.tzinfo is not None:
        return moment
    from db.rules.times import zone

    return moment.replace(tzinfo=zone())
