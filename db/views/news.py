"""What became of the candidates that a caller spoke to, and what waits for the caller at the start."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from db.rules.names import PersonName
from db.views.announcements import AnnouncementView

if TYPE_CHECKING:
    from db.views.reviews import HandedBack


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One step of a proposal; `status` and `reason` are codes of `proposal_status` and the step's reasons.

    `unseen` says that it happened since the caller looked last.
    """

    event_id: UUID
    candidate_id: UUID
    name: PersonName
    at: datetime
    status: str
    reason: str
    organisation: str
    place: str
    unseen: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """What a caller should know before the next call."""

    announcement: AnnouncementView | None = None
    handed_back: tuple["HandedBack", ...] = ()
    unseen: int = 0
