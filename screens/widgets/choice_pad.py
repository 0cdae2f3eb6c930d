"""Choices that are answered with a single key: no list to walk through, no box to open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from db.texts import Texts

KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
GAP = 3
MANY = 12
ROOMY = 108
AROUND = 12
"""Lines that the rest of a screen takes beside the choices."""
CHOSEN, OPEN = "■", "·"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its code, what it is called, and the key that picks it."""

    code: str
    label: str
    key: str


def number_options(choices: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
    """Give each choice (code, label) its key: the digits first, then the letters."""
    return tuple(Option(code, label, pressed) for (code, label), pressed in zip(choices, KEYS, strict=False))


def spell_options(choices: Sequence[tuple[str, str]]) -> tuple[Option, ...]:
    """Give each choice the first letter of its label that is still free: j and n for ja and nee."""
    taken: set[str] = set()
    options = []
    for code, label in choices:
        letter = next(letter for letter in label.casefold() + KEYS if letter in KEYS and letter not in taken)
        taken.add(letter)
        options.append(Option(code, label, letter))
    return tuple(options)


class ChoicePad(Widget, can_focus=True):
    """All choices with their keys, in as many columns as fit.

    What is chosen has a mark as well as a colour.
    """

    DEFAULT_CSS = """
    ChoicePad { height: auto; width: 100%; }
    """

    @dataclass
    class Picked(Message):
        """A key was pressed that stands for a choice."""

        code: str

    class Confirmed(Message):
        """Enter: go on."""

    class Erased(Message):
        """Backspace: take the last thing back."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.options: tuple[Option, ...] = ()
        self._keys: dict[str, str] = {}
        self._marked = False
        self.chosen: frozenset[str] = frozenset()

    def offer(
        self,
        options: tuple[Option, ...],
        chosen: Iterable[str],
        *,
        also: dict[str, str] | None = None,
        marked: bool = True,
    ) -> None:
        """Show other choices; with `marked` false nothing shows as chosen or not.

        `also` are keys that pick a code without being shown: y beside j.
        """
        self.options = options
        self._keys = (also or {}) | {option.key: option.code for option in options}
        self._marked = marked
        self.chosen = frozenset(chosen)
        self.refresh(layout=True)

    def mark(self, chosen: Iterable[str]) -> None:
        """Show which codes are chosen now."""
        self.chosen = frozenset(chosen)
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Anything but its own keys is for the screen."""
        if self.press(event):
            event.stop()
            event.prevent_default()

    def press(self, event: events.Key) -> bool:
        """Pick, confirm or erase; False when the key means nothing here."""
        code = self._keys.get((event.character or "").casefold())
        if event.key == "enter":
            self.post_message(self.Confirmed())
        elif event.key == "backspace":
            self.post_message(self.Erased())
        elif code is not None:
            self.post_message(self.Picked(code))
        else:
            return False
        return True

    def answer_keys(self, texts: Texts) -> list[tuple[str, str]]:
        """Every choice under its key, and how to go on."""
        choices = [(option.key, option.label) for option in self.options]
        return [*choices, ("⏎", texts("help.answers.enter")), ("⌫", texts("help.answers.erase"))]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the choices take in this width."""
        return max(1, self._rows(width))

    def render(self) -> Content:
        """The choices, read downwards column by column."""
        rows = self._rows(self.size.width)
        widths = self._widths(self.size.width, rows)
        lines = []
        for row in range(rows):
            cells = zip(self.options[row::rows], widths, strict=False)
            lines.append(
                Content.assemble(*(part for option, width in cells for part in self._cell(option, width)))
            )
        return Content("\n").join(lines)

    def _rows(self, width: int) -> int:
        columns = max(1, width // max(1, self._cell_width(width)))
        return -(-len(self.options) // columns)

    def _cell_width(self, width: int) -> int:
        """Room for the longest label, but two columns whenever many choices would not fit in one."""
        longest = self._needs(self.options)
        if len(self.options) > MANY and not self._fits_in_one(width, longest):
            longest = min(longest, width // (3 if width >= ROOMY else 2))
        return min(longest, max(width, 1))

    def _fits_in_one(self, width: int, longest: int) -> bool:
        """Whether one column holds all of every label, with the rest of the screen around it."""
        return width // 2 < longest <= width and len(self.options) + AROUND <= self.screen.size.height

    def _widths(self, width: int, rows: int) -> list[int]:
        """The width of each column: all alike where they fit, else each as wide as it needs and may be."""
        columns = [self.options[start : start + rows] for start in range(0, len(self.options), max(rows, 1))]
        cell = self._cell_width(width)
        if self._needs(self.options) <= cell:
            return [cell] * len(columns)
        widths, left = [0] * len(columns), width
        narrow_first = sorted(range(len(columns)), key=lambda at: self._needs(columns[at]))
        for done, at in enumerate(narrow_first):
            widths[at] = min(self._needs(columns[at]), left // (len(columns) - done))
            left -= widths[at]
        return widths

    def _needs(self, options: Sequence[Option]) -> int:
        return max((len(option.label) for option in options), default=0) + GAP + 4

    def _cell(self, option: Option, width: int) -> tuple[Content, ...]:
        chosen = option.code in self.chosen
        mark = (CHOSEN if chosen else OPEN) if self._marked else ""
        room = width - len(mark) - GAP - 1
        label = option.label if len(option.label) <= room else option.label[: room - 1] + "…"
        style = Style(bold=True) if chosen else Style()
        text = f" {label}".ljust(width - len(mark) - 2)
        return (
            Content.styled(mark, "$text-success" if chosen else "$text-muted"),
            Content.styled(f" {option.key}", "bold $text-accent"),
            Content(text).stylize(style),
        )
