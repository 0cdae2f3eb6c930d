"""Who fits a request and which requests fit a candidate. Codes and numbers, never sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from db.errors import DeskError
from db.rules.fit_facts import Fit, FitRequest
from db.rules.names import PersonName


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A candidate beside a request."""

    candidate_id: UUID
    name: PersonName
    place: str
    status: str
    fit: Fit
    consent: str | None
    """What holds of the consent to share: given | refused | withdrawn, or None when it was never asked."""
    elsewhere: int
    """How many live proposals the person has at other requests."""
    earlier: str | None
    """How an earlier proposal to this same request ended (list `proposal_status`)."""
    waiting_since: datetime
    """The last time that the person was told something, else when they registered."""
    last_confirmed_at: datetime | None

    @property
    def may_be_shared(self) -> bool:
        """Whether the person agreed to be proposed."""
        return self.consent == "given"


@dataclass(frozen=True, slots=True)
class MatchResult:
    """Who fits a request, best first; when widened also who fails on one thing, and on what."""

    request_id: UUID
    organisation: str
    request: FitRequest
    lines: tuple[MatchLine, ...]
    total: int
    """How many fit in all."""
    near: tuple[MatchLine, ...] = ()
    near_counts: Mapping[str, int] | None = None
    """By code of list `mismatch_reason`, most first; None when it was not widened."""


@dataclass(frozen=True, slots=True)
class ProposedTogether:
    """Who was proposed to a request in one go, and why others were not."""

    organisation: str
    names: tuple[PersonName, ...]
    refused: tuple[DeskError, ...]


@dataclass(frozen=True, slots=True)
class RequestMatch:
    """A request beside a candidate; fte in hundredths."""

    request_id: UUID
    organisation: str
    place: str
    request: FitRequest
    function_given: str
    deadline: date | None
    fte_asked: int
    fte_left: int
    already_proposed: bool
    """The candidate has a live proposal here."""
    fit: Fit
