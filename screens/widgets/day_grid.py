"""The week in four day parts a day: where somebody can work, and where they like to."""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from db.rules.availability import DAYS, PARTS, cell, column, count, has, row
from db.rules.times import DAY_PARTS, day_part_label, weekday_label
from db.texts import Texts
from screens.base import key, speak

NOT, AVAILABLE, PREFERRED = "·", "■", "★"
LABEL_WIDTH = 7
CELL_WIDTH = 13
WORKING_DAYS = sum(row(day) for day in range(5))
WEEKEND = row(5) | row(6)
EVERYTHING = WORKING_DAYS | WEEKEND
NARROW = LABEL_WIDTH + 4 * CELL_WIDTH


@dataclass(frozen=True, slots=True)
class Week:
    """The cells that are available, and those of them that are preferred; 28 bits each."""

    available: int = 0
    preferred: int = 0

    def turn(self, cells: int) -> "Week":
        """Turn cells to their next state together: not, available, preferred, not."""
        if self.available & cells != cells:
            return Week(self.available | cells, self.preferred & ~cells)
        if self.preferred & cells != cells:
            return Week(self.available, self.preferred | cells)
        return Week(self.available & ~cells, self.preferred & ~cells)


class DayGrid(Widget, can_focus=True):
    """Seven days by four day parts; a digit turns a day, a letter turns a day part, space turns one cell."""

    DEFAULT_CSS = """
    DayGrid { height: 8; width: 100%; }
    """
    BINDINGS = [
        key("space", "turn_cell", "interview.grid.cell"),
        key("w", "turn_week('work')", "interview.grid.work", show=False),
        key("k", "turn_week('weekend')", "interview.grid.weekend", show=False),
        key("asterisk", "turn_week('all')", "interview.grid.all", show=False),
        key("left", "move(0, -1)", "interview.grid.left", show=False),
        key("right", "move(0, 1)", "interview.grid.right", show=False),
        key("up", "move(-1, 0)", "interview.grid.up", show=False),
        key("down", "move(1, 0)", "interview.grid.down", show=False),
    ]
    week: reactive[Week] = reactive(Week())
    place: reactive[tuple[int, int]] = reactive((0, 0))

    @dataclass
    class Turned(Message):
        """The week changed."""

        week: Week

    class Confirmed(Message):
        """Enter: go on."""

    @dataclass
    class Left(Message):
        """The cursor was moved past the first or the last day."""

        down: bool

    def __init__(self, texts: Texts, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._language = texts.language
        self._part_keys = texts("interview.grid.part_keys")
        speak(self, texts)

    def show(self, week: Week) -> None:
        """Begin with a week, the cursor on Monday morning."""
        self.week, self.place = week, (0, 0)

    def on_key(self, event: events.Key) -> None:
        """Anything but its own keys is for the screen."""
        if self.press(event):
            event.stop()
            event.prevent_default()

    def press(self, event: events.Key) -> bool:
        """Digits are days, the letters of the heading are day parts; False when the key is neither."""
        pressed = (event.character or "").casefold()
        if event.key == "enter":
            self.post_message(self.Confirmed())
        elif pressed and pressed in "1234567":
            self._turn(row(int(pressed) - 1))
        elif pressed and pressed in self._part_keys:
            self._turn(column(self._part_keys.index(pressed)))
        else:
            return False
        return True

    def answer_keys(self, texts: Texts) -> list[tuple[str, str]]:
        """The keys that turn days and day parts; the others are bindings."""
        names = [weekday_label(day, self._language) for day in DAYS]
        days = [(str(at), texts("help.answers.day", day=name)) for at, name in enumerate(names, 1)]
        called = [day_part_label(DAY_PARTS[part], self._language) for part in PARTS]
        parts = [
            (pressed, texts("help.answers.part", part=name))
            for pressed, name in zip(self._part_keys, called, strict=True)
        ]
        return [*days, *parts, ("⏎", texts("help.answers.enter"))]

    def action_turn_cell(self) -> None:
        """Turn the cell under the cursor."""
        self._turn(cell(*self.place))

    def action_turn_week(self, part: str) -> None:
        """Turn the working days, the weekend or everything."""
        self._turn({"work": WORKING_DAYS, "weekend": WEEKEND, "all": EVERYTHING}[part])

    def action_move(self, days: int, parts: int) -> None:
        """Move the cursor; over the edge of the week it leaves the grid."""
        day, part = self.place[0] + days, (self.place[1] + parts) % 4
        if day in DAYS:
            self.place = (day, part)
        else:
            self.post_message(self.Left(down=days > 0))

    def _turn(self, cells: int) -> None:
        self.week = self.week.turn(cells)
        self.post_message(self.Turned(self.week))

    def render(self) -> Content:
        """Heading, days, and what the marks mean."""
        return Content("\n").join([self._heading(), *(self._day(day) for day in DAYS)])

    def _heading(self) -> Content:
        parts = [Content(" " * LABEL_WIDTH)]
        for part in PARTS:
            name = day_part_label(DAY_PARTS[part], self._language)
            parts.append(Content.styled(self._part_keys[part], "bold $text-accent"))
            parts.append(Content(f" {name}".ljust(CELL_WIDTH - 1)))
        return Content.assemble(*parts)

    def _day(self, day: int) -> Content:
        name = weekday_label(day, self._language)
        here = day == self.place[0]
        parts = [
            Content.styled(f"{day + 1}", "bold $text-accent"),
            Content.styled(f" {name}".ljust(LABEL_WIDTH - 1), "bold" if here else ""),
        ]
        return Content.assemble(*parts, *(self._cell(day, part) for part in PARTS))

    def _cell(self, day: int, part: int) -> Content:
        mark, style = NOT, "$text-muted"
        if has(self.week.preferred, day, part):
            mark, style = PREFERRED, "bold $text-warning"
        elif has(self.week.available, day, part):
            mark, style = AVAILABLE, "bold $text-success"
        if (day, part) == self.place and self.has_focus:
            return Content.assemble((f"[{mark}]", f"{style} reverse"), " " * (CELL_WIDTH - 3))
        return Content.assemble(" ", (mark, style), " " * (CELL_WIDTH - 2))

    @property
    def parts_chosen(self) -> int:
        """How many day parts are available."""
        return count(self.week.available)
