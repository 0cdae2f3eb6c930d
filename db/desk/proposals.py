"""Proposing people to organisations, and taking that back."""

import math
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from db.desk.lane import Lane
from db.desk.placing import close_follow_up, write_follow_up
from db.desk.proposal_steps import answer_due, check_accept, take_step
from db.desk.unit import Unit
from db.drafts.proposals import ProposalFilter, StepDraft
from db.drafts.queue import FollowUpDraft
from db.errors import ConflictError, DeskError
from db.models import (
    Availability,
    Candidate,
    Interview,
    Organisation,
    Proposal,
    ProposalEvent,
    Request,
)
from db.reference.lists import code_list
from db.rules.exclusions import names_organisation
from db.rules.fte import fte_of, proposed_hours
from db.rules.hygiene import clean
from db.rules.names import PersonName, show_name
from db.rules.proposal_steps import SHORTLISTED, UNAVAILABLE
from db.rules.request_steps import OPEN_STATUSES
from db.rules.times import local
from db.stores import proposals as store
from db.stores.bookings import bookings
from db.stores.candidate_card import name_of, proposals_of, user_names
from db.stores.facts import may_share
from db.stores.proposal_lists import load_lists
from db.stores.request_book import book_of, live_elsewhere
from db.views.candidates import CandidateProposal
from db.views.proposals import AcceptCheck, ProposalLists, StepView
from db.views.requests import FteBook, ProposalView

LIST_LIMIT = 500
ALL = ProposalFilter()


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
        return await self._lane.write(lambda unit: propose_now(unit, candidate_id, request_id, hours))

    async def require_proposable(self, candidate_id: UUID, request_id: UUID) -> None:
        """Raise DeskError where `propose` would; nothing is changed."""

        def work(session: Session) -> None:
            candidate = session.get_one(Candidate, candidate_id)
            _check(session, self._lane.clock(), candidate, session.get_one(Request, request_id))

        await self._lane.read(work)

    async def step(
        self,
        proposal_id: UUID,
        status: str,
        reason: str | None = None,
        note: str = "",
        moment: datetime | None = None,
        *,
        override: str = "",
        withdraw_competing: bool = False,
        language: str = "nl",
    ) -> StepView:
        """Take a proposal to its next status (`proposal_steps.csv` says which may follow); undoable.

        The candidate's status follows, and a caller is asked, in `language`, to tell the person what ended.
        Raises ConflictError when the step may not follow now, DeskError when a reason, note or moment is
        missing, or when the hours of an accepted job clash and `override` gives no reason to book them still.
        """
        draft = StepDraft(status, reason, note, moment, override, withdraw_competing, language)
        return await self._lane.write(lambda unit: take_step(unit, proposal_id, draft))

    async def check_accept(self, proposal_id: UUID, start: datetime | None = None) -> AcceptCheck:
        """What accepting would clash with, and which waiting proposals it would make impossible.

        With `start` the same of work that begins then. What was booked in spite of a clash has none.
        """
        return await self._lane.read(lambda session: check_accept(session, proposal_id, start))

    async def withdraw(self, proposal_id: UUID, reason: str, note: str = "") -> None:
        """Take a live proposal back (a reason of list `mismatch_reason`); undoable."""
        draft = StepDraft("withdrawn_recruiter", reason, note)
        await self._lane.write(lambda unit: _withdraw(unit, proposal_id, draft))

    async def lists(self, limit: int = LIST_LIMIT, wanted: ProposalFilter = ALL) -> ProposalLists:
        """Who waits for an answer, and who is at work; or those of them that `wanted` asks for."""
        return await self._lane.read(lambda session: load_lists(session, self._lane.clock(), limit, wanted))

    async def follow_up(
        self, proposal_id: UUID, still_there: bool, wants_to_stay: str = "not_asked", note: str = ""
    ) -> None:
        """Write down what somebody at work said (list `wants_to_stay`); nobody need call for it any more.

        Undoable. Somebody who left keeps the job until its end is recorded with `step`.
        """
        if wants_to_stay not in code_list("wants_to_stay"):
            raise KeyError(wants_to_stay)
        said = FollowUpDraft(still_there, wants_to_stay)
        await self._lane.write(lambda unit: _follow_up(unit, proposal_id, said, note))

    async def for_candidate(self, candidate_id: UUID) -> tuple[CandidateProposal, ...]:
        """Where a candidate was proposed, newest first."""
        return await self._lane.read(lambda session: proposals_of(session, candidate_id, user_names(session)))


