"""Where the conversation is: which questions apply, which is next, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.rules.intake import (
    FIELD_BY_CODE,
    FIELDS,
    NOT_ASKED,
    SECTIONS,
    Answer,
    Field,
    Problem,
    applies,
    missing,
    problems,
    progress,
    relevant,
    value_of,
)


@dataclass(frozen=True, slots=True)
class SectionState:
    """One section in the list: how many required answers it still lacks, and whether it was begun."""

    code: str
    missing: int
    begun: bool
    wrong: bool


class Conversation:
    """The answers so far and the way through the questions; knows nothing of screens."""

    def __init__(self, answers: Mapping[str, Answer], today: date, own_numbers: tuple[str, ...] = ()) -> None:
        self.answers = dict(answers)
        self._today = today
        self._own_numbers = own_numbers

    @property
    def fields(self) -> list[Field]:
        """The questions that apply, in the order of the conversation."""
        counting = relevant(self.answers)
        return [field for field in FIELDS if applies(field, counting)]

    def section_fields(self, section: str) -> list[Field]:
        """The questions of a section that apply."""
        return [field for field in self.fields if field.section == section]

    def place(self, wanted: str | None) -> Field:
        """Where to take the conversation up: at the field where it was, if that still applies."""
        for field in self.fields:
            if field.code == wanted:
                return field
        return self.first_open() or self.fields[0]

    def first_open(self, section: str | None = None) -> Field | None:
        """The first question (of a section) that nobody asked yet."""
        return next((f for f in self.fields if section in (None, f.section) and self._is_next(f)), None)

    def after(self, code: str) -> Field | None:
        """The natural next question: the next one that nobody asked yet; None when all were."""
        fields = self.fields
        order = FIELDS.index(FIELD_BY_CODE[code])
        later = (field for field in fields if FIELDS.index(field) > order and self._is_next(field))
        return next(later, None) or self._first_missing()

    def beside(self, code: str, step: int) -> Field:
        """The question before or after this one, asked or not."""
        fields = self.fields
        order = FIELDS.index(FIELD_BY_CODE[code])
        if step > 0:
            return next((field for field in fields if FIELDS.index(field) > order), fields[-1])
        return next((field for field in reversed(fields) if FIELDS.index(field) < order), fields[0])

    def rest_of_section(self, section: str) -> dict[str, Answer]:
        """What passing on to the next section leaves unasked: everything open that is not required."""
        open_fields = [field for field in self.section_fields(section) if self._is_next(field)]
        return {field.code: NOT_ASKED for field in open_fields if not field.required}

    def section_beside(self, section: str, step: int) -> Field:
        """The first open question of the section before or after, or else its first question."""
        sections = [code for code in SECTIONS if self.section_fields(code)]
        found = sections[min(max(sections.index(section) + step, 0), len(sections) - 1)]
        if found == section and step > 0:
            return self._first_missing() or self.section_fields(section)[-1]
        return self.first_open(found) or self.section_fields(found)[0]

    def missing(self) -> tuple[str, ...]:
        """The required questions without an answer."""
        return missing(relevant(self.answers))

    def progress(self) -> tuple[int, int]:
        """How many required questions are answered, of how many."""
        return progress(relevant(self.answers))

    def problems(
        self, code: str, answer: Answer, beside: Mapping[str, Answer] | None = None
    ) -> tuple[Problem, ...]:
        """What is wrong with an answer, beside the others."""
        return problems(code, answer, {**self.answers, **(beside or {})}, self._today, self._own_numbers)

    def wrong(self) -> str | None:
        """The first field with an answer that cannot be, if any."""
        return next((field.code for field in self.fields if self._is_wrong(field)), None)

    def sections(self) -> list[SectionState]:
        """The state of every section, in order."""
        lacking = self.missing()
        found = []
        for code in SECTIONS:
            fields = self.section_fields(code)
            found.append(
                SectionState(
                    code,
                    missing=sum(field.code in lacking for field in fields),
                    begun=any(field.code in self.answers for field in fields),
                    wrong=any(self._is_wrong(field) for field in fields),
                )
            )
        return found

    def _is_next(self, field: Field) -> bool:
        return field.code not in self.answers and not field.aside and not self.is_replaced(field)

    def is_replaced(self, field: Field) -> bool:
        """Whether another question, which this one could stand for, was answered."""
        return any(
            other.unless == field.code and value_of(self.answers, other.code) is not None for other in FIELDS
        )

    def _is_wrong(self, field: Field) -> bool:
        answer = self.answers.get(field.code)
        return answer is not None and any(p.severity == "error" for p in self.problems(field.code, answer))

    def _first_missing(self) -> Field | None:
        return next((FIELD_BY_CODE[code] for code in self.missing()), None)
