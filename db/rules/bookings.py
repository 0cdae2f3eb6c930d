"""Whether two jobs can be done by one person: never the same day parts, never more hours than offered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

DAY_PARTS, HOURS = "day_parts", "hours"


@dataclass(frozen=True, slots=True)
class Booking:
    """The hours that a job takes: period (both days inclusive, None is open), day parts and hours a week.

    A grid of 0 says nothing about day parts; `hours` None says nothing about hours.
    """

    proposal_id: UUID
    organisation: str
    starts_on: date | None
    ends_on: date | None
    grid: int
    hours: int | None

    def begins(self) -> date:
        """The first day."""
        return self.starts_on or date.min

    def ends(self) -> date:
        """The last day."""
        return self.ends_on or date.max


@dataclass(frozen=True, slots=True)
class Clash:
    """Why a job cannot be done beside another.

    `kind` is day_parts (`grid` has those of both) or hours (`hours` in sum, of which `offered` were offered).
    """

    kind: str
    proposal_id: UUID
    organisation: str
    grid: int = 0
    hours: int = 0
    offered: int = 0


def booked_grid(asked: int, offered: int) -> int:
    """The day parts that a job takes: those asked that the person offers, or all asked when none are."""
    return asked & offered or asked


def overlaps(one: Booking, other: Booking) -> bool:
    """Whether two jobs share a day."""
    return one.begins() <= other.ends() and other.begins() <= one.ends()


def clashes(new: Booking, taken: Iterable[Booking], offered: int | None) -> tuple[Clash, ...]:
    """What stands in the way of a new job beside those already taken; nothing when it fits."""
    beside = [job for job in taken if job.proposal_id != new.proposal_id and overlaps(job, new)]
    found = [
        Clash(DAY_PARTS, job.proposal_id, job.organisation, grid=job.grid & new.grid)
        for job in beside
        if job.grid & new.grid
    ]
    return (*found, *_too_many_hours(new, beside, offered))


def _too_many_hours(new: Booking, beside: Sequence[Booking], offered: int | None) -> tuple[Clash, ...]:
    """The sum of hours rises only where a job begins, so those days are where it is highest."""
    if offered is None or not new.hours:
        return ()
    days = [new.begins(), *(job.begins() for job in beside if job.begins() > new.begins())]
    fullest: list[Booking] = max(
        ([job for job in beside if job.begins() <= day <= job.ends()] for day in days), key=_hours
    )
    total = _hours(fullest) + new.hours
    if total <= offered:
        return ()
    heaviest = max(fullest, key=lambda job: job.hours or 0, default=new)
    return (Clash(HOURS, heaviest.proposal_id, heaviest.organisation, hours=total, offered=offered),)


def _hours(jobs: Iterable[Booking]) -> int:
    return sum(job.hours or 0 for job in jobs)
