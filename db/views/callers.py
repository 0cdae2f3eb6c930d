"""One caller, as a supervisor sees them. Codes, never labels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from db.rules.groups import Groups
from db.rules.names import PersonName
from db.views.queue import DayView


@dataclass(frozen=True, slots=True)
class HeldCard:
    """A candidate whom this caller has in hand."""

    entry_id: UUID
    candidate_id: UUID
    name: PersonName
    until: datetime


@dataclass(frozen=True, slots=True)
class CallerView:
    """Who it is, what they have, what they did today, and whom they are served.

    `open_calls` counts what is assigned to them or in their hands, by `db.rules.moving.STANDINGS`.
    """

    id: UUID
    name: str
    role: str
    trainee: bool
    active: bool
    team: str
    regions: tuple[str, ...]
    groups: Groups
    held: tuple[HeldCard, ...]
    today: DayView
    last_call_at: datetime | None
    paused_for: str | None
    """Code of list `pause_reason` while they are on a break."""
    open_calls: Mapping[str, int] = field(default_factory=dict)

    @property
    def open_count(self) -> int:
        """How many open calls in all."""
        return sum(self.open_calls.values())


@dataclass(frozen=True, slots=True)
class StoppedView:
    """What happened when a caller stopped: how many calls went to the common queue."""

    name: str
    released: int
