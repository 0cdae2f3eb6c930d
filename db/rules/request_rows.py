"""What one row of a request file says: who asks, what is asked, and what of it cannot be."""

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from db.reference.files import read_rows
from db.reference.lists import code_list
from db.rules.availability import read_day_parts
from db.rules.email import read_email
from db.rules.function_given import function_profile_of
from db.rules.hygiene import clean
from db.rules.names import search_key
from db.rules.numbers import read_decimal, read_yes_no
from db.rules.phone import read_phone
from db.rules.postcode import read_postcode
from db.rules.region import flat_point, place_of, region_of
from db.rules.registration_rows import UNRESOLVED, mask_bsn
from db.rules.timestamps import read_date

MOST_FTE = 1000
_MOST_HOURS = 60
_UNREADABLE_PARTS = "day_parts_unreadable"


@dataclass(slots=True)
class RequestReading:
    """One row: the columns of an organisation, of a contact person (or none) and of a request.

    `reject` is a code of list `request_reject_reason`; `repairs` are pairs of a code of `repair_kind` and
    what was given.
    """

    organisation: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, Any] = field(default_factory=dict)
    request: dict[str, Any] = field(default_factory=dict)
    repairs: list[tuple[str, str]] = field(default_factory=list)
    reject: str | None = None

    def repair(self, kind: str, given: str) -> None:
        """Note that something was not understood and was left open."""
        self.repairs.append((kind, clean(given, 300)))

    def without_bsn(self, words: str) -> str:
        """The words with every citizen service number made unreadable, and noted that it was."""
        masked = mask_bsn(words)
        if masked != words:
            self.repair("bsn_removed", masked)
        return masked


def read_request(cells: Mapping[str, str]) -> RequestReading:
    """Read one row, given as field → text."""
    row = RequestReading()
    name = clean(cells.get("organisation", ""), 200)
    function = row.without_bsn(clean(cells.get("function", ""), 300))
    sector = sector_of(cells.get("sector", "")) or sector_of(name)
    hundredths = _fte(cells.get("fte", ""))
    row.organisation = {"name": name, "search_name": search_key(name), "sector": sector}
    row.request = {"fte_asked": hundredths, "function_given": function}
    row.reject = _rejection(row)
    if row.reject is None:
        _read_place(row, cells)
        _read_contact(row, cells)
        _read_function(row, cells, function)
        _read_time(row, cells)
        row.request["positions"] = _positions(cells.get("positions", ""), hundredths or 0)
    return row


def request_fingerprint(row: RequestReading) -> str:
    """Give the identity of what is asked, whatever program wrote the file."""
    content = [row.organisation, row.contact, row.request]
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def sector_of(text: str) -> str | None:
    """Give the care sector (list `care_sector`) that the words of a text stand for."""
    key = search_key(clean(text, 200))
    if key.replace(" ", "_") in code_list("care_sector"):
        return key.replace(" ", "_")
    return next((sector for pattern, sector in _sector_words() if pattern.search(key)), None)


def _rejection(row: RequestReading) -> str | None:
    if not row.organisation["search_name"]:
        return "missing_organisation"
    if not row.request["function_given"]:
        return "missing_function"
    if row.request["fte_asked"] is None:
        return "invalid_fte"
    return None if row.organisation["sector"] else "unknown_sector"


def _fte(text: str) -> int | None:
    """Give hundredths of an fte, or nothing for what cannot be asked."""
    amount = read_decimal(text)
    if amount is None or not 0 < amount <= MOST_FTE:
        return None
    hundredths = int((amount * 100).to_integral_value(ROUND_HALF_UP))
    return hundredths or None


def _positions(text: str, hundredths: int) -> int:
    stated = read_decimal(text) or Decimal(0)
    return int(stated) if 1 <= stated <= MOST_FTE else max(1, math.ceil(hundredths / 100))


