"""Phone numbers as people and spreadsheets write them."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from db.reference.files import read_rows
from db.rules.hygiene import clean, is_no_answer

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

MISSING = "missing"
INVALID = "invalid"
EMERGENCY = "emergency"
TOLL_FREE = "toll_free"
PREMIUM_RATE = "premium_rate"
MAYBE_BELGIAN_MOBILE = "maybe_belgian_mobile"
LOST_PLUS = "lost_plus"
MUNICIPALITY = "municipality"
PAGER = "pager"
M2M = "m2m"

_FILLER = dict.fromkeys(map(ord, " \t\u00a0-\u2010\u2011\u2012\u2013.()"))
_PLAIN_MOBILE = re.compile(r"(?:(?:\+|00)?310?|0)?(6[1-58][0-9]{7})")
_NO_PART = re.compile(
    r"\s/\s|\s/|/\s"
    r"|(?<![0-9.:])(?:[01]?[0-9]|2[0-4])"  # a time of day: 17u, 17:00, 17.00 uur
    r"(?::[0-5][0-9]|\.[0-5][0-9](?![0-9 .-]*[0-9])|(?=\s?(?:u|uur|h)\b))(?![0-9])(?:\s?(?:u|uur|h)\b)?",
    re.IGNORECASE,
)
_CHUNK = re.compile(r"(?:\+\s?|\()*[0-9](?:[0-9\s().\u2010-\u2013/-]*[0-9])?")
_SPLITS = re.compile(r"\s*/\s*|\s+-\s+|\s+")
_LOST_DECIMALS = re.compile(r"([0-9]{8,})\.0")
_BELGIAN_SHAPE = re.compile(r"04[5-9][0-9](?:[ ./-]?[0-9]{2}[ .][0-9]{2}[ .][0-9]{2}|[0-9]{6})")
_NEIGHBOUR = re.compile(r"(?:32|49)[0-9]{9,11}")
_NO_REMARK = frozenset({"of", "en", "or", "and", "tel", "tel.", "tel:", "mob", "mob.", "mobiel", "telefoon"})
_EMERGENCY_NUMBERS = frozenset({"112", "911", "999"})
_REMARK_EDGES = re.compile(r"^(?:(?!'s\s)[ /;,:|()\-\u2013'])+|[ /;,:|()\-\u2013']+$")
"""What hangs loose around a remark; the apostrophe of 's ochtends does not."""
_NON_GEOGRAPHIC = ("066", "084", "085", "087", "088", "091")
_MOST_NUMBERS = 2
_DUTCH_LENGTH = 9
_DUTCH_SHAPES = (
    (re.compile(r"6([0-57-9][0-9]{7})"), r"06 \1"),
    (re.compile(r"(66)([0-9]{7})"), r"0\1 \2"),
    (re.compile(r"(970)([0-9]{3})([0-9]{5})"), r"0\1 \2 \3"),
    (re.compile(r"(14)(0[0-9]{2,3})"), r"\1 \2"),
)


@dataclass(frozen=True, slots=True)
class Phone:
    """One number that can be dialled.

    ``national`` is how the desk shows it. ``kind`` is mobile, fixed, voip, company, pager, m2m or
    other. ``warning`` never blocks.
    """

    e164: str
    national: str
    kind: str
    country: str
    warning: str | None


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """What was read from a phone field: at most two numbers, the words beside them, what is wrong."""

    phone: Phone | None
    remark: str
    problem: str | None
    second: Phone | None = None


def read_phone(given: str, default_country: str = "NL") -> PhoneReading:
    """Read the numbers in a field; words beside a number are a remark and never become digits."""
    if default_country == "NL" and (plain := _PLAIN_MOBILE.fullmatch(given.strip().translate(_FILLER))):
        return PhoneReading(_dutch_mobile(plain[1]), "", None)
    text = _LOST_DECIMALS.sub(r"\1", clean(given, 200))
    if not digits(text):
        return PhoneReading(None, "" if is_no_answer(text) else text, MISSING)
    return _read_chunks(text, default_country)


def show_phone(e164: str) -> str:
    """Give the number as it is said and dialled from the Netherlands."""
    rest = e164.removeprefix("+31")
    if rest == e164:
        return _show_foreign(e164)
    for shape, written in _DUTCH_SHAPES:
        if shape.fullmatch(rest):
            return shape.sub(written, rest)
    if len(rest) != _DUTCH_LENGTH:
        return _show_foreign(e164)
    area = 2 if f"0{rest[:2]}" in _short_area_codes() else 3
    return f"0{rest[:area]} {rest[area : area + 3]} {rest[area + 3 :]}"


def has_letters(given: str) -> bool:
    """Tell whether a letter is glued to a number that can be dialled: a slip of the finger, no remark."""
    masked = _NO_PART.sub(lambda match: " " * len(match[0]), clean(given, 200))
    for chunk in _CHUNK.finditer(masked):
        around = masked[max(chunk.start() - 1, 0) : chunk.start()] + masked[chunk.end() : chunk.end() + 1]
        if len(digits(chunk[0])) >= _DUTCH_LENGTH and _has_words(around):
            return True
    return False


