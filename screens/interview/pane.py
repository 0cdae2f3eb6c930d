"""The one place on the screen where a question is answered; all its parts are there from the start."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from db.rules.problems import Problem
from db.texts import Texts
from screens.widgets.choice_pad import ChoicePad
from screens.widgets.day_grid import DayGrid, Week


SHOWN_ROWS = 4
TALL = 24


class LineInput(Input, inherit_bindings=False):
    """One line of text; backspace in an empty one takes the last row back.

    It has the keys that edit and not those that scroll: up and down are for the conversation.
    """

    BINDINGS = [*Input.BINDINGS]

    class Erased(Message):
        """Backspace without anything to erase."""

    def on_key(self, event: events.Key) -> None:
        """Tell that there was nothing left to erase."""
        if event.key == "backspace" and not self.value:
            self.post_message(self.Erased())


class NoteArea(TextArea, inherit_bindings=False):
    """A note of several lines: enter goes on, ctrl+j breaks the line."""

    BINDINGS = [*TextArea.BINDINGS]

    class Confirmed(Message):
        """Enter: go on."""

    @dataclass
    class Left(Message):
        """The cursor was moved past the first or the last line."""

        down: bool

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Confirmed())
        elif event.key == "ctrl+j":
            event.stop()
            event.prevent_default()
            self.insert("\n")
        else:
            await super()._on_key(event)

    def action_cursor_up(self, select: bool = False) -> None:
        """Go up a line, or to the question before."""
        if self.cursor_at_first_line and not select:
            self.post_message(self.Left(down=False))
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Go down a line, or to the next question."""
        if self.cursor_at_last_line and not select:
            self.post_message(self.Left(down=True))
        else:
            super().action_cursor_down(select)


class EditorPane(Vertical):
    """The question as it is spoken, what the registration said, and the means to answer it.

    Nothing is mounted while the conversation goes on: what a question does not need is hidden.
    """

    def __init__(self, texts: Texts) -> None:
        super().__init__(id="pane")
        self._texts = texts
        self._given = ""

    def compose(self) -> ComposeResult:
        """Question, rows so far, the means to answer, hint, what is wrong."""
        yield Static(id="question", markup=False)
        yield Static(id="given", markup=False)
        yield Static(id="rows", markup=False)
        yield Static(id="hint", markup=False)
        yield ChoicePad(id="pad")
        yield LineInput(id="line", compact=True, select_on_focus=False)
        yield NoteArea(id="note", compact=True, soft_wrap=True, tab_behavior="focus", show_line_numbers=False)
        yield DayGrid(self._texts, id="grid")
        yield Static(id="problem", markup=False)

    @property
    def pad(self) -> ChoicePad:
        """The single-key choices."""
        return self.query_one("#pad", ChoicePad)

    @property
    def line(self) -> LineInput:
        """The line of text."""
        return self.query_one("#line", LineInput)

    @property
    def note(self) -> NoteArea:
        """The text of several lines."""
        return self.query_one("#note", NoteArea)

    @property
    def grid(self) -> DayGrid:
        """The week."""
        return self.query_one("#grid", DayGrid)

    def ask(self, question: str, given: str) -> None:
        """Put a question; `given` is what the registration said, if anything."""
        self.query_one("#question", Static).update(Content(question))
        self._given = given
        self.show_rows(())
        self.show_problems(())

    @property
    def is_tall(self) -> bool:
        """Whether the choices alone fill a small screen."""
        return bool(self.pad.display) and len(self.pad.options) > TALL

    def use(self, part: Widget, hint: str) -> None:
        """Answer with this part alone."""
        for other in (self.pad, self.line, self.note, self.grid):
            other.display = other is part
        self._say("#hint", hint)
        part.focus(scroll_visible=False)

    def use_line(self, text: str, hint: str, limit: int = 200) -> None:
        """Answer by typing a line."""
        with self.prevent(Input.Changed):
            self.line.value = text
        self.line.max_length = limit
        self.line.cursor_position = len(text)
        self.use(self.line, hint)

    def use_note(self, text: str, hint: str) -> None:
        """Answer by typing a note."""
        with self.prevent(TextArea.Changed):
            self.note.text = text
        self.note.move_cursor(self.note.document.end)
        self.use(self.note, hint)

    def use_grid(self, week: Week, hint: str) -> None:
        """Answer in the week."""
        self.grid.show(week)
        self.use(self.grid, hint)

    def show_rows(self, rows: Iterable[str]) -> None:
        """The rows that are there so far."""
        numbered = [f"{number}. {row}" for number, row in enumerate(rows, 1)]
        hidden = len(numbered) - SHOWN_ROWS
        if hidden > 0:
            numbered = [f"+{hidden}", *numbered[-SHOWN_ROWS:]]
        self._say("#rows", "\n".join(numbered))
        self._say("#given", "" if numbered else self._given)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """What is wrong or remarkable, under the field."""
        lines = []
        for problem in problems:
            mark, style = ("✗ ", "$text-error") if problem.severity == "error" else ("! ", "$text-warning")
            words = self._texts(f"intake.problem.{problem.code}", **problem.params)
            lines.append(Content.styled(mark + words, style))
        self._show_problem(Content("\n").join(lines))

    def show_error(self, words: str) -> None:
        """A refusal in words."""
        self._show_problem(Content.styled(f"✗ {words}", "$text-error"))

    def _show_problem(self, content: Content) -> None:
        static = self.query_one("#problem", Static)
        static.display = bool(content.plain)
        static.update(content)

    def _say(self, selector: str, words: str) -> None:
        static = self.query_one(selector, Static)
        static.display = bool(words)
        static.update(Content(words))
