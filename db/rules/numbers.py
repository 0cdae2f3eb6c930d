"""Amounts, hours and yes-or-no as people type them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from db.rules.hygiene import clean

UNREADABLE = "unreadable"
OUT_OF_RANGE = "out_of_range"

FULL_TIME_HOURS = 36
_MOST_HOURS = 60

_NUMBER = re.compile(r"([+-]?)([0-9][0-9.,]*)")
_DUTCH_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_DIGITS_AROUND_SEPARATOR = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?:\.[0-9]{3})+,[0-9]+|(?:,[0-9]{3})+\.[0-9]+|(?:,[0-9]{3}){2,})")

_HOURS = re.compile(
    r"(?P<lead>min(?:imaal|\.)?|minstens|vanaf|at least|max(?:imaal|\.)?|hooguit|tot|up to"
    r"|ca\.?|circa|ongeveer|±|~)?\s*"
    r"(?P<low>[0-9]{1,3})(?:[.,][0-9]+)?"
    r"(?:\s*(?:-|\u2013|tot|t/m|à|a|to)\s*(?P<high>[0-9]{1,3})(?:[.,][0-9]+)?)?"
    r"\s*(?P<plus>\+)?\s*"
    r"(?:u(?:u?r|ren)?\.?|h(?:ours?|rs?)?)?\s*(?:(?:per|p\.?|/|a)\s*(?:w(?:eek|k)?\.?))?(?:\s*(?:max|maximaal))?"
)
_FROM_WORDS = ("min", "vanaf", "at least")
_FULL_TIME = frozenset({"fulltime", "full time", "full-time", "voltijd", "voltijds"})
_OPEN = frozenset(
    {
        "",
        "-",
        "?",
        "in overleg",
        "nader te bepalen",
        "n.t.b.",
        "flexibel",
        "wisselend",
        "parttime",
        "deeltijd",
    }
)
_YES = frozenset({"ja", "j", "yes", "y", "x", "true", "waar", "1", "akkoord", "v", "✓", "✔", "on"})
_NO = frozenset({"nee", "neen", "n", "no", "false", "onwaar", "0", "niet akkoord", "geen", "off"})


@dataclass(frozen=True, slots=True)
class HoursReading:
    """Hours per week: a single number is what somebody can do at most, and says nothing of the least."""

    minimum: int | None
    maximum: int | None
    problem: str | None


def read_decimal(text: str) -> Decimal | None:
    """Read a number written the Dutch or the English way; ``1.234`` is Dutch, with a thousands point."""
    match = _NUMBER.fullmatch(clean(text, 40).replace(" ", ""))
    if match is None:
        return None
    sign, number = match.groups()
    if _DUTCH_THOUSANDS.fullmatch(number):
        return Decimal(sign + number.replace(".", ""))
    if _DIGITS_AROUND_SEPARATOR.fullmatch(number):
        return Decimal(sign + number.replace(",", "."))
    if not _GROUPED.fullmatch(number):
        return None
    if number.count(",") > 1 and "." not in number:
        return Decimal(sign + number.replace(",", ""))
    decimal_mark = max(",.", key=number.rfind)
    whole, _, fraction = number.rpartition(decimal_mark)
    return Decimal(f"{sign}{whole.replace(',', '').replace('.', '')}.{fraction}")


def read_hours(text: str) -> HoursReading:
    """Read the hours per week somebody offers: ``20 uur``, ``4-8``, ``fulltime``, ``in overleg``."""
    answer = clean(text, 80).lower()
    if answer in _FULL_TIME:
        return HoursReading(None, FULL_TIME_HOURS, None)
    if answer in _OPEN:
        return HoursReading(None, None, None)
    match = _HOURS.fullmatch(answer)
    if match is None:
        return HoursReading(None, None, UNREADABLE)
    low, high = int(match["low"]), int(match["high"]) if match["high"] else None
    if max(low, high or 0) > _MOST_HOURS or max(low, high or 0) == 0:
        return HoursReading(None, None, OUT_OF_RANGE)
    if high is not None:
        return HoursReading(min(low, high), max(low, high), None)
    at_least = bool(match["plus"]) or (match["lead"] or "").startswith(_FROM_WORDS)
    return HoursReading(low, None, None) if at_least else HoursReading(None, low, None)


def read_yes_no(text: str) -> bool | None:
    """Read yes or no; an answer with a condition is neither."""
    answer = clean(text, 40).lower().strip(" .!,").removesuffix(".0")
    if answer in _YES:
        return True
    return False if answer in _NO else None
