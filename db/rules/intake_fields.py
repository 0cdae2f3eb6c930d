"""The questions of the intake interview, in the order of the conversation, and what an answer is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db.reference.files import read_rows
from db.rules.qualification import EducationDraft, ExperienceDraft, leads_to_big

LEADS_TO_BIG = "@big"
_BOOLEANS = {True: "true", False: "false"}


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    `kind` is text | note | integer | date | choice | choices | yes_no | grid | educations | experiences |
    periods; `list_name` the code list of a choice (for educations and experiences: of their first part).
    `asked_when` is the condition under which it is asked (`student`, `vog=has`, `a=x,y;b`, or @big), `unless`
    a field that replaces it.
    """

    code: str
    section: str
    kind: str
    list_name: str = ""
    required: bool = False
    asked_when: str = ""
    unless: str = ""
    aside: bool = False
    """The caller's own judgement: never the next question by itself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered; with `asked` false the question was passed over, which is not the same as "no".

    Values are JSON: text, whole number, true or false, a code, codes, a date as yyyy-mm-dd, a grid as
    {"available": bits, "preferred": bits}, a list of mappings (educations, experiences) or of pairs of dates
    (periods).
    """

    value: Any = None
    asked: bool = True

    @property
    def given(self) -> bool:
        """Whether there is an answer; an empty list is one ("none"), an empty text is not."""
        return self.asked and self.value is not None and self.value != ""


Answers = Mapping[str, Answer]
NOT_ASKED = Answer(None, asked=False)

FIELDS: tuple[Field, ...] = tuple(
    Field(
        code=row["code"],
        section=row["section"],
        kind=row["kind"],
        list_name=row["list_name"],
        required=row["required"] == "yes",
        asked_when=row["asked_when"],
        unless=row["unless"],
        aside=row["required"] == "aside",
    )
    for row in read_rows("intake_fields.csv")
)
FIELD_BY_CODE: Mapping[str, Field] = {field.code: field for field in FIELDS}
SECTIONS: tuple[str, ...] = tuple(dict.fromkeys(field.section for field in FIELDS))


def read_answers(stored: Mapping[str, Any]) -> dict[str, Answer]:
    """The answers of an interview as stored: {"value": …} or {"not_asked": true} by field code."""
    return {
        code: NOT_ASKED if entry.get("not_asked") else Answer(entry.get("value"))
        for code, entry in stored.items()
        if isinstance(entry, Mapping)
    }


def store_answer(answer: Answer) -> dict[str, Any]:
    """The form in which an answer is stored."""
    return {"value": answer.value} if answer.asked else {"not_asked": True}


def value_of(answers: Answers, code: str) -> object:
    """What was answered to a question, or None."""
    answer = answers.get(code)
    return answer.value if answer and answer.given else None


def applies(field: Field, answers: Answers) -> bool:
    """Whether a question is to be asked, given the answers so far."""
    if not field.asked_when:
        return True
    return any(_holds(condition, answers) for condition in field.asked_when.split(";"))


def asked_fields(answers: Answers) -> tuple[Field, ...]:
    """The questions of this conversation, in order."""
    return tuple(field for field in FIELDS if applies(field, answers))


def relevant(answers: Answers) -> dict[str, Answer]:
    """The answers that still count: those to questions that the other answers call for."""
    counting: dict[str, Answer] = {}
    for field in FIELDS:
        if field.code in answers and applies(field, counting):
            counting[field.code] = answers[field.code]
    return counting


def educations_of(answers: Answers) -> tuple[EducationDraft, ...]:
    """The educations that were told; parts that cannot be read are left out."""
    return tuple(
        EducationDraft(**_known(entry, EducationDraft)) for entry in _entries(answers, "educations", "level")
    )


def experiences_of(answers: Answers) -> tuple[ExperienceDraft, ...]:
    """The work experience that was told; parts that cannot be read are left out."""
    return tuple(
        ExperienceDraft(**_known(entry, ExperienceDraft))
        for entry in _entries(answers, "experiences", "function_profile")
    )


def _holds(condition: str, answers: Answers) -> bool:
    if condition == LEADS_TO_BIG:
        return leads_to_big(educations_of(answers), experiences_of(answers))
    code, _, wanted = condition.partition("=")
    value = value_of(answers, code)
    if not wanted:
        return bool(value)
    values = value if isinstance(value, list) else [value]
    said = {
        _BOOLEANS[item] if isinstance(item, bool) else item for item in values if isinstance(item, str | bool)
    }
    return not said.isdisjoint(wanted.split(","))


def _entries(answers: Answers, code: str, key: str) -> list[Mapping[str, Any]]:
    value = value_of(answers, code)
    entries = value if isinstance(value, list) else []
    return [entry for entry in entries if isinstance(entry, Mapping) and isinstance(entry.get(key), str)]


def _known(entry: Mapping[str, Any], draft: type[EducationDraft | ExperienceDraft]) -> dict[str, Any]:
    return {name: entry[name] for name in draft.__slots__ if entry.get(name) is not None}
