"""The rules of the desk one by one: what they are by default, how they are typed and how they are shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from functools import cache
from string import Formatter
from typing import Any

from db.errors import DeskError
from db.reference.files import read_rows
from db.reference.lists import code_list
from db.reference.outcomes import Outcome, outcomes
from db.rules.calling_hours import CallingHours, Window
from db.rules.hygiene import clean
from db.rules.priority import PriorityRules
from db.rules.report_period import DEFAULT_WAVES
from db.rules.settings import DeskSettings
from db.rules.waves import read_waves, show_waves
from db.texts import Texts

SCRIPT_LIMIT = 600
SCRIPT_NAMES = ("greeting", "caller", "name", "last_name", "date")
"""What the opening words may have filled in."""
SHOWN_NAMES = " ".join(f"{{{name}}}" for name in SCRIPT_NAMES)
YES = {"ja": True, "yes": True, "true": True, "j": True, "y": True}
NO = {"nee": False, "no": False, "false": False, "n": False}


@dataclass(frozen=True, slots=True)
class SettingField:
    """One rule of the desk: where `DeskSettings` keeps it, and what it may be.

    `kind` is integer | window | time | days | yes_no | codes | waves | script; `part` names the entry when
    `field` of the settings is a mapping.
    """

    code: str
    section: str
    field: str
    part: str
    kind: str
    minimum: int
    maximum: int
    list_name: str


@cache
def setting_fields() -> Mapping[str, SettingField]:
    """All rules by code, in the order in which they are shown."""
    return {row["code"]: _field(row) for row in read_rows("settings_fields.csv")}


def _field(row: dict[str, str]) -> SettingField:
    return SettingField(
        code=row["code"],
        section=row["section"],
        field=row["field"],
        part=row["part"],
        kind=row["kind"],
        minimum=int(row["minimum"] or 0),
        maximum=int(row["maximum"] or 0),
        list_name=row["list_name"],
    )


def tuned(outcome: Outcome, settings: DeskSettings) -> Outcome:
    """An outcome with the delay and the maximum of this desk."""
    return replace(
        outcome,
        delay_minutes=settings.retry_minutes.get(outcome.code, outcome.delay_minutes),
        maximum=settings.retry_maximums.get(outcome.code, outcome.maximum),
    )


def from_rows(rows: Mapping[str, Any]) -> DeskSettings:
    """The settings from what was changed, by code; codes of a newer program are left alone."""
    settings = DeskSettings()
    for code in rows.keys() & setting_fields().keys():
        settings = with_value(settings, code, rows[code])
    return settings


def with_value(settings: DeskSettings, code: str, value: Any) -> DeskSettings:  # noqa: ANN401  # any JSON
    """The settings with one rule changed."""
    field = setting_fields()[code]
    if not field.part:
        return replace(settings, **{field.field: value})
    parts: Any = {**getattr(settings, field.field), field.part: value}
    return replace(settings, **{field.field: parts})


def value_of(settings: DeskSettings, code: str) -> Any:  # noqa: ANN401  # any JSON
    """What holds, in the form in which it is stored."""
    field = setting_fields()[code]
    if field.kind == "waves":
        return {wave: list(days) for wave, days in (settings.waves or DEFAULT_WAVES).items()}
    if not field.part:
        return getattr(settings, field.field)
    stored = getattr(settings, field.field)
    return stored[field.part] if field.part in stored else _default_part(field)


def _default_part(field: SettingField) -> Any:  # noqa: ANN401  # any JSON
    if field.field == "calling_hours":
        return _standard_hours()[field.part]
    if field.field == "priority":
        standard = getattr(PriorityRules(), field.part)
        return sorted(standard) if isinstance(standard, frozenset) else standard
    if field.field == "script":
        language, kind = field.part.split(".")
        return Texts(language)(f"queue.script.{kind}")
    outcome = outcomes()[field.part]
    return outcome.delay_minutes if field.field == "retry_minutes" else outcome.maximum


def _standard_hours() -> dict[str, Any]:
    hours = CallingHours()
    return {
        "weekday": _window(hours.weekday),
        "saturday": _window(hours.saturday),
        "sunday": _window(hours.sunday),
        "early_close": _clock(hours.early_close),
        "early_days": [f"{day}-{month}" for month, day in sorted(hours.early_days)],
        "holidays_closed": hours.holidays_closed,
    }


def _window(window: Window | None) -> str:
    return f"{_clock(window[0])}-{_clock(window[1])}" if window else ""


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02d}"


def typed(code: str, value: Any, language: str) -> str:  # noqa: ANN401  # any JSON
    """A value as it is typed."""
    kind = setting_fields()[code].kind
    if kind == "waves":
        return show_waves(value, language)
    if kind == "yes_no":
        words = {"nl": ("ja", "nee"), "en": ("yes", "no")}[language]
        return words[0] if value else words[1]
    return ", ".join(value) if isinstance(value, list) else str(value)


def read_setting(code: str, text: str, settings: DeskSettings) -> Any:  # noqa: ANN401  # any JSON
    """What was typed for a rule, in the form in which it is stored; raises DeskError with what can be."""
    field = setting_fields()[code]
    read: Callable[[SettingField, str], Any] = READERS[field.kind]
    value = read(field, text.strip())
    if field.field == "calling_hours":
        _check_hours(with_value(settings, code, value))
    return value


def _check_hours(settings: DeskSettings) -> None:
    """A desk that never calls cannot plan a next try."""
    try:
        CallingHours.from_settings(settings.calling_hours)
    except ValueError as error:
        raise DeskError("desk_settings.wrong.hours") from error


def _read_integer(field: SettingField, text: str) -> int:
    number = int(text) if text.isdecimal() and len(text) <= 6 else -1
    if not field.minimum <= number <= field.maximum:
        raise DeskError("desk_settings.wrong.integer", minimum=field.minimum, maximum=field.maximum)
    return number


def _read_time(_field: SettingField, text: str) -> str:
    hour, _, minute = text.replace(".", ":").partition(":")
    try:
        return _clock(time(int(hour), int(minute or 0)))
    except ValueError as error:
        raise DeskError("desk_settings.wrong.time") from error


def _read_window(field: SettingField, text: str) -> str:
    if not text or text.casefold() in ("dicht", "closed"):
        return ""
    start, between, end = text.partition("-")
    if not between:
        raise DeskError("desk_settings.wrong.window")
    window = _read_time(field, start.strip()), _read_time(field, end.strip())
    if _minutes(window[0]) >= _minutes(window[1]):
        raise DeskError("desk_settings.wrong.window")
    return "-".join(window)


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _read_days(_field: SettingField, text: str) -> list[str]:
    days = [day.strip() for day in text.replace(";", ",").split(",") if day.strip()]
    for day in days:
        parts = day.split("-")
        right = len(parts) == 2 and all(part.isdecimal() for part in parts)
        if not right or not (1 <= int(parts[0]) <= 31 and 1 <= int(parts[1]) <= 12):
            raise DeskError("desk_settings.wrong.days")
    return [f"{int(day)}-{int(month)}" for day, month in (day.split("-") for day in days)]


def _read_yes_no(_field: SettingField, text: str) -> bool:
    said = (YES | NO).get(text.casefold())
    if said is None:
        raise DeskError("desk_settings.wrong.yes_no")
    return said


def _read_codes(field: SettingField, text: str) -> list[str]:
    codes = sorted({code.strip() for code in text.split(",") if code.strip()})
    unknown = [code for code in codes if code not in code_list(field.list_name)]
    if unknown:
        raise DeskError("desk_settings.wrong.codes", unknown=", ".join(unknown))
    return codes


def _read_waves(_field: SettingField, text: str) -> dict[str, list[str | None]]:
    waves = read_waves(text)
    if not waves:
        raise DeskError("desk_settings.wrong.waves")
    return waves


def _read_script(field: SettingField, text: str) -> str:
    """The opening words; nothing typed is the words of the catalog again."""
    words = clean(text, SCRIPT_LIMIT)
    try:
        names = {name for _, name, _, _ in Formatter().parse(words) if name is not None}
    except ValueError as error:
        raise DeskError("desk_settings.wrong.script", names=SHOWN_NAMES) from error
    if names.difference(SCRIPT_NAMES):
        raise DeskError("desk_settings.wrong.script", names=SHOWN_NAMES)
    return words or str(_default_part(field))


READERS: Mapping[str, Callable[[SettingField, str], Any]] = {
    "integer": _read_integer,
    "window": _read_window,
    "time": _read_time,
    "days": _read_days,
    "yes_no": _read_yes_no,
    "codes": _read_codes,
    "waves": _read_waves,
    "script": _read_script,
}
