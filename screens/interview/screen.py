"""The intake interview: one question in hand, everything else in sight, saved after every answer."""

from collections.abc import Awaitable, Mapping
from typing import Any
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from db.drafts.queue import Lease
from db.errors import ConflictError, DeskError
from db.reference.lists import label
from db.rules.intake import NOT_ASKED, Answer, Field, Problem, value_of
from db.rules.names import show_name
from db.rules.times import local
from db.views.interviews import InterviewView
from screens.base import DeskScreen, Workplace, key
from screens.interview.conversation import Conversation
from screens.interview.editors import (
    ChoiceEditor,
    ChoicesEditor,
    DateEditor,
    Editor,
    GridEditor,
    IntegerEditor,
    Job,
    LineEditor,
    Move,
    NoteEditor,
    Reading,
    profession_of,
)
from screens.interview.entries import EducationsEditor, ExperiencesEditor, PeriodsEditor
from screens.interview.overview import Gauge, Lines, SectionList, lines_of, section_line
from screens.interview.pane import EditorPane
from screens.interview.parts import Commanded, LineInput, NoteArea
from screens.widgets.choice_pad import ChoicePad
from screens.widgets.day_grid import DayGrid
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

EDITORS: Mapping[str, type[Editor]] = {
    "text": LineEditor,
    "note": NoteEditor,
    "integer": IntegerEditor,
    "date": DateEditor,
    "choice": ChoiceEditor,
    "yes_no": ChoiceEditor,
    "choices": ChoicesEditor,
    "grid": GridEditor,
    "educations": EducationsEditor,
    "experiences": ExperiencesEditor,
    "periods": PeriodsEditor,
}
RENEW_SECONDS = 60
CROWDED = 32


