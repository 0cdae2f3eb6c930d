"""The stretches of time that figures are counted in: days, weeks, months and waves, by the clock here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from db.rules.times import local, zone

DEFAULT_WAVES: Mapping[str, tuple[str, str | None]] = {
    "1": ("2020-03-01", "2020-08-31"),
    "2+3": ("2020-09-01", None),
}
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Wave:
    """A stretch of the epidemic, both days included; an open end goes on until today."""

    code: str
    first: date
    last: date | None


def waves_of(stored: Mapping[str, Sequence[str | None]]) -> tuple[Wave, ...]:
    """The waves as the settings have them, in their order of time; the usual ones when there are none."""
    found = [_wave(code, days) for code, days in (stored or DEFAULT_WAVES).items()]
    return tuple(sorted(found, key=lambda wave: wave.first))


def _wave(code: str, days: Sequence[str | None]) -> Wave:
    first, last = (*days, None)[:2]
    if first is None:
        raise ValueError(code)
    return Wave(code, date.fromisoformat(first), date.fromisoformat(last) if last else None)


def start_of(day: date) -> datetime:
    """The moment at which a day begins here."""
    return datetime.combine(day, time(), zone())


def end_of(day: date) -> datetime:
    """The moment at which a day is over here."""
    return start_of(day + timedelta(days=1))


def last_week(moment: datetime) -> tuple[date, date]:
    """Monday and Sunday of the week before."""
    today = local(moment).date()
    monday = today - timedelta(days=today.weekday()) - WEEK
    return monday, monday + timedelta(days=6)


def months_before(moment: datetime, count: int) -> Iterator[tuple[str, datetime]]:
    """The newest months, the last first: `2020-05` and when it began."""
    day = local(moment).date().replace(day=1)
    for _ in range(count):
        yield day.isoformat()[:7], start_of(day)
        day = (day - timedelta(days=1)).replace(day=1)


def weeks_before(moment: datetime, count: int) -> Iterator[tuple[str, datetime]]:
    """The newest weeks, the last first: the date of its Monday and when it began."""
    today = local(moment).date()
    monday = today - timedelta(days=today.weekday())
    for _ in range(count):
        yield monday.isoformat(), start_of(monday)
        monday -= WEEK
