"""Who asks for help, what they ask, and who was proposed to them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Fact, State, json_column, partial_index


class Organisation(State, table=True):
    """A care organisation; its sector is mandatory."""

    __table_args__ = (sa.Index("ix_organisation_search_name", "search_name"),)
    name: str
    search_name: str
    sector: str
    """Code of list `care_sector`."""
    postcode: str = ""
    pc4: int | None = None
    place: str = ""
    region_code: str = "region_unresolved"
    import_batch_id: UUID | None = Field(default=None, foreign_key="import_batch.id", index=True)


class ContactPerson(State, table=True):
    """Somebody at an organisation to talk to."""

    __tablename__ = "contact_person"
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    name: str
    email: str | None = None
    phone: str | None = None
    import_batch_id: UUID | None = Field(default=None, foreign_key="import_batch.id", index=True)


class Request(State, table=True):
    """What an organisation asks: profile, period, hours, day parts, fte and qualifications.

    fte are hundredths of an fte (`fte_asked=1267` is 12,67 fte); `fte_hours` is the divisor: the hours a
    week of one.
    """

    __tablename__ = "request"
    __table_args__ = (
        sa.Index("ix_request_status", "status", "deadline"),
        sa.Index("ix_request_organisation_id", "organisation_id"),
        sa.UniqueConstraint("fingerprint"),
    )
    organisation_id: UUID = Field(foreign_key="organisation.id")
    contact_person_id: UUID | None = Field(default=None, foreign_key="contact_person.id")
    function_profile: str
    function_given: str = ""
    status: str = "open"
    status_reason: str = ""
    fte_asked: int
    fte_hours: int = 36
    positions: int = 1
    hours_min: int | None = None
    hours_max: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    deadline: date | None = None
    grid: int = 0
    """28 bits as in Availability; 0 is not specified."""
    day_parts_given: str = ""
    postcode: str = ""
    pc4: int | None = None
    place: str = ""
    x_km: float | None = None
    y_km: float | None = None
    region_code: str = "region_unresolved"
    big_requirement: str = "none"
    """none | registered | registered_or_exempt | supervised_ok."""
    education_level: str | None = None
    qualifications: dict[str, str] = json_column(dict)
    """Qualification code to required | wished."""
    conditions: list[str] = json_column(list)
    """covid_ward, physically_heavy, supervision_available …"""
    employment_forms: list[str] = json_column(list)
    note: str = ""
    fingerprint: str | None = None
    import_batch_id: UUID | None = Field(default=None, foreign_key="import_batch.id", index=True)


class Proposal(State, table=True):
    """A candidate offered to a request; one live proposal per pair."""

    __table_args__ = (
        partial_index("uq_proposal_live", "candidate_id", "request_id", where="is_live", unique=True),
        sa.Index("ix_proposal_request_id", "request_id"),
        sa.Index("ix_proposal_candidate_id", "candidate_id"),
        partial_index("ix_proposal_running", "status", "response_due_at", where="is_live"),
        partial_index("ix_proposal_follow_up", "follow_up_at", where="follow_up_at IS NOT NULL"),
    )
    candidate_id: UUID = Field(foreign_key="candidate.id")
    request_id: UUID = Field(foreign_key="request.id")
    status: str = "shortlisted"
    """Code of list `proposal_status`."""
    is_live: bool = True
    reason: str | None = None
    hours: int | None = None
    fte: int = 0
    """Hundredths of an fte that this proposal stands for."""
    proposed_by: UUID = Field(foreign_key="user_account.id")
    response_due_at: datetime | None = None
    interview_at: datetime | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    """With `starts_on` the period that is booked, from the day the organisation accepted; None is open."""
    grid: int = 0
    """The day parts that are booked, 28 bits as in Availability; 0 is not known."""
    follow_up_at: datetime | None = None
    """When to ask how it goes; None when nobody need ask (any more)."""
    match_snapshot: dict[str, Any] = json_column(dict)


class ProposalEvent(Fact, table=True):
    """One step of a proposal, with its reason; `moment` is when the interview is or the work began."""

    __tablename__ = "proposal_event"
    proposal_id: UUID = Field(foreign_key="proposal.id", index=True)
    user_id: UUID = Field(foreign_key="user_account.id")
    status: str
    reason: str | None = None
    note: str = ""
    moment: datetime | None = None


class FollowUp(Fact, table=True):
    """What somebody at work said some time after they started."""

    __tablename__ = "follow_up"
    proposal_id: UUID = Field(foreign_key="proposal.id", index=True)
    candidate_id: UUID = Field(foreign_key="candidate.id", index=True)
    user_id: UUID = Field(foreign_key="user_account.id")
    still_there: bool
    wants_to_stay: str = "not_asked"
    """Code of list `wants_to_stay`."""
    note: str = ""


class Referral(Fact, table=True):
    """Where a person went next (list `referral_destination`); `none` is that explicitly nowhere."""

    candidate_id: UUID = Field(foreign_key="candidate.id", index=True)
    user_id: UUID = Field(foreign_key="user_account.id")
    destination: str
    note: str = ""
    outcome: str | None = None


class ReferralOutcome(Fact, table=True):
    """What became of a referral (list `referral_outcome`); the newest that stands holds."""

    __tablename__ = "referral_outcome"
    referral_id: UUID = Field(foreign_key="referral.id", index=True)
    user_id: UUID = Field(foreign_key="user_account.id")
    outcome: str
    note: str = ""
