"""When the desk may phone people who did not ask for this very hour, and what a working day is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from db.rules.times import ZONE_NAME, part_of_hour, zone

Window = tuple[time, time]
SEARCH_DAYS = 366


@cache
def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, century_rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - shift + 15) % 30
    quarter, quarter_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * quarter - epact - quarter_rest) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of the Netherlands; Liberation Day only in lustrum years."""
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day = date(year, 4, 26)
    moving = {sunday + timedelta(days=days) for days in (-2, 0, 1, 39, 49, 50)}
    fixed = {date(year, 1, 1), kings_day, date(year, 12, 25), date(year, 12, 26)}
    return frozenset(moving | fixed | ({date(year, 5, 5)} if year % 5 == 0 else set()))


def is_working_day(day: date) -> bool:
    """Whether terms that count in working days count this one."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The day that lies a number of working days later; with 0 the first working day from this one on."""
    left = count
    while left > 0 or not is_working_day(day):
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


@dataclass(frozen=True, slots=True)
class CallingHours:
    """The windows within which the desk calls, on the clock of `zone_name`.

    An empty window is a closed day. `early_days` are (month, day) on which calling stops at `early_close`;
    with `holidays_closed` nobody is called on a public holiday.
    """

    weekday: Window | None = (time(9), time(20, 30))
    saturday: Window | None = (time(10), time(16))
    sunday: Window | None = None
    early_close: time = time(18, 30)
    early_days: frozenset[tuple[int, int]] = frozenset({(5, 4), (12, 5), (12, 24)})
    holidays_closed: bool = True
    zone_name: str = ZONE_NAME

    def __post_init__(self) -> None:
        windows = [window for window in (self.weekday, self.saturday, self.sunday) if window]
        if not windows or any(start >= end for start, end in windows):
            raise ValueError("calling_hours_empty")

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> "CallingHours":
        """Read what a settings file says; what it does not say keeps its default.

        Windows are "9:00-20:30" or "" for a closed day, `early_days` a list of "dd-mm", `early_close`
        "18:30", `holidays_closed` true or false, `zone` a name. Raises ValueError on anything else.
        """
        read: dict[str, Any] = {
            name: _window(settings[name]) for name in ("weekday", "saturday", "sunday") if name in settings
        }
        if "early_close" in settings:
            read["early_close"] = _time(str(settings["early_close"]))
        if "early_days" in settings:
            read["early_days"] = _days(settings["early_days"])
        if "holidays_closed" in settings:
            read["holidays_closed"] = bool(settings["holidays_closed"])
        if "zone" in settings:
            read["zone_name"] = str(settings["zone"])
        return cls(**read)

    def local(self, now: datetime) -> datetime:
        """The moment on the desk's clock."""
        return now.astimezone(zone(self.zone_name))

    def local_day(self, now: datetime) -> date:
        """The day it is at the desk."""
        return self.local(now).date()

    def day_part(self, now: datetime) -> str:
        """The day part it is at the desk: morning, afternoon, evening or night."""
        return part_of_hour(self.local(now).hour)

    def window(self, day: date) -> Window | None:
        """From when until when the desk calls on a day, or None."""
        if self.holidays_closed and day in public_holidays(day.year):
            return None
        span = (self.weekday, self.saturday, self.sunday)[max(0, day.weekday() - 4)]
        if span is None or (day.month, day.day) not in self.early_days:
            return span
        end = min(span[1], self.early_close)
        return (span[0], end) if span[0] < end else None

    def moment(self, day: date, at: time) -> datetime:
        """A time on the desk's clock as a moment in UTC."""
        return datetime.combine(day, at, zone(self.zone_name)).astimezone(UTC)

    def is_open(self, now: datetime) -> bool:
        """Whether the desk calls at this moment."""
        return self.closes_at(now) is not None

    def closes_at(self, now: datetime) -> datetime | None:
        """When today's window ends, or None outside it."""
        day = self.local_day(now)
        span = self.window(day)
        if span and self.moment(day, span[0]) <= now < self.moment(day, span[1]):
            return self.moment(day, span[1])
        return None

    def closed_since(self, now: datetime) -> datetime | None:
        """When the desk last stopped calling, or None while it calls."""
        if self.is_open(now):
            return None
        last = self.local_day(now)
        for offset in range(SEARCH_DAYS):
            day = last - timedelta(days=offset)
            span = self.window(day)
            if span and self.moment(day, span[1]) <= now:
                return self.moment(day, span[1])
        raise ValueError("calling_hours_empty")

    def next_open(self, now: datetime) -> datetime:
        """The first moment, from now on, at which the desk calls."""
        if self.is_open(now):
            return now.astimezone(UTC)
        first = self.local_day(now)
        for offset in range(SEARCH_DAYS):
            day = first + timedelta(days=offset)
            span = self.window(day)
            if span and self.moment(day, span[0]) >= now:
                return self.moment(day, span[0])
        raise ValueError("calling_hours_empty")


def _window(text: object) -> Window | None:
    if not text:
        return None
    start, separator, end = str(text).partition("-")
    if not separator:
        raise ValueError("calling_hours_unreadable")
    return _time(start), _time(end)


def _time(text: str) -> time:
    hour, _, minute = text.strip().replace(".", ":").partition(":")
    return time(int(hour), int(minute or 0))


def _days(texts: Sequence[str]) -> frozenset[tuple[int, int]]:
    days = [text.split("-") for text in texts]
    return frozenset((int(month), int(day)) for day, month in days)
