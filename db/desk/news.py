"""What became of the candidates that a caller spoke to."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from db.desk.lane import Lane
from db.desk.unit import Unit
from db.models import User
from db.stores import announcements, reviews
from db.stores import news as store
from db.views.news import Glance, NewsLine

TOLD_FOR = timedelta(days=60)
"""Older news is history; it stands on the candidate's card."""
FIRST_LOOK = timedelta(days=14)
"""Whoever never looked is told of so much: what happened before they knew of it is not new."""
LIMIT = 300


class NewsDesk:
    """Use cases of a caller who wants to know."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def lines(self) -> tuple[NewsLine, ...]:
        """What was proposed, accepted, begun or refused, newest first."""
        return await self._lane.read(lambda session: _lines(session, self._seat(), self._lane.clock()))

    async def seen(self, until: datetime) -> None:
        """Everything up to this moment was read."""

        def work(unit: Unit) -> None:
            unit.get(User, unit.user_id).news_seen_at = until

        await self._lane.write(work)

    async def glance(self) -> Glance:
        """The message of the day, interviews that came back, and how much news there is."""
        return await self._lane.read(lambda session: _glance(session, self._seat(), self._lane.clock()))

    def _seat(self) -> UUID:
        if self._lane.seat.user_id is None:
            raise RuntimeError("nobody is signed in")
        return self._lane.seat.user_id


def _lines(session: Session, user_id: UUID, now: datetime) -> tuple[NewsLine, ...]:
    return store.load_news(session, user_id, now - TOLD_FOR, _seen_at(session, user_id, now), LIMIT)


def _glance(session: Session, user_id: UUID, now: datetime) -> Glance:
    return Glance(
        announcement=announcements.current(session, now),
        handed_back=reviews.handed_back_to(session, user_id),
        unseen=store.count_news(session, user_id, _seen_at(session, user_id, now)),
    )


def _seen_at(session: Session, user_id: UUID, now: datetime) -> datetime:
    seen_at = session.get_one(User, user_id).news_seen_at
    return max(seen_at, now - TOLD_FOR) if seen_at else now - FIRST_LOOK
