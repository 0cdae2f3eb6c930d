"""Questions with several rows for an answer: educations, work experience, periods of absence."""

from typing import Any

from db.reference.lists import code_list, label
from db.rules.dates import read_period
from db.rules.intake import Answer
from db.rules.intake_reading import read_education_details, read_experience_details
from screens.interview.editors import Editor, Move, Reading
from screens.interview.wording import show_education, show_experience, show_period
from screens.widgets.choice_pad import number_options

CARE_GROUPS = frozenset({"care", "care_unless_denied"})
COMPLETED = ("yes", "in_progress", "no")
NO_EDUCATION = "none"


class EntriesEditor(Editor):
    """Rows that are added one by one: each is kept as soon as it is there; enter without one goes on."""

    def start(self) -> None:
        """Show the rows so far and ask for the next."""
        self.entries: list[Any] = list(self.job.value or [])
        self.before = list(self.entries)
        self.ask_next()

    def ask_next(self) -> None:
        """Ask for the first part of the next row."""
        raise NotImplementedError

    def show_entry(self, entry: Any) -> str:  # noqa: ANN401  # a mapping or a pair
        """A row in words."""
        raise NotImplementedError

    def kept(self) -> None:
        """The rows as they are now are kept."""
        self.before = list(self.entries)

    def erase(self) -> Move:
        """Take the last row back."""
        if not self.entries:
            return Move.STAY
        self.entries.pop()
        self.ask_next()
        return Move.KEEP

    def read(self) -> Reading:
        """The rows, when they changed; none is an answer when enter said so, unless some are needed."""
        if self.entries != self.before:
            return Reading({self.job.code: Answer(list(self.entries))})
        nothing = self.confirmed and not self.entries and not self.job.reached
        if nothing and self.job.field.kind != "experiences":
            return Reading({self.job.code: Answer([])})
        return Reading()

    def _more_hint(self) -> str:
        return self._hint("interview.hint.more" if self.entries else "interview.hint.first")

    def _show_rows(self) -> None:
        self.pane.show_rows(self.show_entry(entry) for entry in self.entries)


class PeriodsEditor(EntriesEditor):
    """Periods in which the person is away."""

    def ask_next(self) -> None:
        """One line: the first and the last day."""
        self._show_rows()
        self.pane.use_line("", self._hint("interview.hint.periods"))

    def show_entry(self, entry: Any) -> str:  # noqa: ANN401  # a pair of days
        """Both days."""
        return show_period(entry, self.job.texts.language)

    def enter(self) -> Move:
        """Add the period, or go on when there is none."""
        if not self.pane.line.value.strip():
            return super().enter()
        return Move.KEEP

    def read(self) -> Reading:
        """The periods, with the one that is being typed."""
        typed = self.pane.line.value.strip()
        if typed:
            period = read_period(typed, self.job.today)
            if period is None:
                return Reading(unreadable="interview.unreadable.period")
            pair = [day.isoformat() for day in period]
            return Reading({self.job.code: Answer([*self.entries, pair])})
        return super().read()

    def kept(self) -> None:
        """The typed period is a row from now on."""
        period = read_period(self.pane.line.value, self.job.today)
        if period:
            self.entries.append([day.isoformat() for day in period])
        super().kept()
        self.ask_next()


class SteppedEditor(EntriesEditor):
    """Rows that begin with a single-key choice and end with a line of details."""

    def start(self) -> None:
        """No row is being made yet."""
        self.pending: dict[str, Any] = {}
        self._made: dict[str, Any] = {}
        self._typed = ""
        super().start()

    def enter(self) -> Move:
        """Add the row that is being made, or go on when there is none."""
        if not self.pending:
            return super().enter()
        self._finish()
        return Move.KEEP

    def read(self) -> Reading:
        """The rows, with the one that is being made."""
        if self.pending:
            self._finish()
        return super().read()

    def erase(self) -> Move:
        """Back to the choice while a row is being made, else take the last row back."""
        if self.pending:
            self.back()
            return Move.STAY
        return super().erase()

    def kept(self) -> None:
        """The row that was made last is safe: it need not be taken up again."""
        self._made = {}
        super().kept()

    def back(self) -> bool:
        """Drop the row that is being made."""
        if not self.pending:
            return False
        self.pending = {}
        self.ask_next()
        return True

    def refused(self) -> None:
        """Take the row up again, with the words that cannot be kept."""
        super().refused()
        if self._made and self.entries != self.before:
            self.entries = list(self.before)
            self.pending = self._made
            self._show_rows()
            self.ask_details(self._typed)

    def ask_details(self, text: str = "") -> None:
        """Ask for the rest of the row on one line."""
        self.pane.use_line(text, self.details_hint())

    def details_hint(self) -> str:
        """What the line takes, and the toggles with their keys."""
        raise NotImplementedError

    def details(self, text: str) -> dict[str, Any]:
        """What the line says."""
        raise NotImplementedError

    def _finish(self) -> None:
        self._typed = self.pane.line.value.strip() if self.pane.line.display else ""
        details = {
            name: value for name, value in self.details(self._typed).items() if value not in (None, "")
        }
        self.entries.append(self.pending | details)
        self._made, self.pending = self.pending, {}
        self.ask_next()

    def _choose(self, list_name: str, hint: str) -> None:
        language = self.job.texts.language
        active = (entry for entry in code_list(list_name).values() if entry.active)
        self.pane.pad.offer(number_options((e.code, e.label(language)) for e in active), (), marked=False)
        self.pane.use(self.pane.pad, hint)


