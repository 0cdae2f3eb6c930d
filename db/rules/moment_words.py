"""The words in which people say a day, a part of it or a time, in Dutch and in English."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache


@dataclass(frozen=True, slots=True)
class Said:
    """What was recognised so far, reading from left to right."""

    today: date
    dutch: bool
    day: date | None = None
    weekday: int | None = None
    week: int | None = None
    """How many weeks ahead was said: 1 for "next week"."""
    part: str | None = None
    clock: tuple[int, int] | None = None
    marked: bool = False
    """The clock said of itself which half of the day it means."""


FILLER = re.compile(
    r"(?:om|op|at|on|de|the|rond|around|uur|'s|dan|of|van|graag|deze|this|week om)\b[ ,]*|[ ,]+"
)


def step_over(said: Said, text: str, position: int) -> tuple[Said, int] | None:
    """Recognise what stands at a place of the text; gives what is said by then and where it ends."""
    for pattern, handle in _patterns():
        match = pattern.match(text, position)
        after = handle(said, match) if match else None
        if match and after:
            return after, match.end()
    return None


Handler = Callable[[Said, re.Match[str]], Said | None]
"""Adds what a piece of text says; None when it cannot mean that here."""

_NEAR = {
    "vandaag": 0,
    "today": 0,
    "morgen": 1,
    "tomorrow": 1,
    "tmrw": 1,
    "overmorgen": 2,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
}
_TONIGHT = {
    "vanochtend": "morning",
    "vanmorgen": "morning",
    "vanmiddag": "afternoon",
    "vanavond": "evening",
    "tonight": "evening",
}
_PARTS = {
    "ochtends": "morning",
    "ochtend": "morning",
    "morgens": "morning",
    "morning": "morning",
    "middags": "afternoon",
    "middag": "afternoon",
    "afternoon": "afternoon",
    "avonds": "evening",
    "avond": "evening",
    "evening": "evening",
}
_WEEKDAYS = (
    ("maandag", "monday", "mon", "ma"),
    ("dinsdag", "tuesday", "tues", "tue", "di"),
    ("woensdag", "wednesday", "wed", "wo"),
    ("donderdag", "thursday", "thurs", "thu", "do"),
    ("vrijdag", "friday", "fri", "vrij", "vr"),
    ("zaterdag", "saturday", "sat", "za"),
    ("zondag", "sunday", "sun", "zo"),
)
_MONTHS = (
    ("januari", "january", "jan"),
    ("februari", "february", "feb"),
    ("maart", "march", "mrt", "mar"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("augustus", "august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)


def _names(table: tuple[tuple[str, ...], ...]) -> Mapping[str, int]:
    return {name: number for number, names in enumerate(table) for name in names}


def _either(words: Mapping[str, object]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Handler], ...]:
    """What is looked for at each place, the most telling first."""
    weekdays, months = _either(_names(_WEEKDAYS)), _either(_names(_MONTHS))
    glued = rf"(?=\b|morgen|{_either(_PARTS)})"
    table: tuple[tuple[str, Handler], ...] = (
        (r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\b", _iso_date),
        (r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})\b", _full_date),
        (r"([0-9]{1,2})[-/]([0-9]{1,2})(?![0-9/-])", _short_date),
        (rf"([0-9]{{1,2}})(?:e|st|nd|rd|th)? ({months})\b\.?(?: ([0-9]{{4}})\b)?", _day_month),
        (rf"({months})\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?\b(?![:.])", _month_day),
        (rf"(?:volgende week|next week)(?: ({weekdays})\b{glued})?", _next_week),
        (rf"(?:volgende|next|komende|aanstaande|coming) ({weekdays}){glued}", _next_weekday),
        (r"(?:\+|over |in )\s*([0-9]{1,2})\s*(dagen|dag|days|day|d|weken|week|weeks|w)\b", _days_ahead),
        (r"(?:over een|in a|in one) (week)\b", _week_ahead),
        (rf"({_either(_TONIGHT)})\b", _tonight),
        (rf"({_either(_NEAR)}){glued}", _near_day),
        (rf"({weekdays})\.?{glued}", _weekday),
        (rf"(?:in the )?({_either(_PARTS)})\b", _part),
        (r"(noon|tussen de middag|12 uur 's middags)\b", _noon),
        (r"half (?:past )?([0-9]{1,2})\b", _half),
        (r"(kwart over|kwart voor|quarter past|quarter to) ([0-9]{1,2})\b", _quarter),
        (r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm|a\.m\.|p\.m\.)(?![a-z])", _english_clock),
        (r"([0-9]{1,2})(?:[:.]| ?u(?:ur)? ?| ?h ?)([0-9]{2})\b(?: ?u(?:ur)?\b)?", _clock),
        (r"([0-9]{1,2})() ?(?:uur|u|h|o'clock)?(?![0-9a-z:./-])", _clock),
    )
    return tuple((re.compile(pattern), handler) for pattern, handler in table)


def _with_day(said: Said, day: date) -> Said | None:
    """Set the day; a weekday said beside a date ("vr 8-5") must agree with it."""
    if said.day or (said.weekday is not None and said.weekday != day.weekday()):
        return None
    return replace(said, day=day, weekday=None)


def _full(year: int) -> int:
    return year + 2000 if year < 100 else year


def _coming(said: Said, day: int, month: int) -> Said | None:
    """A date without its year: this year, or the next when it has been."""
    this_year = date(said.today.year, month, day) if (month, day) != (2, 29) else _leap_day(said.today)
    return _with_day(said, this_year if this_year >= said.today else date(said.today.year + 1, month, day))


def _leap_day(today: date) -> date:
    year = next(year for year in range(today.year, today.year + 9) if _is_leap(year))
    leap_day = date(year, 2, 29)
    return leap_day if leap_day >= today else date(today.year + 4, 2, 29)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _iso_date(said: Said, match: re.Match[str]) -> Said | None:
    return _with_day(said, date(int(match[1]), int(match[2]), int(match[3])))


def _full_date(said: Said, match: re.Match[str]) -> Said | None:
    return _with_day(said, date(_full(int(match[4])), int(match[3]), int(match[1])))


def _short_date(said: Said, match: re.Match[str]) -> Said | None:
    return _coming(said, int(match[1]), int(match[2]))


def _day_month(said: Said, match: re.Match[str]) -> Said | None:
    month = _names(_MONTHS)[match[2]] + 1
    if match[3]:
        return _with_day(said, date(int(match[3]), month, int(match[1])))
    return _coming(said, int(match[1]), month)


def _month_day(said: Said, match: re.Match[str]) -> Said | None:
    return _coming(said, int(match[2]), _names(_MONTHS)[match[1]] + 1)


def _next_week(said: Said, match: re.Match[str]) -> Said | None:
    after = replace(said, week=1) if said.day is None and said.week is None else None
    return _weekday(after, match) if after and match[1] else after


def _next_weekday(said: Said, match: re.Match[str]) -> Said | None:
    ahead = 1 if match[0].startswith(("volgende", "next")) else None
    return _weekday(replace(said, week=ahead), match)


def _days_ahead(said: Said, match: re.Match[str]) -> Said | None:
    days = int(match[1]) * (7 if match[2].startswith("w") else 1)
    return _with_day(said, said.today + timedelta(days=days))


def _week_ahead(said: Said, match: re.Match[str]) -> Said | None:
    return _with_day(said, said.today + timedelta(days=7))


def _near_day(said: Said, match: re.Match[str]) -> Said | None:
    if match[1] == "morgen" and (said.day or said.weekday is not None):
        return replace(said, part="morning") if said.part is None else None
    return _with_day(said, said.today + timedelta(days=_NEAR[match[1]]))


def _tonight(said: Said, match: re.Match[str]) -> Said | None:
    after = _with_day(said, said.today)
    return replace(after, part=_TONIGHT[match[1]]) if after and not said.part else None


def _weekday(said: Said, match: re.Match[str]) -> Said | None:
    weekday = _names(_WEEKDAYS)[match[1]]
    if said.weekday is not None or (said.day and said.day.weekday() != weekday):
        return None
    return said if said.day else replace(said, weekday=weekday)


def _part(said: Said, match: re.Match[str]) -> Said | None:
    return replace(said, part=_PARTS[match[1]]) if said.part is None else None


def _with_clock(said: Said, hour: int, minute: int, marked: bool = False) -> Said | None:
    if said.clock or hour > 23 or minute > 59:
        return None
    return replace(said, clock=(hour, minute), marked=marked)


def _noon(said: Said, match: re.Match[str]) -> Said | None:
    return _with_clock(said, 12, 0, marked=True)


def _half(said: Said, match: re.Match[str]) -> Said | None:
    hour = int(match[1])
    if said.dutch and "past" not in match[0]:
        hour = hour - 1 if hour > 1 else 12
    return _with_clock(said, hour, 30)


def _quarter(said: Said, match: re.Match[str]) -> Said | None:
    hour = int(match[2])
    if match[1] in {"kwart over", "quarter past"}:
        return _with_clock(said, hour, 15)
    return _with_clock(said, hour - 1 if hour > 1 else 12, 45)


def _english_clock(said: Said, match: re.Match[str]) -> Said | None:
    hour = int(match[1])
    if not 1 <= hour <= 12:
        return None
    return _with_clock(said, hour % 12 + (12 if match[3][0] == "p" else 0), int(match[2] or 0), marked=True)


def _clock(said: Said, match: re.Match[str]) -> Said | None:
    return _with_clock(said, int(match[1]), int(match[2] or 0), marked=match[1].startswith("0"))
