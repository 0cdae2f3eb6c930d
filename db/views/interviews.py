"""The intake interview as the conversation needs it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from db.rules.intake import Answer
from db.rules.names import PersonName
from db.views.queue import RecordedView


@dataclass(frozen=True, slots=True)
class InterviewView:
    """A living draft: what was answered, and where the conversation is."""

    id: UUID
    candidate_id: UUID
    entry_id: UUID | None
    name: PersonName
    answers: Mapping[str, Answer]
    version: int
    """Goes back with every save: it tells whether somebody else wrote in between."""
    current_field: str | None
    own_numbers: tuple[str, ...] = ()
    suggestions: Mapping[str, Any] = field(default_factory=dict)
    """What the registration suggests as the answer to a field; it is not an answer yet."""
    given: Mapping[str, str] = field(default_factory=dict)
    """What the person wrote when registering, beside the field that it bears on."""
    resumed: bool = False
    """There was a draft already."""
    reopened: bool = False
    """The answers come from an earlier, completed interview."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """What was saved is durable; `version` goes with the next save."""

    version: int


@dataclass(frozen=True, slots=True)
class CompletedView:
    """What the completed interview made of the candidate."""

    interview_id: UUID
    candidate_id: UUID
    status: str
    care_background: bool
    segment: str
    big_status: str
    recorded: RecordedView | None
    """The call that it closed, when there was one."""
