"""The rules of the desk, changed one at a time by a supervisor."""

from typing import Any

from sqlmodel import Session

from db.desk.lane import Lane
from db.desk.unit import Unit
from db.rules.settings import DeskSettings
from db.rules.settings_fields import SettingField, read_setting, setting_fields, value_of, with_value
from db.stores import users as store
from db.views.settings import SettingView


class SettingsDesk:
    """Use cases of the settings; whatever reads them reads them anew every time."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def everything(self) -> tuple[SettingView, ...]:
        """Every rule in its order."""
        return await self._lane.read(_everything)

    async def change(self, code: str, text: str) -> Any:  # noqa: ANN401  # any JSON
        """Change one rule to what was typed, and give what is kept; undoable.

        Raises DeskError with what can be typed; nothing is changed then.
        """
        return await self._lane.write(lambda unit: _change(unit, code, text))


def _everything(session: Session) -> tuple[SettingView, ...]:
    settings, standard = store.load_settings(session), DeskSettings()
    stamps = store.setting_stamps(session)
    return tuple(_view(field, settings, standard, stamps) for field in setting_fields().values())


def _view(
    field: SettingField, settings: DeskSettings, standard: DeskSettings, stamps: store.Stamps
) -> SettingView:
    by, at, was = stamps.get(field.code, ("", None, None))
    value, default = value_of(settings, field.code), value_of(standard, field.code)
    return SettingView(
        field.code, field.section, field.kind, field.list_name, value, default, by=by, at=at, was=was
    )


def _change(unit: Unit, code: str, text: str) -> Any:  # noqa: ANN401  # any JSON
    settings = store.load_settings(unit.session)
    value = read_setting(code, text, settings)
    changes = store.save_settings(unit.session, with_value(settings, code, value), unit.now, unit.user_id)
    if changes:
        unit.record("settings.change", undoable=True, changes=changes)
    return value
