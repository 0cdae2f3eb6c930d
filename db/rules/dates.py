"""Reading days as people say them: a begin, an end, the day that a registration lapsed."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta

from db.rules.moments import read_moment
from db.rules.times import zone

EARLIEST = date(1940, 1, 1)
HALF_YEAR = timedelta(days=183)
_NOW = frozenset({"nu", "now", "vandaag", "today", "direct", "per direct", "meteen", "z.s.m.", "zsm", "asap"})
_YESTERDAY = frozenset({"gisteren", "yesterday"})
_FULL = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_RUN = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_DAY_MONTH = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{4})")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_CLOCK = re.compile(r"[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:uur|u|h)?")
"""Of a moment this is a time of today; it names no day."""
_BETWEEN = re.compile(r"\s+(?:tot en met|tot|t/m|until|till|to|-|–)\s+|\s*(?:–|\.\.)\s*")


def read_date(text: str, today: date, *, past: bool = False, end: bool = False) -> date | None:
    """Read a day, or None; a day without its year is the coming one, with `past` the last one.

    Of a month or a year alone it is the first day, with `end` the last.
    """
    given = " ".join(text.casefold().split()).rstrip(".")
    if given in _NOW:
        return today
    if given in _YESTERDAY:
        return today - timedelta(days=1)
    try:
        found = _in_figures(given, today, past=past, end=end)
    except ValueError:
        return None
    if found is None:
        found = _in_words(given, today)
    return found if found and found >= EARLIEST else None


def read_period(text: str, today: date) -> tuple[date, date] | None:
    """Read a period of two days, both inclusive, or one day alone.

    Days without their year are of one stretch, which may run already. Where that takes more than half a year
    they are as they were typed, the end before the begin.
    """
    parts = _BETWEEN.split(text.strip().casefold(), maxsplit=1)
    start = read_date(parts[0], today)
    if start is None or len(parts) == 1:
        return (start, start) if start else None
    running = _a_year_before(parts[0], start)
    ends = read_date(parts[1], running, end=True) if running else None
    if running and ends and ends >= today and ends - running <= HALF_YEAR:
        return (running, ends)
    until = read_date(parts[1], start, end=True)
    if until and until - start > HALF_YEAR:
        until = _a_year_before(parts[1], until) or until
    return (start, until) if until else None


def nearly_a_year(day: date, today: date) -> bool:
    """Whether it may be a day that has just passed, read as one of next year."""
    return timedelta(days=300) <= day - today <= timedelta(days=366)


def _a_year_before(text: str, day: date) -> date | None:
    """The same day a year earlier, when it was named without its year."""
    try:
        earlier = day.replace(year=day.year - 1)
    except ValueError:
        return None
    return earlier if read_date(text, earlier) == earlier else None


def _in_figures(given: str, today: date, *, past: bool, end: bool) -> date | None:
    full = _FULL.fullmatch(given) or _RUN.fullmatch(given)
    if full:
        return date(_full_year(full[3]), int(full[2]), int(full[1]))
    iso = _ISO.fullmatch(given)
    if iso:
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    month = _MONTH_YEAR.fullmatch(given)
    if month:
        return _month(int(month[2]), int(month[1]), end=end)
    if _YEAR.fullmatch(given):
        return date(int(given), 12, 31) if end else date(int(given), 1, 1)
    day = _DAY_MONTH.fullmatch(given)
    return _nearest(int(day[1]), int(day[2]), today, past=past) if day else None


def _full_year(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) < 50 else 1900)


def _month(year: int, month: int, *, end: bool) -> date:
    return date(year, month, monthrange(year, month)[1] if end and 1 <= month <= 12 else 1)


def _nearest(day: int, month: int, today: date, *, past: bool) -> date:
    found = date(today.year, month, day)
    if past:
        return found if found <= today else date(today.year - 1, month, day)
    return found if found >= today else date(today.year + 1, month, day)


def _in_words(given: str, today: date) -> date | None:
    """Days that are named: tomorrow, Monday, 1 June, in two weeks."""
    if _CLOCK.fullmatch(given):
        return None
    midnight = datetime.combine(today, time(0, 1), zone())
    moment = read_moment(given, midnight)
    return moment.at.astimezone(zone()).date() if moment else None
