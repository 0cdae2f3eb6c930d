"""What is known of a candidate: a line in a list, and the whole card. Codes, never labels; moments in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from db.rules.names import PersonName
from db.views.proposals import ReferralView


@dataclass(frozen=True, slots=True)
class HouseholdMember:
    """Somebody else who can be reached at the same number."""

    id: UUID
    name: PersonName
    status: str


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A candidate in a list of search results."""

    id: UUID
    name: PersonName
    phone: str | None
    """E.164; show it with `db.rules.phone.show_phone`."""
    email: str | None
    place: str
    status: str
    do_not_call: bool
    function_profile: str | None
    household: int
    """How many others share a number with this person."""
    proposed: int
    """How many live proposals this person has."""
    last_outcome: str | None
    last_call_at: datetime | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found; `more` says that the list was cut off."""

    lines: tuple[CandidateLine, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One earlier try to reach the person."""

    id: UUID
    at: datetime
    caller: str
    outcome: str
    """Code of `call_outcomes`."""
    number: str | None
    note: str
    reason: str | None
    callback_at: datetime | None
    retracted: bool
    """Taken back: shown, but it no longer counts."""
    late: bool


@dataclass(frozen=True, slots=True)
class RegistrationView:
    """What somebody said when registering, exactly as given."""

    source: str
    at: datetime
    given: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ConsentView:
    """What holds for a purpose: the newest fact that was not taken back, with its own text."""

    purpose: str
    state: str
    text: str
    at: datetime
    channel: str
    source: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class RepairView:
    """Something of the data that is wrong and was kept as given."""

    id: UUID
    kind: str
    given: str
    since: datetime


@dataclass(frozen=True, slots=True)
class InterviewSummary:
    """The newest intake: `answers` maps a field of the intake to its {"value": …} or {"not_asked": true}."""

    id: UUID
    state: str
    by: str
    started_at: datetime
    completed_at: datetime | None
    current_field: str | None
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AvailabilityView:
    """When and where the person can work; `grid` is 28 bits."""

    available_from: date
    available_until: date | None
    hours_min: int
    hours_max: int
    grid: int
    grid_preferred: int
    max_travel_km: int | None
    max_travel_minutes: int | None
    transport: tuple[str, ...]
    last_confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class CandidateProposal:
    """A request to which the person was proposed."""

    id: UUID
    request_id: UUID
    organisation: str
    place: str
    function_profile: str
    status: str
    is_live: bool
    reason: str | None
    since: datetime
    """When the proposal took its present status."""
    by: str
    """Who gave it that."""
    starts_on: date | None = None
    ends_on: date | None = None
    follow_up_at: datetime | None = None
    """When to ask how it goes at work."""


@dataclass(frozen=True, slots=True)
class QueueWhy:
    """Why this person is, or is not, in the queue."""

    entry_id: UUID
    kind: str
    state: str
    priority_group: int
    vests_at: datetime | None
    assigned_to: str
    """Name of the caller whose it is; empty when it is anyone's."""
    claimed_by: str
    claimed_until: datetime | None
    counted_attempts: int
    skips: int
    blocked_reason: str | None
    note: str


@dataclass(frozen=True, slots=True)
class CandidateView:
    """Everything known of a candidate."""

    id: UUID
    name: PersonName
    phone: str | None
    phone_given: str
    phone2: str | None
    phone2_given: str
    best_time: str
    email: str | None
    email_given: str
    postcode: str
    postcode_given: str
    place: str
    region_code: str
    region_source: str
    status: str
    status_reason: str
    do_not_call: bool
    paused_until: datetime | None
    registered_at: datetime
    function_given: str
    function_profile: str | None
    hours_given: str
    hours_min: int | None
    hours_max: int | None
    big_given: str
    big_number: str | None
    big_status: str
    remarks: str
    care_background: bool | None
    segment: str | None
    work_limits: tuple[str, ...]
    work_limit_note: str
    last_feedback_at: datetime | None
    row_version: int
    registrations: tuple[RegistrationView, ...]
    consents: tuple[ConsentView, ...]
    """One per purpose that was ever spoken of."""
    repairs: tuple[RepairView, ...]
    """The open ones, oldest first."""
    household: tuple[HouseholdMember, ...]
    attempts: tuple[AttemptView, ...]
    """Newest first."""
    interview: InterviewSummary | None
    availability: AvailabilityView | None
    proposals: tuple[CandidateProposal, ...]
    """Newest first."""
    why: QueueWhy | None
    referrals: tuple[ReferralView, ...] = ()
    """Newest first."""

    @property
    def may_be_shared(self) -> bool:
        """Whether the consent to share with care organisations stands."""
        purpose = "share_with_care_organisations"
        return any(consent.purpose == purpose and consent.state == "given" for consent in self.consents)
