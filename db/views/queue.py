"""What the queue hands up: the card in hand, why there is none, and the day's own counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from db.views.candidates import CandidateView


@dataclass(frozen=True, slots=True)
class EntryView:
    """Why this person, why now, and until when the lease lasts.

    `epoch` must come back with whatever is written under this lease. `given_by` is who promised a call-back.
    """

    id: UUID
    candidate_id: UUID
    kind: str
    epoch: int
    claimed_until: datetime
    priority_group: int
    vests_at: datetime | None
    day_part: str | None
    registered_at: datetime
    attempts: int
    maximum_attempts: int
    skips: int
    mine: bool
    note: str


@dataclass(frozen=True, slots=True)
class CardView:
    """The call card: the lease and the person."""

    entry: EntryView
    candidate: CandidateView
    script: Mapping[str, str] = field(default_factory=dict)
    """Words to open with that this desk chose itself, by language and kind of call ("nl.new")."""
    handed_over: "HandedOver | None" = None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A colleague gave this candidate to whoever holds the card, with a note."""

    by: str
    note: str
    at: datetime


SERVED_NOW = ("ready_elsewhere", "callback_now", "assigned", "in_hand")
"""Reasons to wait that another key, or another caller, can end now."""


@dataclass(frozen=True, slots=True)
class WaitingView:
    """Why nobody is served: how many wait for what, and when the next one comes free.

    `counts` has a reason and how many: `ready_elsewhere`, `closed_hours`, `assigned`, `callback_now`,
    `cooling_down`, `callback_later`, `in_hand`, `email`, `paused`, `no_number`, `do_not_call`, `escalated`,
    `data_problem`, `groups` (could be called now, but not by this caller); absent is none.
    `holders` says who has how many in hand.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    holders: Mapping[str, int] = field(default_factory=dict)
    open_now: bool = True
    next_open: datetime | None = None
    next_free: datetime | None = None

    @property
    def anyone(self) -> bool:
        """Whether anybody waits at all."""
        return any(self.counts.values())

    @property
    def anyone_now(self) -> bool:
        """Whether there is anybody that can be served now, to this caller as far as can be told."""
        return any(self.counts.get(reason) for reason in SERVED_NOW)


@dataclass(frozen=True, slots=True)
class DayView:
    """What this caller did today."""

    calls: int = 0
    reached: int = 0
    intakes: int = 0
    seconds: int = 0
    """Spent on cards that got an outcome."""
    first_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordedView:
    """What followed from an outcome.

    `kind` is retry | callback | email | close; `late` says that somebody else held the lease by then: the
    fact is kept and set aside for the supervisor.
    """

    attempt_id: UUID
    candidate_id: UUID
    outcome: str
    kind: str
    again_at: datetime | None
    day_part: str | None
    attempts_left: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class BellView:
    """Call-backs whose moment has come: mine, and anyone's."""

    mine: int = 0
    anyone: int = 0
    oldest: datetime | None = None
    name: str = ""
    """Of the first of mine."""
