"""Proposals on their way, people at work, and where others went. Codes, never labels; fte in hundredths."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from db.rules.bookings import Booking, Clash
from db.rules.names import PersonName


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal in a work list: whom to phone about whom."""

    id: UUID
    candidate_id: UUID
    request_id: UUID
    name: PersonName
    phone: str | None
    """Of the candidate, E.164."""
    organisation: str
    function_profile: str
    status: str
    reason: str | None
    hours: int | None
    contact_name: str
    contact_phone: str | None
    contact_email: str | None
    since: datetime
    """When the proposal took its present status."""
    proposed_at: datetime
    by: str
    response_due_at: datetime | None
    interview_at: datetime | None
    starts_on: date | None
    ends_on: date | None
    grid: int
    follow_up_at: datetime | None
    elsewhere: int
    """How many other live proposals the same person has."""


@dataclass(frozen=True, slots=True)
class ProposalLists:
    """The work lists of a recruiter, each cut off at a limit, with how many there are in all."""

    waiting: tuple[ProposalLine, ...]
    """For the organisation's answer, the one that is due longest first."""
    working: tuple[ProposalLine, ...]
    """Accepted or at work, the one to be asked first how it goes first."""
    counts: dict[str, int]
    """By the names of the fields above, and `overdue`."""
    found: dict[str, int]
    """How many of each list answer to the filter."""


@dataclass(frozen=True, slots=True)
class AcceptCheck:
    """What accepting would meet: jobs that clash, and waiting proposals that could no longer be accepted."""

    job: Booking
    clashes: tuple[Clash, ...]
    competing: tuple[Booking, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """A step that was taken."""

    proposal_id: UUID
    candidate_id: UUID
    name: PersonName
    organisation: str
    status: str
    withdrawn: tuple[str, ...]
    """The organisations whose competing proposals were withdrawn in the same step."""
    feedback: bool
    """A caller will tell the person."""
    follow_up_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReferralView:
    """Where somebody was referred to, and what became of it."""

    id: UUID
    at: datetime
    by: str
    destination: str
    note: str
    outcome: str | None
