"""Which calls a supervisor means, and where they go."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from db.errors import DeskError
from db.reference.lists import code_list
from db.rules.groups import PRIORITIES

MOVES = ("caller", "region", "common", "priority", "pause", "release")


@dataclass(frozen=True, slots=True)
class MoveFilter:
    """Which open calls; what is None or empty does not matter.

    `caller_id` is whose they are: assigned to, or in the hands of. `unassigned` is the opposite: nobody's.
    `standing` is a code of `db.rules.moving.STANDINGS`, `outcome` the last one (`none`: never called),
    `older_than_days` counts from the registration.
    """

    region_code: str | None = None
    caller_id: UUID | None = None
    unassigned: bool = False
    standing: str | None = None
    kind: str | None = None
    priority_group: int | None = None
    older_than_days: int | None = None
    outcome: str | None = None
    source: str | None = None
    batch_id: UUID | None = None


Which = MoveFilter | Sequence[UUID]
"""Calls by filter, or those that were marked."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where calls go: `what` is one of MOVES. `take_held` also takes what somebody has in hand right now.

    To a region's team means that the entry is served there: its own `region_code` changes, the person's
    does not, since callers are limited to regions by what the entry says. The common queue is nobody's, in
    the person's own region.
    """

    what: str
    user_id: UUID | None = None
    region_code: str | None = None
    priority_group: int | None = None
    take_held: bool = False

    def checked(self) -> None:
        """DeskError when it does not say where to."""
        missing = {
            "caller": self.user_id is None,
            "region": self.region_code not in code_list("region"),
            "priority": self.priority_group not in PRIORITIES,
        }
        if self.what not in MOVES or missing.get(self.what, False):
            raise DeskError("moves.nowhere")
