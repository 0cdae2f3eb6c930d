"""Two records that may be one person, side by side. Codes, never labels."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from db.errors import DeskError
from db.rules.names import PersonName

Side = Literal["older", "newer"]


@dataclass(frozen=True, slots=True)
class Likelihood:
    """What speaks for one person: how alike names, numbers and addresses are, 0 to 100; None is not known.

    100 is the same; a postcode is the same (100), in the same district (50) or elsewhere (0).
    """

    names: int
    phone: int | None
    email: int | None
    postcode: int | None


@dataclass(frozen=True, slots=True)
class LikeRecord:
    """One of the two, with how much hangs on it."""

    id: UUID
    name: PersonName
    status: str
    do_not_call: bool
    registered_at: datetime
    sources: tuple[str, ...]
    consent: str | None
    """What holds of the consent to share: given | refused | withdrawn, or None when it was never asked."""
    attempts: int
    last_attempt_at: datetime | None
    interviews: int
    interview: str | None
    """draft | complete, of the newest; None when there is none."""
    proposals: int
    live_proposals: int
    call: str | None
    """Why somebody must call (list `queue_reason`), None when nobody need."""


@dataclass(frozen=True, slots=True)
class FieldPair:
    """What both say of one thing, and which of the two would stand."""

    code: str
    older: str | PersonName
    newer: str | PersonName
    chosen: Side

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return self.older != self.newer


@dataclass(frozen=True, slots=True)
class LikenessCard:
    """A question for a supervisor, with all that is needed to answer it; the older one would stay."""

    id: UUID
    why: str
    likelihood: Likelihood
    older: LikeRecord
    newer: LikeRecord
    fields: tuple[FieldPair, ...]
    status: Side
    """Whose status would stand."""
    obstacles: tuple[DeskError, ...]
    """Why the two cannot be merged now; empty when they can."""
