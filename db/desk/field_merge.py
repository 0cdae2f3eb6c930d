"""Two records field by field: what both say, which would stand, and taking over what was chosen."""

from collections.abc import Mapping
from typing import Any, get_args

from sqlmodel import Session

from db.models import Candidate, Interview
from db.rules.names import PersonName, show_name
from db.stores.candidate_card import name_of
from db.stores.proposals import complete_interview
from db.views.likeness import FieldPair, Likelihood, Side

FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "last_name",
        "first_name",
        "initials",
        "prefix",
        "partner_prefix",
        "partner_name",
        "name_order",
        "sort_name",
        "search_name",
        "search_first",
    ),
    "phone": ("phone", "phone_given", "phone_reversed"),
    "phone2": ("phone2", "phone2_given", "phone2_reversed"),
    "best_time": ("best_time",),
    "email": ("email", "email_given"),
    "postcode": (
        "pc4",
        "postcode",
        "postcode_given",
        "place",
        "x_km",
        "y_km",
        "region_code",
        "region_source",
    ),
    "function": ("function_given", "function_profile"),
    "hours": ("hours_max", "hours_min", "hours_given"),
    "big": ("big_number", "big_given", "big_status"),
    "remarks": ("remarks",),
}
"""Columns that say one thing and are taken together; the first tells whether it is known for certain."""
ASKED = frozenset({"function", "hours", "big"})
"""What an interview asked again: its word goes before a registration's."""
SIDES: tuple[Side, ...] = get_args(Side)
UNSAID = frozenset({"phone_reversed", "phone2_reversed", "big_status"})
"""Columns that repeat the others in a form nobody reads."""
_EMPTY = (None, "")


def pairs(session: Session, older: Candidate, newer: Candidate) -> tuple[FieldPair, ...]:
    """Every field of both with the side that would stand; what neither knows is left out."""
    told = interviewed(session, older, newer)
    found = (
        FieldPair(code, _said(older, code), _said(newer, code), _default(code, older, newer, told))
        for code in FIELDS
    )
    return tuple(pair for pair in found if pair.older or pair.newer)


def interviewed(session: Session, older: Candidate, newer: Candidate) -> Side | None:
    """Whose completed interview is the newest; None when neither has one."""
    one, other = complete_interview(session, older.id), complete_interview(session, newer.id)
    if one is None or other is None:
        return None if one is other else "older" if one else "newer"
    return "older" if _when(one) >= _when(other) else "newer"


def take_over(
    session: Session, older: Candidate, newer: Candidate, chosen: Mapping[str, Side]
) -> Mapping[str, Side]:
    """Give the older record what was chosen of the newer one, and the usual for the rest; what stood.

    No telephone number is lost while there is a place for it.
    """
    numbers = [_number(person, place) for place in ("phone", "phone2") for person in (older, newer)]
    told = interviewed(session, older, newer)
    stood = {code: chosen.get(code) or _default(code, older, newer, told) for code in FIELDS}
    for code, side in stood.items():
        if side == "newer":
            for column in FIELDS[code]:
                setattr(older, column, getattr(newer, column))
    _place_numbers(older, numbers)
    return stood


def likelihood(older: Candidate, newer: Candidate) -> Likelihood:
    """How alike the two are."""
    from rapidfuzz import fuzz

    from db.desk.import_people import name_keys
    from db.rules.likeness import compare_names

    _, names = compare_names(name_keys(older.model_dump()), name_keys(newer.model_dump()))
    numbers = [{n for n in (person.phone, person.phone2) if n} for person in (older, newer)]
    phone = max((fuzz.ratio(a, b) for a in numbers[0] for b in numbers[1]), default=None)
    email = fuzz.ratio(older.email, newer.email) if older.email and newer.email else None
    return Likelihood(
        round(names),
        None if phone is None else int(phone),
        None if email is None else int(email),
        _same_place(older, newer),
    )


def _same_place(older: Candidate, newer: Candidate) -> int | None:
    if older.pc4 is None or newer.pc4 is None:
        return None
    if older.pc4 != newer.pc4:
        return 0
    return 100 if older.postcode == newer.postcode else 50


def _default(code: str, older: Candidate, newer: Candidate, told: Side | None) -> Side:
    """The newer one's word when it has one; the fuller name, and what an interview said before a form."""
    people: dict[Side, Candidate] = {"older": older, "newer": newer}
    if code == "name":
        return max(SIDES, key=lambda side: (len(show_name(name_of(people[side]))), side == "older"))
    known = [side for side in SIDES if getattr(people[side], FIELDS[code][0]) not in _EMPTY]
    if code in ASKED and told in known:
        return told
    given = [side for side in SIDES if _said(people[side], code)]
    return (known or given or ["older"])[-1]


def _said(person: Candidate, code: str) -> str | PersonName:
    if code == "name":
        return name_of(person)
    if code == "postcode":
        given = person.postcode or person.postcode_given
        return " ".join(part for part in (given, person.place) if part)
    if code == "hours" and person.hours_max is not None:
        return "–".join(dict.fromkeys(str(n) for n in (person.hours_min, person.hours_max) if n is not None))
    found = (getattr(person, column) for column in FIELDS[code] if column not in UNSAID)
    return next((str(value) for value in found if value not in _EMPTY), "")


def _number(person: Candidate, place: str) -> tuple[Any, ...]:
    return tuple(getattr(person, column) for column in FIELDS[place])


def _place_numbers(person: Candidate, numbers: list[tuple[Any, ...]]) -> None:
    """Drop a second number that says the first again, and fill free places with what would get lost."""
    if person.phone2 == person.phone:
        person.phone2, person.phone2_given, person.phone2_reversed = None, "", None
    for number in numbers:
        if not number[0] or number[0] in (person.phone, person.phone2):
            continue
        place = next((name for name in ("phone", "phone2") if not getattr(person, name)), None)
        if place is not None:
            for column, value in zip(FIELDS[place], number, strict=True):
                setattr(person, column, value)


def _when(interview: Interview) -> tuple[Any, ...]:
    return (interview.completed_at, interview.id)
