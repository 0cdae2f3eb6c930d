"""Taking a proposal a step further: the fact, the booking, and what becomes of everyone concerned."""

from dataclasses import replace
from datetime import datetime, time
from uuid import UUID

from sqlmodel import Session, col, select

from db.desk.placing import ask_feedback, ask_follow_up, close_follow_up, settle_candidate, settle_request
from db.desk.unit import Unit
from db.drafts.proposals import StepDraft
from db.errors import DeskError
from db.models import Availability, Candidate, Organisation, Proposal, ProposalEvent, Request
from db.rules.bookings import DAY_PARTS, Booking, Clash
from db.rules.calling_hours import CallingHours, add_working_days
from db.rules.hygiene import clean
from db.rules.names import show_name
from db.rules.proposal_steps import BOOKED, OPEN, Step
from db.rules.times import local
from db.stores.bookings import booking_of, clashes_of, competing
from db.stores.candidate_card import name_of
from db.stores.proposals import live_proposals
from db.views.proposals import AcceptCheck, StepView

ANSWER_WITHIN_DAYS = 2
"""Working days that an organisation has to react."""


def answer_due(now: datetime) -> datetime:
    """The same time of day, so many working days later."""
    hours = CallingHours()
    day = add_working_days(hours.local_day(now), ANSWER_WITHIN_DAYS)
    wall = hours.local(now)
    return hours.moment(day, time(wall.hour, wall.minute))


def check_accept(session: Session, proposal_id: UUID, start: datetime | None = None) -> AcceptCheck:
    """What accepting this proposal, or its start, would meet; changes nothing."""
    proposal = session.get_one(Proposal, proposal_id)
    candidate = session.get_one(Candidate, proposal.candidate_id)
    job = _job(session, proposal)
    if start is not None:
        job = replace(job, starts_on=local(start).date())
    overridden = "override" in proposal.match_snapshot
    return AcceptCheck(
        job=job,
        clashes=() if overridden else clashes_of(session, candidate, job),
        competing=tuple(competing(session, candidate, job)),
    )


def take_step(unit: Unit, proposal_id: UUID, draft: StepDraft, action: str = "proposals.step") -> StepView:
    """Carry out a step as one undoable thing."""
    candidate, proposal = _locked(unit, proposal_id)
    step = draft.checked(proposal.status, unit.now)
    withdrawn = _book(unit, candidate, proposal, step, draft) if step.stage == BOOKED else ()
    feedback = move(unit, candidate, proposal, step, draft)
    organisation = _organisation(unit.session, proposal)
    name = name_of(candidate)
    unit.record(
        action,
        candidate_id=candidate.id,
        subject_id=proposal.id,
        undoable=True,
        name=show_name(name),
        organisation=organisation,
        status=step.status,
    )
    return StepView(
        proposal_id=proposal.id,
        candidate_id=candidate.id,
        name=name,
        organisation=organisation,
        status=step.status,
        withdrawn=withdrawn,
        feedback=feedback,
        follow_up_at=proposal.follow_up_at,
    )


def move(unit: Unit, candidate: Candidate, proposal: Proposal, step: Step, draft: StepDraft) -> bool:
    """Give a proposal its next status, and let candidate, request and queue follow.

    For use cases that move several at once; whether a caller was asked to tell the person. The candidate
    must be locked by the unit.
    """
    was_booked = proposal.status in ("accepted", "started")
    reason, note = draft.coded_reason(), clean(draft.note)
    proposal.status, proposal.is_live, proposal.reason = step.status, step.is_live, reason
    _set_moments(unit, proposal, step, draft)
    unit.session.add(
        ProposalEvent(
            at=unit.now,
            proposal_id=proposal.id,
            user_id=unit.user_id,
            status=step.status,
            reason=reason,
            note=" · ".join(part for part in (clean(draft.override), note) if part),
            moment=draft.moment,
        )
    )
    unit.session.flush()
    settle_candidate(unit, candidate)
    if was_booked or step.stage == BOOKED:
        settle_request(unit, unit.get(Request, proposal.request_id))
    if was_booked and step.stage != BOOKED:
        _forget_the_work(unit, candidate)
    organisation = _organisation(unit.session, proposal)
    return step.feedback and ask_feedback(unit, candidate, proposal, organisation, draft.language)


