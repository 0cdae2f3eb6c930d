"""Sources about people: who registered, how they were tried, where they were sent, what they said later."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.models import (
    Availability,
    CallAttempt,
    Candidate,
    FollowUp,
    Interview,
    Likeness,
    QueueEntry,
    Referral,
    ReferralOutcome,
)
from db.stores.facts import stands
from db.stores.reports.marks import ABOVE, ANSWERED, MESSAGED, SPOKEN, TRIED, UNANSWERED, WRONG, marks_of
from db.stores.reports.terms import UNKNOWN, Frame, another

DUPLICATE = "duplicate"
PERSON = "person_id"
"""The field of a source that names the person."""
NEVER = ("never_waiting", "never_no_number")
NOT_REACHED = ("no_answer", "mail_waiting", "mail_unanswered", "wrong_data")
HEARD_CLASSES = (*NEVER, *NOT_REACHED, "reached_only", "heard")
HEARD_GROUPS = ("never", "not_reached", "reached_only", "heard")


def care_code(candidate: Any) -> sa.ColumnElement[str]:  # noqa: ANN401  # Candidate or an alias
    """Whether somebody has a background in care: yes, no, or not asked yet."""
    known = candidate.care_background
    return sa.case((known.is_(None), sa.literal(UNKNOWN)), (known, sa.literal("yes")), else_=sa.literal("no"))


def merged() -> sa.Subquery:
    """By record that was merged away: the record of the same person that stayed."""
    one, other = col(Likeness.candidate_id), col(Likeness.other_id)
    return sa.union_all(_merged(one, other), _merged(other, one)).subquery()


@cache
def _two_records() -> tuple[Any, Any]:
    """Made once: every report names them several times, and to make them takes longer than to ask."""
    return another(Candidate), another(Candidate)


def _merged(gone_id: Any, kept_id: Any) -> sa.Select[Any]:  # noqa: ANN401  # columns
    gone, kept = _two_records()
    older = sa.or_(
        kept.registered_at < gone.registered_at,
        sa.and_(kept.registered_at == gone.registered_at, kept.id < gone.id),
    )
    found = sa.select(gone.id.label("gone_id"), kept.id.label("kept_id")).select_from(Likeness)
    found = found.join(gone, gone.id == gone_id).join(kept, kept.id == kept_id)
    return found.where(col(Likeness.answer) == "merged", gone.status == DUPLICATE, older)


def person_of(candidate_id: Any, merges: sa.Subquery) -> sa.ColumnElement[Any]:  # noqa: ANN401  # a column
    """The record that stands for the person now.

    The cast says again what it is: SQLite joins by an index of its own making only what has a type.
    """
    return sa.cast(sa.func.coalesce(merges.c.kept_id, candidate_id), sa.Uuid())


def persons(frame: Frame) -> sa.Subquery:
    """Everyone who registered, each once: a record that was merged away is no other person."""
    person = Candidate
    at = col(person.registered_at)
    fields: tuple[Any, ...] = (
        col(person.id),
        at.label("at"),
        col(person.region_code),
        care_code(person).label("care"),
        sa.func.coalesce(col(person.segment), UNKNOWN).label("segment"),
        col(person.status),
        col(person.hours_max),
        col(person.do_not_call),
        col(person.paused_until),
        col(person.import_batch_id),
        frame.week(at).label("week"),
    )
    limits = (*frame.within(at), *frame.in_region(col(person.region_code)))
    return sa.select(*fields).where(col(person.status) != DUPLICATE, *limits).subquery("persons")


def attempts(frame: Frame) -> sa.Subquery:
    """Every attempt that stands."""
    attempt, person = CallAttempt, Candidate
    merges = merged()
    person_id = person_of(col(attempt.candidate_id), merges)
    at = col(attempt.at)
    fields: tuple[Any, ...] = (
        col(attempt.id),
        person_id.label("person_id"),
        at.label("at"),
        col(attempt.outcome),
        # One number an attempt: each condition of a report would look through the list of outcomes again.
        marks_of(col(attempt.outcome)).label("marks"),
        frame.week(at).label("week"),
        frame.day(at).label("day"),
    )
    limits = [*frame.within(at), *frame.standing(attempt)]
    joined: Any = attempt
    if frame.scope.region or frame.asks("person_id"):
        joined = sa.join(attempt, merges, merges.c.gone_id == attempt.candidate_id, isouter=True)
    if frame.scope.region:  # looking everybody up costs as much as all the rest
        joined = joined.join(person, col(person.id) == person_id)
        limits += frame.in_region(col(person.region_code))
    return sa.select(*fields).select_from(joined).where(*limits).subquery("attempts")


def tried(frame: Frame) -> sa.Subquery:
    """By person how far the best of all attempts got, whatever the period."""
    if attempts in frame.laid_out:
        made = frame.laid_out[attempts].c
        best = _furthest(made.marks)
        return sa.select(made.person_id, best).group_by(made.person_id).subquery("tried")
    attempt = CallAttempt
    merges = merged()
    person_id = person_of(col(attempt.candidate_id), merges)
    best = _furthest(marks_of(col(attempt.outcome)))
    joined = sa.join(attempt, merges, merges.c.gone_id == attempt.candidate_id, isouter=True)
    found = sa.select(person_id.label(PERSON), best).select_from(joined)
    return found.where(*frame.standing(attempt)).group_by(person_id).subquery("tried")


def _furthest(marks: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    return sa.func.max(marks).bitwise_rshift(ABOVE).label("reach")


def heard(frame: Frame) -> sa.Subquery:
    """Everyone who registered, in exactly one class: never tried, not reached (why), reached only, heard."""
    person, best = Candidate, frame.laid_out.get(tried)
    best = tried(frame) if best is None else best
    at, fed_back = col(person.registered_at), col(person.last_feedback_at)

    reach = sa.func.coalesce(best.c.reach, 0)
    known = sa.or_(reach == ANSWERED, sa.and_(fed_back.is_not(None), fed_back <= frame.scope.as_of))
    classes = (
        (known, "heard", "heard"),
        (reach == SPOKEN, "reached_only", "reached_only"),
        (reach == WRONG, "wrong_data", "not_reached"),
        (reach == UNANSWERED, "mail_unanswered", "not_reached"),
        (reach == MESSAGED, "mail_waiting", "not_reached"),
        (reach == TRIED, "no_answer", "not_reached"),
        (col(person.phone).is_(None), "never_no_number", "never"),
    )
    fields: tuple[Any, ...] = (
        col(person.id),
        at.label("at"),
        care_code(person).label("care"),
        sa.case(*((holds, sa.literal(code)) for holds, code, _ in classes), else_=sa.literal(NEVER[0])).label(
            "hears"
        ),
        sa.case(*((holds, sa.literal(code)) for holds, _, code in classes), else_=sa.literal("never")).label(
            "group"
        ),
    )
    limits = (*frame.within(at), *frame.in_region(col(person.region_code)))
    joined = sa.join(person, best, best.c.person_id == person.id, isouter=True)
    found = sa.select(*fields).select_from(joined)
    return found.where(col(person.status) != DUPLICATE, *limits).subquery("heard")


def interviewed(frame: Frame) -> sa.Subquery:
    """Everyone with a completed intake, each interview once."""
    interview, person = Interview, Candidate
    at = col(interview.completed_at)
    fields: tuple[Any, ...] = (
        col(interview.id),
        col(interview.candidate_id).label("person_id"),
        at.label("at"),
    )
    limits = (*frame.within(at), *frame.in_region(col(person.region_code)))
    joined = sa.join(interview, person, col(person.id) == interview.candidate_id)
    found = sa.select(*fields).select_from(joined)
    complete = (col(interview.state) == "complete", col(person.status) != DUPLICATE)
    return found.where(*complete, *limits).subquery("interviewed")


def referrals(frame: Frame) -> sa.Subquery:
    """Every referral that stands, with the newest that is known of it."""
    referral, person, told = Referral, Candidate, ReferralOutcome
    merges = merged()
    person_id = person_of(col(referral.candidate_id), merges)
    newest = (
        sa.select(col(told.outcome))
        .where(col(told.referral_id) == referral.id, *frame.standing(told))
        .order_by(col(told.at).desc(), col(told.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    at = col(referral.at)
    fields = (
        col(referral.id),
        person_id.label("person_id"),
        at,
        col(referral.destination),
        sa.func.coalesce(newest, col(referral.outcome), "not_told").label("outcome"),
        care_code(person).label("care"),
    )
    limits = (*frame.within(at), *frame.standing(referral), *frame.in_region(col(person.region_code)))
    joined = sa.join(referral, merges, merges.c.gone_id == referral.candidate_id, isouter=True)
    joined = joined.join(person, col(person.id) == person_id)
    return sa.select(*fields).select_from(joined).where(*limits).subquery("referrals")


def referral_outcomes(frame: Frame) -> sa.Subquery:
    """Everything that was told of what became of a referral."""
    told = ReferralOutcome
    return sa.select(col(told.id)).where(*frame.standing(told)).subquery("referral_outcomes")


def follow_ups(frame: Frame) -> sa.Subquery:
    """The newest that each person at work said of it."""
    said, person, other = FollowUp, Candidate, another(FollowUp)
    newest = (
        sa.select(other.id)
        .where(other.candidate_id == said.candidate_id, other.at <= frame.scope.as_of, stands(other.id))
        .order_by(other.at.desc(), other.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    at = col(said.at)
    fields: tuple[Any, ...] = (
        col(said.id),
        col(said.candidate_id).label("person_id"),
        at,
        col(said.still_there),
        col(said.wants_to_stay).label("wants"),
        care_code(person).label("care"),
    )
    limits = (*frame.within(at), *frame.standing(said), *frame.in_region(col(person.region_code)))
    joined = sa.join(said, person, col(person.id) == said.candidate_id)
    found = sa.select(*fields).select_from(joined)
    return found.where(col(said.id) == newest, *limits).subquery("follow_ups")


def confirmations(frame: Frame) -> sa.Subquery:
    """Everyone who offers to work, with when they last said so and what is asked of them again."""
    offer, person, entry = Availability, Candidate, QueueEntry
    asked = sa.exists().where(
        col(entry.candidate_id) == person.id, col(entry.kind) == "reconfirm", col(entry.state) != "done"
    )
    fields: tuple[Any, ...] = (
        col(person.id),
        col(person.registered_at).label("at"),
        col(offer.last_confirmed_at).label("confirmed_at"),
        col(person.status),
        asked.label("asked"),
    )
    joined = sa.join(offer, person, col(person.id) == offer.candidate_id)
    limits = (*frame.within(col(person.registered_at)), *frame.in_region(col(person.region_code)))
    found = sa.select(*fields).select_from(joined)
    return found.where(col(person.status) != DUPLICATE, *limits).subquery("confirmations")
