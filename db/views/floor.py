"""The floor as a supervisor sees it: who does what, what waits, what is held up. Codes, moments in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from db.rules.names import PersonName

CALLING, BREAK, BETWEEN, AWAY, LEFT = "calling", "break", "between", "away", "left"
"""What somebody does: a card in hand, a break, between two cards, not at work, no longer on the team."""


STOPPED_AFTER = timedelta(days=2)
"""Whoever has calls and was not seen for so long has stopped."""


@dataclass(frozen=True, slots=True)
class CallerLine:
    """One person at the desk and the day so far.

    `since` is when the present card or break began, or the last attempt, of whatever day; `own` counts the
    waiting calls that are assigned to this person, which is what lies still when somebody stops.
    """

    user_id: UUID
    name: str
    role: str
    trainee: bool
    active: bool
    doing: str
    since: datetime | None = None
    pause_reason: str | None = None
    candidate_id: UUID | None = None
    candidate: PersonName | None = None
    in_hand: int = 0
    until: datetime | None = None
    """When the lease of the card in hand ends."""
    own: int = 0
    calls: int = 0
    reached: int = 0
    intakes: int = 0
    first_at: datetime | None = None

    @property
    def at_work(self) -> bool:
        """Whether there is or was anything of this person today."""
        return self.doing not in (AWAY, LEFT)

    def stopped(self, now: datetime) -> bool:
        """Whether calls lie still with somebody who left, or has not been seen for two days."""
        gone = self.doing == LEFT or (self.since is not None and now - self.since >= STOPPED_AFTER)
        return self.own > 0 and not self.at_work and gone

    def pace(self, now: datetime) -> float | None:
        """Calls an hour since the first of the day; None in the first ten minutes."""
        if self.first_at is None:
            return None
        hours = (now - self.first_at).total_seconds() / 3600
        return self.calls / hours if hours > 1 / 6 else None


@dataclass(frozen=True, slots=True)
class RegionQueue:
    """What waits in one region: ready by priority group, and what is not ready and why."""

    region_code: str
    ready: Mapping[int, int] = field(default_factory=dict)
    held: Mapping[str, int] = field(default_factory=dict)
    """`callback`, `retry`, `email`, `in_hand`, `expired` (its time is over), or the reason of a block."""

    @property
    def waiting(self) -> int:
        """How many could be called at once."""
        return sum(self.ready.values())

    @property
    def held_up(self) -> int:
        """How many have an open entry and cannot be called now."""
        return sum(self.held.values())


@dataclass(frozen=True, slots=True)
class LeaseEnd:
    """A card whose lease is about to end, or has ended without a word."""

    entry_id: UUID
    caller: str
    name: PersonName
    until: datetime


@dataclass(frozen=True, slots=True)
class OverdueCalls:
    """Call-backs whose moment has passed."""

    count: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board at one moment."""

    at: datetime
    pulse: str
    """Differs as soon as anybody wrote anything."""
    changes_at: datetime | None
    """When the board changes by itself, though nobody writes."""
    callers: tuple[CallerLine, ...]
    queue: tuple[RegionQueue, ...]
    overdue: OverdueCalls
    leases: tuple[LeaseEnd, ...]
    """Those that end within a few minutes, the first to end first."""
    counts: Mapping[str, int]
    """By the names of the lists of `TeamLists`."""

    @property
    def held(self) -> dict[str, int]:
        """What holds calls up over all regions."""
        total: dict[str, int] = {}
        for region in self.queue:
            for reason, count in region.held.items():
                total[reason] = total.get(reason, 0) + count
        return total


@dataclass(frozen=True, slots=True)
class Tally:
    """How many attempts there were, and how many reached somebody."""

    calls: int = 0
    reached: int = 0

    @property
    def rate(self) -> float | None:
        """The part that reached somebody; None of nothing."""
        return self.reached / self.calls if self.calls else None


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """Supply against demand of one region or profile; fte in hundredths."""

    code: str
    registered: int = 0
    available: int = 0
    """Candidates with a completed intake who can still be proposed or work."""
    offered: int = 0
    """The hours they offer, as fte of 36 hours."""
    requests: int = 0
    asked: int = 0
    left: int = 0
    """Of what is asked, what nobody was placed or proposed for."""


@dataclass(frozen=True, slots=True)
class Charts:
    """What the charts draw."""

    today: Mapping[int, Tally]
    """By the hour of today on the clock in Amsterdam."""
    week: Mapping[tuple[int, int], Tally]
    """By weekday (Monday is 0) and hour, over the last weeks."""
    weeks: int
    regions: tuple[BalanceLine, ...]
    profiles: tuple[BalanceLine, ...]


@dataclass(frozen=True, slots=True)
class CountryMap:
    """Where people and requests are: counts by four-digit postcode, and the figures of each region."""

    available: Mapping[int, int]
    registered: Mapping[int, int]
    left: Mapping[int, int]
    """Open fte by postcode, in hundredths."""
    regions: tuple[BalanceLine, ...]
