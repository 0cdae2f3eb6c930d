"""The organisations that ask for help: find one, add one, change one."""

from uuid import UUID

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.events import ScreenResume
from textual.widgets import DataTable, Input, Static

from db.reference.lists import label
from db.views.organisations import OrganisationLine, OrganisationList
from screens.base import DeskScreen, Workplace, key
from screens.organisations.form import OrganisationForm
from screens.widgets.list_table import ListTable
from screens.widgets.numbers import decimal
from screens.widgets.short_organisation import short_organisation
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar


class OrganisationsScreen(DeskScreen[None]):
    """A list under a search line."""

    DEFAULT_CSS = """
    OrganisationsScreen {
        #organisation-filter { border: none; height: 1; padding: 0 1; background: $panel; display: none; }
        &.-filtering #organisation-filter { display: block; }
        #organisation-empty { padding: 1 2; display: none; }
        &.-empty #organisation-empty { display: block; }
        &.-empty ListTable { display: none; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    AUTO_FOCUS = ""
    BINDINGS = [
        key("a", "add", "organisations.add"),
        key("e", "change", "organisations.change"),
        key("f", "filter", "organisations.filter"),
        key("escape", "back", "organisations.back"),
        key("down", "to_list", "organisations.to_list"),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._wanted: UUID | None = None

    def compose(self) -> ComposeResult:
        """The search line and the list."""
        yield TopBar(self.workplace, "organisations.place")
        yield Input(placeholder=self.texts("organisations.filter.hint"), id="organisation-filter")
        yield Static("", id="organisation-empty", markup=False)
        yield ListTable(self.texts)
        yield SteadyFooter()

    @on(ScreenResume)
    def _resumed(self) -> None:
        if not self.query_one(Input).has_focus:
            self.query_one(ListTable).focus()
        self.load()

    @work(exclusive=True, group="organisations.load")
    async def load(self) -> None:
        """Draw the list anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a change and after an undo."""
        found = await self.desk.organisations.find(self.query_one(Input).value)
        if self.is_here:
            self._show(found)

    def _show(self, found: OrganisationList) -> None:
        self.set_class(not found.lines, "-empty")
        searched = bool(self.query_one(Input).value.strip())
        empty = "organisations.empty.filtered" if searched else "organisations.empty"
        self.query_one("#organisation-empty", Static).update(self.texts(empty))
        table = self.query_one(ListTable)
        wide = self.has_class("-wide")
        table.head(
            [
                (self.texts("organisations.column.name"), self._name_room),
                (self.texts("organisations.column.place"), 18 if wide else 12),
                (self.texts("organisations.column.sector"), 30 if wide else 18),
                (self.texts("organisations.column.requests"), 8),
                (self.texts("organisations.column.fte"), 7),
            ]
        )
        table.fill((line.id, self._cells(line)) for line in found.lines)
        if self._wanted is not None:
            table.go_to(self._wanted)
            self._wanted = None
        if not self.has_class("-filtering"):
            self.set_focus(table if found.lines else None)
        name = "organisations.count" if len(found.lines) == found.total else "organisations.count.cut"
        self.query_one(TopBar).note(self.texts(name, count=found.total, shown=len(found.lines)))

    @property
    def _name_room(self) -> int:
        return 40 if self.has_class("-wide") else 24

    def _cells(self, line: OrganisationLine) -> list[Text]:
        language = self.texts.language
        return [
            Text(short_organisation(line.name, self._name_room, line.place)),
            Text(line.place),
            Text(label("care_sector", line.sector, language)),
            Text(str(line.requests) if line.requests else "", justify="right"),
            Text(decimal(line.fte_asked / 100, language) if line.fte_asked else "", justify="right"),
        ]

    @on(Input.Changed)
    def _typed(self) -> None:
        self.load()

    @on(Input.Submitted)
    @work(exclusive=True, group="organisations.load")
    async def _searched(self) -> None:
        """Who types fast presses enter before the list has followed: the next key is for what was typed."""
        await self.reload()
        if self.is_here:
            self.query_one(ListTable).focus()

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        self.action_change()

    def action_add(self) -> None:
        """Write a new one down."""
        self.app.push_screen(OrganisationForm(self.workplace), self._left)

    def action_change(self) -> None:
        """Change the one under the cursor."""
        chosen = self.query_one(ListTable).chosen
        if chosen is not None:
            self.app.push_screen(OrganisationForm(self.workplace, chosen), self._left)

    def _left(self, organisation_id: UUID | None) -> None:
        self._wanted = organisation_id
        self.load()

    def action_filter(self) -> None:
        """Type words of the name, the place, the sector or the region."""
        self.add_class("-filtering")
        self.query_one(Input).focus()

    def action_to_list(self) -> None:
        """From the search line to the list."""
        self.query_one(ListTable).focus()

    def action_back(self) -> None:
        """Clear the search, then leave."""
        box = self.query_one(Input)
        if box.has_focus or box.value:
            box.value = ""
            self.remove_class("-filtering")
            self.query_one(ListTable).focus()
        else:
            self.dismiss(None)
