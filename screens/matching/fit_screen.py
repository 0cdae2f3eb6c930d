"""What both lists of matches share: a head, the list, and the reckoning of the line under the cursor."""

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from rich.console import Group
from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from screens.base import key
from screens.held_keys import PatientScreen
from screens.matching_words import stacked
from screens.queue.card_text import Line, lines

Match = TypeVar("Match")


class FitScreen(PatientScreen[Match]):
    """The list above or at the left, the reckoning below or at the right."""

    DEFAULT_CSS = """
    FitScreen {
        #fit-head { padding: 0 1; height: auto; text-style: bold; }
        #list-detail { height: 9; }
        #list-text { height: auto; }
        &.-wide ListTable { width: 80; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("pagedown", "scroll(1)", "matching.scroll_down", show=False),
        key("pageup", "scroll(-1)", "matching.scroll_up", show=False),
    ]

    def above(self) -> Iterable[Widget]:
        """What or whom it is about."""
        return (Static("", id="fit-head", markup=False),)

    def on_resize(self) -> None:
        """The reckoning is told in another form beside the list than below it."""
        self.call_after_refresh(self.tell_more)

    def reckoning(self, title: Text, parts: list[Line]) -> Group:
        """A title, and under it the parts, each beside or above its name."""
        return Group(title, stacked(parts) if self.has_class("-wide") else lines(parts))
