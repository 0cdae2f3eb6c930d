"""The message of the day that stands."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import Announcement, User
from db.stores.facts import stands
from db.views.announcements import AnnouncementView


def current(session: Session, now: datetime) -> AnnouncementView | None:
    """The newest message that was not taken back; None when it is empty or its day is over."""
    found = session.execute(
        select(Announcement, User.name)
        .join(User, col(User.id) == Announcement.user_id)
        .where(stands(col(Announcement.id)), col(Announcement.at) <= now)
        .order_by(sa.desc(col(Announcement.at)), sa.desc(col(Announcement.id)))
        .limit(1)
    ).first()
    if found is None:
        return None
    fact, name = found
    if not fact.text or (fact.until is not None and fact.until <= now):
        return None
    return AnnouncementView(fact.text, name, fact.at, fact.until)
