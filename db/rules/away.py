"""Days when somebody is away within what they offer: a holiday, an operation, exams."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

Span = tuple[date, date]
"""The first and the last day away."""
_DAY = timedelta(days=1)


def spans_of(given: Iterable[Sequence[str]]) -> tuple[Span, ...]:
    """The pairs of ISO dates of an availability, in order; those that touch are one."""
    found: list[Span] = []
    for first, last in sorted((date.fromisoformat(pair[0]), date.fromisoformat(pair[1])) for pair in given):
        if found and first <= found[-1][1] + _DAY:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        elif first <= last:
            found.append((first, last))
    return tuple(found)


def first_day_there(away: Iterable[Span], day: date) -> date:
    """The day itself, or the day after the absence that it falls in."""
    return next((last + _DAY for first, last in away if first <= day <= last), day)


def away_between(away: Iterable[Span], start: date, end: date | None) -> tuple[Span, ...]:
    """What of the absences falls within a period; None is open."""
    clipped = ((max(first, start), last if end is None else min(last, end)) for first, last in away)
    return tuple((first, last) for first, last in clipped if first <= last)


def days_of(away: Iterable[Span]) -> int:
    """How many days they last together."""
    return sum((last - first).days + 1 for first, last in away)
