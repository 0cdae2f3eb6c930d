"""The line on top of every screen: where, who, what time it is, and whether this is practice."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label, Static

from db.rules.times import show_moment_bar
from screens.base import Workplace
from screens.widgets.steady_text import put_in_place


class TopBar(Horizontal):
    """Place, practice mark, user and clock; the screen may add a few words in the middle with `note`."""

    DEFAULT_CSS = """
    TopBar {
        height: 1;
        background: $primary-background;
        color: $text;
        dock: top;
        #top-place { text-style: bold; padding: 0 1; width: auto; }
        #top-practice {
            background: $warning; color: auto; text-style: bold; padding: 0 1; width: auto; display: none;
        }
        #top-practice.-on { display: block; }
        #top-note { width: 1fr; padding: 0 1; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #top-who { width: auto; padding: 0 1; }
    }
    """

    def __init__(self, workplace: Workplace, place_key: str) -> None:
        super().__init__()
        self._workplace = workplace
        self._place_key = place_key

    def compose(self) -> ComposeResult:
        """The parts, left to right."""
        texts = self._workplace.texts
        yield Label(texts(self._place_key), id="top-place", markup=False)
        practice = Label(texts("top.practice"), id="top-practice", markup=False)
        practice.set_class(self._workplace.practice, "-on")
        yield practice
        yield Static("", id="top-note", markup=False)
        yield Label(self._who(), id="top-who", markup=False)

    def on_mount(self) -> None:
        """Keep the clock right to the minute."""
        self.set_interval(20, self._tick)

    def note(self, text: str) -> None:
        """Say a few words in the middle: counts, position."""
        put_in_place(self.query_one("#top-note", Static), text)

    def _tick(self) -> None:
        shown, words = self.query_one("#top-who", Label), self._who()
        if shown.content != words:
            shown.update(words)

    def _who(self) -> str:
        moment = show_moment_bar(self._workplace.now(), self._workplace.language)
        return f"{self._workplace.desk.seat.name} · {moment}"
