"""The questions of a request, in the order in which they are asked, and what a standard profile answers."""

from collections.abc import Mapping

from db.reference.files import read_rows
from db.rules.fte import positions_for
from db.rules.intake_fields import Answer, Answers, Field, applies, value_of
from db.rules.standard_profiles import standard_profile

NO_NEED = "not_asked"
FTE_HOURS = 36

FIELDS: tuple[Field, ...] = tuple(
    Field(
        code=row["code"],
        section="request",
        kind=row["kind"],
        list_name=row["list_name"],
        required=row["required"] == "yes",
        asked_when=row["asked_when"],
        aside=row["required"] == "aside",
    )
    for row in read_rows("request_fields.csv")
)


def asked_fields(answers: Answers) -> list[Field]:
    """The questions that apply, given the answers so far."""
    return [field for field in FIELDS if applies(field, answers)]


def standard_answers(profile: str) -> dict[str, Answer]:
    """What the standard of a profile fills in."""
    standard = standard_profile(profile)
    found: dict[str, object] = {
        "hours_min": standard.hours_min,
        "hours_max": standard.hours_max,
        "education_level": standard.education_level,
        "big_requirement": standard.big_requirement if profile != "other" else None,
        "experience_need": standard.experience or None,
        "conditions": list(standard.conditions) or None,
    }
    return {code: Answer(value) for code, value in found.items() if value is not None}


def refilled(answers: Answers, profile: str) -> dict[str, Answer]:
    """What changes when the profile becomes this one: everything that nobody answered otherwise.

    What still says the standard of the profile before gives way to the new standard.
    """
    before = value_of(answers, "function_profile")
    old = standard_answers(before) if isinstance(before, str) else {}
    new = standard_answers(profile)
    changed: dict[str, Answer] = {}
    for code in old.keys() | new.keys():
        value = value_of(answers, code)
        untouched = value is None or (code in old and value == old[code].value)
        if untouched and new.get(code, Answer()).value != value:
            changed[code] = new.get(code, Answer())
    return changed


def suggested_positions(answers: Mapping[str, Answer]) -> int | None:
    """How many people it takes: the fte in hours, over the hours that one of them works at most."""
    fte = value_of(answers, "fte")
    hours = value_of(answers, "hours_max") or value_of(answers, "hours_min")
    divisor = value_of(answers, "fte_hours") or FTE_HOURS
    if not (isinstance(fte, int) and isinstance(hours, int) and isinstance(divisor, int)) or hours < 1:
        return None
    return positions_for(fte, divisor, hours)
