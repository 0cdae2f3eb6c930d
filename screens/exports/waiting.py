"""What went out and is still to be destroyed, the most urgent first."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import ScreenResume
from textual.widgets import DataTable, Static

from db.errors import DeskError
from db.views.exports import ExportView
from screens.base import DeskScreen, Workplace, key
from screens.exports.wording import export_facts, is_overdue, waiting_cells
from screens.proposals.asking import ask_yes_no
from screens.widgets.ask_bar import AskBar
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar


class WaitingExports(DeskScreen[None]):
    """One key to note that the recipient destroyed it."""

    DEFAULT_CSS = """
    WaitingExports {
        #waiting-empty { padding: 1 2; display: none; }
        #waiting-detail { height: auto; max-height: 40%; border-top: solid $primary; padding: 0 1; }
        &.-empty { #waiting-empty { display: block; } #waiting-detail, ListTable { display: none; } }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("d", "destroyed", "exports.destroyed"),
        key("escape", "dismiss(None)", "exports.close"),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._exports: tuple[ExportView, ...] = ()

    def compose(self) -> ComposeResult:
        """The list, and more of the line under the cursor."""
        yield TopBar(self.workplace, "place.exports")
        yield Static(self.texts("exports.list.empty"), id="waiting-empty", markup=False)
        yield ListTable(self.texts)
        with VerticalScroll(id="waiting-detail", can_focus=False):
            yield Static("", id="waiting-text", markup=False)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.query_one(ListTable).focus()
        self.load()

    @work(exclusive=True, group="exports.load")
    async def load(self) -> None:
        """Draw the list anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a confirmation and after an undo."""
        self._exports = await self.desk.exports.waiting()
        if not self.is_attached:
            return
        now, texts = self.workplace.now(), self.texts
        self.set_class(not self._exports, "-empty")
        overdue = sum(is_overdue(export, now) for export in self._exports)
        count = texts("exports.list.count", count=len(self._exports), overdue=overdue)
        self.query_one(TopBar).note(count if self._exports else "")
        table = self.query_one(ListTable)
        table.head(
            [
                (texts("exports.list.column.destroy"), 18),
                (texts("exports.list.column.kind"), 5),
                (texts("exports.list.column.recipient"), 24),
                (texts("exports.list.column.people"), 6),
                (texts("exports.list.column.sent"), 14),
                (texts("exports.list.column.by"), 8),
                (texts("exports.list.column.file"), 27),
            ]
        )
        table.fill((export.id, waiting_cells(export, texts, now)) for export in self._exports)
        self._tell_more()

    @property
    def _chosen(self) -> ExportView | None:
        chosen = self.query_one(ListTable).chosen
        return next((export for export in self._exports if export.id == chosen), None)

    @on(DataTable.RowHighlighted)
    def _tell_more(self) -> None:
        chosen = self._chosen
        self.query_one("#waiting-text", Static).update(export_facts(chosen, self.texts) if chosen else "")

    def _question(self, chosen: ExportView) -> str:
        name = "exports.ask.destroyed.own" if chosen.location else "exports.ask.destroyed"
        return self.texts(name, recipient=chosen.recipient, file=chosen.file_name)

    @work(group="exports.write")
    async def action_destroyed(self) -> None:
        """Note that the one under the cursor is destroyed; the own file goes too, so that is asked first."""
        chosen = self._chosen
        if chosen is None or self.query_one(AskBar).asking:
            return
        agreed = await ask_yes_no(self, self._question(chosen))
        self.query_one(ListTable).focus()
        if not agreed:
            return
        try:
            done = await self.desk.exports.confirm_destroyed(chosen.id)
        except DeskError as error:
            self.tell_error(error)
        else:
            told = "exports.confirmed.removed" if done.removed else "exports.confirmed"
            self.tell(told, recipient=done.recipient)
        await self.reload()
