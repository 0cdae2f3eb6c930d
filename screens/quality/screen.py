"""A second look at interviews: the list, the answers beside it, and one key for each verdict."""

from typing import ClassVar
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.events import ScreenResume
from textual.widgets import DataTable, Static

from db.errors import DeskError
from db.rules.names import show_name
from db.views.reviews import ReviewLine
from screens.base import DeskScreen, Workplace, key
from screens.quality.wording import answers_of, cells
from screens.widgets.ask_bar import AskBar
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar


class ReviewsScreen(DeskScreen[None]):
    """What waits for a look comes first; below it what waits for its caller."""

    DEFAULT_CSS = """
    ReviewsScreen {
        #quality-empty { padding: 1 2; display: none; }
        #quality-body { height: 1fr; layout: vertical; }
        #quality-body ListTable { height: 1fr; min-height: 4; max-height: 8; }
        #quality-answers { height: 2fr; border-top: solid $primary; padding: 0 1; }
        #quality-answers { scrollbar-size-vertical: 1; }
        &.-wide #quality-body { layout: horizontal; }
        &.-wide #quality-body ListTable { width: 62; height: 1fr; max-height: 100%; }
        &.-wide #quality-answers { width: 1fr; height: 1fr; border-top: none; border-left: solid $primary; }
        &.-empty #quality-empty { display: block; }
        &.-empty #quality-body { display: none; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("a", "approve", "quality.approve"),
        key("h", "hand_back", "quality.hand_back"),
        key("pagedown,space", "scroll(1)", "quality.scroll_down"),
        key("pageup", "scroll(-1)", "quality.scroll_up", show=False),
        key("escape", "dismiss(None)", "quality.close"),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._lines: dict[UUID, ReviewLine] = {}
        self._shown: UUID | None = None

    @property
    def line(self) -> ReviewLine | None:
        """The interview under the cursor."""
        chosen = self.query_one(ListTable).chosen
        return self._lines.get(chosen) if chosen is not None else None

    def compose(self) -> ComposeResult:
        """The list and the answers."""
        yield TopBar(self.workplace, "place.quality")
        yield Static(self.texts("quality.empty"), id="quality-empty", markup=False)
        with Container(id="quality-body"):
            yield ListTable(self.texts)
            with VerticalScroll(id="quality-answers", can_focus=False):
                yield Static("", id="quality-text", markup=False)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    def on_mount(self) -> None:
        """The cursor is in the list."""
        self.query_one(ListTable).focus()

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.load()

    @work(exclusive=True, group="quality.load")
    async def load(self) -> None:
        """Draw the lists anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a verdict and after an undo."""
        lists = await self.desk.reviews.lists()
        if not self.is_attached:
            return
        self._lines = {line.interview_id: line for line in (*lists.pending, *lists.handed_back)}
        self.set_class(not self._lines, "-empty")
        note = self.texts("quality.count", count=lists.count, back=len(lists.handed_back))
        self.query_one(TopBar).note(note if self._lines else "")
        texts, now = self.texts, self.workplace.now()
        table = self.query_one(ListTable)
        table.head(
            [
                (texts("quality.column.state"), 7),
                (texts("quality.column.name"), 21),
                (texts("quality.column.caller"), 14),
                (texts("quality.column.when"), 11),
            ]
        )
        table.fill((row_id, cells(line, texts, now)) for row_id, line in self._lines.items())
        self._shown = None
        self._show_answers()

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self._show_answers()

    @work(group="quality.answers")
    async def _show_answers(self) -> None:
        """The answers of the interview under the cursor; looking is logged."""
        line = self.line
        self.refresh_bindings()
        if line is None or line.interview_id == self._shown:
            return
        self._shown = line.interview_id
        found = await self.desk.reviews.read(line.interview_id)
        if self.is_attached and self._shown == found.line.interview_id:
            self.query_one("#quality-text", Static).update(
                answers_of(found, self.texts, self.workplace.now())
            )
            self.query_one("#quality-answers").scroll_home(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A verdict only where one is asked for."""
        del parameters
        if action not in ("approve", "hand_back") or not self.is_mounted:
            return True
        return self.line is not None and self.line.state == "pending"

    def action_scroll(self, step: int) -> None:
        """Read on in the answers."""
        body = self.query_one("#quality-answers")
        body.scroll_page_down(animate=False) if step > 0 else body.scroll_page_up(animate=False)

    @work(group="quality.write")
    async def action_approve(self) -> None:
        """It is good."""
        line = self.line
        if line is None or self.query_one(AskBar).asking:
            return
        try:
            await self.desk.reviews.approve(line.interview_id)
        except DeskError as error:
            self.tell_error(error)
        else:
            self.tell("quality.approved", name=show_name(line.name))
        await self.reload()

    @work(group="quality.write")
    async def action_hand_back(self) -> None:
        """Back to its caller, with a note."""
        line, bar = self.line, self.query_one(AskBar)
        if line is None or bar.asking:
            return
        name = show_name(line.name)
        note = await bar.note(self.texts("quality.ask.note", caller=line.caller, name=name))
        self.query_one(ListTable).focus()
        if note is None:
            return
        try:
            await self.desk.reviews.hand_back(line.interview_id, note)
        except DeskError as error:
            self.tell_error(error)
        else:
            self.tell("quality.returned", caller=line.caller, name=name)
            self._go_on()
        await self.reload()

    def _go_on(self) -> None:
        """To the next that waits for a look: the one handed back moves to the end of the list."""
        waiting = [row_id for row_id, line in self._lines.items() if line.state == "pending"]
        at = waiting.index(self.line.interview_id) if self.line and self.line.interview_id in waiting else 0
        others = waiting[at + 1 :] or waiting[:at]
        if others:
            self.query_one(ListTable).go_to(others[0])
