"""Reading the moment at which somebody wants to be called, as people say it in Dutch or English."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from db.rules.moment_words import FILLER, Said, step_over
from db.rules.times import local, zone

LONGEST = 80
DEFAULT_HOUR = 10
FURTHEST = timedelta(days=731)
PART_HOURS = {"morning": 9, "afternoon": 12, "evening": 17}
PART_ENDS = {"morning": 12, "afternoon": 17, "evening": 22}
AFTERNOON_BELOW = 8
"""An hour below this, without more, is one of the afternoon: nobody is called at three in the night."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that was understood, in UTC; `exact` is false when only the day or the part of it was said."""

    at: datetime
    exact: bool


@dataclass(frozen=True, slots=True)
class MomentProblem:
    """Why a text gives no moment: moment_missing | moment_unreadable | moment_passed | moment_too_far."""

    code: str


def read_moment(text: str, now: datetime, language: str | None = None) -> Moment | None:
    """Read a moment in the future, or None; both languages are always understood.

    `language` decides only what has two meanings: "half 3" is 2:30 in Dutch and 3:30 in English.
    """
    found = interpret(text, now, language)
    return found if isinstance(found, Moment) else None


def moment_problem(text: str, now: datetime, language: str | None = None) -> MomentProblem | None:
    """Say why a text gives no moment, or None when it does."""
    found = interpret(text, now, language)
    return found if isinstance(found, MomentProblem) else None


def interpret(text: str, now: datetime, language: str | None = None) -> Moment | MomentProblem:
    """Read a moment in the future, or say why there is none."""
    given = " ".join(text.casefold().split())
    if not given:
        return MomentProblem("moment_missing")
    if len(given) > LONGEST:
        return MomentProblem("moment_unreadable")
    try:
        found = _after_delay(given, now) or _on_the_calendar(given, now, language)
    except (ValueError, OverflowError):
        return MomentProblem("moment_unreadable")
    if found is None:
        return MomentProblem("moment_unreadable")
    if found.at <= now:
        return MomentProblem("moment_passed")
    return found if found.at - now <= FURTHEST else MomentProblem("moment_too_far")


_DELAY = re.compile(
    r"(?:\+|over |in )\s*(?:(?P<hours>[0-9]{1,3})\s*(?:uren|uur|u|hours|hour|hrs|hr|h|:)\s*)?"
    r"(?:en |and )?(?:(?P<minutes>[0-9]{1,3})\s*(?:minuten|minuut|minutes|minute|mins|min|m)?)?"
)
_WORD_DELAYS = {
    "over een uur": 60,
    "in an hour": 60,
    "in one hour": 60,
    "over een half uur": 30,
    "over een halfuur": 30,
    "over half uur": 30,
    "in half an hour": 30,
    "over een kwartier": 15,
    "over anderhalf uur": 90,
}


def _after_delay(text: str, now: datetime) -> Moment | None:
    """A delay from now, such as +2u, +1u30, +30m or "in 2 hours"."""
    if text in _WORD_DELAYS:
        return Moment(now.astimezone(UTC) + timedelta(minutes=_WORD_DELAYS[text]), exact=True)
    match = _DELAY.fullmatch(text)
    if match is None or not (match["hours"] or match["minutes"]):
        return None
    if match["hours"] is None and text[-1].isdigit():
        return None
    delay = timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0))
    return Moment(now.astimezone(UTC) + delay, exact=True)


def _on_the_calendar(text: str, now: datetime, language: str | None) -> Moment | None:
    said = Said(today=local(now).date(), dutch=language != "en")
    position = 0
    while position < len(text):
        step = step_over(said, text, position)
        if step:
            said, position = step
            continue
        filler = FILLER.match(text, position)
        if filler is None:
            return None
        position = filler.end()
    return _moment(said, now)


def _moment(said: Said, now: datetime) -> Moment | None:
    """Put day and time together; what was not said gets its default."""
    if not (said.day or said.weekday is not None or said.week or said.part or said.clock):
        return None
    at = _time(said)
    day = _day(said, at, now)
    if said.part and not said.clock and day == said.today:
        return _within_part(said.part, now)
    return Moment(_in_utc(day, at), exact=said.clock is not None)


def _time(said: Said) -> time:
    if said.clock is None:
        return time(PART_HOURS[said.part] if said.part else DEFAULT_HOUR)
    hour, minute = said.clock
    later = hour < 12 and said.part in {"afternoon", "evening"}
    unmarked = hour < AFTERNOON_BELOW and not said.marked and said.part is None
    return time(hour + 12 if later or unmarked else hour, minute)


def _day(said: Said, at: time, now: datetime) -> date:
    if said.day:
        return said.day
    if said.week is not None:
        monday = said.today - timedelta(days=said.today.weekday()) + timedelta(weeks=said.week)
        return monday + timedelta(days=said.weekday or 0)
    if said.weekday is None:
        return said.today
    days = (said.weekday - said.today.weekday()) % 7
    if days == 0 and (said.clock is None or _in_utc(said.today, at) <= now):
        days = 7
    return said.today + timedelta(days=days)


def _within_part(part: str, now: datetime) -> Moment:
    """A part of today: its start, or the next half hour while it lasts."""
    wall = local(now)
    start = _in_utc(wall.date(), time(PART_HOURS[part]))
    end = _in_utc(wall.date(), time(PART_ENDS[part]))
    if not start <= now < end:
        return Moment(start, exact=False)
    rounded = now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0)
    return Moment((rounded + timedelta(minutes=60)).astimezone(UTC), exact=False)


def _in_utc(day: date, at: time) -> datetime:
    return datetime.combine(day, at, zone()).astimezone(UTC)
