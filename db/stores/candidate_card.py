"""Everything known of one candidate, put together for the card."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import (
    Availability,
    CallAttempt,
    Candidate,
    Interview,
    Organisation,
    Proposal,
    QueueEntry,
    Referral,
    ReferralOutcome,
    Registration,
    RepairTask,
    Request,
    User,
)
from db.rules.names import PersonName
from db.stores.facts import newest_consents, retracted_ids, stands
from db.stores.proposals import taken_steps
from db.views.candidates import (
    AttemptView,
    AvailabilityView,
    CandidateProposal,
    CandidateView,
    ConsentView,
    HouseholdMember,
    InterviewSummary,
    QueueWhy,
    RegistrationView,
    RepairView,
)
from db.views.proposals import ReferralView

HOUSEHOLD_LIMIT = 20
"""A number that more people gave is a switchboard, not a household."""
ENDED = ("duplicate", "erased")
Names = dict[UUID, str]
NAME = ("first_name", "initials", "prefix", "last_name", "partner_prefix", "partner_name", "name_order")
"""The columns of a candidate's name, in the order of its parts."""


def name_of(candidate: Candidate) -> PersonName:
    """The candidate's name in its parts."""
    return PersonName(
        first_name=candidate.first_name,
        initials=candidate.initials,
        prefix=candidate.prefix,
        last_name=candidate.last_name,
        partner_prefix=candidate.partner_prefix,
        partner_name=candidate.partner_name,
        order=candidate.name_order,
    )


def user_names(session: Session) -> Names:
    """The name of everyone who ever sat at this desk."""
    return dict(session.exec(select(User.id, User.name)).all())


def load_card(session: Session, candidate_id: UUID) -> CandidateView:
    """The card of a candidate; KeyError when there is no such person (a bug, not something to explain)."""
    candidate = session.get(Candidate, candidate_id)
    if candidate is None:
        raise KeyError(f"Candidate {candidate_id}")
    names = user_names(session)
    return CandidateView(
        id=candidate.id,
        name=name_of(candidate),
        phone=candidate.phone,
        phone_given=candidate.phone_given,
        phone2=candidate.phone2,
        phone2_given=candidate.phone2_given,
        best_time=candidate.best_time,
        email=candidate.email,
        email_given=candidate.email_given,
        postcode=candidate.postcode,
        postcode_given=candidate.postcode_given,
        place=candidate.place,
        region_code=candidate.region_code,
        region_source=candidate.region_source,
        status=candidate.status,
        status_reason=candidate.status_reason,
        do_not_call=candidate.do_not_call,
        paused_until=candidate.paused_until,
        registered_at=candidate.registered_at,
        function_given=candidate.function_given,
        function_profile=candidate.function_profile,
        hours_given=candidate.hours_given,
        hours_min=candidate.hours_min,
        hours_max=candidate.hours_max,
        big_given=candidate.big_given,
        big_number=candidate.big_number,
        big_status=candidate.big_status,
        remarks=candidate.remarks,
        care_background=candidate.care_background,
        segment=candidate.segment,
        work_limits=tuple(candidate.work_limits),
        work_limit_note=candidate.work_limit_note,
        last_feedback_at=candidate.last_feedback_at,
        row_version=candidate.row_version,
        registrations=_registrations(session, candidate_id),
        consents=_consents(session, candidate_id, names),
        repairs=_repairs(session, candidate_id),
        household=household_of(session, candidate),
        attempts=_attempts(session, candidate_id, names),
        interview=_interview(session, candidate_id, names),
        availability=_availability(session, candidate_id),
        proposals=proposals_of(session, candidate_id, names),
        why=_why(session, candidate_id, names),
        referrals=referrals_of(session, candidate_id, names),
    )


def household_of(session: Session, candidate: Candidate) -> tuple[HouseholdMember, ...]:
    """The others who gave the same number, by name."""
    numbers = [number for number in (candidate.phone, candidate.phone2) if number]
    if not numbers:
        return ()
    same = sa.or_(col(Candidate.phone).in_(numbers), col(Candidate.phone2).in_(numbers))
    others = select(Candidate).where(same, Candidate.id != candidate.id, col(Candidate.status).not_in(ENDED))
    found = session.exec(others.limit(HOUSEHOLD_LIMIT))
    members = [HouseholdMember(id=row.id, name=name_of(row), status=row.status) for row in found]
    return tuple(sorted(members, key=lambda member: (member.name.last_name, member.name.first_name)))


def proposals_of(session: Session, candidate_id: UUID, names: Names) -> tuple[CandidateProposal, ...]:
    """Where the candidate was proposed, newest first."""
    joined = (
        select(Proposal, Request, Organisation)
        .join(Request, col(Request.id) == Proposal.request_id)
        .join(Organisation, col(Organisation.id) == Request.organisation_id)
        .where(Proposal.candidate_id == candidate_id, Proposal.status != "draft")
        .order_by(col(Proposal.created_at).desc(), col(Proposal.id).desc())
    )
    rows = session.exec(joined).all()
    taken = taken_steps(session, [proposal for proposal, _, _ in rows])
    return tuple(
        CandidateProposal(
            id=proposal.id,
            request_id=request.id,
            organisation=organisation.name,
            place=request.place or organisation.place,
            function_profile=request.function_profile,
            status=proposal.status,
            is_live=proposal.is_live,
            reason=proposal.reason,
            since=taken[proposal.id].at if proposal.id in taken else proposal.updated_at,
            by=names.get(taken[proposal.id].user_id if proposal.id in taken else proposal.proposed_by, ""),
            starts_on=proposal.starts_on,
            ends_on=proposal.ends_on,
            follow_up_at=proposal.follow_up_at,
        )
        for proposal, request, organisation in rows
    )


