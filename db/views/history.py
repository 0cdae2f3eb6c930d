"""What was taken back or brought back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from db.rules.names import PersonName


@dataclass(frozen=True, slots=True)
class UndoneView:
    """One step of the undo stack, told as `history.action.<action>` with its parameters."""

    action: str
    candidate_id: UUID | None
    subject_id: UUID | None
    summary: Mapping[str, Any] = field(default_factory=dict)
    left: int = 0
    """Of many that changed as one: how many stay as they are, since somebody changed them meanwhile."""
    who: PersonName | None = None
    """Whom it was about, when it was about one person."""
