"""The message of the day to everybody at the desk."""

from datetime import UTC

from sqlmodel import Session

from db.desk.lane import Lane
from db.desk.unit import Unit
from db.models import Announcement
from db.rules.calling_hours import CallingHours
from db.rules.hygiene import clean
from db.rules.report_period import end_of
from db.rules.times import local
from db.stores import announcements as store
from db.stores.users import load_settings
from db.views.announcements import AnnouncementView

TEXT_LIMIT = 200


class AnnouncementsDesk:
    """Use cases of the message."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def current(self) -> AnnouncementView | None:
        """The message that stands, if there is one."""

        def work(session: Session) -> AnnouncementView | None:
            return store.current(session, self._lane.clock())

        return await self._lane.read(work)

    async def write(self, text: str) -> AnnouncementView | None:
        """Tell all callers something until the end of the day, or take away what stands; undoable.

        What is written after calling hours is for the next day on which the desk calls.
        """
        return await self._lane.write(lambda unit: _write(unit, text))


def _write(unit: Unit, text: str) -> AnnouncementView | None:
    words = clean(text, TEXT_LIMIT)
    hours = CallingHours.from_settings(load_settings(unit.session).calling_hours)
    until = end_of(local(hours.next_open(unit.now)).date()).astimezone(UTC)
    unit.session.add(Announcement(at=unit.now, user_id=unit.user_id, text=words, until=until))
    unit.record("announcements.write", undoable=True, text=words)
    unit.session.flush()
    return store.current(unit.session, unit.now)
