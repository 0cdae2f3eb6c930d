"""A second look at interviews: the list, the answers beside it, and one key for each verdict."""

from collections.abc import Iterable, Mapping
from typing import ClassVar
from uuid import UUID

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.widgets import Static

from db.rules.names import show_name
from db.views.reviews import ReviewLine
from screens.base import Workplace, key
from screens.list_screen import BesideScreen
from screens.quality.wording import answers_of, cells
from screens.widgets.ask_bar import AskBar
from screens.widgets.top_bar import TopBar


class ReviewsScreen(BesideScreen[ReviewLine]):
    """What waits for a look comes first; below it what waits for its caller."""

    DEFAULT_CSS = """
    ReviewsScreen {
        ListTable { height: 1fr; min-height: 4; max-height: 8; }
        #list-detail { height: 2fr; }
        &.-wide ListTable { width: 62; }
    }
    """
    PLACE = "place.quality"
    OPENS = False
    BINDINGS: ClassVar[list[BindingType]] = [
        key("a", "approve", "quality.approve"),
        key("h", "hand_back", "quality.hand_back"),
        key("pagedown,space", "scroll(1)", "quality.scroll_down"),
        key("pageup", "scroll(-1)", "quality.scroll_up", show=False),
        key("escape", "dismiss(None)", "quality.close"),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._shown_answers: UUID | None = None

    async def read(self) -> None:
        """What waits for a look, and what was handed back."""
        self._lists = await self.desk.reviews.lists()

    def lines(self) -> Mapping[UUID, ReviewLine]:
        """What waits comes first."""
        return {line.interview_id: line for line in (*self._lists.pending, *self._lists.handed_back)}

    def heads(self) -> Iterable[tuple[str, int]]:
        """How it stands, whom it is about, who held it, and when."""
        texts = self.texts
        return (
            (texts("quality.column.state"), 7),
            (texts("quality.column.name"), 21),
            (texts("quality.column.caller"), 14),
            (texts("quality.column.when"), 11),
        )

    def cells(self, line: ReviewLine) -> Iterable[Text]:
        """One interview in a line."""
        return cells(line, self.texts, self.workplace.now())

    def empty(self) -> str:
        """Nothing waits."""
        return self.texts("quality.empty")

    def draw_around(self) -> None:
        """How many there are; the answers are read anew."""
        self._shown_answers = None
        lists = self._lists
        note = self.texts("quality.count", count=lists.count, back=len(lists.handed_back))
        self.query_one(TopBar).note(note if self.shown else "")

    def tell_more(self) -> None:
        """The keys of this line, and its answers."""
        self.refresh_bindings()
        self._show_answers()

    @work(group="quality.answers")
    async def _show_answers(self) -> None:
        """The answers of the interview under the cursor; looking is logged."""
        line = self.line
        if line is None or line.interview_id == self._shown_answers:
            return
        self._shown_answers = line.interview_id
        found = await self.desk.reviews.read(line.interview_id)
        if self.is_here and self._shown_answers == found.line.interview_id:
            self.query_one("#list-text", Static).update(answers_of(found, self.texts, self.workplace.now()))
            self.query_one("#list-detail").scroll_home(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A verdict only where one is asked for."""
        del parameters
        if action not in ("approve", "hand_back") or not self.is_mounted:
            return True
        return self.line is not None and self.line.state == "pending"

    @work(group="quality.write")
    async def action_approve(self) -> None:
        """It is good."""
        line = self.line
        if line is None or self.asking:
            return
        approve = self.desk.reviews.approve(line.interview_id)
        await self.carry_out(approve, "quality.approved", name=show_name(line.name))
        await self.reload()

    @work(group="quality.write")
    async def action_hand_back(self) -> None:
        """Back to its caller, with a note."""
        line, bar = self.line, self.query_one(AskBar)
        if line is None or bar.asking:
            return
        name = show_name(line.name)
        note = await bar.note(self.texts("quality.ask.note", caller=line.caller, name=name))
        self.table.focus()
        if note is None:
            return
        back = self.desk.reviews.hand_back(line.interview_id, note)
        if await self.carry_out(back, "quality.returned", caller=line.caller, name=name):
            self._go_on()
        await self.reload()

    def _go_on(self) -> None:
        """To the next that waits for a look: the one handed back moves to the end of the list."""
        waiting = [row_id for row_id, line in self.shown.items() if line.state == "pending"]
        at = waiting.index(self.line.interview_id) if self.line and self.line.interview_id in waiting else 0
        others = waiting[at + 1 :] or waiting[:at]
        if others:
            self.table.go_to(others[0])
