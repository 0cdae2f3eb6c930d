"""Two records that may be one person, side by side: choose what stands, and merge or keep apart."""

from typing import ClassVar
from uuid import UUID

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import ScreenResume
from textual.message import Message
from textual.widgets import DataTable, Static

from db.errors import DeskError
from db.views.likeness import LikenessCard, Side
from screens.base import DeskScreen, Workplace, key, speak
from screens.likeness.wording import TOLD, LikenessText
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

SIGN_WIDTH, FIELD_WIDTH, PADDING = 1, 14, 9


class PairTable(DataTable[Text]):
    """A row for each thing that both records say; the arrows left and right choose whose word stands."""

    DEFAULT_CSS = """
    PairTable { height: 1fr; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("left", "choose('older')", "likeness.choose_older"),
        key("right", "choose('newer')", "likeness.choose_newer"),
    ]

    class Chosen(Message):
        """Somebody chose a side for the row under the cursor."""

        def __init__(self, code: str, side: Side) -> None:
            super().__init__()
            self.code = code
            self.side = side

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(cursor_type="row")
        speak(self, workplace.texts)

    def draw(self, heads: list[str], rows: list[tuple[str, list[Text]]], half: int) -> None:
        """Draw it anew, each record so wide; the cursor stays where it is."""
        at = self.cursor_row
        self.clear(columns=True)
        for head, wide in zip(heads, (SIGN_WIDTH, FIELD_WIDTH, half, half), strict=True):
            self.add_column(Text(head, no_wrap=True, overflow="ellipsis"), width=wide)
        for code, cells in rows:
            for cell in cells:
                cell.no_wrap, cell.overflow = True, "ellipsis"
            self.add_row(*cells, key=code)
        self.move_cursor(row=at, animate=False)

    def action_scroll_home(self) -> None:
        """To the first row: a row is chosen whole, so the first column means nothing."""
        self.action_scroll_top()

    def action_scroll_end(self) -> None:
        """To the last row."""
        self.action_scroll_bottom()

    def action_choose(self, side: Side) -> None:
        """This side's word stands."""
        code = self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value
        if code is not None:
            self.post_message(self.Chosen(code, side))


class LikenessScreen(DeskScreen[None]):
    """One question; answered, it closes."""

    DEFAULT_CSS = """
    LikenessScreen {
        #likeness-why { padding: 0 1; height: auto; text-style: bold; }
        #likeness-obstacles { padding: 0 1; height: auto; color: $text-warning; display: none; }
        #likeness-obstacles.-on { display: block; }
        #likeness-hint { padding: 0 1; height: auto; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("m", "answer('merged')", "likeness.merge"),
        key("d", "answer('distinct')", "team.distinct"),
        key("h", "answer('household')", "team.household"),
        key("1", "card('older')", "likeness.older_card", show=False),
        key("2", "card('newer')", "likeness.newer_card", show=False),
        key("escape", "dismiss(None)", "likeness.close"),
    ]

    def __init__(self, workplace: Workplace, likeness_id: UUID) -> None:
        super().__init__(workplace)
        self._likeness_id = likeness_id
        self._card: LikenessCard | None = None
        self._chosen: dict[str, Side] = {}

    def compose(self) -> ComposeResult:
        """What speaks for one person, what stands in the way, and both records."""
        yield TopBar(self.workplace, "place.likeness")
        yield Static("", id="likeness-why", markup=False)
        yield Static("", id="likeness-obstacles", markup=False)
        yield Static(self.texts("likeness.hint"), id="likeness-hint", markup=False)
        yield PairTable(self.workplace)
        yield SteadyFooter()

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.query_one(PairTable).focus()
        self.load()

    def on_resize(self) -> None:
        """The columns take the width there is."""
        self._draw()

    @work(exclusive=True, group="likeness.load")
    async def load(self) -> None:
        """Draw it anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after an undo. What was chosen stays chosen."""
        card = await self.desk.team.likeness(self._likeness_id)
        if not self.is_here:
            return
        self._card = card
        self._chosen = {pair.code: pair.chosen for pair in card.fields} | self._chosen
        self._draw()

    def _draw(self) -> None:
        if self._card is None:
            return
        text = LikenessText(self._card, self.texts, self.workplace.now())
        self.query_one("#likeness-why", Static).update(text.why())
        obstacles = self.query_one("#likeness-obstacles", Static)
        obstacles.update(text.obstacles())
        obstacles.set_class(bool(self._card.obstacles), "-on")
        heads = ["", "", self.texts("team.column.one"), self.texts("team.column.other")]
        half = max((self.size.width - SIGN_WIDTH - FIELD_WIDTH - PADDING) // 2, 10)
        rows = [*text.fields(self._chosen, half), *text.facts()]
        self.query_one(PairTable).draw(heads, rows, half)

    @on(PairTable.Chosen)
    def _choose(self, event: PairTable.Chosen) -> None:
        if event.code in self._chosen:
            self._chosen[event.code] = event.side
            self._draw()
        else:
            self.tell("likeness.goes_along", "warning")

    @work(group="likeness.write")
    async def action_answer(self, answer: str) -> None:
        """One person, a household, or two people."""
        if self._card is None:
            return
        try:
            name = await self.desk.team.answer_likeness(self._likeness_id, answer, self._chosen)
        except DeskError as error:
            self.tell_error(error)
            await self.reload()
            return
        self.tell(TOLD[answer], name=name)
        self.dismiss(None)

    def action_card(self, side: Side) -> None:
        """Everything known of one of the two."""
        from screens.candidates.one_candidate import OneCandidate

        if self._card is not None:
            record = self._card.older if side == "older" else self._card.newer
            self.app.push_screen(OneCandidate(self.workplace, record.id))
