"""An interview as an appointment that every calendar can read."""

from datetime import datetime, timedelta
from uuid import UUID


def render_invitation(
    proposal_id: UUID,
    at: datetime,
    now: datetime,
    *,
    title: str,
    place: str,
    description: str,
    minutes: int = 60,
) -> bytes:
    """The appointment; its moments are in UTC, so that no calendar need know our time zone.

    The same proposal keeps the same name: a new date moves the appointment instead of adding one.
    """
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", f"{proposal_id}@ehvdz")
    event.add("sequence", int(now.timestamp()) // 60)
    event.add("dtstamp", now)
    event.add("dtstart", at)
    event.add("dtend", at + timedelta(minutes=minutes))
    event.add("summary", title)
    event.add("description", description)
    if place:
        event.add("location", place)
    calendar = Calendar()
    calendar.add("prodid", "-//Extra handen voor de zorg//ehvdz//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
