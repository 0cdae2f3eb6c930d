"""One person from two registrations: what the newer one adds to what is known."""

from collections.abc import Mapping
from typing import Any

from db.desk.import_people import Person, name_keys
from db.desk.unit import plain
from db.rules.names import PersonName, finding_keys
from db.rules.registration_rows import UNRESOLVED, RegistrationReading

# Columns that belong together are taken together, when the first of them is empty.
_GROUPS = (
    ("email", "email_given"),
    ("first_name",),
    ("initials",),
    ("last_name", "prefix"),
    ("function_given", "function_profile", "segment"),
    ("care_background",),
    ("hours_given", "hours_min", "hours_max"),
    ("big_number", "big_given"),
    ("remarks",),
    ("best_time",),
)
_POSTCODE = ("postcode", "postcode_given", "pc4", "place", "x_km", "y_km", "region_code", "region_source")
_EMPTY = (None, "")
_SETTLED_BY = {
    "phone_invalid": "phone",
    "phone_missing": "phone",
    "email_invalid": "email",
    "postcode_invalid": "pc4",
    "postcode_missing": "pc4",
    "big_invalid": "big_number",
    "hours_invalid": "hours_max",
}
"""A repair is no longer needed when the column has a value."""


def merge(person: Person, reading: RegistrationReading) -> dict[str, Any] | None:
    """Fill what is empty and keep the earliest date; give what changed of somebody who existed, for undo."""
    values = _filled(person.values, reading.person, person.open_repairs)
    if reading.registered_at < person.values["registered_at"]:
        values["registered_at"] = reading.registered_at
    entry = _entry_changes(person, values)
    before = _before(person, values, entry) if person.exists else None
    person.values |= values
    person.entry |= entry
    person.keys = name_keys(person.values)
    return before


def needed_repairs(person: Person, repairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the repairs of a merged row that the person still needs and that nobody has been asked for."""
    known = person.open_repairs | {kind for kind, _ in person.repairs}
    return [
        repair for repair in repairs if repair[0] not in known and not is_settled(person.values, repair[0])
    ]


def is_settled(values: Mapping[str, Any], kind: str) -> bool:
    """Tell whether what was wrong has been made good by another registration."""
    if kind == UNRESOLVED:
        return bool(values["region_code"] != UNRESOLVED)
    column = _SETTLED_BY.get(kind)
    return column is not None and values[column] not in _EMPTY


def _filled(known: Mapping[str, Any], new: Mapping[str, Any], repairs: set[str]) -> dict[str, Any]:
    """An address from which mail came back is not taken again for that."""
    values: dict[str, Any] = {}
    for group in _GROUPS:
        bounced = group[0] == "email" and "email_bounced" in repairs and new["email"] == known["email_given"]
        if known[group[0]] in _EMPTY and new[group[0]] not in _EMPTY and not bounced:
            values |= {column: new[column] for column in group}
    values |= _phones(known, new)
    if (
        known["region_code"] == UNRESOLVED
        and (new["region_code"] != UNRESOLVED or not known["pc4"])
        and new["pc4"]
    ):
        values |= {column: new[column] for column in _POSTCODE}
    if values.keys() & {"first_name", "initials", "last_name"}:
        values |= _name_order({**known, **values})
    return values


def _phones(known: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """A number that is not known yet takes the first free place."""
    values: dict[str, Any] = {}
    places = [place for place in ("phone", "phone2") if not known[place]]
    for given in ("phone", "phone2"):
        number = new[given]
        if places and number and number not in (known["phone"], known["phone2"], *values.values()):
            place = places.pop(0)
            values |= {place: number, f"{place}_reversed": new[f"{given}_reversed"]}
            values[f"{place}_given"] = new[f"{given}_given"] or new["phone_given"]
    return values


def _name_order(values: Mapping[str, Any]) -> dict[str, str]:
    parts = ("first_name", "initials", "prefix", "last_name", "partner_prefix", "partner_name", "name_order")
    return finding_keys(PersonName(*(values[part] for part in parts)))


def _entry_changes(person: Person, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the merge means for the open call: an earlier place in the queue, a number to call, a region."""
    entry = person.entry
    if not entry:
        return {}
    changes: dict[str, Any] = {}
    if "registered_at" in values and values["registered_at"] < entry["registered_at"]:
        changes["registered_at"] = values["registered_at"]
    if "phone" in values and entry["state"] == "blocked" and entry["blocked_reason"] == "no_number":
        changes |= {"state": "ready", "blocked_reason": None}
    if "region_code" in values:
        changes["region_code"] = values["region_code"]
    return changes


def _before(person: Person, values: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, Any] | None:
    before: dict[str, Any] = {}
    if values:
        before["candidate"] = {
            key: [plain(person.values[key]), plain(value)] for key, value in values.items()
        }
    if entry:
        changed = {key: [plain(person.entry[key]), plain(value)] for key, value in entry.items()}
        before["entry"] = {"id": plain(person.entry["id"]), "changed": changed}
    return before or None
