"""The clock that is passed in: nothing below the front door asks the machine for the time."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


def clock_from(start: datetime) -> Clock:
    """A clock that says `start` now and runs on from there (practice, training, tests)."""
    offset = start.astimezone(UTC) - system_clock()
    return lambda: system_clock() + offset
