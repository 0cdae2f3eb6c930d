"""Calls that a supervisor moves: the list, the preview, and what came of it. Codes, never labels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from db.rules.names import PersonName


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One open call. `standing` is as `db.rules.moving.standing` has it."""

    entry_id: UUID
    candidate_id: UUID
    name: PersonName
    region_code: str
    kind: str
    standing: str
    priority_group: int
    assigned_to: str
    held_by: str
    held_until: datetime | None
    registered_at: datetime
    vests_at: datetime | None
    last_outcome: str
    """Code of the last outcome; empty when never called."""


@dataclass(frozen=True, slots=True)
class MoveList:
    """The first of the open calls that a filter leaves, in the order of service, and how many there are."""

    lines: tuple[MoveLine, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class MoveChoice:
    """Something that a filter or a move can choose: a caller, a batch."""

    id: UUID
    name: str
    at: datetime | None = None
    """When the batch came in, or when the last call of this caller was."""
    at_work: bool = False
    """Whether this caller recorded a call today."""
    role: str = ""


@dataclass(frozen=True, slots=True)
class MoveChoices:
    """Who works here, with the open calls of those who left, and the files that calls came from."""

    callers: tuple[MoveChoice, ...] = ()
    """Everyone active: callers first, and of those whoever is at work."""
    gone: tuple[MoveChoice, ...] = ()
    """Those who stopped."""
    batches: tuple[MoveChoice, ...] = ()
    """Newest first."""


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What a move would do, so that exactly this can be done.

    `entries` are the calls with the version that was looked at; `left` says how many stay, by reason:
    `in_hand`, `there_already`, `paused`, `blocked`, `nothing_to_release`, `done`.
    """

    entries: tuple[tuple[UUID, int], ...] = ()
    names: tuple[PersonName, ...] = ()
    """Of the first few."""
    left: Mapping[str, int] = field(default_factory=dict)
    owners: tuple[tuple[str, int], ...] = ()
    """From whom the calls would go and how many, most first; those of nobody are not among them."""
    freed: int = 0
    """How many are cards that lie with somebody: they come free, and undo does not give them back."""

    @property
    def count(self) -> int:
        """How many calls would move."""
        return len(self.entries)


@dataclass(frozen=True, slots=True)
class MoveDone:
    """What a move did; `left` counts what changed since the preview, by reason (`changed` beside those)."""

    count: int
    left: Mapping[str, int] = field(default_factory=dict)
    undoable: bool = True
    """Not when cards were given back and nothing else."""
