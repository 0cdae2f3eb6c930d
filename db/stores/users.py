"""Users and the desk's settings."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from db.models import Setting, User
from db.rules.settings import DeskSettings

SETTINGS_KEY = "desk"


def find_user(session: Session, name: str) -> User | None:
    """The user of that name, whatever its case."""
    wanted = name.casefold()
    return next((user for user in session.exec(select(User)) if user.name.casefold() == wanted), None)


def active_users(session: Session) -> list[User]:
    """Everyone who works here, by name."""
    return list(session.exec(select(User).where(col(User.active)).order_by(User.name)))


def load_settings(session: Session) -> DeskSettings:
    """The rules of this desk; defaults where nothing was changed."""
    row = session.get(Setting, SETTINGS_KEY)
    return DeskSettings.from_mapping(row.value if row else {})


def save_settings(session: Session, settings: DeskSettings, at: datetime, by: UUID | None) -> None:
    """Keep the rules of this desk."""
    values: dict[str, Any] = settings.to_mapping()
    row = session.get(Setting, SETTINGS_KEY)
    if row is None:
        session.add(Setting(key=SETTINGS_KEY, value=values, updated_at=at, updated_by=by))
    else:
        row.value, row.updated_at, row.updated_by = values, at, by
