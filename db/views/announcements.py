"""The message of the day."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    """What a supervisor tells all callers, and until when it stands."""

    text: str
    by: str
    at: datetime
    until: datetime | None
