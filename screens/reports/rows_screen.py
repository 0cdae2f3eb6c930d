"""The rows behind a figure."""

from typing import ClassVar
from uuid import UUID

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Static

from db.drafts.reports import ReportFilter
from db.views.reports import BehindFigure, BehindRow, Report
from screens.base import DeskScreen, Workplace, key
from screens.reports.figure_table import Chosen
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

WIDTHS = {
    "name": 24,
    "organisation": 26,
    "place": 14,
    "region": 18,
    "status": 16,
    "step": 22,
    "reason": 26,
    "outcome": 26,
    "moment": 16,
    "file": 28,
    "recipient": 22,
    "purpose": 22,
    "profile": 22,
    "sector": 26,
    "destination": 26,
    "became": 22,
    "age": 5,
    "fte": 7,
}
WIDTH = 11


class RowsScreen(DeskScreen[None]):
    """Who or what was counted; enter opens the card or the request."""

    DEFAULT_CSS = """
    RowsScreen {
        #rows-title { height: auto; padding: 0 1; text-style: bold; }
        #rows-scope { height: auto; padding: 0 1; color: $text-muted; }
        ListTable { scrollbar-size-horizontal: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "dismiss(None)", "reports.rows_close")]

    def __init__(self, workplace: Workplace, report: Report, chosen: Chosen, wanted: ReportFilter) -> None:
        super().__init__(workplace)
        self._report, self._chosen, self._wanted = report, chosen, wanted
        self._behind: BehindFigure | None = None

    def compose(self) -> ComposeResult:
        """The figure in words, what it was limited to, and its rows."""
        texts, figure = self.texts, self._chosen.figure
        yield TopBar(self.workplace, "place.reports")
        title = texts("reports.rows_title", title=self._chosen.called, figure=figure.words(texts))
        yield Static(title, id="rows-title", markup=False)
        yield Static(figure.scope.words(texts), id="rows-scope", markup=False)
        yield ListTable(texts)
        yield SteadyFooter()

    def on_mount(self) -> None:
        """Read the rows."""
        self.query_one(ListTable).focus()
        self.load()

    @work(exclusive=True, group="reports.rows")
    async def load(self) -> None:
        """Draw the rows."""
        figure = self._chosen.figure
        behind = await self.desk.reports.rows(self._report.name, figure.id, self._wanted)
        if not self.is_here:
            return
        self._behind = behind
        table = self.query_one(ListTable)
        table.head((self.texts(f"reports.cell.{name}"), WIDTHS.get(name, WIDTH)) for name in behind.columns)
        table.fill((UUID(int=number), self._cells(row)) for number, row in enumerate(behind.rows))
        shown = len(behind.rows)
        if shown < behind.total:
            self.query_one(TopBar).note(self.texts("reports.rows_cut", shown=shown, count=behind.total))

    def _cells(self, row: BehindRow) -> list[Text]:
        return [Text(cell.words(self.texts)) for cell in row.cells]

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        chosen = self.query_one(ListTable).chosen
        if self._behind is None or chosen is None:
            return
        row = self._behind.rows[chosen.int]
        if row.candidate_id is not None:
            from screens.candidates.one_candidate import OneCandidate

            self.app.push_screen(OneCandidate(self.workplace, row.candidate_id))
        elif row.request_id is not None:
            from screens.requests.one_request import OneRequest

            self.app.push_screen(OneRequest(self.workplace, row.request_id))
