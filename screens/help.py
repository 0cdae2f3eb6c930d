"""The keys of where one is, from the bindings themselves."""

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar, Protocol, runtime_checkable

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db.texts import Texts
from screens.base import Question, Workplace, key

FRAME = 6
"""Columns of the border, the padding and the scroll bar."""
Section = tuple[str, Sequence[tuple[str, str]]]
"""A title, and the keys with what they do."""


@runtime_checkable
class Answering(Protocol):
    """A widget that is answered with keys of its own, which are no bindings."""

    def answer_keys(self, texts: Texts) -> list[tuple[str, str]]:
        """Its keys with what they do."""
        ...


def answer_keys(focused: object, texts: Texts) -> list[Section]:
    """The keys that answer the question in hand, if it is answered with keys."""
    if not isinstance(focused, Answering):
        return []
    return [(texts("help.answers"), focused.answer_keys(texts))]


class KeyHelp(Question[None]):
    """Every key that works here."""

    DEFAULT_CSS = """
    KeyHelp { align: center middle; }
    KeyHelp > VerticalScroll {
        width: 90%; max-width: 100; height: auto; max-height: 90%;
        background: $surface; border: round $accent; padding: 0 1;
        border-subtitle-color: $text-accent;
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
        page = VerticalScroll()
        page.border_subtitle = self.texts("help.hint")
        room = min(self.app.size.width * 9 // 10, 100) - FRAME
        with page:
            for title, rows in self._sections:
                yield Static(_section(title, rows, room), markup=False)


def _section(title: str, rows: Sequence[tuple[str, str]], room: int) -> Content:
    """Each key beside its words; words of more lines stay in their own column."""
    width = max((len(pressed) for pressed, _ in rows), default=0)
    told = []
    for pressed, words in rows:
        first, *more = wrap(words, max(20, room - width - 2)) or [""]
        told.append(Content.assemble((pressed.rjust(width), "bold $text-accent"), f"  {first}"))
        told += [Content(" " * (width + 2) + line) for line in more]
    return Content("\n").join([Content.styled(title, "bold"), *told, Content("")])
