"""The frame of a list: the rows, more of the one under the cursor, and what is said when there are none."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Generic, TypeVar
from uuid import UUID

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.events import ScreenResume
from textual.visual import VisualType
from textual.widget import Widget
from textual.widgets import DataTable, Static, Tabs

from screens.base import DeskScreen, Workplace
from screens.widgets.ask_bar import AskBar
from screens.widgets.counted_tab import CountedTab
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

Line = TypeVar("Line")
LOADING = "list.load"
"""The work of reading a list; what begins anew takes the place of what was begun."""


class ListScreen(DeskScreen[None], Generic[Line]):
    """What is listed and how it is told is for the screen; drawing it and keeping the cursor is the same.

    The parts have the same names everywhere: `#list-empty`, `#list-detail` and in it `#list-text`.
    """

    DEFAULT_CSS = """
    ListScreen {
        #list-empty { padding: 1 2; display: none; }
        #list-detail {
            height: auto; max-height: 45%; border-top: solid $primary; padding: 0 1;
            scrollbar-size-vertical: 1;
        }
        &.-empty { #list-empty { display: block; } #list-detail, ListTable { display: none; } }
        &.-asking #list-detail { display: none; }
    }
    """
    PLACE: ClassVar[str]
    """The text that says where one is."""
    OPENS: ClassVar[bool] = True
    """Whether a line can be opened; where everything stands on the screen already it cannot."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._was_read = False
        self.shown: Mapping[UUID, Line] = {}
        """What stands in the list."""

    # What a list says of itself

    @abstractmethod
    async def read(self) -> None:
        """Read what is listed; the screen may be gone when it returns, so nothing is drawn here."""

    @abstractmethod
    def lines(self) -> Mapping[UUID, Line]:
        """Of what was read, what is listed now, in order."""

    @abstractmethod
    def heads(self) -> Iterable[tuple[str, int]]:
        """A title and a width for each column."""

    @abstractmethod
    def cells(self, line: Line) -> Iterable[Text]:
        """What stands in the columns."""

    def empty(self) -> str:
        """What is said when nothing is listed."""
        return ""

    def detail(self, line: Line) -> VisualType:
        """More of the line under the cursor."""
        del line
        return ""

    def above(self) -> Iterable[Widget]:
        """What stands over the list."""
        return ()

    def draw_around(self) -> None:
        """Draw what stands around the list, once its lines are drawn."""

    def body(self) -> ComposeResult:
        """The list, and more of the line under the cursor."""
        yield ListTable(self.texts, opens=self.OPENS)
        with VerticalScroll(id="list-detail", can_focus=False):
            yield Static("", id="list-text", markup=False)

    # The frame

    def compose(self) -> ComposeResult:
        """Where one is, the list, more of the line under the cursor, and the line that asks."""
        yield TopBar(self.workplace, self.PLACE)
        yield from self.above()
        yield Static("", id="list-empty", markup=False)
        yield from self.body()
        yield AskBar(self.workplace)
        yield SteadyFooter()

    def on_mount(self) -> None:
        """The cursor is in the list."""
        self.table.focus()

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.load()

    @work(exclusive=True, group=LOADING)
    async def load(self) -> None:
        """Draw the list anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a change and after an undo."""
        await self.read()
        if self.is_here:
            self._was_read = True
            self.draw()

    @property
    def table(self) -> ListTable:
        """The list itself."""
        return self.query_one(ListTable)

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self.query_one(AskBar).asking

    @property
    def line(self) -> Line | None:
        """What is under the cursor."""
        chosen = self.table.chosen
        return self.shown.get(chosen) if chosen is not None else None

    def draw(self) -> None:
        """Draw what was read; nothing as long as nothing was."""
        if not self._was_read:
            return
        self.shown = lines = self.lines()
        self.set_class(not lines, "-empty")
        self.query_one("#list-empty", Static).update(self.empty())
        table = self.table
        table.head(self.heads())
        table.fill((row_id, list(self.cells(line))) for row_id, line in lines.items())
        if lines and self.focused is None:  # a list that was hidden while it was empty lost it
            table.focus()
        elif not lines and self.focused is table:
            self.set_focus(None)
        self.draw_around()
        self.tell_more()

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self.tell_more()

    def tell_more(self) -> None:
        """Tell more of the line under the cursor."""
        line = self.line
        self.query_one("#list-text", Static).update(self.detail(line) if line is not None else "")


class BesideScreen(ListScreen[Line]):
    """A list that has more of the line under the cursor below it, or at its right where there is room."""

    DEFAULT_CSS = """
    BesideScreen {
        #list-body { height: 1fr; layout: vertical; }
        #list-detail { max-height: 100%; }
        &.-asking #list-detail { display: block; }
        &.-wide #list-body { layout: horizontal; }
        &.-wide ListTable { height: 1fr; max-height: 100%; }
        &.-wide #list-detail { width: 1fr; height: 1fr; border-top: none; border-left: solid $primary; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]

    def body(self) -> ComposeResult:
        """The list and what is told beside it."""
        with Container(id="list-body"):
            yield from super().body()

    def action_scroll(self, step: int) -> None:
        """Read on in what is told beside the list."""
        body = self.query_one("#list-detail")
        body.scroll_page_down(animate=False) if step > 0 else body.scroll_page_up(animate=False)


class TabbedScreen(ListScreen[Line]):
    """Several lists, one in front; the tabs have keys of their own."""

    TABS: ClassVar[Sequence[str]]
    """The lists by name, in order."""

    @abstractmethod
    def tab_title(self, name: str) -> str:
        """What stands in the tab of a list, once it was read."""

    @abstractmethod
    def first_title(self, name: str) -> str:
        """What stands in the tab before that."""

    @property
    def tab(self) -> str:
        """The list in front."""
        return self.query_one(Tabs).active or self.TABS[0]

    def above(self) -> Iterable[Widget]:
        """The tabs."""
        return (Tabs(*(CountedTab(self.first_title(name), id=name) for name in self.TABS)),)

    def on_mount(self) -> None:
        """The cursor never is in the tabs."""
        self.query_one(Tabs).can_focus = False

    async def reload(self) -> None:
        """Draw the tabs and the list in front."""
        await super().reload()
        if self.is_here:
            for name in self.TABS:
                self.query_one(f"#{name}", CountedTab).label = self.tab_title(name)

    @on(Tabs.TabActivated)
    def _turned(self) -> None:
        self.draw()

    def action_turn(self, step: int) -> None:
        """The next list or the one before."""
        at = self.TABS.index(self.tab) + step
        self.query_one(Tabs).active = self.TABS[at % len(self.TABS)]

    def action_tab(self, number: int) -> None:
        """The list with this number."""
        self.query_one(Tabs).active = self.TABS[number - 1]
