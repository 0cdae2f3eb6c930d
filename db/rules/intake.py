"""The intake interview: what is still missing for "complete", and what is wrong with an answer."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeGuard

from db.reference.lists import code_list
from db.rules.availability import ALL_CELLS, check_hours
from db.rules.big import read_big
from db.rules.dates import nearly_a_year
from db.rules.intake_fields import (
    FIELD_BY_CODE,
    FIELDS,
    NOT_ASKED,
    SECTIONS,
    Answer,
    Answers,
    Field,
    applies,
    asked_fields,
    educations_of,
    experiences_of,
    read_answers,
    relevant,
    store_answer,
    value_of,
)
from db.rules.privacy import bsn_in, health_words
from db.rules.problems import Problem

__all__ = [
    "FIELDS", "FIELD_BY_CODE", "NOT_ASKED", "SECTIONS", "Answer", "Answers", "Field", "Problem", "applies",
    "asked_fields", "educations_of", "experiences_of", "missing", "problems", "progress", "read_answers",
    "relevant", "store_answer", "value_of",
]  # fmt: skip

TEXT_LIMIT = 200
NOTE_LIMIT = 4000
EARLIEST_YEAR = 1940
FAR_KM = 100
FAR_MINUTES = 120
_OTHER_NUMBERS = {"big_number", "kvk_number"}
"""Numbers that the field itself names: some of them pass the test of a citizen service number."""
_NEEDS_ENTRIES = {"choices", "experiences"}


@dataclass(frozen=True, slots=True)
class _Case:
    """An answer under examination, with what must be known to judge it."""

    field: Field
    value: Any
    answers: Answers
    on: date | None
    own_numbers: Sequence[str]


Found = Iterator[Problem]
Check = Callable[[_Case], Found]


def missing(answers: Answers) -> tuple[str, ...]:
    """The codes of the required questions that still lack an answer, in the order of the conversation."""
    return tuple(field.code for field in _required(answers) if not _answered(field, answers))


def progress(answers: Answers) -> tuple[int, int]:
    """How many of the required questions are answered, and how many there are."""
    required = _required(answers)
    return sum(_answered(field, answers) for field in required), len(required)


def problems(
    field_code: str,
    answer: Answer,
    answers: Answers,
    on: date | None = None,
    own_numbers: Sequence[str] = (),
) -> tuple[Problem, ...]:
    """Say what is wrong with an answer, beside the other answers; a question passed over has no problems.

    `on` is today, for what may not lie in the past or the future; `own_numbers` are the candidate's phone
    numbers, which are never taken for a citizen service number.
    """
    field = FIELD_BY_CODE[field_code]
    if not answer.given:
        return ()
    case = _Case(field, answer.value, {**answers, field_code: answer}, on, own_numbers)
    found = tuple(_KINDS[field.kind](case))
    if any(problem.severity == "error" for problem in found):
        return found
    return found + tuple(_OF_FIELD[field_code](case) if field_code in _OF_FIELD else ())


def _required(answers: Answers) -> list[Field]:
    return [field for field in FIELDS if field.required and applies(field, answers)]


def _answered(field: Field, answers: Answers) -> bool:
    if field.unless and value_of(answers, field.unless) is not None:
        return True
    value = value_of(answers, field.code)
    if field.kind == "grid":
        return isinstance(value, Mapping) and bool(value.get("available"))
    return bool(value) if field.kind in _NEEDS_ENTRIES else value is not None


def _private(texts: Sequence[object], own_numbers: Sequence[str]) -> Found:
    """What may not, or had better not, be written in a text."""
    text = "\n".join(part for part in texts if isinstance(part, str))
    bsn = bsn_in(text, own_numbers)
    if bsn:
        yield Problem("bsn_found", "error", {"found": bsn})
    words = health_words(text)
    if words:
        yield Problem("health_words", "warning", {"words": ", ".join(words)})


def _text(case: _Case) -> Found:
    limit = NOTE_LIMIT if case.field.kind == "note" else TEXT_LIMIT
    if not isinstance(case.value, str):
        yield Problem("value_kind")
    elif len(case.value) > limit:
        yield Problem("text_long", "error", {"limit": limit})
    elif case.field.code not in _OTHER_NUMBERS:
        yield from _private([case.value], case.own_numbers)


def _integer(case: _Case) -> Found:
    if not _is_integer(case.value):
        yield Problem("value_kind")


def _yes_no(case: _Case) -> Found:
    if not isinstance(case.value, bool):
        yield Problem("value_kind")


def _date(case: _Case) -> Found:
    if _read_date(case.value) is None:
        yield Problem("date_invalid")


def _choice(case: _Case) -> Found:
    yield from _codes([case.value], case.field.list_name)


def _choices(case: _Case) -> Found:
    if not isinstance(case.value, list):
        yield Problem("value_kind")
        return
    if not case.value and case.field.required:
        yield Problem("choices_empty")
    yield from _codes(case.value, case.field.list_name)


def _codes(values: Sequence[object], list_name: str) -> Found:
    for value in values:
        if not isinstance(value, str) or value not in code_list(list_name):
            yield Problem("code_unknown", "error", {"value": str(value)})


def _grid(case: _Case) -> Found:
    grid = case.value if isinstance(case.value, Mapping) else {"available": None}
    available, preferred = grid.get("available", 0), grid.get("preferred", 0)
    if not (_is_grid(available) and _is_grid(preferred)):
        yield Problem("value_kind")
        return
    if not available:
        yield Problem("grid_empty")
    elif preferred & ~available:
        yield Problem("preferred_not_available")


def _educations(case: _Case) -> Found:
    if not _are_mappings(case.value):
        yield Problem("value_kind")
        return
    for entry in case.value:
        yield from _codes([entry.get("level")], "education_level")
        yield from _codes([entry.get("completed", "yes")], "education_completed")
        yield from _codes([entry.get("field", "care")], "education_field")
        yield from _year(entry.get("year"), case.on)
        yield from _private([entry.get("programme")], case.own_numbers)


def _experiences(case: _Case) -> Found:
    if not _are_mappings(case.value):
        yield Problem("value_kind")
        return
    for entry in case.value:
        yield from _codes([entry.get("function_profile")], "function_profile")
        if entry.get("sector"):
            yield from _codes([entry["sector"]], "care_sector")
        years = entry.get("years")
        if years is not None and not (isinstance(years, int | float) and 0 <= years <= 60):
            yield Problem("years_range")
        yield from _year(entry.get("until_year"), case.on)
        yield from _private([entry.get("organisation")], case.own_numbers)
    if not case.value and value_of(case.answers, "care_experience"):
        yield Problem("experiences_expected", "warning")


def _year(year: object, on: date | None) -> Found:
    latest = (on.year if on else date.max.year) + 10
    if year is not None and not (isinstance(year, int) and EARLIEST_YEAR <= year <= latest):
        yield Problem("year_range", "error", {"year": str(year)})


def _periods(case: _Case) -> Found:
    pairs = case.value if isinstance(case.value, list) else [None]
    for pair in pairs:
        days = [_read_date(day) for day in pair] if isinstance(pair, list | tuple) else []
        if len(days) != 2:
            yield Problem("value_kind")
        elif days[0] is None or days[1] is None:
            yield Problem("date_invalid")
        elif days[0] > days[1]:
            yield Problem("period_order")
        elif case.on and nearly_a_year(days[0], case.on):
            yield Problem("period_far", "warning")


def _hours(case: _Case) -> Found:
    other = "hours_max" if case.field.code == "hours_min" else "hours_min"
    hours = {case.field.code: case.value, other: value_of(case.answers, other)}
    both = check_hours(*(h if _is_integer(h) else None for h in (hours["hours_min"], hours["hours_max"])))
    yield from check_hours(case.value if _is_integer(case.value) else None, None)
    yield from (problem for problem in both if problem.code == "hours_order")


def _until(case: _Case) -> Found:
    start, end = (_read_date(value_of(case.answers, code)) for code in ("available_from", "available_until"))
    if start and end and end < start:
        yield Problem("until_before_from")
    if end and case.on and end < case.on:
        yield Problem("until_past", "warning")
    day = _read_date(case.value)
    if day and case.on and nearly_a_year(day, case.on):
        yield Problem("date_far", "warning")


def _travel(case: _Case) -> Found:
    highest, far = (400, FAR_KM) if case.field.code == "max_travel_km" else (300, FAR_MINUTES)
    if not 0 <= case.value <= highest:
        yield Problem("travel_range", "error", {"low": 0, "high": highest})
    elif case.value > far:
        yield Problem("travel_far", "warning")


def _student_year(case: _Case) -> Found:
    if not 1 <= case.value <= 8:
        yield Problem("student_year_range")


def _kvk(case: _Case) -> Found:
    if not re.fullmatch(r"[0-9]{8}", re.sub(r"[ .]", "", case.value)):
        yield Problem("kvk_length")


def _big_number(case: _Case) -> Found:
    reading = read_big(case.value)
    profession = value_of(case.answers, "big_profession")
    if reading.problem:
        yield Problem(reading.problem)
    elif reading.profession and profession and reading.profession != profession:
        yield Problem("big_profession_hint", "warning")


def _big_expires(case: _Case) -> Found:
    expires = _read_date(case.value)
    if expires and case.on and expires < case.on:
        yield Problem("big_expired", "warning")


def _vog_date(case: _Case) -> Found:
    issued = _read_date(case.value)
    if issued and case.on and issued > case.on:
        yield Problem("vog_future")


def _override(case: _Case) -> Found:
    if not value_of(case.answers, "care_background_reason"):
        yield Problem("reason_missing", "warning")


def _read_date(value: object) -> date | None:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _is_integer(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_grid(value: object) -> TypeGuard[int]:
    return _is_integer(value) and 0 <= value <= ALL_CELLS


def _are_mappings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, Mapping) for entry in value)


_KINDS: Mapping[str, Check] = {
    "text": _text,
    "note": _text,
    "integer": _integer,
    "yes_no": _yes_no,
    "date": _date,
    "choice": _choice,
    "choices": _choices,
    "grid": _grid,
    "educations": _educations,
    "experiences": _experiences,
    "periods": _periods,
}
_OF_FIELD: Mapping[str, Check] = {
    "hours_min": _hours,
    "hours_max": _hours,
    "available_from": _until,
    "available_until": _until,
    "max_travel_km": _travel,
    "max_travel_minutes": _travel,
    "student_year": _student_year,
    "kvk_number": _kvk,
    "big_number": _big_number,
    "big_expires": _big_expires,
    "vog_date": _vog_date,
    "care_background_override": _override,
}
