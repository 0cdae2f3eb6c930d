"""`ehvdz rules`: how this desk calls, shown and changed."""

import argparse
import sys

from db.errors import DeskError
from db.rules.settings import DeskSettings
from db.rules.settings_fields import read_setting, setting_fields, typed, value_of, with_value
from ehvdz_tui.front_door import FrontDoor

WIDEST = 60
"""Longer values do not push the explanation of all others aside."""


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
    code, given, text = (part.strip() for part in change.partition("="))
    if not given or code not in setting_fields():
        raise DeskError("cli.rules.unknown", change=change, known=", ".join(setting_fields()))
    try:
        return with_value(settings, code, read_setting(code, text, settings))
    except DeskError as error:
        raise DeskError("cli.rules.unreadable", change=change) from error


def _lines(door: FrontDoor, settings: DeskSettings) -> list[str]:
    language = door.texts.language
    shown = {code: f"{code}={typed(code, value_of(settings, code), language)}" for code in setting_fields()}
    width = max(len(words) for words in shown.values() if len(words) <= WIDEST)
    return [f"{words:<{width}}  {door.texts(f'desk_settings.field.{code}')}" for code, words in shown.items()]
