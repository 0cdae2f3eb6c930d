"""The reports: which there are at the left, their figures at the right, the rows behind them under enter."""

import asyncio
from pathlib import Path
from time import monotonic
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import ScreenResume
from textual.widgets import DataTable, OptionList, Static
from textual.widgets.option_list import Option

from db.desk.calling_off import Progress
from db.drafts.reports import ReportFilter
from db.errors import DeskError
from db.files.week_page import week_file
from db.rules.times import local
from db.views.reports import Report
from db.views.week_page import WeekPage
from screens.base import DeskScreen, Workplace, key
from screens.reports.asking import ask_filter, ask_format, ask_week_format, put_first
from screens.reports.figure_table import FigureGrid
from screens.reports.rows_screen import RowsScreen
from screens.widgets.ask_bar import AskBar
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

LOADING = "reports.load"
ASKING = "reports.ask"
SOON = 0.5
"""Seconds that a person waits without asking how long it will take."""


class ReportsScreen(DeskScreen[None]):
    """A place of its own; on a small screen the list makes way for the figures."""

    DEFAULT_CSS = """
    ReportsScreen {
        #reports-body { height: 1fr; }
        #reports-list { width: 34; height: 1fr; border: none; padding: 0; scrollbar-gutter: stable; }
        #reports-right { width: 1fr; border-left: solid $primary; }
        #reports-scope { height: auto; padding: 0 1; color: $text-muted; }
        #reports-more { height: auto; max-height: 7; padding: 0 1; border-top: solid $primary; }
        &.-narrow #reports-list { width: 26; }
        &.-narrow.-figures #reports-list, &.-middle.-figures #reports-list { display: none; }
        &.-asking #reports-more { display: none; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-middle"), (150, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f", "filter", "reports.filter"),
        key("tab", "switch", "reports.switch"),
        key("e", "export", "reports.export"),
        key("w", "week", "reports.week"),
        key("v", "first", "reports.first"),
        key("escape", "to_list", "reports.to_list", show=False),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.filter = ReportFilter()
        self.report: Report | None = None
        self._counting = False
        self._making_page = False

    @property
    def name_chosen(self) -> str:
        """The report under the cursor of the list."""
        at = self.query_one(OptionList).highlighted
        return self.desk.reports.names()[at or 0]

    def compose(self) -> ComposeResult:
        """The list, the figures, and all that must be known of the figure under the cursor."""
        yield TopBar(self.workplace, "place.reports")
        with Horizontal(id="reports-body"):
            names = self.desk.reports.names()
            yield OptionList(
                *(Option(Content(self.texts(f"reports.title.{name}")), id=name) for name in names),
                id="reports-list",
            )
            with Vertical(id="reports-right"):
                yield Static("", id="reports-scope", markup=False)
                yield FigureGrid(self.texts, id="reports-figures")
                yield Static("", id="reports-more", markup=False)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    def on_mount(self) -> None:
        """The cursor is in the list."""
        reports = self.query_one(OptionList)
        reports.highlighted = 0
        reports.focus()

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.load()

    @on(OptionList.OptionHighlighted)
    def _listed(self) -> None:
        self.load()

    @on(OptionList.OptionSelected)
    def _picked(self) -> None:
        if self.report is None:
            self.load()
        else:
            self.action_switch()

    @work(exclusive=True, group=LOADING)
    async def load(self) -> None:
        """Count anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after an undo."""
        note = self.query_one(TopBar)
        note.note(self.texts("reports.waiting"))
        self._counting = True
        try:
            report = await self.desk.reports.run(self.name_chosen, self.filter, self._progress())
        except DeskError as error:
            self.filter = ReportFilter()
            self.tell_error(error)
            return
        finally:
            self._counting = False
            if self.is_here:
                note.note("")
        if self.is_here:
            self.report = report
            title = (self.texts(report.title_key), "bold")
            words = report.scope.words(self.texts)
            shown = self.texts("reports.filtered", scope=words) if self.filter != ReportFilter() else words
            scope = Content.assemble(title, f"\n{shown}")
            self.query_one("#reports-scope", Static).update(scope)
            self.query_one(FigureGrid).show(report)
            self._tell_more()

    def _progress(self) -> Progress:
        """Says how far a long count is, from the thread that counts."""
        loop, begun = asyncio.get_running_loop(), monotonic()

        def tell(done: int, total: int) -> None:
            if monotonic() - begun > SOON:
                loop.call_soon_threadsafe(self._tell_progress, 100 * done // total)

        return tell

    def _tell_progress(self, percent: int) -> None:
        if (self._counting or self._making_page) and self.is_here:
            self.query_one(TopBar).note(self.texts("reports.counting", percent=percent))

    @on(DataTable.CellHighlighted)
    def _moved(self) -> None:
        self._tell_more()

    def _tell_more(self) -> None:
        chosen = self.query_one(FigureGrid).chosen
        if chosen is None:
            self.query_one("#reports-more", Static).update("")
            return
        figure = chosen.figure
        told = Content.assemble(
            (f"{chosen.called}: {figure.words(self.texts)}", "bold"),
            f"\n{figure.scope.words(self.texts)}",
            *(f"\n{self.texts(f'reports.note.{note}')}" for note in chosen.table.notes),
        )
        self.query_one("#reports-more", Static).update(told)

    @on(DataTable.CellSelected)
    def _open_rows(self) -> None:
        chosen = self.query_one(FigureGrid).chosen
        if chosen is None or self.report is None:
            return
        if not chosen.figure.traceable:
            self.tell("reports.no_rows", "warning")
            return
        self.app.push_screen(RowsScreen(self.workplace, self.report, chosen, self.filter))

    def action_switch(self) -> None:
        """To the figures, and back to the list."""
        reports, figures = self.query_one(OptionList), self.query_one(FigureGrid)
        inside = figures.has_focus
        self.set_class(not inside, "-figures")
        (reports if inside else figures).focus()

    def action_to_list(self) -> None:
        """Back to the list; while figures are counted, stop that."""
        if self._making_page:
            self.workers.cancel_group(self, ASKING)
            self._refocus()
            return
        if self._counting:
            self.workers.cancel_group(self, LOADING)
            self.report = None
            self.query_one(FigureGrid).clear(columns=True)
            self.query_one("#reports-scope", Static).update(self.texts("reports.stopped"))
        self.remove_class("-figures")
        self.query_one(OptionList).focus()

    def _refocus(self) -> None:
        wanted: FigureGrid | OptionList = self.query_one(FigureGrid)
        if not self.has_class("-figures"):
            wanted = self.query_one(OptionList)
        wanted.focus()

    @work(group=ASKING)
    async def action_filter(self) -> None:
        """A period, a region, a wave, or everything again."""
        bar = self.query_one(AskBar)
        if bar.asking:
            return
        try:
            wanted = await ask_filter(bar, self.workplace, self.filter)
        except DeskError as error:
            self.tell_error(error)
            wanted = None
        self._refocus()
        if wanted is not None:
            self.filter = wanted
            await self.reload()

    @work(group=ASKING)
    async def action_export(self) -> None:
        """Into a file."""
        bar = self.query_one(AskBar)
        if bar.asking or self.report is None:
            return
        kind = await ask_format(bar, self.texts)
        if kind is not None:
            day = local(self.report.made_at).date().isoformat()
            proposed = str(Path.home() / f"ehvdz-{self.report.name}-{day}.{kind}")
            path = await bar.note(self.texts("reports.ask.path"), proposed)
            if path:
                await self._save(self.report, kind, path)
        self._refocus()

    @work(group=ASKING)
    async def action_week(self) -> None:
        """The page of last week, into a file to mail."""
        bar = self.query_one(AskBar)
        if bar.asking:
            return
        kind = await ask_week_format(bar, self.texts)
        if kind is not None:
            await self._save_week(bar, kind)
        self._refocus()

    async def _save_week(self, bar: AskBar, kind: str) -> None:
        try:
            page = await self._count_week()
            proposed = str(Path.home() / week_file(page, kind))
            path = await bar.note(self.texts("reports.ask.path"), proposed)
            if path:
                saved = await self.desk.reports.save_week(page, kind, path, self.texts)
                self.tell("reports.written", "information", path=saved)
        except DeskError as error:
            self.tell_error(error)

    async def _count_week(self) -> WeekPage:
        wanted = ReportFilter(as_of=self.filter.as_of, region=self.filter.region)
        self.query_one(TopBar).note(self.texts("reports.waiting"))
        self._making_page = True
        try:
            return await self.desk.reports.week(wanted, self._progress())
        finally:
            self._making_page = False
            if self.is_here:
                self.query_one(TopBar).note("")

    async def _save(self, report: Report, kind: str, path: str) -> None:
        try:
            saved = await self.desk.reports.save(report, kind, path, self.texts)
        except DeskError as error:
            self.tell_error(error)
        else:
            self.tell("reports.written", "information", path=saved)

    @work(group=ASKING)
    async def action_first(self) -> None:
        """Everyone behind this figure to the head of the queue."""
        chosen = self.query_one(FigureGrid).chosen
        bar = self.query_one(AskBar)
        if chosen is None or self.report is None or bar.asking:
            return
        await put_first(self, bar, self.report.name, chosen, self.filter)
        self._refocus()
