"""The least that a Textual app with the same keys can be: the floor for start-up, keys and memory."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, Static

READY = "bare and ready"


class Help(ModalScreen[None]):
    """Something that opens over the screen and closes again."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        """A page of text."""
        yield Static("\n".join(f"key {number}" for number in range(20)))


class BareApp(App[None]):
    """A line of text, a footer, a question line that can be asked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help"),
        Binding("s,4", "ask", "Ask"),
        Binding("escape", "unask", "Back"),
    ]
    AUTO_FOCUS = None
    CSS = "Input { display: none; } Input.asked { display: block; }"

    def compose(self) -> ComposeResult:
        """What is always there."""
        yield Static(READY)
        yield Input()
        yield Footer()

    def action_help(self) -> None:
        """Open the page of text."""
        self.push_screen(Help())

    def action_ask(self) -> None:
        """Show the question line and stand in it."""
        self.query_one(Input).add_class("asked").focus()

    def action_unask(self) -> None:
        """Put the question line away."""
        asked = self.query_one(Input)
        asked.value = ""
        asked.remove_class("asked")
        self.set_focus(None)


if __name__ == "__main__":
    BareApp(ansi_color=False).run()
