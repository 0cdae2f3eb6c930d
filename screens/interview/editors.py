"""How each kind of question is answered. An editor fills the pane and reads the answer out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from db.reference.lists import code_list, label
from db.rules.big import read_big
from db.rules.dates import read_date
from db.rules.fit_place import UNKNOWN_REGIONS
from db.rules.intake import NOTE_LIMIT, Answer, Field, value_of
from db.rules.numbers import read_hours
from db.rules.times import show_date
from db.texts import Texts
from screens.interview.pane import EditorPane
from screens.widgets.choice_pad import Option, number_options, spell_options
from screens.widgets.day_grid import Week

YES, NO = "yes", "no"
PAST = frozenset({"big_expires", "vog_date"})
ENDS = frozenset({"big_expires", "available_until"})


class Move(Enum):
    """What follows from a key: nothing yet, keep what is there and stay, or go on."""

    STAY = "stay"
    KEEP = "keep"
    GO = "go"


@dataclass(frozen=True, slots=True)
class Reading:
    """The answers that were given here, none when nothing changed; `unreadable` is the text key of why."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    unreadable: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A question, what was answered to it before, and what may be suggested."""

    field: Field
    answers: Mapping[str, Answer]
    suggestion: Any
    today: date
    texts: Texts

    @property
    def code(self) -> str:
        """The question's code."""
        return self.field.code

    @property
    def value(self) -> Any:  # noqa: ANN401  # any answer is JSON
        """What was answered before."""
        return value_of(self.answers, self.field.code)

    @property
    def reached(self) -> bool:
        """Whether the question was put before."""
        return self.field.code in self.answers

    @property
    def offered(self) -> Any:  # noqa: ANN401  # any answer is JSON
        """What enter takes over: the suggestion, as long as nothing was answered."""
        return None if self.reached else self.suggestion


class Editor:
    """What all kinds share: most keys mean nothing to most of them."""

    def __init__(self, pane: EditorPane, job: Job) -> None:
        self.pane = pane
        self.job = job
        self.confirmed = False

    def start(self) -> None:
        """Fill the pane."""
        raise NotImplementedError

    def read(self) -> Reading:
        """What was answered."""
        raise NotImplementedError

    def pick(self, code: str) -> Move:
        """A choice was picked."""
        raise NotImplementedError(code)

    def enter(self) -> Move:
        """Enter was pressed."""
        self.confirmed = True
        return Move.GO

    def erase(self) -> Move:
        """Backspace was pressed where there is nothing to erase."""
        return Move.STAY

    def toggle(self, number: int) -> None:
        """A detail was toggled by its function key."""
        del number

    def back(self) -> bool:
        """Escape: leave a step within the question; False when there is none."""
        return False

    def kept(self) -> None:
        """What was read is kept, and the question stays."""

    def refused(self) -> None:
        """What was read cannot be kept: make it editable again."""
        self.confirmed = False

    def _same_or(self, value: Any) -> Reading:  # noqa: ANN401  # any answer is JSON
        """The reading of a value: nothing when that is what stood there."""
        if self.job.reached and value == self.job.value and self.job.answers[self.job.code].asked:
            return Reading()
        return Reading({self.job.code: Answer(value)})

    def _hint(self, text_key: str, offered: str = "") -> str:
        words = self.job.texts(text_key)
        return f"{self.job.texts('interview.hint.suggested', value=offered)} · {words}" if offered else words


class LineEditor(Editor):
    """A text on one line."""

    def start(self) -> None:
        """Show what was answered; a suggestion is offered, not filled in."""
        offered = self.show(self.job.offered) if self.job.offered is not None else ""
        self.pane.use_line(self.show(self.job.value), self._hint(self.hint_key(), offered))

    def hint_key(self) -> str:
        """What the hint says; beside a suggestion enter has one meaning."""
        if self.job.offered is not None:
            return "interview.hint.line_offered"
        return "interview.hint.line_required" if self.job.field.required else "interview.hint.line"

    def show(self, value: Any) -> str:  # noqa: ANN401  # any answer is JSON
        """The value as it is typed."""
        return "" if value is None else str(value)

    def parse(self, text: str) -> Reading:
        """Read what was typed."""
        return self._same_or(text)

    def read(self) -> Reading:
        """What was typed; nothing typed is "none" only when enter said so."""
        text = self.pane.line.value.strip()
        if text:
            return Reading() if self.job.reached and text == self.show(self.job.value) else self.parse(text)
        if self.job.value is not None:
            return Reading({self.job.code: Answer(None)})
        if not self.confirmed:
            return Reading()
        if self.job.offered is not None:
            return Reading({self.job.code: Answer(self.job.offered)})
        return Reading() if self.job.field.required else self._same_or(None)


class IntegerEditor(LineEditor):
    """A whole number; the least hours may be given together with the most: 16-24."""

    def hint_key(self) -> str:
        """Hours say that both may be given at once."""
        return "interview.hint.hours" if self.job.code == "hours_min" else super().hint_key()

    def parse(self, text: str) -> Reading:
        """Read a number, or the two of a range."""
        if text.isdecimal():
            return self._same_or(int(text))
        hours = read_hours(text) if self.job.code == "hours_min" else None
        if hours and hours.minimum and hours.maximum:
            return Reading({"hours_min": Answer(hours.minimum), "hours_max": Answer(hours.maximum)})
        return Reading(unreadable="interview.unreadable.integer")


