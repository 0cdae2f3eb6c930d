"""The keys of where one is, from the bindings themselves."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.base import Question, Workplace, key

Section = tuple[str, Sequence[tuple[str, str]]]
"""A title, and the keys with what they do."""


class KeyHelp(Question[None]):
    """Every key that works here."""

    DEFAULT_CSS = """
    KeyHelp { align: center middle; }
    KeyHelp > VerticalScroll {
        width: 90%; max-width: 100; height: auto; max-height: 90%;
        background: $surface; border: round $accent; padding: 0 1;
    }
    KeyHelp Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,question_mark,enter", "dismiss(None)", "help.close", show=False)
    ]

    def __init__(self, workplace: Workplace, sections: Sequence[Section]) -> None:
        super().__init__(workplace)
        self._sections = sections

    def compose(self) -> ComposeResult:
        """The sections, one under the other."""
        with VerticalScroll():
            for title, rows in self._sections:
                yield Static(_section(title, rows), markup=False)
            yield Static(Content.styled(self.texts("help.hint"), "$text-muted"), markup=False)


def _section(title: str, rows: Sequence[tuple[str, str]]) -> Content:
    width = max((len(pressed) for pressed, _ in rows), default=0)
    told = [
        Content.assemble((pressed.rjust(width), "bold $text-accent"), f"  {words}") for pressed, words in rows
    ]
    return Content("\n").join([Content.styled(title, "bold"), *told, Content("")])
