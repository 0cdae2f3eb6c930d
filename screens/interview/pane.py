"""The one place on the screen where a question is answered; all its parts are there from the start."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from db.rules.problems import Problem
from db.texts import Texts
from screens.interview.parts import Grid, KeyOrder, LineInput, NoteArea, Pad
from screens.widgets.day_grid import Week

SHOWN_ROWS = 4
TALL = 24


class EditorPane(Vertical):
    """The question as it is spoken, what the registration said, and the means to answer it.

    Nothing is mounted while the conversation goes on: what a question does not need is hidden.
    """

    DEFAULT_CSS = """
    EditorPane {
        height: auto; max-height: 100%; overflow-y: auto; padding: 0 1; border-left: thick $primary;
        #question { text-style: bold; height: auto; }
        #given, #hint { color: $text-muted; height: auto; }
        #rows { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
        #problem { height: auto; display: none; }
        #line { background: $panel; width: 100%; }
        #note { height: 5; background: $panel; }
    }
    """

    def __init__(self, texts: Texts) -> None:
        super().__init__(id="pane")
        self._texts = texts
        self._given = ""
        self.keys = KeyOrder()

    def compose(self) -> ComposeResult:
        """Question, rows so far, the means to answer, hint, what is wrong."""
        yield Static(id="question", markup=False)
        yield Static(id="given", markup=False)
        yield Static(id="rows", markup=False)
        yield Static(id="hint", markup=False)
        yield Pad(self.keys)
        yield LineInput(self.keys)
        yield NoteArea(self.keys)
        yield Grid(self.keys, self._texts)
        yield Static(id="problem", markup=False)

    @property
    def pad(self) -> Pad:
        """The single-key choices."""
        return self.query_one(Pad)

    @property
    def line(self) -> LineInput:
        """The line of text."""
        return self.query_one(LineInput)

    @property
    def note(self) -> NoteArea:
        """The text of several lines."""
        return self.query_one(NoteArea)

    @property
    def grid(self) -> Grid:
        """The week."""
        return self.query_one(Grid)

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

    def use(self, part: Pad | LineInput | NoteArea | Grid, hint: str) -> None:
        """Answer with this part alone."""
        self.keys.part = part
        for other in (self.pad, self.line, self.note, self.grid):
            if other.display != (other is part):
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
