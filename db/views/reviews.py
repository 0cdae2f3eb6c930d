"""Completed interviews that wait for a second look, and what was said of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from db.rules.intake_fields import Answer
from db.rules.names import PersonName


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """An interview in the list; `state` is pending or handed_back, `reason` a code of `review_reason`."""

    interview_id: UUID
    candidate_id: UUID
    name: PersonName
    caller: str
    completed_at: datetime
    state: str
    reason: str
    note: str = ""
    """What was said when it was handed back last."""


@dataclass(frozen=True, slots=True)
class ReviewLists:
    """Those that wait for a look, oldest first, those that wait for their caller, and how many wait."""

    pending: tuple[ReviewLine, ...]
    handed_back: tuple[ReviewLine, ...]
    count: int


@dataclass(frozen=True, slots=True)
class ReviewedInterview:
    """The answers of an interview that is looked at."""

    line: ReviewLine
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class HandedBack:
    """An interview that came back to its caller."""

    interview_id: UUID
    candidate_id: UUID
    name: PersonName
    note: str
    by: str
    at: datetime
