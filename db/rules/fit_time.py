"""Time: period, hours and day parts of a candidate against those of a request. Forty points."""

from datetime import date, timedelta

from db.rules.availability import DAYS, count, row
from db.rules.away import away_between, days_of, first_day_there
from db.rules.fit_facts import WEEKEND_NIGHTS, FitCandidate, FitRequest, TimeFit

LATEST_START_DAYS = 14
"""How long after its beginning a request can still wait for somebody."""
PROMPT_DAYS = 3
"""Within so many days nobody calls it late."""
SHORTEST_DAYS = 28
"""Shorter is too short, unless it is half of what is asked."""
LONGEST_SHIFT_HOURS = 8
SHIFT_POINTS, HOUR_POINTS, PERIOD_POINTS = 20, 12, 8
OPEN_END_POINTS = 4
UNKNOWN_HOUR_POINTS = TOO_MANY_HOUR_POINTS = 6
AWAY = "away"
"""The wish that is not met when somebody is away for some of the time."""


def fit_time(candidate: FitCandidate, request: FitRequest, on: date) -> TimeFit:
    """Lay the two side by side on a day."""
    begins = max(request.starts_on or on, on)
    offered = max(candidate.available_from, on + timedelta(days=candidate.notice_days))
    ends = candidate.available_until
    away = away_between(candidate.away, max(offered, begins), _earlier(ends, request.ends_on))
    there = first_day_there(away, max(offered, begins))
    starts = there if there > max(offered, begins) else offered
    asked, covered = count(request.grid), count(request.grid & candidate.grid)
    days = _days_together(max(starts, begins), ends, request.ends_on)
    if days is not None:
        days -= days_of(away_between(away, max(starts, begins), None))
    length = None if request.ends_on is None else (request.ends_on - begins).days + 1
    hours, least = _hours(candidate)
    hard, wishes = _period(starts, begins, ends, request.ends_on, days, length)
    for more_hard, more_wishes in (_hours_codes(hours, least, request), _shift_codes(candidate, request)):
        hard, wishes = hard + more_hard, wishes + more_wishes
    wishes += (AWAY,) if away else ()
    points = _shift_points(covered, asked) + _hour_points(hours, least, request)
    return TimeFit(
        codes=hard,
        unmet=wishes,
        points=points + _period_points(days, length, ends is None and not away),
        shifts=covered,
        shifts_asked=asked,
        uncovered=request.grid & ~candidate.grid,
        hours=hours,
        hours_least=least,
        hours_asked=(request.hours_min, request.hours_max),
        starts_on=starts,
        ends_on=ends,
        begins_asked=begins,
        days=days,
        days_asked=length,
        away=away,
    )


Codes = tuple[str, ...]


def day_rows(grid: int) -> int:
    """All day parts of the days on which something is asked."""
    return sum(row(day) for day in DAYS if grid & row(day))


def asked_hours(request: FitRequest) -> int | None:
    """The hours that fill the request: the most that it asks, else the least; none is nothing asked."""
    return request.hours_max or request.hours_min or None


def needed_shifts(request: FitRequest) -> int:
    """So few day parts cannot hold half of the least hours; what is asked in all is always enough."""
    fewest = -(-(request.hours_min or 0) // (2 * LONGEST_SHIFT_HOURS))
    return min(max(fewest, 1), count(request.grid))


def missing_shifts_code(candidate_grid: int, asked: int) -> str:
    """Why too few of the day parts asked are offered."""
    if not asked & candidate_grid and not asked & ~WEEKEND_NIGHTS:
        return "no_weekend_night"
    return "dayparts_mismatch" if candidate_grid & day_rows(asked) else "days_mismatch"


def _hours(candidate: FitCandidate) -> tuple[int | None, int | None]:
    most, least, booked = candidate.hours_max, candidate.hours_min, candidate.hours_booked
    return (
        None if most is None else most - booked,
        None if least is None else max(least - booked, 0),
    )


def _days_together(start: date, ends: date | None, asked_end: date | None) -> int | None:
    """How many days both last, first and last included; None when neither has an end."""
    last = _earlier(ends, asked_end)
    return None if last is None else max((last - start).days + 1, 0)


def _earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two ends; None is open."""
    return min((day for day in (one, other) if day is not None), default=None)


def _period(
    starts: date,
    begins: date,
    ends: date | None,
    asked_end: date | None,
    days: int | None,
    length: int | None,
) -> tuple[Codes, Codes]:
    if (asked_end is not None and max(starts, begins) > asked_end) or (ends is not None and ends < begins):
        return ("period_mismatch",), ()
    hard: Codes = ()
    if starts > begins + timedelta(days=LATEST_START_DAYS):
        hard += ("start_too_late",)
    if days is not None and days < SHORTEST_DAYS and (length is None or days * 2 < length):
        hard += ("period_too_short",)
    wishes: Codes = ()
    if starts > begins + timedelta(days=PROMPT_DAYS):
        wishes += ("start_too_late",)
    if ends is not None and (asked_end is None or ends < asked_end):
        wishes += ("period_too_short",)
    return hard, tuple(code for code in wishes if code not in hard)


def _hours_codes(hours: int | None, least: int | None, request: FitRequest) -> tuple[Codes, Codes]:
    fewest, most = request.hours_min, asked_hours(request)
    hard: Codes = ()
    wishes: Codes = ()
    if hours is not None and fewest is not None and hours < fewest:
        hard, wishes = (("hours_too_few",), ()) if hours * 2 < fewest else ((), ("hours_too_few",))
    if least is not None and most is not None and least > most:
        if least > 2 * most:
            hard += ("hours_too_many",)
        else:
            wishes += ("hours_too_many",)
    return hard, wishes


def _shift_codes(candidate: FitCandidate, request: FitRequest) -> tuple[Codes, Codes]:
    asked, covered = count(request.grid), count(request.grid & candidate.grid)
    if covered < needed_shifts(request):
        return (missing_shifts_code(candidate.grid, request.grid),), ()
    return (), (("dayparts_mismatch",) if covered < asked else ())


def _shift_points(covered: int, asked: int) -> int:
    return SHIFT_POINTS * covered // asked if asked else SHIFT_POINTS


def _hour_points(hours: int | None, least: int | None, request: FitRequest) -> int:
    asked = asked_hours(request)
    if not asked:
        return HOUR_POINTS
    if hours is None:
        return UNKNOWN_HOUR_POINTS
    if least is not None and least > asked:
        return TOO_MANY_HOUR_POINTS
    return HOUR_POINTS * max(min(hours, asked), 0) // asked


def _period_points(days: int | None, length: int | None, throughout: bool) -> int:
    if length is None:
        return PERIOD_POINTS if throughout else OPEN_END_POINTS
    return PERIOD_POINTS * days // length if days and length > 0 else 0
