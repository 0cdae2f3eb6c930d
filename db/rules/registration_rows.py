"""What one row of a registration file says: read as far as it can be, and kept as given where it cannot."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from db.rules.big import read_big
from db.rules.email import MISSING as NO_EMAIL
from db.rules.email import read_email
from db.rules.function_given import function_profile_of
from db.rules.hygiene import clean
from db.rules.name_words import write_initials
from db.rules.names import PersonName, finding_keys, read_full_name, read_name, search_key
from db.rules.numbers import HoursReading, read_hours, read_yes_no
from db.rules.phone import MISSING as NO_PHONE
from db.rules.phone import Phone, PhoneReading, read_phone
from db.rules.postcode import MISSING as NO_POSTCODE
from db.rules.postcode import read_postcode
from db.rules.privacy import bsn_in
from db.rules.region import flat_point, place_of, region_of
from db.rules.timestamps import read_timestamp

MISSING_NAME = "missing_name"
MISSING_CONTACT = "missing_contact"
UNRESOLVED = "region_unresolved"

_NO_NAME = frozenset(
    {"", "nvt", "n v t", "geen", "onbekend", "none", "null", "unknown", "anoniem", "anonymous"}
)
_ODD_IN_NAME = re.compile(r"[\[\]<>=@{}|\\#*_^~0-9\x00-\x08\x0e-\x1f\x7f-\x9f]")
# What a spreadsheet leaves of a terminal's colours, having lost the escape itself.
_COLOUR_REMAINS = re.compile(r"(?:_x001B_)?\[[0-9;]{1,8}m")
FEWEST_BSN_DIGITS = 8
_NAME_FIELDS = ("first_name", "initials", "prefix", "last_name", "full_name")
_NUMBERS_TO_REPAIR = ("phone_", "big_", "email_")
"""What is wrong with a number or an address can only be put right by whoever sees it as it was given."""
_MASK = "•"
_CLOCK_DIFFERENCE = timedelta(days=1)


@dataclass(slots=True)
class RegistrationReading:
    """One row: `person` has the columns of a candidate, `repairs` pairs of a kind and what was given.

    `reject` is a code of list `import_reject_reason`, and then the rest is of no use. `consent` is given,
    refused, or nothing when the answer says neither.
    """

    person: dict[str, Any]
    name: PersonName
    registered_at: datetime
    consent: str | None = None
    repairs: list[tuple[str, str]] = field(default_factory=list)
    reject: str | None = None
    masked: dict[str, str] = field(default_factory=dict)
    """Texts from which a citizen service number was taken, by field."""

    def repair(self, kind: str, given: str) -> None:
        """Note that something is wrong and was kept as given, but for a citizen service number."""
        kept = given if kind.startswith(_NUMBERS_TO_REPAIR) else mask_bsn(given)
        self.repairs.append((kind, clean(kept, 300)))


def read_registration(cells: Mapping[str, str], now: datetime) -> RegistrationReading:
    """Read one row, given as field → text; `now` dates a registration whose own date cannot be read."""
    named, masked = _without_bsn(cells)
    cells = {**cells, **named}
    name = _read_person_name(cells)
    row = RegistrationReading({}, name, now)
    if masked:
        row.repair("bsn_removed", masked)
    if not (name.first_name or name.initials or name.last_name):
        row.reject = MISSING_NAME
        return row
    _keep_name(row, cells)
    _read_contact(row, cells)
    if not (row.person["phone"] or row.person["email"]):
        row.reject = MISSING_CONTACT
        return row
    _read_moment(row, cells, now)
    _read_postcode(row, cells)
    _read_background(row, cells)
    _read_big_and_hours(row, cells)
    _read_words(row, cells)
    return row


def fingerprint(
    source: str, row: RegistrationReading, cells: Mapping[str, str], rest: Mapping[str, str]
) -> str:
    """Give the identity of a row's content: the same whether a spreadsheet lost its zeros or not."""
    person, name = row.person, row.name
    moment = cells.get("registered_at", "") if _has(row, "date_invalid") else row.registered_at.isoformat()
    content = [
        source,
        moment,
        person["sort_name"],
        name.initials,
        person["email"] or person["email_given"].lower(),
        person["phone"] or person["phone_given"],
        person["phone2"] or person["phone2_given"],
        person["best_time"],
        person["postcode"] or person["postcode_given"].upper(),
        search_key(cells.get("place", "")),
        *(
            search_key(cells.get(answer, ""))
            for answer in ("care_background", "function", "hours", "consent")
        ),
        person["big_number"] or person["big_given"],
        person["remarks"],
        *(f"{search_key(key)}={clean(text)}" for key, text in sorted(rest.items())),
    ]
    return hashlib.sha256("\x1f".join(content).encode("utf-8", "replace")).hexdigest()


