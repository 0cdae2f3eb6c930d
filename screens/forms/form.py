"""A form: one question in hand, the others as lines around it, saved after every answer."""

from abc import abstractmethod
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from db.errors import DeskError
from db.rules.intake_fields import Answer, Field
from db.rules.problems import Problem
from db.rules.times import local
from screens.base import DeskScreen, Result, Workplace, key
from screens.interview.editors import (
    ChoiceEditor,
    ChoicesEditor,
    Editor,
    IntegerEditor,
    Job,
    LineEditor,
    Move,
    Reading,
)
from screens.interview.overview import DONE, NEEDED, OPEN, Line, Lines
from screens.interview.pane import EditorPane
from screens.interview.parts import Commanded, LineInput, NoteArea
from screens.widgets.choice_pad import ChoicePad
from screens.widgets.day_grid import DayGrid
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

PLAIN_EDITORS: Mapping[str, type[Editor]] = {
    "text": LineEditor,
    "integer": IntegerEditor,
    "choice": ChoiceEditor,
    "choices": ChoicesEditor,
}
CROWDED = 32
"""Below so many lines many choices leave no room for anything around them."""


class FormScreen(DeskScreen[Result]):
    """What is asked, how it is shown and how it is kept is for the form; the walk through it is the same."""

    DEFAULT_CSS = """
    FormScreen {
        #form-title { height: 1; padding: 0 1; text-style: bold; color: $text-primary; }
        #form-body { height: 1fr; padding: 0 1; }
        &.-wide #form-body { padding: 1 2; }
        #pane {
            height: auto; max-height: 100%; overflow-y: auto; padding: 0 1; border-left: thick $primary;
        }
        &.-wide #pane { margin: 1 0; }
        #question { text-style: bold; height: auto; }
        #given, #hint { color: $text-muted; height: auto; }
        #rows { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
        #problem { height: auto; display: none; }
        #line { background: $panel; width: 100%; }
        #note { height: 5; background: $panel; }
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
        self.answers: dict[str, Answer] = {}
        self.today = local(workplace.now()).date()
        self._leaving = False

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
    def question_of(self, code: str) -> str:
        """The question as it is put."""

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

    @abstractmethod
    def leave(self) -> None:
        """Close the form; everything is kept."""

    def suggestion_for(self, code: str) -> Any:  # noqa: ANN401  # any answer is JSON
        """What enter takes over as long as nothing was answered."""
        del code
        return

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

    @property
    def pane(self) -> EditorPane:
        """Where the question is answered."""
        return self.query_one(EditorPane)

    def first(self) -> Field:
        """The first question without an answer that is asked by itself, or else the first of all."""
        fields = self.fields()
        return next((field for field in fields if self._is_next(field)), fields[0])

    def ask(self, field: Field, saved: bool = False) -> None:
        """Put a question."""
        self.field = field
        pane = self.pane
        pane.ask(self.question_of(field.code), "")
        job = Job(field, self.answers, self.suggestion_for(field.code), self.today, self.texts)
        maker = PLAIN_EDITORS.get(field.kind)
        self.editor = maker(pane, job) if maker else self.make_editor(field, pane, job)
        self.editor.start()
        pane.show_problems(self._problems_at(field.code))
        self.draw(saved)

    def draw(self, saved: bool) -> None:
        """Everything around the question."""
        fields = list(self.fields())
        here = next((n for n, field in enumerate(fields) if field.code == self.field.code), 0)
        lines = [self._line(field) for field in fields]
        crowded = self.size.height < CROWDED and self.pane.is_tall
        self.query_one("#before", Lines).show(() if crowded else lines[:here])
        self.query_one("#after", Lines).show(() if crowded else lines[here + 1 :])
        self.query_one("#form-title", Static).update(self.heading())
        self.query_one("#form-gauge", Static).update(self.gauge(saved))

    def _line(self, field: Field) -> Line:
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
        return Line(mark, self.label_of(field.code), words, style)

    def _problems_at(self, code: str) -> list[Problem]:
        return [problem for where, problem in self.problems_of(self.answers) if where == code]

    def _is_next(self, field: Field) -> bool:
        return field.code not in self.answers and not field.aside

    def after(self, code: str) -> Field:
        """The next question that was not put yet, else the one below, which is the last at the end."""
        fields = list(self.fields())
        at = next((n for n, field in enumerate(fields) if field.code == code), -1)
        return next((field for field in fields[at + 1 :] if self._is_next(field)), self._beside(1))

    def _beside(self, step: int) -> Field:
        fields = list(self.fields())
        at = next((n for n, field in enumerate(fields) if field.code == self.field.code), 0)
        return fields[min(max(at + step, 0), len(fields) - 1)]

    # What keys do

    @on(ChoicePad.Picked)
    async def _picked(self, event: ChoicePad.Picked) -> None:
        await self._in_turn(self._follow(self.editor.pick(event.code)))

    @on(ChoicePad.Confirmed)
    @on(DayGrid.Confirmed)
    @on(NoteArea.Confirmed)
    @on(LineInput.Confirmed)
    async def _confirmed(self) -> None:
        await self._in_turn(self._follow(self.editor.enter()))

    @on(ChoicePad.Erased)
    @on(LineInput.Erased)
    async def _erased(self) -> None:
        await self._in_turn(self._follow(self.editor.erase()))

    @on(DayGrid.Left)
    @on(NoteArea.Left)
    async def _left(self, event: DayGrid.Left | NoteArea.Left) -> None:
        await self._in_turn(self.action_beside(1 if event.down else -1))

    @on(Commanded)
    async def _commanded(self, event: Commanded) -> None:
        await self._in_turn(self.run_action(event.action))

    async def _in_turn(self, work: Awaitable[object]) -> None:
        """Do what a key asked for; keys that came meanwhile are for what stands there afterwards."""
        await work
        if self.is_attached:
            await self.pane.keys.release()

    async def _follow(self, move: Move) -> None:
        if move is Move.STAY or not await self.keep():
            return
        if move is Move.KEEP:
            self.editor.kept()
            self.draw(saved=True)
        else:
            self.ask(self.after(self.field.code), saved=True)

    async def action_beside(self, step: int) -> None:
        """To the question before or after, keeping what was answered here."""
        if await self.keep():
            self.ask(self._beside(step))

    def action_hold_undo(self) -> None:
        """Taking back what stands on the screen would pull it from under the person's hands."""
        self.tell("form.close_first", "warning")

    async def action_finish(self) -> None:
        """Say that it is done."""
        if await self.keep():
            await self.finish()

    async def action_close(self) -> None:
        """Leave; everything is kept. A second time even with something that cannot be read."""
        if self.editor.back():
            return
        if await self.keep() or self._leaving:
            self.leave()
        self._leaving = True

    # Keeping

    async def keep(self) -> bool:
        """Keep what was answered here; False when it cannot be, with the reason under the field."""
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
        self._leaving = False
        return True
