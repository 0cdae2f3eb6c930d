"""The candidates: find somebody by a few digits, a name or an e-mail address."""

from typing import ClassVar
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import ScreenResume
from textual.timer import Timer
from textual.widgets import DataTable, Input, Static

from screens.base import Workplace, key
from screens.candidates.acting import BINDINGS as ACTS
from screens.candidates.acting import ActingScreen
from screens.candidates.wording import CandidateText, line_cells
from screens.widgets.ask_bar import AskBar
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

LOOK_SECONDS = 0.3
"""How long the cursor rests before the card beside the list is read: reading one is logged."""


class CandidatesScreen(ActingScreen):
    """A search box, who was found, and beside it the card."""

    DEFAULT_CSS = """
    CandidatesScreen {
        #candidates-search { border: none; height: 1; padding: 0 1; background: $panel; }
        #candidates-search:focus { background: $boost; }
        #candidates-hint { padding: 1 2; }
        #candidates-body { height: 1fr; display: none; }
        &.-found #candidates-body { display: block; }
        &.-found #candidates-hint { display: none; }
        #candidates-detail { display: none; width: 1fr; border-left: solid $primary; padding: 0 1; }
        #candidates-detail { scrollbar-size-vertical: 1; }
        &.-wide #candidates-detail { display: block; }
        &.-wide #candidates-table { width: 70; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f", "search", "candidates.search"),
        *ACTS,
        key("escape", "clear", "candidates.clear"),
        key("down", "to_list", "candidates.to_list"),
        key("pagedown", "scroll(1)", "candidates.scroll_down", show=False),
        key("pageup", "scroll(-1)", "candidates.scroll_up", show=False),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._looking: Timer | None = None
        self._read: UUID | None = None

    @property
    def subject(self) -> UUID | None:
        """The candidate under the cursor."""
        return self.query_one(ListTable).chosen if self.has_class("-found") else None

    def compose(self) -> ComposeResult:
        """The search box on top."""
        yield TopBar(self.workplace, "place.candidates")
        yield Input(placeholder=self.texts("candidates.search.hint"), id="candidates-search")
        yield Static(self.texts("candidates.start"), id="candidates-hint", markup=False)
        with Horizontal(id="candidates-body"):
            yield ListTable(self.texts, id="candidates-table")
            with VerticalScroll(id="candidates-detail", can_focus=False):
                yield Static("", id="candidate-text", markup=False)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one("#candidates-search").focus()

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.find()

    @on(Input.Changed, "#candidates-search")
    def _typed(self) -> None:
        self.find()

    @on(Input.Submitted, "#candidates-search")
    @work(exclusive=True, group="candidates.find")
    async def _entered(self) -> None:
        """Who types fast presses enter before the list has followed: it is for what was typed."""
        await self.reload()
        self.action_to_list()

    @work(exclusive=True, group="candidates.find")
    async def find(self) -> None:
        """Show who fits by now."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a repair and after an undo."""
        text = self.query_one("#candidates-search", Input).value
        result = await self.desk.candidates.search(text)
        if not self.is_here:
            return
        self.set_class(bool(result.lines), "-found")
        searched = bool(text.strip())
        hint = "candidates.none" if searched else "candidates.start"
        self.query_one("#candidates-hint", Static).update(self.texts(hint))
        found = "candidates.count.more" if result.more else "candidates.count"
        note = self.texts(found, count=len(result.lines)) if searched else ""
        if any(line.proposed for line in result.lines):
            note = f"{note} · {self.texts('proposals.legend.any')}"
        self.query_one(TopBar).note(note)
        table = self.query_one(ListTable)
        table.head(self._columns())
        now = self.workplace.now()
        shown = len(self._columns())
        table.fill((line.id, line_cells(line, self.texts, now)[:shown]) for line in result.lines)
        self._read = None
        self._look()

    def _columns(self) -> list[tuple[str, int]]:
        texts = self.texts
        columns = [
            (texts("candidates.column.name"), 19),
            (texts("candidates.column.phone"), 12),
            (texts("candidates.column.household"), 2),
            (texts("candidates.column.place"), 9),
            (texts("candidates.column.status"), 10),
        ]
        if self.has_class("-wide"):
            # The card beside the list has every contact.
            return [*columns[:-1], (columns[-1][0], 16)]
        return [*columns, (texts("candidates.column.last"), 15)]

    def on_resize(self) -> None:
        """Another window may have room for another column."""
        self.find()

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        if self._looking is not None:
            self._looking.stop()
        self._looking = self.set_timer(LOOK_SECONDS, self._look)

    @work(exclusive=True, group="candidates.look")
    async def _look(self) -> None:
        """Show the card of whoever is under the cursor, where there is room for it."""
        chosen = self.subject
        if chosen is None or not self.has_class("-wide") or chosen == self._read:
            return
        card = await self.desk.candidates.card(chosen)
        self._read = chosen
        text = CandidateText(card, self.texts, self.workplace.now())
        self.query_one("#candidate-text", Static).update(text.everything())
        self.query_one("#candidates-detail").scroll_home(animate=False)

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        from screens.candidates.one_candidate import OneCandidate

        if self.subject is not None:
            self.app.push_screen(OneCandidate(self.workplace, self.subject))

    def action_search(self) -> None:
        """Back to the search box, with what stands there selected."""
        box = self.query_one("#candidates-search", Input)
        box.focus()
        box.select_all()

    def arrived(self) -> None:
        """Whoever comes by the key of this place types a name: no letter of it may be a key of the list."""
        self.action_search()

    def action_clear(self) -> None:
        """Begin a new search."""
        self.query_one("#candidates-search", Input).value = ""
        self.action_search()

    def action_to_list(self) -> None:
        """From the search box to the list."""
        if self.has_class("-found"):
            self.query_one(ListTable).focus()

    def action_scroll(self, direction: int) -> None:
        """Read on in the card beside the list."""
        body = self.query_one("#candidates-detail", VerticalScroll)
        body.scroll_page_down(animate=False) if direction > 0 else body.scroll_page_up(animate=False)

    def give_back_focus(self) -> None:
        """Back to the list."""
        self.action_to_list()
