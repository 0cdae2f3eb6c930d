"""What went out and is still to be destroyed, the most urgent first."""

from collections.abc import Iterable, Mapping
from typing import ClassVar
from uuid import UUID

from rich.table import Table
from rich.text import Text
from textual import work
from textual.binding import BindingType

from db.errors import DeskError
from db.views.exports import ExportView
from screens.base import Workplace, key
from screens.exports.wording import export_facts, is_overdue, waiting_cells
from screens.list_screen import ListScreen
from screens.proposals.asking import ask_yes_no
from screens.widgets.top_bar import TopBar

WIDE = 110
"""From this width on the recipient has more room, and the file is in sight."""


class WaitingExports(ListScreen[ExportView]):
    """One key to note that the recipient destroyed it."""

    DEFAULT_CSS = """
    WaitingExports {
        #list-detail { max-height: 40%; }
        &.-asking #list-detail { display: block; }
    }
    """
    PLACE = "place.exports"
    OPENS = False
    BINDINGS: ClassVar[list[BindingType]] = [
        key("d", "destroyed", "exports.destroyed"),
        key("escape", "dismiss(None)", "exports.close"),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._exports: tuple[ExportView, ...] = ()

    async def read(self) -> None:
        """What went out and still exists."""
        self._exports = await self.desk.exports.waiting()

    def lines(self) -> Mapping[UUID, ExportView]:
        """All of it."""
        return {export.id: export for export in self._exports}

    def heads(self) -> Iterable[tuple[str, int]]:
        """By when, what, to whom, about how many, since when, by whom, and in which file."""
        texts = self.texts
        return (
            (texts("exports.list.column.destroy"), 18),
            (texts("exports.list.column.kind"), 5),
            (texts("exports.list.column.recipient"), 16 if self.size.width < WIDE else 24),
            (texts("exports.list.column.people"), 6),
            (texts("exports.list.column.sent"), 14),
            (texts("exports.list.column.by"), 8),
            (texts("exports.list.column.file"), 27),
        )

    def cells(self, export: ExportView) -> Iterable[Text]:
        """One export in a line."""
        return waiting_cells(export, self.texts, self.workplace.now())

    def empty(self) -> str:
        """Nothing is out."""
        return self.texts("exports.list.empty")

    def detail(self, export: ExportView) -> Table | Text:
        """Everything about it."""
        return export_facts(export, self.texts)

    def draw_around(self) -> None:
        """How many there are, and how many of them are late."""
        now = self.workplace.now()
        overdue = sum(is_overdue(export, now) for export in self._exports)
        count = self.texts("exports.list.count", count=len(self._exports), overdue=overdue)
        self.query_one(TopBar).note(count if self._exports else "")

    def _question(self, chosen: ExportView) -> str:
        name = "exports.ask.destroyed.own" if chosen.location else "exports.ask.destroyed"
        return self.texts(name, recipient=chosen.recipient, file=chosen.file_name)

    @work(group="exports.write")
    async def action_destroyed(self) -> None:
        """Note that the one under the cursor is destroyed; the own file goes too, so that is asked first."""
        chosen = self.line
        if chosen is None or self.asking:
            return
        agreed = await ask_yes_no(self, self._question(chosen))
        self.table.focus()
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