def referrals_of(session: Session, candidate_id: UUID, names: Names) -> tuple[ReferralView, ...]:
    """Where the candidate was referred to and what became of it, newest first."""
    own = select(Referral).where(Referral.candidate_id == candidate_id, stands(col(Referral.id)))
    facts = session.exec(own.order_by(col(Referral.at).desc(), col(Referral.id).desc())).all()
    found = select(ReferralOutcome).where(
        col(ReferralOutcome.referral_id).in_([fact.id for fact in facts]), stands(col(ReferralOutcome.id))
    )
    newest = {
        fact.referral_id: fact.outcome
        for fact in session.exec(found.order_by(col(ReferralOutcome.at), col(ReferralOutcome.id)))
    }
    return tuple(
        ReferralView(
            id=fact.id,
            at=fact.at,
            by=names.get(fact.user_id, ""),
            destination=fact.destination,
            note=fact.note,
            outcome=newest.get(fact.id, fact.outcome),
        )
        for fact in facts
    )


def _registrations(session: Session, candidate_id: UUID) -> tuple[RegistrationView, ...]:
    own = select(Registration).where(Registration.candidate_id == candidate_id)
    return tuple(
        RegistrationView(source=row.source, at=row.at, given=dict(row.given))
        for row in session.exec(own.order_by(col(Registration.at), col(Registration.id)))
    )


def _consents(session: Session, candidate_id: UUID, names: Names) -> tuple[ConsentView, ...]:
    return tuple(
        ConsentView(
            purpose=fact.purpose,
            state=fact.state,
            text=fact.text,
            at=fact.at,
            channel=fact.channel,
            source=fact.source,
            recorded_by=names.get(fact.recorded_by, "") if fact.recorded_by else "",
        )
        for fact in newest_consents(session, candidate_id)
    )


def _repairs(session: Session, candidate_id: UUID) -> tuple[RepairView, ...]:
    own = select(RepairTask).where(
        RepairTask.candidate_id == candidate_id, col(RepairTask.resolved_at).is_(None)
    )
    return tuple(
        RepairView(id=row.id, kind=row.kind, given=row.given, since=row.created_at)
        for row in session.exec(own.order_by(col(RepairTask.created_at), col(RepairTask.id)))
    )


def _attempts(session: Session, candidate_id: UUID, names: Names) -> tuple[AttemptView, ...]:
    own = select(CallAttempt).where(CallAttempt.candidate_id == candidate_id)
    facts = session.exec(own.order_by(col(CallAttempt.at).desc(), col(CallAttempt.id).desc())).all()
    taken_back = retracted_ids(session, (fact.id for fact in facts))
    return tuple(
        AttemptView(
            id=fact.id,
            at=fact.at,
            caller=names.get(fact.user_id, ""),
            outcome=fact.outcome,
            number=fact.number,
            note=fact.note,
            reason=fact.reason,
            callback_at=fact.callback_at,
            retracted=fact.id in taken_back,
            late=fact.late,
        )
        for fact in facts
    )


def _interview(session: Session, candidate_id: UUID, names: Names) -> InterviewSummary | None:
    own = select(Interview).where(Interview.candidate_id == candidate_id)
    newest = session.exec(own.order_by(col(Interview.created_at).desc(), col(Interview.id).desc())).first()
    if newest is None:
        return None
    return InterviewSummary(
        id=newest.id,
        state=newest.state,
        by=names.get(newest.user_id, ""),
        started_at=newest.created_at,
        completed_at=newest.completed_at,
        current_field=newest.current_field,
        answers=dict(newest.answers),
    )


def _availability(session: Session, candidate_id: UUID) -> AvailabilityView | None:
    row = session.get(Availability, candidate_id)
    if row is None:
        return None
    return AvailabilityView(
        available_from=row.available_from,
        available_until=row.available_until,
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        grid=row.grid,
        grid_preferred=row.grid_preferred,
        max_travel_km=row.max_travel_km,
        max_travel_minutes=row.max_travel_minutes,
        transport=tuple(row.transport),
        last_confirmed_at=row.last_confirmed_at,
    )


def _why(session: Session, candidate_id: UUID, names: Names) -> QueueWhy | None:
    entry = session.exec(
        select(QueueEntry).where(QueueEntry.candidate_id == candidate_id, sa.text("state <> 'done'"))
    ).first()
    if entry is None:
        return None
    return QueueWhy(
        entry_id=entry.id,
        kind=entry.kind,
        state=entry.state,
        priority_group=entry.priority_group,
        vests_at=entry.vests_at,
        assigned_to=names.get(entry.assigned_to, "") if entry.assigned_to else "",
        claimed_by=names.get(entry.claimed_by, "") if entry.claimed_by else "",
        claimed_until=entry.claimed_until,
        counted_attempts=entry.counted_attempts,
        skips=entry.skips,
        blocked_reason=entry.blocked_reason,
        note=entry.note,
    )
