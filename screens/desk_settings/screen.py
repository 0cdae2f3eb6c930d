"""The settings of the desk: every rule on a line, changed under the cursor and saved at once."""

from typing import ClassVar
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import ScreenResume
from textual.widgets import DataTable, Static

from db.errors import DeskError
from db.reference.lists import code_list
from db.rules.settings_fields import typed
from db.views.settings import SettingView
from screens.base import DeskScreen, Workplace, key
from screens.desk_settings.asking import ask_codes, ask_text
from screens.desk_settings.wording import cells, detail
from screens.widgets.ask_bar import AskBar
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

ELSE = 29
"""What the other columns and the gaps between them take."""


class SettingsScreen(DeskScreen[None]):
    """One list; beneath it the whole value of the rule, its default and who changed it."""

    DEFAULT_CSS = """
    SettingsScreen {
        #setting-detail { height: 7; padding: 0 1; border-top: solid $primary; }
        &.-asking #setting-detail { display: none; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("e", "edit", "desk_settings.edit"),
        key("delete", "reset", "desk_settings.reset"),
        key("escape", "dismiss(None)", "desk_settings.close"),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._settings: tuple[SettingView, ...] = ()

    @property
    def setting(self) -> SettingView | None:
        """The rule under the cursor."""
        chosen = self.query_one(ListTable).chosen
        return self._settings[chosen.int - 1] if chosen is not None else None

    def compose(self) -> ComposeResult:
        """The list, more of the rule under the cursor, and the line on which it is changed."""
        yield TopBar(self.workplace, "place.desk_settings")
        yield ListTable(self.texts)
        yield Static("", id="setting-detail", markup=False)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    def on_mount(self) -> None:
        """The cursor is in the list."""
        self.query_one(ListTable).focus()

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.load()

    def on_resize(self) -> None:
        """The columns take what room there is."""
        self._draw()

    @work(exclusive=True, group="settings.load")
    async def load(self) -> None:
        """Draw the rules as they hold by now."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a change and after an undo."""
        self._settings = await self.desk.settings.everything()
        if self.is_attached:
            self.query_one(TopBar).note("")
            self._draw()

    def _draw(self) -> None:
        if not self._settings:
            return
        texts, now = self.texts, self.workplace.now()
        table = self.query_one(ListTable)
        rule = (self.size.width - ELSE) * 2 // 3
        value = self.size.width - ELSE - rule
        table.head(
            [
                (texts("desk_settings.column.section"), 10),
                (texts("desk_settings.column.rule"), rule),
                (texts("desk_settings.column.value"), value),
                (texts("desk_settings.column.changed"), 10),
            ]
        )
        table.fill(
            (UUID(int=number), cells(setting, texts, now)) for number, setting in enumerate(self._settings, 1)
        )
        self._tell_more()

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self._tell_more()

    def _tell_more(self) -> None:
        if self.setting is not None:
            more = detail(self.setting, self.texts, self.workplace.now())
            self.query_one("#setting-detail", Static).update(more)

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        self.action_edit()

    @work(group="settings.write")
    async def action_edit(self) -> None:
        """Change the rule under the cursor; what cannot be is told under the line."""
        setting, bar = self.setting, self.query_one(AskBar)
        if setting is None or bar.asking:
            return
        if setting.kind == "codes":
            await self._toggle_codes(setting)
        else:
            await self._type(setting)
        self.query_one(ListTable).focus()

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
        setting = self.setting
        if setting is not None and not self.query_one(AskBar).asking:
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