class EducationsEditor(SteppedEditor):
    """The level by one key, then year and programme on one line."""

    def ask_next(self) -> None:
        """All levels."""
        self._show_rows()
        self._choose("education_level", self._more_hint())

    def show_entry(self, entry: Any) -> str:  # noqa: ANN401  # a mapping
        """Level, programme, year."""
        return show_education(entry, self.job.texts)

    def pick(self, code: str) -> Move:
        """The level: what goes without saying is filled in."""
        in_care = code_list("education_level")[code].group in CARE_GROUPS
        self.pending = {
            "level": code,
            "field": "care" if in_care else "other",
            "is_care": in_care,
            "completed": "in_progress" if code == "student" else "yes",
            "foreign": code == "foreign",
            "diploma_seen": False,
        }
        if code == NO_EDUCATION:
            self.entries, self.pending = [self.pending], {}
            return Move.GO
        self.ask_details()
        return Move.STAY

    def _finish(self) -> None:
        """Whoever has an education is not without one."""
        self.entries = [entry for entry in self.entries if entry["level"] != NO_EDUCATION]
        super()._finish()

    def details(self, text: str) -> dict[str, Any]:
        """Programme and year."""
        read = read_education_details(text)
        return {"programme": read.programme, "year": read.year}

    def details_hint(self) -> str:
        """The level that was picked, and its toggles."""
        entry, texts = self.pending, self.job.texts
        return texts(
            "interview.hint.education",
            level=label("education_level", entry["level"], texts.language),
            completed=label("education_completed", entry["completed"], texts.language).lower(),
            care=texts("interview.education.care" if entry["is_care"] else "interview.education.not_care"),
            seen=texts(
                "interview.education.seen" if entry["diploma_seen"] else "interview.education.not_seen"
            ),
            country=texts("interview.education.foreign" if entry["foreign"] else "interview.education.dutch"),
        )

    def toggle(self, number: int) -> None:
        """F2 completed, F3 in care, F4 diploma seen, F5 abroad."""
        if not self.pending:
            return
        if number == 2:
            at = COMPLETED.index(self.pending["completed"])
            self.pending["completed"] = COMPLETED[(at + 1) % len(COMPLETED)]
        elif number == 3:
            in_care = not self.pending["is_care"]
            self.pending |= {"is_care": in_care, "field": "care" if in_care else "other"}
        elif number in (4, 5):
            name = "diploma_seen" if number == 4 else "foreign"
            self.pending[name] = not self.pending[name]
        self.ask_details(self.pane.line.value)


class ExperiencesEditor(SteppedEditor):
    """The position and the sector by one key each, then organisation, years and end on one line."""

    def ask_next(self) -> None:
        """All positions; what the registration said is one enter away."""
        self._show_rows()
        hint = self._more_hint()
        if self.job.offered and not self.entries:
            offered = label("function_profile", self.job.offered, self.job.texts.language)
            hint = self._hint("interview.hint.choice_offered", offered)
        self._choose("function_profile", hint)

    def show_entry(self, entry: Any) -> str:  # noqa: ANN401  # a mapping
        """Position, sector, organisation, how long."""
        return show_experience(entry, self.job.texts)

    def pick(self, code: str) -> Move:
        """The position, then the sector."""
        if not self.pending:
            self.pending = {"function_profile": code, "paid": True}
            position = label("function_profile", code, self.job.texts.language)
            self._choose("care_sector", self.job.texts("interview.hint.sector", position=position))
        else:
            self.pending["sector"] = code
            self.ask_details()
        return Move.STAY

    def enter(self) -> Move:
        """Take the suggested position, pass over the sector, add the row, or go on."""
        if self.pending and self.pane.pad.display:
            self.ask_details()
            return Move.STAY
        if not self.pending and not self.entries and self.job.offered:
            return self.pick(self.job.offered)
        return super().enter()

    def details(self, text: str) -> dict[str, Any]:
        """Organisation, years and last year."""
        read = read_experience_details(text)
        return {"organisation": read.organisation, "years": read.years, "until_year": read.until_year}

    def details_hint(self) -> str:
        """The position that was picked, and its toggle."""
        texts = self.job.texts
        paid = "interview.experience.paid" if self.pending["paid"] else "interview.experience.unpaid"
        position = label("function_profile", self.pending["function_profile"], texts.language)
        return texts("interview.hint.experience", position=position, paid=texts(paid))

    def toggle(self, number: int) -> None:
        """F2 paid or unpaid."""
        if self.pending and number == 2:
            self.pending["paid"] = not self.pending["paid"]
            if self.pane.line.display:
                self.ask_details(self.pane.line.value)
