"""The clock of the practice floor: it starts on a Thursday morning and never runs back over what was done."""

from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from db.clock import Clock, clock_from, system_clock
from db.desk.lane import Lane
from db.models import AuditEvent, CallAttempt, Setting
from db.rules.calling_hours import CallingHours, add_working_days
from db.stores.users import PRACTICE

ROOM = timedelta(minutes=30)
"""With less than this left of the calling day, practice begins the next morning."""
MORNING = time(9, 30)


def practice_clock(lane: Lane) -> Clock:
    """The clock to sit down with at a practice floor; the system's for a file that is none.

    It starts where the floor was built, or where practice was left off: a lease, a call-back and an undo from
    last time mean what they meant then.
    """
    start = lane.read_now(_start)
    return system_clock if start is None else clock_from(start)


def _start(session: Session) -> datetime | None:
    setting = session.get(Setting, PRACTICE)
    if setting is None:
        return None
    first = datetime.fromisoformat(str(setting.value["now"]))
    done = [
        session.execute(sa.select(sa.func.max(col(table.at)))).scalar() for table in (AuditEvent, CallAttempt)
    ]
    last = max((moment for moment in done if moment is not None), default=first)
    return first if last <= first else practice_start(last, CallingHours())


def practice_start(last: datetime, hours: CallingHours) -> datetime:
    """Where practice goes on after the last thing done: there and then, or on the next working morning."""
    closes = hours.closes_at(last)
    if closes and closes - last >= ROOM:
        return last + timedelta(seconds=1)
    day = hours.local_day(last)
    if hours.moment(day, MORNING) <= last:
        day += timedelta(days=1)
    return hours.moment(add_working_days(day, 0), MORNING)
