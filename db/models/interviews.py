"""The intake interview: a living draft, then complete, with what it says in columns that matching reads."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.ids import new_id
from db.models.base import Fact, State, json_column, partial_index


class Interview(State, table=True):
    """One intake of a candidate; at most one is a draft.

    `answers` maps a field code of `db/reference/intake_fields.csv` to {"value": …} or {"not_asked": true};
    a field that is absent was not reached yet.
    """

    __table_args__ = (
        partial_index("uq_interview_draft", "candidate_id", where="state = 'draft'", unique=True),
        partial_index(
            "ix_interview_review", "review_state", "completed_at", where="review_state IS NOT NULL"
        ),
        sa.Index("ix_interview_candidate_id", "candidate_id", "created_at"),
    )
    candidate_id: UUID = Field(foreign_key="candidate.id")
    entry_id: UUID | None = Field(default=None, foreign_key="queue_entry.id")
    user_id: UUID = Field(foreign_key="user_account.id")
    state: str = "draft"
    """draft | complete."""
    answers: dict[str, Any] = json_column(dict)
    answers_version: int = 1
    current_field: str | None = None
    """Where the conversation was, so that it resumes there."""
    completed_at: datetime | None = None
    review_state: str | None = None
    """None, or pending | approved | handed_back when sampled for quality."""
    review_reason: str | None = None
    """Why it was sampled (list `review_reason`)."""


class Review(Fact, table=True):
    """What a supervisor found of a sampled interview; the note goes to the caller who made it."""

    interview_id: UUID = Field(foreign_key="interview.id", index=True)
    user_id: UUID = Field(foreign_key="user_account.id")
    verdict: str
    """approved | handed_back."""
    note: str = ""


class Education(SQLModel, table=True):
    """One education of a candidate, as the newest completed interview says."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    candidate_id: UUID = Field(foreign_key="candidate.id", index=True)
    interview_id: UUID = Field(foreign_key="interview.id", index=True)
    level: str
    programme: str = ""
    field: str = "care"
    completed: str = "yes"
    """yes | no | in_progress."""
    year: int | None = None
    is_care: bool = True
    diploma_seen: bool = False
    foreign: bool = False


class Experience(SQLModel, table=True):
    """One piece of work experience, as the newest completed interview says."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    candidate_id: UUID = Field(foreign_key="candidate.id", index=True)
    interview_id: UUID = Field(foreign_key="interview.id", index=True)
    function_profile: str
    sector: str | None = None
    organisation: str = ""
    years: float | None = None
    until_year: int | None = None
    paid: bool = True


class Availability(SQLModel, table=True):
    """When and where a candidate can work; goes stale.

    `grid` and `grid_preferred` are 28 bits, bit = weekday * 4 + day part, Monday morning first.
    """

    candidate_id: UUID = Field(foreign_key="candidate.id", primary_key=True)
    interview_id: UUID = Field(foreign_key="interview.id")
    available_from: date
    available_until: date | None = None
    hours_min: int
    hours_max: int
    notice_days: int | None = None
    grid: int
    grid_preferred: int = 0
    weekends: str | None = None
    public_holidays: str | None = None
    on_call: str | None = None
    exceptions: list[list[str]] = json_column(list)
    """Pairs of ISO dates, both inclusive, when the person is away."""
    max_travel_km: int | None = None
    max_travel_minutes: int | None = None
    transport: list[str] = json_column(list)
    regions_willing: list[str] = json_column(list)
    overnight_possible: bool | None = None
    last_confirmed_at: datetime
