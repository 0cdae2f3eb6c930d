"""Moments and dates as forms and spreadsheets write them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache

from db.rules.hygiene import clean

AMSTERDAM = "Europe/Amsterdam"

_DAY = r"(?P<day>[0-9]{1,2})[-/. ](?P<month>[0-9]{1,2}|[a-z]{3,9})\.?[-/. ](?P<year>[0-9]{4}|[0-9]{2})"
_YEAR = r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"
_CLOCK = (
    r"(?:(?:,?\s+|t)(?:om\s+)?(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?:\s?(?P<half>[ap])\.?m\.?)?\s*(?P<zone>z|utc|gmt|cest|cet|met|mest|(?:utc|gmt)?[+-][0-9]{1,2}(?::?[0-9]{2})?)?)?"
)
_WRITTEN = tuple(re.compile(day + _CLOCK) for day in (_DAY, _YEAR))
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])([0-9]{1,2}):?([0-9]{2})?")
_SERIAL_START = datetime(1899, 12, 30)  # noqa: DTZ001 a serial number counts days on the wall
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_NAMED_OFFSETS = {"z": 0, "utc": 0, "gmt": 0, "cet": 1, "met": 1, "cest": 2, "mest": 2}
_MONTHS = {
    "jan": 1, "feb": 2, "mrt": 3, "maa": 3, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip


def read_timestamp(text: str | float | date, zone: str = AMSTERDAM) -> datetime | None:
    """Read a moment and give it in UTC; without an offset of its own it was read off a clock in ``zone``.

    A stated zone counts as stated: ``CET`` is one hour ahead of UTC, in summer too. A date alone is
    its midnight. Besides text, a cell of a spreadsheet may hold a moment, a date or a serial number.
    """
    moment = _read(text)
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=_zone(zone))
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        return None


def read_date(text: str | float | date) -> date | None:
    """Read a date as it was written; the time of day behind it, if any, is left out."""
    moment = _read(text)
    return moment.date() if moment else None


@cache
def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def _read(given: str | float | date) -> datetime | None:
    if isinstance(given, datetime):
        return given
    if isinstance(given, date):
        return datetime(given.year, given.month, given.day)  # noqa: DTZ001 the caller gives the zone
    if isinstance(given, int | float):
        return _from_serial(float(given))
    text = clean(given, 60).lower()
    if _SERIAL.fullmatch(text):
        return _from_serial(float(text.replace(",", ".")))
    match = next((match for pattern in _WRITTEN if (match := pattern.fullmatch(text))), None)
    return _from_parts(match) if match else None


def _from_serial(serial: float) -> datetime | None:
    if not _FIRST_SERIAL <= serial < _LAST_SERIAL:
        return None
    return _SERIAL_START + timedelta(seconds=round(serial * 86_400))


def _from_parts(match: re.Match[str]) -> datetime | None:
    year, month = int(match["year"]), match["month"]
    hour = int(match["hour"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    month_number = int(month) if month.isdecimal() else _MONTHS.get(month[:3], 0)
    try:
        return datetime(
            year if year > 99 else 2000 + year,
            month_number,
            int(match["day"]),
            hour,
            int(match["minute"] or 0),
            int(match["second"] or 0),
            tzinfo=_stated_zone(match["zone"]),
        )
    except ValueError:
        return None


def _stated_zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    if name in _NAMED_OFFSETS:
        return timezone(timedelta(hours=_NAMED_OFFSETS[name]))
    offset = _OFFSET.fullmatch(name)
    if offset is None:
        return None
    sign, hours, minutes = offset.groups()
    distance = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(distance if sign == "+" else -distance)
