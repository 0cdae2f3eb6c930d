"""`ehvdz rules`: how this desk calls, shown and changed."""

import argparse
import sys
from dataclasses import fields, replace
from datetime import time

from db.errors import DeskError
from db.rules.calling_hours import CallingHours, Window
from db.rules.settings import DeskSettings
from ehvdz_tui.front_door import FrontDoor

HOURS = ("weekday", "saturday", "sunday", "early_close", "early_days", "holidays_closed")
NUMBERS = tuple(item.name for item in fields(DeskSettings) if item.type in (int, "int"))
YES = {"ja": True, "yes": True, "true": True, "nee": False, "no": False, "false": False}


def rules_command(door: FrontDoor, options: argparse.Namespace) -> int:
    """Change what was asked, then print all rules.

    Raises DeskError for a rule that does not exist or a value that cannot be; nothing is changed then.
    """
    desk = door.open_desk()
    try:
        door.sign_in(desk)
        settings = desk.users.settings_now()
        changed = settings
        for change in options.changes:
            changed = _changed(changed, change)
        if changed != settings:
            if not door.settings.name:
                raise DeskError("cli.rules.name_needed")
            desk.users.change_settings_now(changed)
        sys.stdout.writelines(f"{line}\n" for line in _lines(door, changed))
    finally:
        desk.close()
    return 0


def _changed(settings: DeskSettings, change: str) -> DeskSettings:
    name, given, value = (part.strip() for part in change.partition("="))
    if not given or name not in (*NUMBERS, *HOURS):
        raise DeskError("cli.rules.unknown", change=change, known=", ".join((*NUMBERS, *HOURS)))
    try:
        if name in NUMBERS:
            return replace(settings, **{name: _positive(value)})  # type: ignore[arg-type]
        hours = {**settings.calling_hours, name: _hours_value(name, value)}
        CallingHours.from_settings(hours)
    except (ValueError, KeyError) as error:
        raise DeskError("cli.rules.unreadable", change=change) from error
    return replace(settings, calling_hours=hours)


def _positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError(value)
    return number


def _hours_value(name: str, value: str) -> object:
    if name == "holidays_closed":
        return YES[value.casefold()]
    if name == "early_days":
        return [day.strip() for day in value.split(",") if day.strip()]
    return value


def _lines(door: FrontDoor, settings: DeskSettings) -> list[str]:
    hours = CallingHours.from_settings(settings.calling_hours)
    shown = {name: str(getattr(settings, name)) for name in NUMBERS} | {
        "weekday": _window(hours.weekday),
        "saturday": _window(hours.saturday),
        "sunday": _window(hours.sunday),
        "early_close": _clock(hours.early_close),
        "early_days": ",".join(f"{day}-{month}" for month, day in sorted(hours.early_days)),
        "holidays_closed": door.texts("cli.yes" if hours.holidays_closed else "cli.no"),
    }
    width = max(len(f"{name}={value}") for name, value in shown.items())
    return [
        f"{f'{name}={value}':<{width}}  {door.texts(f'cli.rules.{name}')}" for name, value in shown.items()
    ]


def _window(window: Window | None) -> str:
    return f"{_clock(window[0])}-{_clock(window[1])}" if window else ""


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02d}"
