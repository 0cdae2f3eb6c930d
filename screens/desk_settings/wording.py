"""What is said of a rule of the desk."""

from datetime import datetime
from typing import Any

from rich.text import Text
from textual.content import Content

from db.reference.lists import label
from db.rules.settings_fields import typed
from db.rules.times import local, show_ago, show_day
from db.texts import Texts
from db.views.settings import SettingView


def rule_name(setting: SettingView, texts: Texts) -> str:
    """What the rule is about."""
    return texts(f"desk_settings.field.{setting.code}")


def show_value(setting: SettingView, value: Any, texts: Texts) -> str:  # noqa: ANN401  # any JSON
    """A value in words."""
    if setting.kind == "codes":
        words = ", ".join(label(setting.list_name, code, texts.language) for code in value)
    else:
        words = typed(setting.code, value, texts.language)
    return words or texts("desk_settings.closed" if setting.kind == "window" else "desk_settings.none")


def cells(setting: SettingView, texts: Texts, now: datetime) -> list[Text]:
    """The line of the rule; one that is not as it is by default stands out."""
    own = setting.value != setting.default
    return [
        Text(texts(f"desk_settings.section.{setting.section}"), style="dim"),
        Text(rule_name(setting, texts)),
        Text(show_value(setting, setting.value, texts), style="bold" if own else ""),
        Text(_day(setting.at, now, texts.language)),
    ]


def _day(at: datetime | None, now: datetime, language: str) -> str:
    return show_day(local(at).date(), local(now).date(), language) if at else ""


def detail(setting: SettingView, texts: Texts, now: datetime) -> Content:
    """All of it: the value, the default, and who changed it last, from what."""
    changed = texts("desk_settings.unchanged")
    if setting.at is not None:
        ago = show_ago(setting.at, now, texts.language)
        changed = texts("desk_settings.changed", by=setting.by, ago=ago)
        if setting.was is not None:
            was = show_value(setting, setting.was, texts)
            changed = texts("desk_settings.changed_from", by=setting.by, ago=ago, was=was)
    parts = [
        Content.styled(f"{rule_name(setting, texts)}: {show_value(setting, setting.value, texts)}", "bold"),
        Content(changed),
    ]
    if setting.value != setting.default:
        words = show_value(setting, setting.default, texts)
        parts.append(Content(texts("desk_settings.default", value=words)))
    return Content("\n").join(parts)
