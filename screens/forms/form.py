"""A form: one question in hand, the others as lines around it, saved after every answer."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from db.errors import DeskError
from db.rules.intake_fields import Answer, Field
from db.rules.problems import Problem
from screens.base import Result, Workplace, key
from screens.interview.editors import (
    ChoiceEditor,
    ChoicesEditor,
    Editor,
    IntegerEditor,
    Job,
    LineEditor,
    Reading,
)
from screens.interview.overview import DONE, NEEDED, OPEN, Line, Lines
from screens.interview.pane import EditorPane
from screens.interview.walk import WalkScreen
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

PLAIN_EDITORS: Mapping[str, type[Editor]] = {
    "text": LineEditor,
    "integer": IntegerEditor,
    "choice": ChoiceEditor,
    "choices": ChoicesEditor,
}


class FormScreen(WalkScreen[Result]):
    """What is asked, how it is shown and how it is kept is for the form; the walk through it is the same."""

    DEFAULT_CSS = """
    FormScreen {
        #form-title { height: 1; padding: 0 1; text-style: bold; color: $text-primary; }
        #form-body { height: 1fr; padding: 0 1; }
        &.-wide #form-body { padding: 1 2; }
        &.-wide #pane { margin: 1 0; }
        #form-gauge { height: 1; padding: 0 1; background: $surface; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    AUTO_FOCUS = ""
    BINDINGS = [
        key("escape", "close", "form.close"),
        key("ctrl+s", "finish", "form.finish"),
        key("up", "beside(-1)", "form.previous"),
        key("down", "beside(1)", "form.next"),
        key("shift+tab", "beside(-1)", "form.previous_tab", show=False),
        key("tab", "beside(1)", "form.next_tab", show=False),
        key("u", "hold_undo", "form.hold_undo", show=False),
    ]

    def __init__(self, workplace: Workplace, place_key: str) -> None:
        super().__init__(workplace)
        self._place_key = place_key
        self._refused_at = ""

    # What a form says of itself

    @abstractmethod
    async def read_in(self) -> None:
        """Read what is there already into `answers`."""

    @abstractmethod
    def fields(self) -> Sequence[Field]:
        """The questions that apply now, in order."""

    @abstractmethod
    def label_of(self, code: str) -> str:
        """What a question is called in its line."""

    @abstractmethod
    def make_editor(self, field: Field, pane: EditorPane, job: Job) -> Editor:
        """What answers a question that none of the plain editors can."""

    @abstractmethod
    def show_value(self, field: Field, value: Any) -> str:  # noqa: ANN401  # any answer is JSON
        """An answer in words."""

    @abstractmethod
    def problems_of(self, answers: Mapping[str, Answer]) -> Sequence[tuple[str, Problem]]:
        """What is wrong with the answers together, by question."""

    @abstractmethod
    async def store(self, answers: dict[str, Answer]) -> None:
        """Keep all answers; durable when it returns. It may put into them what it kept them as.

        Raises DeskError.
        """

    @abstractmethod
    def heading(self) -> str:
        """Whom or what it is about."""

    @abstractmethod
    def gauge(self, saved: bool) -> Content:
        """How far it is."""

    @abstractmethod
    async def finish(self) -> None:
        """Everything is kept, and the person says that it is done."""

    def follows_from(self, answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
        """What else an answer fills in."""
        del answers
        return {}

    def lacks(self, code: str) -> bool:
        """Whether a question that has no answer should have one."""
        del code
        return False

    def unsaid(self, code: str) -> str:
        """What holds as long as a question has no answer, in words."""
        del code
        return ""

    # The walk

    def compose(self) -> ComposeResult:
        """Whom it is about, the lines and the question, the gauge."""
        yield TopBar(self.workplace, self._place_key)
        yield Static("", id="form-title", markup=False)
        with Vertical(id="form-body"):
            yield Lines(above=True, id="before")
            yield EditorPane(self.texts)
            yield Lines(above=False, id="after")
        yield Static("", id="form-gauge", markup=False)
        yield SteadyFooter()

    async def on_mount(self) -> None:
        """Take it up at the first thing that is missing."""
        await self.read_in()
        self.ask(self.first())

    def first(self) -> Field:
        """The first question without an answer that is asked by itself, or else the first of all."""
        fields = self.fields()
        return next((field for field in fields if self._is_next(field)), fields[0])

    def editor_for(self, field: Field, pane: EditorPane, job: Job) -> Editor:
        """A plain one where it will do."""
        maker = PLAIN_EDITORS.get(field.kind)
        return maker(pane, job) if maker else self.make_editor(field, pane, job)

    def draw(self, saved: bool) -> None:
        """Everything around the question."""
        fields = list(self.fields())
        notes: dict[str, tuple[str, ...]] = {}
        for code, found in self.problems_of(self.answers):
            words = self.texts(f"intake.problem.{found.code}", **found.params)
            notes[code] = (*notes.get(code, ()), words)
        self.draw_lines(fields, [self._line(field, notes.get(field.code, ())) for field in fields])
        self.query_one("#form-title", Static).update(self.heading())
        self.query_one("#form-gauge", Static).update(self.gauge(saved))

    def _line(self, field: Field, notes: tuple[str, ...]) -> Line:
        answer = self.answers.get(field.code)
        given = answer is not None and answer.value not in (None, "", [])
        words = (
            self.show_value(field, answer.value) if answer is not None and given else self.unsaid(field.code)
        )
        if answer is not None and not given and not words:
            words = self.texts("interview.none")
        lacking = not given and self.lacks(field.code)
        mark = NEEDED if lacking else DONE if answer is not None else OPEN
        style = "$text-warning" if lacking else "" if given else "$text-muted"
        return Line(mark, self.label_of(field.code), words, style, notes)

    def problems_at(self, code: str) -> list[Problem]:
        """What is wrong with the answers together, as far as it is about this one."""
        return [problem for where, problem in self.problems_of(self.answers) if where == code]

    def _is_next(self, field: Field) -> bool:
        return field.code not in self.answers and not field.aside

    def after(self, code: str) -> Field:
        """The next question that was not put yet, else the one below, which is the last at the end."""
        fields = list(self.fields())
        at = next((n for n, field in enumerate(fields) if field.code == code), -1)
        return next((field for field in fields[at + 1 :] if self._is_next(field)), self.beside(1))

    def beside(self, step: int) -> Field:
        """The question above or below; the first and the last have none beyond them."""
        fields = list(self.fields())
        at = next((n for n, field in enumerate(fields) if field.code == self.field.code), 0)
        return fields[min(max(at + step, 0), len(fields) - 1)]

    # What keys do

    def action_hold_undo(self) -> None:
        """Taking back what stands on the screen would pull it from under the person's hands."""
        self.tell("form.close_first", "warning")

    async def action_beside(self, step: int) -> None:
        """To the question beside this one; a second time also away from what cannot be kept."""
        here = self.field.code
        if not await self.keep():
            if self._refused_at != here:
                self._refused_at = here
                return
            self.tell("form.not_kept", "warning")
        self._refused_at = ""
        self.go(self.beside(step))

    async def action_finish(self) -> None:
        """Say that it is done."""
        if await self.keep():
            await self.finish()

    # Keeping

    async def keep(self, *, going_on: bool = False) -> bool:
        """Keep what was answered here; False when it cannot be, with the reason under the field."""
        del going_on
        reading: Reading = self.editor.read()
        if reading.unreadable:
            self.pane.show_error(self.texts(reading.unreadable))
            return False
        if not reading.answers:
            return True
        wanted = {**self.answers, **reading.answers}
        wanted |= self.follows_from(reading.answers)
        wrong = [found for _, found in self.problems_of(wanted) if found.severity == "error"]
        if wrong:
            self.editor.refused()
            self.pane.show_problems(wrong)
            return False
        return await self._store(wanted)

    async def _store(self, wanted: dict[str, Answer]) -> bool:
        try:
            await self.store(wanted)
        except DeskError as error:
            self.editor.refused()
            self.pane.show_error(self.texts.error(error))
            self.draw(saved=False)
            return False
        self.answers = wanted
        self.leaving = False
        return True
