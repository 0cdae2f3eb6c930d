"""Who sits at the desk, and how the desk is set."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from db.models.base import Fact, State, json_column


class User(State, table=True):
    """Somebody at the desk; every fact names one."""

    __tablename__ = "user_account"
    name: str = Field(unique=True)
    role: str = "caller"
    trainee: bool = False
    team: str | None = None
    regions: list[str] = json_column(list)
    active: bool = True
    serves: dict[str, list[str]] = json_column(dict)
    """What this caller is never (`not_…`) or only (`only_…`) served: kinds, priority groups, languages."""
    news_seen_at: datetime | None = None
    """Until when this person has read what became of the candidates they spoke to."""


class Pause(Fact, table=True):
    """A break of a caller, with its reason (list `pause_reason`)."""

    user_id: UUID = Field(foreign_key="user_account.id", index=True)
    reason: str
    ended_at: datetime | None = None


class Announcement(Fact, table=True):
    """The message of the day; the newest that stands is shown, an empty one takes it away."""

    user_id: UUID = Field(foreign_key="user_account.id")
    text: str
    until: datetime | None = None


class Setting(SQLModel, table=True):
    """One rule of the desk that a supervisor may change: calling hours, lease, retries."""

    key: str = Field(primary_key=True)
    value: dict[str, object] = json_column(dict)
    updated_at: datetime
    updated_by: UUID | None = Field(default=None, foreign_key="user_account.id")