def _read_place(row: RequestReading, cells: Mapping[str, str]) -> None:
    given = cells.get("postcode", "")
    postcode = read_postcode(given).postcode
    pc4 = postcode.pc4 if postcode else None
    region = region_of(pc4) if pc4 else None
    if region is None:
        row.repair(UNRESOLVED if postcode else "postcode_invalid", given)
    place = clean(cells.get("place", ""), 80) or (place_of(pc4) if pc4 else None) or ""
    where = {
        "postcode": postcode.text if postcode else "",
        "pc4": pc4,
        "place": place,
        "region_code": region or UNRESOLVED,
    }
    point = flat_point(pc4) if pc4 else None
    row.organisation |= where
    row.request |= where | {"x_km": point[0] if point else None, "y_km": point[1] if point else None}


def _read_contact(row: RequestReading, cells: Mapping[str, str]) -> None:
    given_email, given_phone = cells.get("contact_email", ""), cells.get("contact_phone", "")
    email, phone = read_email(given_email), read_phone(given_phone)
    if email.address is None and given_email.strip():
        row.repair("email_invalid", given_email)
    if phone.phone is None and given_phone.strip():
        row.repair("phone_invalid", given_phone)
    name = clean(cells.get("contact_name", ""), 120)
    if name or email.address or phone.phone:
        row.contact = {
            "name": name,
            "email": email.address or clean(given_email, 320) or None,
            "phone": phone.phone.e164 if phone.phone else clean(given_phone, 80) or None,
        }


def _read_function(row: RequestReading, cells: Mapping[str, str], function: str) -> None:
    profile = function_profile_of(function).profile
    if profile is None:
        row.repair("value_unknown", function)
    note = row.without_bsn(clean(cells.get("note", ""), 2000, multiline=True))
    key = search_key(note)
    row.request |= {
        "function_profile": profile or "other",
        "big_requirement": _big_requirement(row, cells.get("big_required", "")),
        "note": note,
        "conditions": sorted({word["condition"] for word in _condition_words() if word["pattern"] in key}),
    }


def _big_requirement(row: RequestReading, given: str) -> str:
    answer = read_yes_no(given)
    code = clean(given, 40).lower()
    if answer is None and code in code_list("big_requirement"):
        return code
    if answer is None and given.strip():
        row.repair("value_unknown", given)
    return "registered_or_exempt" if answer else "none"


def _read_time(row: RequestReading, cells: Mapping[str, str]) -> None:
    hours = [_hours(row, cells.get(name, "")) for name in ("hours_min", "hours_max")]
    if None not in hours:
        hours.sort(key=lambda value: value or 0)
    starts, ends, deadline = (
        _date(row, cells.get(name, "")) for name in ("starts_on", "ends_on", "deadline")
    )
    if starts and ends and ends < starts:
        row.repair("date_invalid", cells["ends_on"])
        ends = None
    given = clean(cells.get("day_parts", ""), 300)
    parts = read_day_parts(given)
    if parts.problem == _UNREADABLE_PARTS:
        row.repair("value_unknown", given)
    row.request |= {
        "hours_min": hours[0],
        "hours_max": hours[1],
        "starts_on": starts,
        "ends_on": ends,
        "deadline": deadline,
        "grid": parts.bits,
        "day_parts_given": given,
    }


def _hours(row: RequestReading, given: str) -> int | None:
    hours = read_decimal(given)
    if hours is not None and 1 <= hours <= _MOST_HOURS:
        return int(hours.to_integral_value(ROUND_HALF_UP))
    if given.strip():
        row.repair("hours_invalid", given)
    return None


def _date(row: RequestReading, given: str) -> date | None:
    day = read_date(given) if given.strip() else None
    if day is None and given.strip():
        row.repair("date_invalid", given)
    return day


@cache
def _sector_words() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_pattern(row["pattern"]), row["sector"]) for row in read_rows("sector_words.csv"))


def _pattern(words: str) -> re.Pattern[str]:
    end = "" if words.endswith("*") else r"\b"
    return re.compile(rf"\b{re.escape(words.removesuffix('*'))}{end}")


@cache
def _condition_words() -> tuple[dict[str, str], ...]:
    return tuple(read_rows("request_words.csv"))
