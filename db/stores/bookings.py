"""Queries about what somebody already works: the accepted and started proposals of a candidate."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session, col, select

from db.models import Availability, Candidate, Organisation, Proposal, Request
from db.rules.bookings import Booking, Clash, booked_grid, clashes
from db.rules.proposal_steps import BOOKED, OPEN, statuses
from db.stores.proposals import hours_offered


def booking_of(
    proposal: Proposal, request: Request, organisation: str, availability: Availability | None
) -> Booking:
    """What a proposal takes, or would take; what it does not say itself, its request says."""
    asked = booked_grid(request.grid, availability.grid if availability else 0)
    return Booking(
        proposal_id=proposal.id,
        organisation=organisation,
        starts_on=proposal.starts_on or request.starts_on,
        ends_on=proposal.ends_on or request.ends_on,
        grid=proposal.grid or asked,
        hours=proposal.hours,
    )


def bookings(session: Session, candidate_id: UUID, stage: str = BOOKED) -> list[Booking]:
    """The jobs of a candidate at this stage."""
    availability = session.get(Availability, candidate_id)
    found = (
        select(Proposal, Request, Organisation.name)
        .join(Request, col(Request.id) == Proposal.request_id)
        .join(Organisation, col(Organisation.id) == Request.organisation_id)
        .where(Proposal.candidate_id == candidate_id, col(Proposal.status).in_(statuses(stage)))
        .where(col(Proposal.is_live))
        .order_by(col(Proposal.created_at), col(Proposal.id))
    )
    return [
        booking_of(proposal, request, name, availability) for proposal, request, name in session.exec(found)
    ]


def clashes_of(session: Session, candidate: Candidate, new: Booking) -> tuple[Clash, ...]:
    """What stands in the way when a candidate takes this job."""
    return clashes(new, bookings(session, candidate.id), offered_to(session, candidate))


def offered_to(session: Session, candidate: Candidate) -> int | None:
    """How many hours a week a candidate offers."""
    return hours_offered(candidate, session.get(Availability, candidate.id))


def competing(session: Session, candidate: Candidate, new: Booking) -> list[Booking]:
    """The proposals that still wait for an answer and could no longer be accepted beside this job."""
    taken = [*bookings(session, candidate.id), new]
    offered = offered_to(session, candidate)
    waiting = bookings(session, candidate.id, OPEN)
    return [job for job in waiting if job.proposal_id != new.proposal_id and _clashes(job, taken, offered)]


def _clashes(job: Booking, taken: Iterable[Booking], offered: int | None) -> bool:
    return bool(clashes(job, taken, offered))