class InterviewScreen(DeskScreen[str | None]):
    """Dismissed with "completed" or "closed"; what was answered is kept either way."""

    CSS_PATH = "interview.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    AUTO_FOCUS = ""
    ALONE = True
    """Neither undo nor finding somebody from here: both would act unseen on the screen below."""
    BINDINGS = [
        key("escape", "close", "interview.close"),
        key("ctrl+s", "complete", "interview.complete"),
        key("ctrl+n", "not_asked", "interview.not_asked"),
        key("pagedown", "section(1)", "interview.section_next"),
        key("up", "beside(-1)", "interview.previous"),
        key("down", "beside(1)", "interview.next", show=False),
        key("shift+tab", "beside(-1)", "interview.previous_tab", show=False),
        key("tab", "beside(1)", "interview.next_tab", show=False),
        key("pageup", "section(-1)", "interview.section_previous", show=False),
        key("f2", "detail(2)", "interview.toggle_2", show=False),
        key("f3", "detail(3)", "interview.toggle_3", show=False),
        key("f4", "detail(4)", "interview.toggle_4", show=False),
        key("f5", "detail(5)", "interview.toggle_5", show=False),
    ]

    def __init__(
        self, workplace: Workplace, candidate_id: UUID, entry_id: UUID | None, epoch: int | None
    ) -> None:
        super().__init__(workplace)
        self._candidate_id = candidate_id
        self._lease = Lease(entry_id, epoch) if entry_id is not None and epoch is not None else None
        self._active = False
        self._leaving = False

    def compose(self) -> ComposeResult:
        """Name and limits on top, the sections beside the conversation, the gauge below it."""
        yield TopBar(self.workplace, "interview.place")
        yield Static(id="limits", markup=False)
        yield Static(id="section-line", markup=False)
        with Horizontal(id="body"):
            yield SectionList(self.texts)
            with Vertical(id="conversation"):
                yield Lines(above=True, id="before")
                yield EditorPane(self.texts)
                yield Lines(above=False, id="after")
        yield Gauge(self.texts)
        yield SteadyFooter(compact=False)

    async def on_mount(self) -> None:
        """Take up the draft where it was."""
        view = await self.desk.interviews.open(
            self._candidate_id, self._lease.entry_id if self._lease else None
        )
        self._take(view)
        self.query_one(TopBar).note(show_name(view.name))
        self._ask(self._conversation.place(view.current_field))
        if view.resumed or view.reopened:
            self.tell("interview.resumed" if view.resumed else "interview.reopened")
        self.set_interval(RENEW_SECONDS, self._renew)

    @property
    def _pane(self) -> EditorPane:
        return self.query_one(EditorPane)

    def _take(self, view: InterviewView) -> None:
        self._view = view
        self._version = view.version
        today = local(self.workplace.now()).date()
        self._conversation = Conversation(view.answers, today, view.own_numbers)
        self._today = today

    # The question in hand

    def _ask(self, field: Field, saved: bool = False) -> None:
        """Put a question."""
        self._field = field
        pane = self._pane
        given = self._view.given.get(field.code, "")
        words = self.texts("interview.given", words=" ".join(given.split())) if given else ""
        job = Job(field, self._conversation.answers, self._suggestion(field.code), self._today, self.texts)
        pane.ask(self.texts(f"intake.question.{field.code}"), words)
        self._editor = EDITORS[field.kind](pane, job)
        self._editor.start()
        answer = self._conversation.answers.get(field.code)
        if answer is not None:
            pane.show_problems(self._conversation.problems(field.code, answer))
        self._draw(saved)

    def _suggestion(self, code: str) -> Any:  # noqa: ANN401  # any answer is JSON
        if code == "big_profession":
            return profession_of(self._conversation.answers)
        return self._view.suggestions.get(code)

    def _draw(self, saved: bool) -> None:
        """Everything around the question."""
        conversation, texts = self._conversation, self.texts
        fields = conversation.section_fields(self._field.section)
        here = next((n for n, field in enumerate(fields) if field.code == self._field.code), 0)
        lines = lines_of(fields, conversation, texts)
        crowded = self.size.height < CROWDED and self._pane.is_tall
        self.query_one("#before", Lines).show(() if crowded else lines[:here])
        self.query_one("#after", Lines).show(() if crowded else lines[here + 1 :])
        states = conversation.sections()
        self.query_one(SectionList).show(states, self._field.section)
        self.query_one("#section-line", Static).update(
            section_line(states, self._field.section, texts, self.size.width)
        )
        self.query_one(Gauge).show(conversation, saved)
        self._draw_limits()

    def _draw_limits(self) -> None:
        codes = value_of(self._conversation.answers, "work_limits")
        words = (
            [label("work_limit", code, self.texts.language) for code in codes]
            if isinstance(codes, list)
            else []
        )
        note = value_of(self._conversation.answers, "work_limits_note")
        words += [str(note)] if note else []
        limits = self.query_one("#limits", Static)
        limits.display = bool(words)
        limits.update(Content(f"! {' · '.join(words)}"))

    # What keys do

    @on(ChoicePad.Picked)
    async def _picked(self, event: ChoicePad.Picked) -> None:
        await self._in_turn(self._follow(self._editor.pick(event.code)))

    @on(ChoicePad.Confirmed)
    @on(DayGrid.Confirmed)
    @on(NoteArea.Confirmed)
    @on(LineInput.Confirmed)
    async def _confirmed(self) -> None:
        await self._in_turn(self._follow(self._editor.enter()))

    @on(ChoicePad.Erased)
    @on(LineInput.Erased)
    async def _erased(self) -> None:
        await self._in_turn(self._follow(self._editor.erase()))

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
        await self._pane.keys.release()

    async def _follow(self, move: Move) -> None:
        self._active = True
        if move is Move.STAY:
            return
        if not await self._keep(natural=move is Move.GO):
            return
        if move is Move.KEEP:
            self._editor.kept()
            self._draw(saved=True)
        else:
            self._ask(self._conversation.after(self._field.code) or self._field, saved=True)

    async def action_beside(self, step: int) -> None:
        """To the question before or after, keeping what was answered here."""
        if await self._keep():
            self._go(self._conversation.beside(self._field.code, step))

    async def action_section(self, step: int) -> None:
        """To another section; going on leaves the rest of this one unasked."""
        if not await self._keep():
            return
        section = self._field.section
        target = self._conversation.section_beside(section, step)
        passed = self._conversation.rest_of_section(section) if step > 0 else {}
        if not passed or await self._save(passed, target.code):
            self._go(self._conversation.section_beside(section, step))

    async def action_not_asked(self) -> None:
        """Leave this question, and say that it was not asked."""
        following = self._conversation.after(self._field.code) or self._field
        if await self._save({self._field.code: NOT_ASKED}, following.code):
            self._ask(self._conversation.after(self._field.code) or self._field, saved=True)

    def action_detail(self, number: int) -> None:
        """Toggle a detail of the row that is being made."""
        self._editor.toggle(number)

    async def action_complete(self) -> None:
        """Complete the interview, or go to the first thing that stands in the way."""
        if not await self._keep():
            return
        lacking = self._conversation.missing()
        if lacking:
            names = ", ".join(self.texts(f"intake.field.{code}") for code in lacking)
            self.tell("interview.still_missing", "warning", fields=names)
        obstacle = lacking[0] if lacking else self._conversation.wrong()
        if obstacle:
            self._go(self._conversation.place(obstacle))
            return
        try:
            epoch = self._lease.epoch if self._lease else None
            await self.desk.interviews.complete(self._view.id, epoch, self.texts.language)
        except DeskError as error:
            self.tell_error(error)
        else:
            self.dismiss("completed")

    async def action_close(self) -> None:
        """Out of a step first, then out of the interview; a second time even with something unreadable."""
        if self._editor.back():
            return
        if await self._keep() or self._leaving:
            self.dismiss("closed")
        self._leaving = True

    def _go(self, field: Field) -> None:
        """Put another question, and keep where the conversation is."""
        self._active = True
        self._ask(field)
        self._keep_place(field.code)

    # Keeping

    async def _keep(self, natural: bool = False) -> bool:
        """Keep what was answered here; False when it cannot be, with the reason under the field."""
        reading = self._editor.read()
        pane = self._pane
        if reading.unreadable:
            pane.show_error(self.texts(reading.unreadable))
            return False
        problems = self._problems(reading)
        if any(problem.severity == "error" for problem in problems):
            self._editor.refused()
            pane.show_problems(problems)
            return False
        if not reading.answers:
            return True
        after = {**self._conversation.answers, **reading.answers}
        ahead = Conversation(after, self._today).after(self._field.code) if natural else None
        kept = await self._save(reading.answers, (ahead or self._field).code)
        if kept and ahead and ahead.section != self._field.section:
            self._warn(problems)
        return kept

    def _problems(self, reading: Reading) -> list[Problem]:
        found = self._conversation.problems
        return [
            problem
            for code, answer in reading.answers.items()
            for problem in found(code, answer, reading.answers)
        ]

    def _warn(self, problems: list[Problem]) -> None:
        """Say what is remarkable of a field that goes out of sight; in sight it stands under the field."""
        for problem in problems:
            words = self.texts(f"intake.problem.{problem.code}", **problem.params)
            self.notify(words, severity="warning", markup=False)

    async def _save(self, answers: Mapping[str, Answer], current: str) -> bool:
        """Write answers; durable when this returns True."""
        try:
            saved = await self.desk.interviews.save_fields(self._view.id, answers, current, self._version)
        except ConflictError as error:
            await self._meet_conflict(error)
            return False
        except DeskError as error:
            self._editor.refused()
            self._pane.show_error(self.texts.error(error))
            return False
        self._version = saved.version
        self._conversation.answers.update(answers)
        self._leaving = False
        return True

    async def _meet_conflict(self, error: ConflictError) -> None:
        """Somebody else wrote here: read it anew when it is still ours, leave it to them when it is not."""
        self.tell_error(error)
        if error.key != "interview.changed_elsewhere":
            self.dismiss("closed")
            return
        self._editor.refused()
        self._take(await self.desk.interviews.open(self._candidate_id, self._view.entry_id))
        self._draw(saved=False)

    @work(group="interview.place")
    async def _keep_place(self, code: str) -> None:
        try:
            await self.desk.interviews.save_place(self._view.id, code)
        except DeskError as error:
            self.tell_error(error)

    @work(group="interview.lease", exclusive=True)
    async def _renew(self) -> None:
        """Keep the call in hand as long as somebody is at work here."""
        if not self._active or self._lease is None:
            return
        self._active = False
        try:
            held = await self.desk.queue.renew(self._lease)
        except DeskError as error:
            self.tell_error(error)
            return
        if held is None:
            self._lease_lost()

    def _lease_lost(self) -> None:
        """Somebody else may be calling by now; the answers are safe all the same."""
        self.tell("interview.lease_lost", "warning")
