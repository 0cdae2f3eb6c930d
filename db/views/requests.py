"""What organisations ask and who was proposed to them. Codes, never labels; fte in hundredths."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from db.rules.names import PersonName
from db.rules.request_completeness import Completeness


@dataclass(frozen=True, slots=True)
class FteBook:
    """The fte of a request in hundredths: asked = proposed + placed + left, always.

    `left` is below zero when more was proposed than asked, which is no mistake: not everyone is accepted.
    """

    asked: int
    proposed: int
    placed: int
    started: int = 0
    """The part of placed that is or was at work."""

    @property
    def accepted(self) -> int:
        """The part of placed that has yet to begin."""
        return self.placed - self.started

    @property
    def left(self) -> int:
        """What is neither proposed nor placed yet."""
        return self.asked - self.proposed - self.placed


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in the list."""

    id: UUID
    organisation: str
    sector: str
    place: str
    region_code: str
    function_profile: str
    function_given: str
    status: str
    starts_on: date | None
    ends_on: date | None
    deadline: date | None
    hours_min: int | None
    hours_max: int | None
    fte: FteBook
    proposals: int
    """How many live proposals there are; who is only on the shortlist is none."""
    distance_km: float | None
    """From the candidate in hand, as the crow flies; None without one, or when a place is unknown."""
    already_proposed: bool
    """The candidate in hand has a live proposal here."""
    shortlisted: bool = False
    """The candidate in hand was marked here for the recruiter."""


@dataclass(frozen=True, slots=True)
class RequestList:
    """The first lines of a list, and how many there are in all."""

    lines: tuple[RequestLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class RequestProposal:
    """Somebody who was proposed to a request."""

    id: UUID
    candidate_id: UUID
    name: PersonName
    status: str
    is_live: bool
    hours: int | None
    fte: int
    since: datetime
    by: str
    response_due_at: datetime | None
    elsewhere: int
    """How many live proposals the same person has at other requests."""
    reason: str | None
    """Why it ended, a code of the list of its status."""
    interview_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with everything it asks and everyone proposed to it."""

    line: RequestLine
    positions: int
    fte_hours: int
    grid: int
    day_parts_given: str
    postcode: str
    big_requirement: str
    education_level: str | None
    qualifications: Mapping[str, str]
    conditions: tuple[str, ...]
    employment_forms: tuple[str, ...]
    note: str
    contact_name: str
    contact_email: str | None
    contact_phone: str | None
    proposals: tuple[RequestProposal, ...]
    """Live ones first, newest first."""
    completeness: Completeness
    status_reason: str = ""
    """Why it is on hold or cancelled: a code of the list of that status, with a note behind ": "."""
    organisation_id: UUID | None = None
    row_version: int = 1


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal that was made; `warnings` never stopped it.

    Warnings are filled (nothing was left to fill), over (the period asked has passed), booked (works
    elsewhere already), elsewhere (proposed to another request too), too_far (further than the person wants
    to travel) and no_distance (a place is unknown).
    """

    id: UUID
    candidate_id: UUID
    request_id: UUID
    name: PersonName
    organisation: str
    status: str
    hours: int | None
    fte: int
    response_due_at: datetime | None
    match_snapshot: Mapping[str, Any]
    warnings: tuple[str, ...] = ()
