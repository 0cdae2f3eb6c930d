"""The rules of the desk as they are shown: what holds, what it is by default, and who changed it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class SettingView:
    """One rule; `kind` and `list_name` are those of `db.rules.settings_fields.SettingField`.

    `by` is empty as long as nobody changed it.
    """

    code: str
    section: str
    kind: str
    list_name: str
    value: Any
    default: Any
    by: str = ""
    at: datetime | None = None
    was: Any = None
    """What it was before that change; None when it is not known."""
