"""The settings of the desk: every rule on a line, changed under the cursor and saved at once."""

from collections.abc import Iterable, Mapping
from typing import ClassVar
from uuid import UUID

from rich.text import Text
from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import DataTable

from db.errors import DeskError
from db.reference.lists import code_list
from db.rules.settings_fields import typed
from db.views.settings import SettingView
from screens.base import Workplace, key
from screens.desk_settings.asking import ask_codes, ask_text
from screens.desk_settings.wording import cells, detail
from screens.list_screen import ListScreen
from screens.widgets.ask_bar import AskBar
from screens.widgets.top_bar import TopBar

ELSE = 29
"""What the other columns and the gaps between them take."""


class SettingsScreen(ListScreen[SettingView]):
    """One list; beneath it the whole value of the rule, its default and who changed it."""

    DEFAULT_CSS = """
    SettingsScreen {
        #list-detail { height: 7; }
    }
    """
    PLACE = "place.desk_settings"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("e", "edit", "desk_settings.edit"),
        key("delete", "reset", "desk_settings.reset"),
        key("escape", "dismiss(None)", "desk_settings.close"),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._settings: tuple[SettingView, ...] = ()

    def on_resize(self) -> None:
        """The columns take what room there is."""
        self.draw()

    async def read(self) -> None:
        """The rules as they hold by now."""
        self._settings = await self.desk.settings.everything()

    def lines(self) -> Mapping[UUID, SettingView]:
        """All of them; a rule has a place and no number of its own."""
        return {UUID(int=place): setting for place, setting in enumerate(self._settings, 1)}

    def heads(self) -> Iterable[tuple[str, int]]:
        """The rule and its value share the width that the others leave."""
        texts = self.texts
        rule = (self.size.width - ELSE) * 2 // 3
        return (
            (texts("desk_settings.column.section"), 10),
            (texts("desk_settings.column.rule"), rule),
            (texts("desk_settings.column.value"), self.size.width - ELSE - rule),
            (texts("desk_settings.column.changed"), 10),
        )

    def cells(self, setting: SettingView) -> Iterable[Text]:
        """The rule in a line."""
        return cells(setting, self.texts, self.workplace.now())

    def detail(self, setting: SettingView) -> Content:
        """All of it."""
        return detail(setting, self.texts, self.workplace.now())

    async def reload(self) -> None:
        """Draw the rules anew; what was said of an earlier change is past."""
        await super().reload()
        if self.is_here:
            self.query_one(TopBar).note("")

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        self.action_edit()

    @work(group="settings.write")
    async def action_edit(self) -> None:
        """Change the rule under the cursor; what cannot be is told under the line."""
        setting = self.line
        if setting is None or self.asking:
            return
        if setting.kind == "codes":
            await self._toggle_codes(setting)
        else:
            await self._type(setting)
        self.table.focus()

    async def _type(self, setting: SettingView) -> None:
        text, error = typed(setting.code, setting.value, self.texts.language), ""
        while True:
            said = await ask_text(self.query_one(AskBar), setting, text, error, self.texts)
            if said is None:
                return
            error = await self._keep(setting, said)
            if not error:
                return
            text = said

    async def _toggle_codes(self, setting: SettingView) -> None:
        """One key for each code, until escape; every change is one that can be undone."""
        codes = list(setting.value)
        known = code_list(setting.list_name)
        while (code := await ask_codes(self.query_one(AskBar), setting, codes, self.texts)) is not None:
            codes = [kept for kept in known if (kept in codes) != (kept == code)]
            if await self._keep(setting, ",".join(codes)):
                return

    @work(group="settings.write")
    async def action_reset(self) -> None:
        """Put the rule under the cursor back to its default."""
        setting = self.line
        if setting is not None and not self.asking:
            await self._keep(setting, typed(setting.code, setting.default, self.texts.language))

    async def _keep(self, setting: SettingView, text: str) -> str:
        """Keep what was typed, and say so; why not, when it cannot be."""
        try:
            await self.desk.settings.change(setting.code, text)
        except DeskError as error:
            return self.texts.error(error)
        await self.reload()
        self.query_one(TopBar).note(self.texts("desk_settings.saved"))
        return ""