def mask_bsn(text: str, own_numbers: tuple[str, ...] = ()) -> str:
    """Give the text with every citizen service number made unreadable."""
    if len(text) < FEWEST_BSN_DIGITS or sum(map(str.isdigit, text)) < FEWEST_BSN_DIGITS:
        return text
    while found := bsn_in(text, own_numbers):
        text = text.replace(found, _MASK * len(found))
    return text


def storable(text: str) -> str:
    """Give the text as given, but for what no database can hold: NUL and half characters."""
    if text.isprintable():
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


@lru_cache(maxsize=256)
def _yes_no(text: str) -> bool | None:
    return read_yes_no(text)


@lru_cache(maxsize=1024)
def _hours(text: str) -> HoursReading:
    return read_hours(text)


def _has(row: RegistrationReading, kind: str) -> bool:
    return any(repair == kind for repair, _ in row.repairs)


def _without_bsn(cells: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """Give the parts of a name without citizen service numbers, and the whole of it as it was, masked."""
    masked = {part: mask_bsn(cells[part]) for part in _NAME_FIELDS if part in cells}
    if all(cells[part] == text for part, text in masked.items()):
        return {}, ""
    return {part: text.replace(_MASK, "") for part, text in masked.items()}, " ".join(masked.values())


def _name_part(text: str) -> str:
    """Give a part of a name, or nothing when it holds no letter or says that there is none."""
    part = clean(text, 200)
    if "[" in part:
        part = clean(_COLOUR_REMAINS.sub("", part), 200)
    return part if any(map(str.isalpha, part)) and search_key(part) not in _NO_NAME else ""


def _read_person_name(cells: Mapping[str, str]) -> PersonName:
    first, last = _name_part(cells.get("first_name", "")), _name_part(cells.get("last_name", ""))
    initials, prefix = _name_part(cells.get("initials", "")), cells.get("prefix", "")
    if not last and (full := _name_part(cells.get("full_name", ""))):
        name = read_full_name(full)
        return replace(name, first_name=first) if first else name
    if not last and not first and not initials:
        return read_name("", "")
    name = read_name(first, last, prefix)
    return replace(name, initials=write_initials(initials)) if initials else name


def _keep_name(row: RegistrationReading, cells: Mapping[str, str]) -> None:
    name = row.name
    row.person |= {
        "first_name": name.first_name,
        "initials": name.initials,
        "prefix": name.prefix,
        "last_name": name.last_name,
        "partner_prefix": name.partner_prefix,
        "partner_name": name.partner_name,
        "name_order": name.order,
        **finding_keys(name),
    }
    given = " ".join(cells[part] for part in _NAME_FIELDS if cells.get(part, "").strip())
    if not name.last_name or not (name.first_name or name.initials):
        row.repair("name_incomplete", given)
    if _ODD_IN_NAME.search(given) or any(unicodedata.category(mark) == "So" for mark in given):
        row.repair("name_suspect", given)


def _read_contact(row: RegistrationReading, cells: Mapping[str, str]) -> None:
    email = read_email(cells.get("email", ""))
    if email.problem not in (None, NO_EMAIL):
        row.repair("email_invalid", cells["email"])
    first, other = read_phone(cells.get("phone", "")), read_phone(cells.get("phone2", ""))
    phones: dict[str, Phone] = {}
    for phone in (first.phone, first.second, other.phone, other.second):
        if phone:
            phones.setdefault(phone.e164, phone)
    _note_phone_repairs(row, cells, (first, other), list(phones.values())[:2])
    numbers = [*phones, None, None]
    row.person |= {
        "email": email.address,
        "email_given": clean(cells.get("email", ""), 320),
        "phone": numbers[0],
        "phone_given": clean(cells.get("phone", ""), 200),
        "phone_reversed": _reversed(numbers[0]),
        "phone2": numbers[1],
        "phone2_given": clean(cells.get("phone2", ""), 200),
        "phone2_reversed": _reversed(numbers[1]),
        "best_time": _best_time(row, (first, other)),
    }


def _best_time(row: RegistrationReading, readings: tuple[PhoneReading, ...]) -> str:
    """Give the words beside the numbers; where no number was read they are the repair task's."""
    remark = "; ".join(reading.remark for reading in readings if reading.phone and reading.remark)
    masked = mask_bsn(remark)
    if masked != remark:
        row.repair("bsn_removed", masked)
    return masked


def _note_phone_repairs(
    row: RegistrationReading,
    cells: Mapping[str, str],
    readings: tuple[PhoneReading, ...],
    phones: list[Phone],
) -> None:
    for column, reading in zip(("phone", "phone2"), readings, strict=True):
        if reading.problem not in (None, NO_PHONE):
            row.repair("phone_invalid", cells[column])
    if not phones and not _has(row, "phone_invalid"):
        row.repair("phone_missing", cells.get("phone", ""))
    if any(phone.warning for phone in phones):
        row.repair("phone_doubtful", cells.get("phone", "") or cells.get("phone2", ""))


def _reversed(e164: str | None) -> str | None:
    return e164[:0:-1] if e164 else None


def _read_moment(row: RegistrationReading, cells: Mapping[str, str], now: datetime) -> None:
    given = cells.get("registered_at", "")
    moment = read_timestamp(given) if given.strip() else None
    if moment is not None and moment <= now + _CLOCK_DIFFERENCE:
        row.registered_at = moment
    elif given.strip():
        row.repair("date_invalid", given)


def _read_postcode(row: RegistrationReading, cells: Mapping[str, str]) -> None:
    given = cells.get("postcode", "")
    reading = read_postcode(given)
    pc4 = reading.postcode.pc4 if reading.postcode else None
    region = region_of(pc4) if pc4 else None
    point = flat_point(pc4) if pc4 else None
    if reading.problem:
        row.repair("postcode_missing" if reading.problem == NO_POSTCODE else "postcode_invalid", given)
    if region is None:
        row.repair(UNRESOLVED, given)
    row.person |= {
        "postcode": reading.postcode.text if reading.postcode else "",
        "postcode_given": clean(mask_bsn(given), 40),
        "pc4": pc4,
        "place": _words(row, cells, "place", 80) or (place_of(pc4) if pc4 else None) or "",
        "x_km": point[0] if point else None,
        "y_km": point[1] if point else None,
        "region_code": region or UNRESOLVED,
        "region_source": "postcode",
    }


def _read_background(row: RegistrationReading, cells: Mapping[str, str]) -> None:
    given = cells.get("care_background", "")
    answer = _yes_no(given)
    if answer is None and given.strip():
        row.repair("value_unknown", given)
    function = _words(row, cells, "function", 300)
    reading = function_profile_of(function)
    background = reading.care_background if answer is None else answer
    segment = "care_student" if reading.student else "care_background" if background else None
    row.person |= {
        "function_given": function,
        "function_profile": reading.profile,
        "care_background": background,
        "segment": segment,
    }


def _read_big_and_hours(row: RegistrationReading, cells: Mapping[str, str]) -> None:
    big_given = clean(cells.get("big", ""), 80)
    big = read_big(big_given)
    if big.problem:
        row.repair("big_invalid", big_given)
    elif big.padded:
        row.repair("big_padded", big_given)
    hours_given = _words(row, cells, "hours", 120)
    hours = _hours(hours_given)
    if hours.problem:
        row.repair("hours_invalid", hours_given)
    row.person |= {
        "big_given": big_given,
        "big_number": big.number,
        "hours_given": hours_given,
        "hours_min": hours.minimum,
        "hours_max": hours.maximum,
    }


def _read_words(row: RegistrationReading, cells: Mapping[str, str]) -> None:
    row.person["remarks"] = _words(row, cells, "remarks", 4000)
    given = cells.get("consent", "")
    answer = _yes_no(given)
    if answer is not None:
        row.consent = "given" if answer else "refused"
    elif given.strip():
        row.repair("consent_unclear", given)


def _words(row: RegistrationReading, cells: Mapping[str, str], column: str, limit: int) -> str:
    """Give what somebody wrote, clean, and without a citizen service number."""
    text = clean(cells.get(column, ""), limit, multiline=column == "remarks")
    own = tuple(number for number in (row.person["phone"], row.person["phone2"]) if number)
    masked = mask_bsn(text, own)
    if masked != text:
        row.masked[column] = masked
        row.repair("bsn_removed", masked)
    return masked