def _forget_the_work(unit: Unit, candidate: Candidate) -> None:
    """Nobody is called to ask how it goes at work that is over, unless there is other work."""
    jobs = live_proposals(unit.session, candidate.id)
    if not any(job.follow_up_at is not None for job in jobs):
        close_follow_up(unit, candidate.id)


def _set_moments(unit: Unit, proposal: Proposal, step: Step, draft: StepDraft) -> None:
    """The clock of the answer, the appointment, and the first and last day."""
    day = local(draft.moment or unit.now).date()
    proposal.response_due_at = answer_due(draft.moment or unit.now) if step.stage == OPEN else None
    if step.status == "interview":
        proposal.interview_at = draft.moment
    elif step.status == "started":
        proposal.starts_on = day
        proposal.follow_up_at = ask_follow_up(unit, proposal, day)
    elif step.moment == "day":
        if proposal.starts_on is not None and day < proposal.starts_on:
            raise DeskError("proposals.ends_before_start")
        proposal.ends_on = day
    if not step.is_live:
        proposal.follow_up_at = None


def _locked(unit: Unit, proposal_id: UUID) -> tuple[Candidate, Proposal]:
    """The candidate first: whoever books hours of one person does so one after the other."""
    found = select(Proposal.candidate_id).where(col(Proposal.id) == proposal_id)
    candidate = unit.get(Candidate, unit.session.exec(found).one())
    return candidate, unit.get(Proposal, proposal_id)


def _job(session: Session, proposal: Proposal) -> Booking:
    request = session.get_one(Request, proposal.request_id)
    availability = session.get(Availability, proposal.candidate_id)
    return booking_of(proposal, request, _organisation(session, proposal), availability)


def _organisation(session: Session, proposal: Proposal) -> str:
    request = session.get_one(Request, proposal.request_id)
    return session.get_one(Organisation, request.organisation_id).name


def _book(
    unit: Unit, candidate: Candidate, proposal: Proposal, step: Step, draft: StepDraft
) -> tuple[str, ...]:
    """Take the hours, unless they clash; the organisations whose competing proposals were withdrawn."""
    if step.status == "started":
        proposal.starts_on = local(draft.moment or unit.now).date()
    job = _job(unit.session, proposal)
    found = clashes_of(unit.session, candidate, job)
    if found and not clean(draft.override) and "override" not in proposal.match_snapshot:
        raise _refusal(candidate, found[0])
    if found and clean(draft.override):
        proposal.match_snapshot = proposal.match_snapshot | {"override": _overridden(found, draft)}
    proposal.starts_on, proposal.ends_on, proposal.grid = job.starts_on, job.ends_on, job.grid
    if not draft.withdraw_competing:
        return ()
    rivals = competing(unit.session, candidate, job)
    withdraw = StepDraft("withdrawn_recruiter", reason="works_elsewhere")
    for rival in rivals:
        other = unit.get(Proposal, rival.proposal_id)
        move(unit, candidate, other, withdraw.checked(other.status, unit.now), withdraw)
    return tuple(rival.organisation for rival in rivals)


def _refusal(candidate: Candidate, clash: Clash) -> DeskError:
    """What stands in the way, by name."""
    name = show_name(name_of(candidate))
    if clash.kind == DAY_PARTS:
        parts = clash.grid.bit_count()
        return DeskError("proposals.clash.day_parts", name=name, organisation=clash.organisation, count=parts)
    return DeskError(
        "proposals.clash.hours",
        name=name,
        organisation=clash.organisation,
        hours=clash.hours,
        offered=clash.offered,
    )


def _overridden(found: tuple[Clash, ...], draft: StepDraft) -> dict[str, object]:
    beside = [{"kind": clash.kind, "proposal": clash.proposal_id.hex} for clash in found]
    return {"reason": clean(draft.override), "clashes": beside}
