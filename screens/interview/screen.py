"""The intake interview: one question in hand, everything else in sight, saved after every answer."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from db.drafts.queue import Lease
from db.errors import ConflictError, DeskError
from db.reference.lists import label
from db.rules.intake import FIELD_BY_CODE, NOT_ASKED, Answer, Field, Problem, value_of
from db.rules.names import show_name
from db.rules.times import local
from db.views.interviews import InterviewView
from screens.base import Workplace, key
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
from screens.interview.walk import WalkScreen
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


class InterviewScreen(WalkScreen[str | None]):
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
        self._kept_place: str | None = None

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
        first = self._conversation.place(view.current_field)
        self._kept_place = first.code
        self.ask(first)
        if view.resumed or view.reopened:
            self.tell("interview.resumed" if view.resumed else "interview.reopened")
        self.set_interval(RENEW_SECONDS, self._renew)

    def _take(self, view: InterviewView) -> None:
        self._view = view
        self._version = view.version
        self.today = local(self.workplace.now()).date()
        self._conversation = Conversation(view.answers, self.today, view.own_numbers)
        self.answers = self._conversation.answers

    # The question in hand

    def question_of(self, code: str) -> str:
        """The question as it is spoken."""
        return self.texts(f"intake.question.{code}")

    def given_for(self, code: str) -> str:
        """What the registration said, and whether the question was passed over."""
        given, answer = self._view.given.get(code, ""), self.answers.get(code)
        words = [self.texts("interview.given", words=" ".join(given.split()))] if given else []
        words += [self.texts("interview.passed_over")] if answer is not None and not answer.asked else []
        return " · ".join(words)

    def editor_for(self, field: Field, pane: EditorPane, job: Job) -> Editor:
        """The one for this kind of question."""
        return EDITORS[field.kind](pane, job)

    def problems_at(self, code: str) -> Sequence[Problem]:
        """What is wrong or remarkable with the answer that is there."""
        answer = self.answers.get(code)
        return self._conversation.problems(code, answer) if answer is not None else []

    def after(self, code: str) -> Field:
        """The next question that was not put yet."""
        return self._conversation.after(code) or self.field

    def beside(self, step: int) -> Field:
        """The question before or after."""
        return self._conversation.beside(self.field.code, step)

    def suggestion_for(self, code: str) -> Any:  # noqa: ANN401  # any answer is JSON
        """What the registration or an earlier answer says, unless it contradicts what was said since."""
        if code == "big_profession":
            return profession_of(self._conversation.answers)
        suggested = self._view.suggestions.get(code)
        if FIELD_BY_CODE[code].kind != "integer" or suggested is None:
            return suggested
        found = self._conversation.problems(code, Answer(suggested))
        return None if any(problem.severity == "error" for problem in found) else suggested

    def draw(self, saved: bool) -> None:
        """Everything around the question."""
        conversation, texts = self._conversation, self.texts
        fields = conversation.section_fields(self.field.section)
        self.draw_lines(fields, lines_of(fields, conversation, texts))
        states = conversation.sections()
        self.query_one(SectionList).show(states, self.field.section)
        self.query_one("#section-line", Static).update(
            section_line(states, self.field.section, texts, self.size.width)
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

    async def follow(self, move: Move) -> None:
        """An answer is a sign of life."""
        self._active = True
        await super().follow(move)

    async def action_section(self, step: int) -> None:
        """To another section; going on leaves the rest of this one unasked."""
        if not await self.keep():
            return
        section = self.field.section
        target = self._conversation.section_beside(section, step)
        passed = self._conversation.rest_of_section(section) if step > 0 else {}
        if not passed or await self._save(passed, target.code):
            self.go(self._conversation.section_beside(section, step))

    async def action_not_asked(self) -> None:
        """Leave this question, and say that it was not asked."""
        following = self.after(self.field.code)
        if await self._save({self.field.code: NOT_ASKED}, following.code):
            self.ask(self.after(self.field.code), saved=True)

    def action_detail(self, number: int) -> None:
        """Toggle a detail of the row that is being made."""
        self.editor.toggle(number)

    async def action_complete(self) -> None:
        """Complete the interview, or go to the first thing that stands in the way."""
        if not await self.keep():
            return
        lacking = self._conversation.missing()
        if lacking:
            names = ", ".join(self.texts(f"intake.field.{code}") for code in lacking)
            self.tell("interview.still_missing", "warning", fields=names)
        obstacle = lacking[0] if lacking else self._conversation.wrong()
        if obstacle:
            self.go(self._conversation.place(obstacle))
            return
        try:
            epoch = self._lease.epoch if self._lease else None
            await self.desk.interviews.complete(self._view.id, epoch, self.texts.language)
        except DeskError as error:
            self.tell_error(error)
        else:
            self.dismiss("completed")

    def leave(self) -> None:
        """Back to the card; the draft waits."""
        self.dismiss("closed")

    def ask(self, field: Field, saved: bool = False) -> None:
        """Put a question, and keep that the conversation is there."""
        super().ask(field, saved)
        if field.code != self._kept_place:
            self._kept_place = field.code
            self._keep_place(field.code)

    def go(self, field: Field) -> None:
        """Put another question than the one that follows: a sign of life as well."""
        self._active = True
        super().go(field)

    # Keeping

    async def keep(self, *, going_on: bool = False) -> bool:
        """Keep what was answered here; False when it cannot be, with the reason under the field."""
        reading = self.editor.read()
        pane = self.pane
        if reading.unreadable:
            pane.show_error(self.texts(reading.unreadable))
            return False
        problems = self._problems(reading)
        if any(problem.severity == "error" for problem in problems):
            self.editor.refused()
            pane.show_problems(problems)
            return False
        if not reading.answers:
            return True
        after = {**self._conversation.answers, **reading.answers}
        ahead = Conversation(after, self.today).after(self.field.code) if going_on else None
        kept = await self._save(reading.answers, (ahead or self.field).code)
        if kept and ahead and ahead.section != self.field.section:
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
            self.editor.refused()
            self.pane.show_error(self.texts.error(error))
            return False
        self._version = saved.version
        self._kept_place = current
        self._conversation.answers.update(answers)
        self.leaving = False
        return True

    async def _meet_conflict(self, error: ConflictError) -> None:
        """Somebody else wrote here: read it anew when it is still ours, leave it to them when it is not."""
        self.tell_error(error)
        if error.key != "interview.changed_elsewhere":
            self.dismiss("closed")
            return
        self.editor.refused()
        self._take(await self.desk.interviews.open(self._candidate_id, self._view.entry_id))
        self.draw(saved=False)

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