class DateEditor(LineEditor):
    """A day, as people say it."""

    def hint_key(self) -> str:
        """How days may be typed."""
        if self.job.code == "available_until":
            return "interview.hint.until"
        return "interview.hint.date_required" if self.job.field.required else "interview.hint.date"

    def show(self, value: Any) -> str:  # noqa: ANN401  # any answer is JSON
        """dd-mm-yyyy."""
        return show_date(date.fromisoformat(value), self.job.texts.language) if value else ""

    def parse(self, text: str) -> Reading:
        """Read a day; one that lies behind or ahead, as the question has it."""
        day = read_date(text, self.job.today, past=self.job.code in PAST, end=self.job.code in ENDS)
        if day is None:
            return Reading(unreadable="intake.problem.date_invalid")
        return self._same_or(day.isoformat())


class NoteEditor(Editor):
    """A text of several lines."""

    def start(self) -> None:
        """Show what was noted."""
        self.pane.use_note(str(self.job.value or ""), self._hint("interview.hint.note"))

    def read(self) -> Reading:
        """What was noted."""
        text = self.pane.note.text.strip()[: NOTE_LIMIT + 1]
        if text:
            return self._same_or(text)
        if self.job.value is not None or (self.confirmed and not self.job.reached):
            return Reading({self.job.code: Answer(None)})
        return Reading()


class ChoiceEditor(Editor):
    """One of several: its key answers and goes on."""

    picked: str | None = None

    def start(self) -> None:
        """Show the choices."""
        options, also = choices_of(self.job)
        self.pane.pad.offer(options, [self._code_of(self.job.value)], also=also, marked=self.job.reached)
        offered = (
            label(self.job.field.list_name, self.job.offered, self.job.texts.language)
            if self.job.offered
            else ""
        )
        hint = "interview.hint.choice" if self.job.reached else "interview.hint.choice_open"
        if offered:
            hint = "interview.hint.choice_offered"
        self.pane.use(self.pane.pad, self._hint(hint, offered))

    def pick(self, code: str) -> Move:
        """Answer, and on to the next question."""
        self.picked = code
        self.pane.pad.mark([code])
        return Move.GO

    def enter(self) -> Move:
        """Take the suggestion, or leave the question as it is."""
        if self.job.offered:
            self.picked = self.job.offered
        return super().enter()

    def read(self) -> Reading:
        """What was picked."""
        if self.picked is None:
            return Reading()
        return self._same_or({YES: True, NO: False}[self.picked] if self._yes_no else self.picked)

    @property
    def _yes_no(self) -> bool:
        return self.job.field.kind == "yes_no"

    def _code_of(self, value: Any) -> str:  # noqa: ANN401  # any answer is JSON
        return (YES if value else NO) if isinstance(value, bool) else str(value)


class ChoicesEditor(Editor):
    """Any number of several: keys toggle, enter goes on."""

    def start(self) -> None:
        """Show the choices, with those that were made."""
        self._chosen: list[str] = list(self.job.value or [])
        options, also = choices_of(self.job)
        self.pane.pad.offer(options, self._chosen, also=also)
        needed = self.job.field.required and not self.job.reached
        hint = "interview.hint.choices_required" if needed else "interview.hint.choices"
        self.pane.use(self.pane.pad, self._hint(hint))

    def pick(self, code: str) -> Move:
        """Choose, or not after all."""
        if code in self._chosen:
            self._chosen.remove(code)
        else:
            self._chosen.append(code)
        self.pane.pad.mark(self._chosen)
        return Move.STAY

    def read(self) -> Reading:
        """What was chosen, in the order of the list; nothing is "none" when enter said so."""
        chosen = [code for code in code_list(self.job.field.list_name) if code in self._chosen]
        if chosen == (self.job.value or []) and (self.job.reached or not self.confirmed):
            return Reading()
        if not chosen and self.job.field.required and not self.job.reached:
            return Reading()
        return Reading({self.job.code: Answer(chosen)})


class GridEditor(Editor):
    """The week."""

    def start(self) -> None:
        """Show the week as it is."""
        value = self.job.value or {}
        self._before = Week(value.get("available", 0), value.get("preferred", 0))
        self.pane.use_grid(self._before, self._hint("interview.hint.grid"))

    def read(self) -> Reading:
        """The week, when it changed."""
        week = self.pane.grid.week
        if week == self._before:
            return Reading()
        return Reading({self.job.code: Answer({"available": week.available, "preferred": week.preferred})})


def choices_of(job: Job) -> tuple[tuple[Option, ...], dict[str, str]]:
    """The choices of a question with their keys, and keys that mean the same without being shown."""
    language = job.texts.language
    if job.field.kind == "yes_no":
        choices = [(code, label("yes_no_maybe", code, language)) for code in (YES, NO)]
    else:
        entries = code_list(job.field.list_name).values()
        active = (entry for entry in entries if entry.active and entry.code not in UNKNOWN_REGIONS)
        choices = [(entry.code, entry.label(language)) for entry in active]
    if YES in dict(choices):
        return spell_options(choices), {"y": YES, "j": YES}
    return number_options(choices), {}


def profession_of(answers: Mapping[str, Answer]) -> str | None:
    """What the BIG number suggests about the profession."""
    number = value_of(answers, "big_number")
    return read_big(number).profession if isinstance(number, str) else None
