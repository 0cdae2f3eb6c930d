"""A request as the answers of its form, and the other way round."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from db.drafts.organisations import ContactDraft
from db.drafts.requests import NEEDS, QUALIFICATIONS, RequestDraft
from db.rules.intake_fields import Answer, value_of
from db.rules.request_form import FTE_HOURS, standard_answers

PLAIN = (
    "function_profile", "function_given", "fte_hours", "positions", "hours_min", "hours_max",
    "education_level", "postcode", "note",
)  # fmt: skip
DAYS = ("starts_on", "ends_on", "deadline")
CODES = ("conditions", "employment_forms")


def answers_of(draft: RequestDraft) -> dict[str, Answer]:
    """The answers that a draft stands for; what is empty was not answered."""
    found: dict[str, Any] = {code: getattr(draft, code) for code in PLAIN}
    found |= {code: day.isoformat() for code in DAYS if (day := getattr(draft, code))}
    found |= {code: list(getattr(draft, code)) for code in CODES}
    found |= {f"{name}_need": need for name, need in draft.qualifications.items()}
    found["fte"] = draft.fte_asked
    found["grid"] = {"available": draft.grid, "preferred": 0} if draft.grid else None
    usual = standard_answers(draft.function_profile).get("big_requirement", Answer()).value
    asked = draft.big_requirement
    found["big_requirement"] = asked if asked != "none" or usual == "none" else None
    found["contact"] = _contact_answer(draft)
    return {code: Answer(value) for code, value in found.items() if value not in (None, "", [])}


def draft_of(organisation_id: UUID, answers: Mapping[str, Answer]) -> RequestDraft:
    """The draft that the answers stand for."""
    values: dict[str, Any] = {code: value_of(answers, code) for code in PLAIN}
    for code in ("function_profile", "function_given", "postcode", "note"):
        values[code] = values[code] or ""
    values["fte_hours"] = values["fte_hours"] or FTE_HOURS
    values |= {code: _day(value_of(answers, code)) for code in DAYS}
    values |= {code: tuple(_listed(value_of(answers, code))) for code in CODES}
    grid = value_of(answers, "grid")
    person, contact = _contact(value_of(answers, "contact"))
    return RequestDraft(
        organisation_id=organisation_id,
        fte_asked=_number(value_of(answers, "fte")),
        grid=int(grid.get("available", 0)) if isinstance(grid, Mapping) else 0,
        big_requirement=str(value_of(answers, "big_requirement") or "none"),
        qualifications=_needs(answers),
        contact_person_id=person,
        contact=contact,
        **values,
    )


def _needs(answers: Mapping[str, Answer]) -> dict[str, str]:
    said = {name: value_of(answers, f"{name}_need") for name in QUALIFICATIONS}
    return {name: need for name, need in said.items() if isinstance(need, str) and need in NEEDS}


def _contact_answer(draft: RequestDraft) -> dict[str, str] | None:
    if draft.contact_person_id is not None:
        return {"id": draft.contact_person_id.hex}
    if draft.contact is None:
        return None
    found = {"name": draft.contact.name, "phone": draft.contact.phone, "email": draft.contact.email}
    return {key: value for key, value in found.items() if value}


def _contact(value: object) -> tuple[UUID | None, ContactDraft | None]:
    if not isinstance(value, Mapping):
        return None, None
    if "id" in value:
        return UUID(value["id"]), None
    return None, ContactDraft(value["name"], value.get("phone"), value.get("email"))


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _listed(value: object) -> list[str]:
    return value if isinstance(value, list) else []


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
