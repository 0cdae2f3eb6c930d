"""The supervisor's lists: what waits for somebody to decide. Codes, never labels."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from db.rules.names import PersonName


@dataclass(frozen=True, slots=True)
class SkipView:
    """Who passed somebody over, and why."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class EscalatedLine:
    """A call that was passed over too often."""

    entry_id: UUID
    candidate_id: UUID
    name: PersonName
    place: str
    kind: str
    note: str
    since: datetime
    skips: tuple[SkipView, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class LikePerson:
    """One of two records that may be one person."""

    id: UUID
    name: PersonName
    phone: str | None
    email: str | None
    postcode: str
    place: str
    status: str
    registered_at: datetime
    attempts: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LikenessLine:
    """Two records that may be one person; `older` is the one that would stay."""

    id: UUID
    why: str
    score: float
    older: LikePerson
    newer: LikePerson


@dataclass(frozen=True, slots=True)
class RepairLine:
    """Something of somebody's data that is wrong."""

    id: UUID
    candidate_id: UUID
    name: PersonName
    kind: str
    given: str
    since: datetime
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class RegionLine:
    """Somebody whose region is not known; `suggestion` is the nearest one, never chosen by itself."""

    candidate_id: UUID
    name: PersonName
    postcode: str
    postcode_given: str
    place: str
    suggestion: str | None
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """Something written too late, kept for a decision: `mine` is what was written, `theirs` what stood."""

    id: UUID
    candidate_id: UUID
    name: PersonName
    kind: str
    field: str | None
    mine: str
    theirs: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LeaseLine:
    """A candidate in a caller's hands."""

    entry_id: UUID
    candidate_id: UUID
    name: PersonName
    by: str
    until: datetime
    epoch: int


@dataclass(frozen=True, slots=True)
class TeamLists:
    """All the lists of the team place, each cut off at a limit, with how many there are in all."""

    escalated: tuple[EscalatedLine, ...]
    likenesses: tuple[LikenessLine, ...]
    repairs: tuple[RepairLine, ...]
    regions: tuple[RegionLine, ...]
    conflicts: tuple[ConflictLine, ...]
    leases: tuple[LeaseLine, ...]
    counts: dict[str, int]
    """By the names of the fields above."""