def digits(text: str) -> str:
    """Give only the digits 0 to 9 of the text, in their order."""
    return "".join(character for character in text if character in "0123456789")


def _dutch_mobile(rest: str) -> Phone:
    return Phone(f"+31{rest}", f"06 {rest[1:]}", "mobile", "NL", None)


@cache
def _short_area_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in read_rows("area_codes.csv")) | frozenset(_NON_GEOGRAPHIC)


def _show_foreign(e164: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _read_chunks(text: str, country: str) -> PhoneReading:
    whole, _ = _read_one(text, country) if _CHUNK.fullmatch(text) else (None, None)
    if whole:
        return PhoneReading(whole, "", None)
    # What parts two numbers is masked, not removed: the remark is cut from the text as typed.
    masked = _NO_PART.sub(lambda match: "|" * len(match[0]), text)
    phones: dict[str, Phone] = {}
    problems: list[str] = []
    remark = text
    for chunk in _CHUNK.finditer(masked):
        found, problem = _read_chunk(chunk[0], country)
        if problem:
            problems.append(problem)
        known = phones | {phone.e164: phone for phone in found}
        if found and len(known) <= _MOST_NUMBERS:
            phones = known
            remark = remark.replace(chunk[0], " ", 1)
    if not phones:
        specific = next((problem for problem in problems if problem != INVALID), INVALID)
        return PhoneReading(None, _tidy_remark(text) if _has_words(text) else "", specific)
    first, *others = phones.values()
    return PhoneReading(first, _tidy_remark(remark), None, others[0] if others else None)


def _has_words(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _tidy_remark(text: str) -> str:
    remark = _REMARK_EDGES.sub("", clean(text))
    return "" if remark.lower() in _NO_REMARK else remark


def _read_chunk(chunk: str, country: str) -> tuple[list[Phone], str | None]:
    """Read a run of digits: as one number if it is one, else as two that were typed side by side."""
    whole, problem = _read_one(chunk, country)
    if whole:
        return [whole], None
    for split in _SPLITS.finditer(chunk):
        first, _ = _read_one(chunk[: split.start()], country)
        second, _ = _read_one(chunk[split.end() :], country) if first else (None, None)
        if first and second:
            return [first, second], None
    return [], problem


def _read_one(typed: str, country: str) -> tuple[Phone | None, str | None]:
    import phonenumbers

    only_digits = digits(typed)
    if only_digits in _EMERGENCY_NUMBERS:
        return None, EMERGENCY
    lost_plus = country == "NL" and bool(_NEIGHBOUR.fullmatch(only_digits)) and "+" not in typed
    try:
        number = phonenumbers.parse(f"+{only_digits}" if lost_plus else typed, country)
    except phonenumbers.NumberParseException:
        return None, INVALID
    number.extension = None
    if not phonenumbers.is_valid_number(number):
        belgian = country == "NL" and _is_belgian_mobile(typed)
        return None, MAYBE_BELGIAN_MOBILE if belgian else INVALID
    phone, problem = _classify(number)
    if phone and lost_plus:
        phone = replace(phone, warning=LOST_PLUS)
    elif phone and phone.country == "NL" and _is_belgian_mobile(typed):
        phone = replace(phone, warning=MAYBE_BELGIAN_MOBILE)
    return phone, problem


def _is_belgian_mobile(typed: str) -> bool:
    """Tell whether a number is typed as Belgians type their mobiles, and is one of theirs."""
    import phonenumbers

    if not _BELGIAN_SHAPE.fullmatch(typed.strip()):
        return False
    number = phonenumbers.parse(typed, "BE")
    mobile = phonenumbers.PhoneNumberType.MOBILE
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) == mobile


def _classify(number: "PhoneNumber") -> tuple[Phone | None, str | None]:
    import phonenumbers
    from phonenumbers import PhoneNumberType

    number_type = phonenumbers.number_type(number)
    if number_type == PhoneNumberType.TOLL_FREE:
        return None, TOLL_FREE
    if number_type in (PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST):
        return None, PREMIUM_RATE
    country = phonenumbers.region_code_for_number(number) or ""
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    kind, warning = _kind_of(number_type, e164)
    return Phone(e164, show_phone(e164), kind, country, warning), None


def _kind_of(number_type: int, e164: str) -> tuple[str, str | None]:
    from phonenumbers import PhoneNumberType

    if e164.startswith("+31970"):
        return "m2m", M2M
    if e164.startswith("+3114"):
        return "company", MUNICIPALITY
    if number_type == PhoneNumberType.PAGER:
        return "pager", PAGER
    kinds = {
        PhoneNumberType.MOBILE: "mobile",
        PhoneNumberType.FIXED_LINE: "fixed",
        PhoneNumberType.FIXED_LINE_OR_MOBILE: "mobile",
        PhoneNumberType.VOIP: "voip",
        PhoneNumberType.UAN: "company",
    }
    return kinds.get(number_type, "other"), None