def propose_now(
    unit: Unit, candidate_id: UUID, request_id: UUID, hours: int | None = None, status: str = "sent"
) -> ProposalView:
    """What `ProposalsDesk.propose` does, in this unit; nothing is written for whoever is refused.

    With `status` shortlisted it only marks the person for the recruiter: the organisation knows of nothing.
    """
    candidate, request = unit.get(Candidate, candidate_id), unit.get(Request, request_id)
    organisation = unit.session.get_one(Organisation, request.organisation_id)
    _check(unit.session, unit.now, candidate, request)
    availability = unit.session.get(Availability, candidate_id)
    book = book_of(unit.session, request)
    offered = store.hours_offered(candidate, availability)
    snapshot = _snapshot(candidate, request, availability, offered, book)
    agreed = hours if hours is not None else proposed_hours(offered, request.hours_min, request.hours_max)
    proposal = Proposal(
        candidate_id=candidate_id,
        request_id=request_id,
        status=status,
        hours=agreed,
        fte=fte_of(agreed, request.fte_hours, request.fte_asked, request.positions),
        proposed_by=unit.user_id,
        response_due_at=answer_due(unit.now) if status == "sent" else None,
        match_snapshot=snapshot,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(proposal)
    unit.session.flush()
    _add_event(unit, proposal)
    if candidate.status != "placed" and status != SHORTLISTED:
        candidate.status = "proposed"
    name, warnings = name_of(candidate), _warnings(unit, candidate_id, request, snapshot, book)
    _record(unit, proposal, name, organisation.name)
    return _view(proposal, name, organisation.name, warnings)


def _record(unit: Unit, proposal: Proposal, name: PersonName, organisation: str) -> None:
    unit.record(
        "proposals.propose",
        candidate_id=proposal.candidate_id,
        subject_id=proposal.id,
        undoable=True,
        name=show_name(name),
        organisation=organisation,
    )


def _view(proposal: Proposal, name: PersonName, organisation: str, warnings: tuple[str, ...]) -> ProposalView:
    return ProposalView(
        id=proposal.id,
        candidate_id=proposal.candidate_id,
        request_id=proposal.request_id,
        name=name,
        organisation=organisation,
        status=proposal.status,
        hours=proposal.hours,
        fte=proposal.fte,
        response_due_at=proposal.response_due_at,
        match_snapshot=proposal.match_snapshot,
        warnings=warnings,
    )


def _check(session: Session, now: datetime, candidate: Candidate, request: Request) -> None:
    """Refuse with the first reason that a recruiter can do something about."""
    name = show_name(name_of(candidate))
    organisation = session.get_one(Organisation, request.organisation_id)
    interview = store.complete_interview(session, candidate.id)
    if request.status not in OPEN_STATUSES:
        raise DeskError("proposals.request_closed", organisation=organisation.name)
    if candidate.do_not_call:
        raise DeskError("proposals.do_not_call", name=name)
    if candidate.status in UNAVAILABLE:
        raise DeskError(UNAVAILABLE[candidate.status], name=name)
    if candidate.paused_until is not None and candidate.paused_until > now:
        raise DeskError("proposals.paused", name=name)
    if not may_share(session, candidate.id):
        raise DeskError("proposals.no_consent", name=name)
    if interview is None:
        raise DeskError("proposals.intake_incomplete", name=name)
    if store.live_proposal(session, candidate.id, request.id) is not None:
        raise DeskError("proposals.already", name=name, organisation=organisation.name)
    if _excluded(interview, organisation):
        raise DeskError("proposals.excluded", name=name, organisation=organisation.name)


def _excluded(interview: Interview, organisation: Organisation) -> bool:
    wish = str(store.answered(interview, "excluded_organisations") or "")
    return names_organisation(wish, organisation.name)


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
    unit: Unit, candidate_id: UUID, request: Request, snapshot: dict[str, Any], book: FteBook
) -> tuple[str, ...]:
    distance, limit = snapshot["distance_km"], snapshot["max_travel_km"]
    works = bool(bookings(unit.session, candidate_id))
    found = {
        "filled": book.left <= 0,
        "over": request.ends_on is not None and request.ends_on < local(unit.now).date(),
        "booked": works,
        "elsewhere": not works and bool(live_elsewhere(unit.session, [candidate_id], request.id)),
        "too_far": distance is not None and limit is not None and distance > limit,
        "no_distance": distance is None,
    }
    return tuple(code for code, holds in found.items() if holds)


def _add_event(unit: Unit, proposal: Proposal) -> None:
    unit.session.add(
        ProposalEvent(at=unit.now, proposal_id=proposal.id, user_id=unit.user_id, status=proposal.status)
    )


def _withdraw(unit: Unit, proposal_id: UUID, draft: StepDraft) -> None:
    if not unit.session.get_one(Proposal, proposal_id).is_live:
        raise DeskError("proposals.not_live")
    take_step(unit, proposal_id, draft, "proposals.withdraw")


def _follow_up(unit: Unit, proposal_id: UUID, said: FollowUpDraft, note: str) -> None:
    candidate = unit.get(Candidate, unit.session.get_one(Proposal, proposal_id).candidate_id)
    proposal = unit.get(Proposal, proposal_id)
    if proposal.status != "started":
        raise ConflictError("proposals.not_at_work")
    write_follow_up(unit, proposal, said, clean(note))
    close_follow_up(unit, candidate.id)
    unit.record(
        "proposals.follow_up",
        candidate_id=candidate.id,
        subject_id=proposal.id,
        undoable=True,
        name=show_name(name_of(candidate)),
    )
