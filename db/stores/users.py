"""Users and the desk's settings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import AuditEvent, Setting, User
from db.rules.settings import DeskSettings
from db.rules.settings_fields import from_rows, setting_fields, value_of

Stamps = Mapping[str, tuple[str, datetime, Any]]
"""Who changed a rule and when, by its code."""


def find_user(session: Session, name: str) -> User | None:
    """The user of that name, whatever its case."""
    wanted = name.casefold()
    return next((user for user in session.exec(select(User)) if user.name.casefold() == wanted), None)


def active_users(session: Session) -> list[User]:
    """Everyone who works here, by name."""
    return list(session.exec(select(User).where(col(User.active)).order_by(User.name)))


PRACTICE = "practice"
"""The setting that a practice floor, and no other file, has."""


def is_practice(session: Session) -> bool:
    """Whether everybody in this file is invented."""
    return session.get(Setting, PRACTICE) is not None


def load_settings(session: Session) -> DeskSettings:
    """The rules of this desk; defaults where nothing was changed."""
    rows = session.execute(sa.select(col(Setting.key), col(Setting.value)))
    return from_rows({key: value["value"] for key, value in rows if key in setting_fields()})


def save_settings(session: Session, settings: DeskSettings, at: datetime, by: UUID | None) -> dict[str, Any]:
    """Keep the rules of this desk, one row each; what was changed, as before and after, by code.

    Each rule has a row of its own, so that two people may change two rules at once.
    """
    rows = {row.key: row for row in session.exec(select(Setting)) if row.key in setting_fields()}
    held = from_rows({code: row.value["value"] for code, row in rows.items()})
    changes: dict[str, Any] = {}
    for code in setting_fields():
        before, value = value_of(held, code), value_of(settings, code)
        row = rows.get(code)
        if value == before:
            continue
        changes[code] = [before, value]
        if row is None:
            session.add(Setting(key=code, value={"value": value}, updated_at=at, updated_by=by))
        else:
            row.value, row.updated_at, row.updated_by = {"value": value}, at, by
    return changes


def setting_stamps(session: Session) -> Stamps:
    """Who changed a rule last, when, and what it was before (None when nobody noted that), by code."""
    found = (
        sa.select(col(Setting.key), col(User.name), col(Setting.updated_at), col(AuditEvent.summary))
        .join(User, col(User.id) == col(Setting.updated_by))
        .outerjoin(
            AuditEvent,
            sa.and_(
                col(AuditEvent.user_id) == col(Setting.updated_by),
                col(AuditEvent.at) == col(Setting.updated_at),
                col(AuditEvent.action) == "settings.change",
            ),
        )
    )
    stamps: dict[str, tuple[str, datetime, Any]] = {}
    for key, name, at, summary in session.execute(found):
        was = (summary or {}).get("changes", {}).get(key, (None,))[0]
        if key not in stamps or was is not None:
            stamps[key] = (name, at, was)
    return stamps
