"""One line to find something by: type, go up and down what was found without leaving it, enter takes it."""

from abc import abstractmethod
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static

from screens.base import Question, Result, Workplace


class FindLine(Question[Result]):
    """What is searched and what is taken is for the question; the line and its list are the same."""

    DEFAULT_CSS = """
    FindLine { align: center top; }
    FindLine > Vertical {
        width: 90%; max-width: 110; height: auto; max-height: 80%; margin: 1 0 0 0;
        background: $surface; border: round $accent; padding: 0 1;
    }
    FindLine #find-title { text-style: bold; }
    FindLine OptionList { height: auto; max-height: 14; border: none; }
    FindLine #find-hint { color: $text-muted; }
    """
    TITLE_TEXT: ClassVar[str]
    HINT_TEXT: ClassVar[str]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.searched: str | None = None
        """What the list belongs to; None before the first answer."""
        self._entered = False

    @abstractmethod
    async def look(self, text: str) -> None:
        """Find by what was typed, and show it in the list."""

    @abstractmethod
    def take(self, option_id: str) -> None:
        """Answer with what was chosen."""

    def compose(self) -> ComposeResult:
        """What is searched, and what was found."""
        with Vertical():
            yield Static(self.texts(self.TITLE_TEXT), id="find-title", markup=False)
            yield Input(id="find-text")
            yield OptionList(id="find-list")
            yield Static(self.texts(self.HINT_TEXT), id="find-hint", markup=False)

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    @property
    def found_list(self) -> OptionList:
        """What was found."""
        return self.query_one(OptionList)

    @work(exclusive=True, group="find")
    async def search(self, text: str) -> None:
        """Look for what was typed; what was begun before is void."""
        await self.look(text)
        if not self.is_here:
            return
        self.searched = text
        if self._entered:
            self._take()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        # Enter was for what stood there then: who answers to more than that was never seen.
        self._entered = False
        self.search(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Who types fast presses enter before the list has followed: it is for what was typed."""
        self._entered = True
        if event.value == self.searched:
            self._take()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self._take()

    def _take(self) -> None:
        self._entered = False
        found = self.found_list
        if found.highlighted is None:
            return
        chosen = found.get_option_at_index(found.highlighted).id
        if chosen is not None:
            self.take(chosen)

    def action_move(self, step: int) -> None:
        """Up and down the list without leaving the line one types on."""
        found = self.found_list
        found.action_cursor_down() if step > 0 else found.action_cursor_up()
