"""Proposing people to organisations, and taking that back."""

import math
from datetime import datetime, time
from typing import Any
from uuid import UUID

from db.desk.lane import Lane
from db.desk.unit import Unit
from db.errors import DeskError
from db.models import Availability, Candidate, Interview, Organisation, Proposal, ProposalEvent, Request
from db.reference.lists import code_list
from db.rules.calling_hours import CallingHours, add_working_days
from db.rules.exclusions import names_organisation
from db.rules.fte import fte_of, proposed_hours
from db.rules.names import show_name
from db.stores import proposals as store
from db.stores.candidate_card import name_of, proposals_of, user_names
from db.stores.facts import may_share
from db.stores.request_book import OPEN_STATUSES, book_of, live_elsewhere
from db.views.candidates import CandidateProposal
from db.views.requests import FteBook, ProposalView

ANSWER_WITHIN_DAYS = 2
"""Working days that an organisation has to react."""
UNAVAILABLE = {
    "paused": "proposals.paused",
    "withdrawn": "proposals.withdrawn",
    "no_consent": "proposals.no_consent",
    "closed": "proposals.ended",
    "duplicate": "proposals.ended",
    "erased": "proposals.ended",
    "data_incorrect": "proposals.data_incorrect",
}


class ProposalsDesk:
    """Use cases about proposals."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def propose(self, candidate_id: UUID, request_id: UUID, hours: int | None = None) -> ProposalView:
        """Propose a candidate to a request; undoable.

        Without `hours` it is what the person offers, up to what is asked. Raises DeskError with the reason:
        no consent, intake incomplete, proposed there already, organisation excluded, not available,
        or closed.
        """
        return await self._lane.write(lambda unit: _propose(unit, candidate_id, request_id, hours))

    async def withdraw(self, proposal_id: UUID, reason: str) -> None:
        """Take a live proposal back (a reason of list `mismatch_reason`); undoable."""
        await self._lane.write(lambda unit: _withdraw(unit, proposal_id, reason))

    async def for_candidate(self, candidate_id: UUID) -> tuple[CandidateProposal, ...]:
        """Where a candidate was proposed, newest first."""
        return await self._lane.read(lambda session: proposals_of(session, candidate_id, user_names(session)))


def _propose(unit: Unit, candidate_id: UUID, request_id: UUID, hours: int | None) -> ProposalView:
    candidate, request = unit.get(Candidate, candidate_id), unit.get(Request, request_id)
    organisation = unit.session.get_one(Organisation, request.organisation_id)
    interview = store.complete_interview(unit.session, candidate_id)
    _check(unit, candidate, request, organisation, interview)
    availability = unit.session.get(Availability, candidate_id)
    book = book_of(unit.session, request)
    offered = store.hours_offered(candidate, availability)
    snapshot = _snapshot(candidate, request, availability, offered, book)
    agreed = hours if hours is not None else proposed_hours(offered, request.hours_min, request.hours_max)
    proposal = Proposal(
        candidate_id=candidate_id,
        request_id=request_id,
        status="sent",
        hours=agreed,
        fte=fte_of(agreed, request.fte_hours, request.fte_asked, request.positions),
        proposed_by=unit.user_id,
        response_due_at=_answer_due(unit.now),
        match_snapshot=snapshot,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(proposal)
    unit.session.flush()
    _add_event(unit, proposal, None)
    if candidate.status != "placed":
        candidate.status = "proposed"
    name = name_of(candidate)
    unit.record(
        "proposals.propose",
        candidate_id=candidate_id,
        subject_id=proposal.id,
        undoable=True,
        name=show_name(name),
        organisation=organisation.name,
    )
    return ProposalView(
        id=proposal.id,
        candidate_id=candidate_id,
        request_id=request_id,
        name=name,
        organisation=organisation.name,
        status=proposal.status,
        hours=agreed,
        fte=proposal.fte,
        response_due_at=proposal.response_due_at,
        match_snapshot=snapshot,
        warnings=_warnings(unit, candidate_id, request_id, snapshot, book),
    )


def _check(
    unit: Unit,
    candidate: Candidate,
    request: Request,
    organisation: Organisation,
    interview: Interview | None,
) -> None:
    """Refuse with the first reason that a recruiter can do something about."""
    name = show_name(name_of(candidate))
    if request.status not in OPEN_STATUSES:
        raise DeskError("proposals.request_closed", organisation=organisation.name)
    if candidate.do_not_call:
        raise DeskError("proposals.do_not_call", name=name)
    if candidate.status in UNAVAILABLE:
        raise DeskError(UNAVAILABLE[candidate.status], name=name)
    if candidate.paused_until is not None and candidate.paused_until > unit.now:
        raise DeskError("proposals.paused", name=name)
    if not may_share(unit.session, candidate.id):
        raise DeskError("proposals.no_consent", name=name)
    if interview is None:
        raise DeskError("proposals.intake_incomplete", name=name)
    if store.live_proposal(unit.session, candidate.id, request.id) is not None:
        raise DeskError("proposals.already", name=name, organisation=organisation.name)
    if _excluded(interview, organisation):
        raise DeskError("proposals.excluded", name=name, organisation=organisation.name)


def _excluded(interview: Interview, organisation: Organisation) -> bool:
    wish = str(store.answered(interview, "excluded_organisations") or "")
    return names_organisation(wish, organisation.name)


def _answer_due(now: datetime) -> datetime:
    """The same time of day, so many working days later."""
    hours = CallingHours()
    day = add_working_days(hours.local_day(now), ANSWER_WITHIN_DAYS)
    local = hours.local(now)
    return hours.moment(day, time(local.hour, local.minute))


def _snapshot(
    candidate: Candidate,
    request: Request,
    availability: Availability | None,
    offered: int | None,
    book: FteBook,
) -> dict[str, Any]:
    """What was known of time, place and qualification when the person was proposed."""
    return {
        "distance_km": _distance(candidate, request),
        "max_travel_km": availability.max_travel_km if availability else None,
        "hours_offered": offered,
        "hours_asked": [request.hours_min, request.hours_max],
        "function_profile": candidate.function_profile,
        "function_asked": request.function_profile,
        "big_status": candidate.big_status,
        "big_requirement": request.big_requirement,
        "grid_offered": availability.grid if availability else None,
        "grid_asked": request.grid,
        "fte_left": book.left,
    }


def _distance(candidate: Candidate, request: Request) -> float | None:
    if candidate.x_km is None or candidate.y_km is None or request.x_km is None or request.y_km is None:
        return None
    return round(math.hypot(candidate.x_km - request.x_km, candidate.y_km - request.y_km), 1)


def _warnings(
    unit: Unit, candidate_id: UUID, request_id: UUID, snapshot: dict[str, Any], book: FteBook
) -> tuple[str, ...]:
    distance, limit = snapshot["distance_km"], snapshot["max_travel_km"]
    found = {
        "filled": book.left <= 0,
        "elsewhere": bool(live_elsewhere(unit.session, [candidate_id], request_id)),
        "too_far": distance is not None and limit is not None and distance > limit,
        "no_distance": distance is None,
    }
    return tuple(code for code, holds in found.items() if holds)


def _add_event(unit: Unit, proposal: Proposal, reason: str | None) -> None:
    unit.session.add(
        ProposalEvent(
            at=unit.now, proposal_id=proposal.id, user_id=unit.user_id, status=proposal.status, reason=reason
        )
    )


def _withdraw(unit: Unit, proposal_id: UUID, reason: str) -> None:
    if reason not in code_list("mismatch_reason"):
        raise KeyError(reason)
    proposal = unit.get(Proposal, proposal_id)
    if not proposal.is_live:
        raise DeskError("proposals.not_live")
    candidate = unit.get(Candidate, proposal.candidate_id)
    request = unit.session.get_one(Request, proposal.request_id)
    organisation = unit.session.get_one(Organisation, request.organisation_id)
    proposal.status, proposal.is_live, proposal.reason = "withdrawn_recruiter", False, reason
    proposal.response_due_at = None
    _add_event(unit, proposal, reason)
    unit.session.flush()
    if candidate.status == "proposed" and not store.live_proposals(unit.session, candidate.id):
        candidate.status = "available"
    unit.record(
        "proposals.withdraw",
        candidate_id=candidate.id,
        subject_id=proposal_id,
        undoable=True,
        name=show_name(name_of(candidate)),
        organisation=organisation.name,
    )
