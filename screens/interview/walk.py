"""The walk from question to question: what a key does, what is kept, and where it goes next."""

from abc import abstractmethod
from collections.abc import Awaitable, Sequence
from typing import Any

from textual import on

from db.rules.intake_fields import Answer, Field
from db.rules.problems import Problem
from db.rules.times import local
from screens.base import DeskScreen, Result, Workplace
from screens.interview.editors import Editor, Job, Move
from screens.interview.overview import Line, Lines
from screens.interview.pane import EditorPane
from screens.interview.parts import Commanded, LineInput, NoteArea
from screens.widgets.choice_pad import ChoicePad
from screens.widgets.day_grid import DayGrid

CROWDED = 32
"""Below so many lines many choices leave no room for anything around them."""


class WalkScreen(DeskScreen[Result]):
    """One question in hand in an `EditorPane`, the others as `Lines` before and after it.

    Which questions there are and how an answer is kept is for the screen.
    """

    field: Field
    editor: Editor

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.answers: dict[str, Answer] = {}
        self.today = local(workplace.now()).date()
        self.leaving = False
        """Somebody wanted to leave with something that cannot be kept; a second time they may."""

    @property
    def holds_answers(self) -> bool:
        """Always: closing it keeps what was answered last, or says why that cannot be kept."""
        return True

    # What a walk says of itself

    @abstractmethod
    def question_of(self, code: str) -> str:
        """The question as it is put."""

    @abstractmethod
    def editor_for(self, field: Field, pane: EditorPane, job: Job) -> Editor:
        """What answers a question."""

    @abstractmethod
    def problems_at(self, code: str) -> Sequence[Problem]:
        """What is wrong or remarkable with the answer that is there."""

    @abstractmethod
    def after(self, code: str) -> Field:
        """Where to go from a question that was answered."""

    @abstractmethod
    def beside(self, step: int) -> Field:
        """The question before or after the one in hand."""

    @abstractmethod
    async def keep(self, *, going_on: bool = False) -> bool:
        """Keep what was answered here; False when it cannot be, with the reason under the field.

        `going_on` says that the answer itself leads to the next question.
        """

    @abstractmethod
    def draw(self, saved: bool) -> None:
        """Everything around the question."""

    @abstractmethod
    def leave(self) -> None:
        """Close the screen; everything is kept."""

    def given_for(self, code: str) -> str:
        """What was said about it before, in words."""
        del code
        return ""

    def suggestion_for(self, code: str) -> Any:  # noqa: ANN401  # any answer is JSON
        """What enter takes over as long as nothing was answered."""
        del code
        return

    # The question in hand

    @property
    def pane(self) -> EditorPane:
        """Where the question is answered."""
        return self.query_one(EditorPane)

    def ask(self, field: Field, saved: bool = False) -> None:
        """Put a question."""
        self.field = field
        pane = self.pane
        pane.ask(self.question_of(field.code), self.given_for(field.code))
        job = Job(field, self.answers, self.suggestion_for(field.code), self.today, self.texts)
        self.editor = self.editor_for(field, pane, job)
        self.editor.start()
        pane.show_problems(self.problems_at(field.code))
        self.draw(saved)

    def go(self, field: Field) -> None:
        """Put another question than the one that follows."""
        self.ask(field)

    def draw_lines(self, fields: Sequence[Field], lines: Sequence[Line]) -> None:
        """The questions before and after the one in hand; none where its choices take the room."""
        here = next((n for n, field in enumerate(fields) if field.code == self.field.code), 0)
        crowded = self.size.height < CROWDED and self.pane.is_tall
        self.query_one("#before", Lines).show(() if crowded else lines[:here])
        self.query_one("#after", Lines).show(() if crowded else lines[here + 1 :])

    # What keys do

    @on(ChoicePad.Picked)
    async def _picked(self, event: ChoicePad.Picked) -> None:
        await self._in_turn(self.follow(self.editor.pick(event.code)))

    @on(ChoicePad.Confirmed)
    @on(DayGrid.Confirmed)
    @on(NoteArea.Confirmed)
    @on(LineInput.Confirmed)
    async def _confirmed(self) -> None:
        await self._in_turn(self.follow(self.editor.enter()))

    @on(ChoicePad.Erased)
    @on(LineInput.Erased)
    async def _erased(self) -> None:
        await self._in_turn(self.follow(self.editor.erase()))

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
        if self.is_here:
            await self.pane.keys.release()

    async def follow(self, move: Move) -> None:
        """Stay, keep the answer, or keep it and go on, as the editor says."""
        if move is Move.STAY or not await self.keep(going_on=move is Move.GO):
            return
        if move is Move.KEEP:
            self.editor.kept()
            self.pane.show_problems(self.problems_at(self.field.code))
            self.draw(saved=True)
        else:
            self.ask(self.after(self.field.code), saved=True)

    async def action_beside(self, step: int) -> None:
        """To the question before or after, keeping what was answered here."""
        if await self.keep():
            self.go(self.beside(step))

    async def action_close(self) -> None:
        """Out of a step first, then away; a second time even with something that cannot be read."""
        if self.editor.back():
            return
        if await self.keep() or self.leaving:
            self.leave()
        self.leaving = True
