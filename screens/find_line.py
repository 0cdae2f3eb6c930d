"""One line to find something by: type, go up and down what was found without leaving it, enter takes it."""

from abc import abstractmethod
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static

from screens.base import Question, Result


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

    @abstractmethod
    def search(self, text: str) -> object:
        """Begin to look for what was typed; what was begun before is void."""

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

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.search(event.value)

    def action_move(self, step: int) -> None:
        """Up and down the list without leaving the line one types on."""
        found = self.found_list
        found.action_cursor_down() if step > 0 else found.action_cursor_up()
