"""Sources about demand: what is asked, who was proposed for it, and what came of that."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlmodel import col

from db.models import Candidate, Organisation, Proposal, ProposalEvent, Request
from db.reference.lists import code_list
from db.stores.facts import stands
from db.stores.reports.people import care_code, merged, person_of, referrals
from db.stores.reports.terms import UNKNOWN, Column, Frame, another

BEFORE = ("draft", "shortlisted", "withdrawn_recruiter")
"""Steps that may be all there is of a proposal that no organisation ever saw."""
ACCEPTED = ("accepted", "started", "completed", "stopped", "no_show")
STARTED = ("started", "completed", "stopped")
WAITING = ("sent", "contacted", "interview")
DECLINED = ("declined_employer", "declined_candidate")
UNANSWERED = ("no_response_employer", "no_response_candidate", "expired")
CLASSES = ("accepted", "waiting", "declined", "no_response", "taken_back")
MET, NOT_MET, NOT_KEPT = "met", "not_met", "not_kept"


class DaysBetween(sa.sql.functions.GenericFunction[float]):
    """How many days lie between two moments, with their fraction."""

    type = sa.Float()
    name = "days_between"
    inherit_cache = True


@compiles(DaysBetween, "sqlite")
def _days_sqlite(element: Any, compiler: Any, **options: Any) -> str:  # noqa: ANN401  # SQLAlchemy's own
    earlier, later = (compiler.process(part, **options) for part in element.clauses)
    return f"(julianday({later}) - julianday({earlier}))"


@compiles(DaysBetween, "postgresql")
def _days_postgresql(element: Any, compiler: Any, **options: Any) -> str:  # noqa: ANN401  # SQLAlchemy's own
    earlier, later = (compiler.process(part, **options) for part in element.clauses)
    return f"(EXTRACT(EPOCH FROM ({later} - {earlier})) / 86400.0)"


def _steps(frame: Frame) -> sa.Subquery:
    """By proposal when it was sent, accepted and started, as far as that stands."""
    event = ProposalEvent
    at, status = col(event.at), col(event.status)

    def first(holds: sa.ColumnElement[bool], name: str) -> sa.ColumnElement[Any]:
        return sa.func.min(at).filter(holds).label(name)

    found = sa.select(
        col(event.proposal_id),
        first(status.not_in(BEFORE), "proposed_at"),
        first(status.in_(ACCEPTED), "accepted_at"),
        first(status.in_(STARTED), "started_at"),
    )
    return found.where(*frame.standing(event)).group_by(col(event.proposal_id)).subquery("steps")


def _newest(frame: Frame) -> sa.ScalarSelect[Any]:
    """The id of a proposal's last step that stands."""
    event = another(ProposalEvent)
    own = (event.proposal_id == Proposal.id, event.at <= frame.scope.as_of, stands(event.id))
    found = sa.select(event.id).where(*own).order_by(event.at.desc(), event.id.desc()).limit(1)
    newest: sa.ScalarSelect[Any] = found.correlate(Proposal).scalar_subquery()
    return newest


def reason_group(reason: Column) -> sa.ColumnElement[str]:
    """Time, place, qualification or other; none when no reason was given."""
    groups: dict[str, list[str]] = {}
    for code in code_list("mismatch_reason").values():
        groups.setdefault(code.group, []).append(code.code)
    cases = [(reason.in_(codes), sa.literal(group)) for group, codes in groups.items()]
    return sa.case((reason.is_(None), sa.literal("no_reason")), *cases, else_=sa.literal("other"))


def is_hospital(sector: Column) -> sa.ColumnElement[str]:
    """Whether a sector is that of hospitals."""
    hospitals = [code.code for code in code_list("care_sector").values() if code.group == "hospital"]
    return sa.case((sector.in_(hospitals), sa.literal("hospital")), else_=sa.literal("other_sector"))


def _step_fields(steps: sa.Subquery, status: Column) -> tuple[Any, ...]:
    """How far it came, and what came of it."""
    accepted = steps.c.accepted_at
    return accepted, steps.c.started_at, status.label("status"), _result(accepted, status).label("result")


def _sector_fields() -> tuple[Any, ...]:
    """What kind of organisation asks."""
    sector = col(Organisation.sector)
    return sector, is_hospital(sector).label("hospital")


def _person_fields(person: type[Candidate]) -> tuple[Any, ...]:
    """Who was proposed."""
    segment = sa.func.coalesce(col(person.segment), UNKNOWN).label("segment")
    return col(person.region_code), care_code(person).label("care"), segment


def _snapshot_fields() -> tuple[sa.ColumnElement[Any], ...]:
    """What the proposal kept of time, place and qualification when it was made."""
    kept: Any = col(Proposal.match_snapshot)
    distance, limit = kept["distance_km"].as_float(), kept["max_travel_km"].as_float()
    offered, asked = kept["hours_offered"].as_float(), kept[("hours_asked", 0)].as_float()
    profile, wanted = kept["function_profile"].as_string(), kept["function_asked"].as_string()

    def met(one: Any, other: Any, holds: Any) -> sa.ColumnElement[str]:  # noqa: ANN401  # expressions
        unknown = sa.or_(one.is_(None), other.is_(None))
        return sa.case((unknown, sa.literal(NOT_KEPT)), (holds, sa.literal(MET)), else_=sa.literal(NOT_MET))

    overridden = kept[("override", "reason")].as_string().is_not(None)
    return (
        met(offered, asked, offered >= asked).label("time"),
        met(distance, limit, distance <= limit).label("place"),
        met(profile, wanted, profile == wanted).label("qualification"),
        overridden.label("overridden"),
    )


def proposals(frame: Frame) -> sa.Subquery:
    """Every proposal that an organisation saw, at the step where it was at the reference moment.

    A proposal belongs to the period in which it was sent.
    """
    proposal, person, last = Proposal, Candidate, another(ProposalEvent)
    steps, merges = _steps(frame), merged()
    person_id = person_of(col(proposal.candidate_id), merges)
    at, status = steps.c.proposed_at, last.status
    fields = (
        col(proposal.id),
        person_id.label("person_id"),
        col(proposal.request_id),
        col(Request.organisation_id),
        at.label("at"),
        *_step_fields(steps, status),
        col(proposal.response_due_at).label("due_at"),
        sa.func.coalesce(last.reason, "no_reason").label("reason"),
        reason_group(last.reason).label("reason_group"),
        *_sector_fields(),
        *_person_fields(person),
        frame.month(at).label("month"),
        frame.week(at).label("week"),
        frame.wave(at).label("wave"),
        *_snapshot_fields(),
    )
    joined = sa.join(proposal, steps, steps.c.proposal_id == proposal.id)
    of_person = frame.asks("region_code", "care", "segment") or frame.scope.region is not None
    if frame.asks("status", "result", "reason", "reason_group"):
        joined = joined.join(last, last.id == _newest(frame))
    if of_person or frame.asks("person_id"):
        joined = joined.join(merges, merges.c.gone_id == proposal.candidate_id, isouter=True)
    if of_person:
        joined = joined.join(person, col(person.id) == person_id)
    if frame.asks("organisation_id", "sector", "hospital"):
        joined = joined.join(Request, col(Request.id) == proposal.request_id)
        joined = joined.join(Organisation, col(Organisation.id) == Request.organisation_id)
    limits = (*frame.within(at), *frame.in_region(col(person.region_code)))
    found = sa.select(*fields).select_from(joined).where(at.is_not(None), *limits)
    return found.subquery("proposals")


def _result(accepted_at: Column, status: Column) -> sa.ColumnElement[str]:
    """What came of a proposal, one of `CLASSES`."""
    return sa.case(
        (accepted_at.is_not(None), sa.literal("accepted")),
        (status.in_(WAITING), sa.literal("waiting")),
        (status.in_(DECLINED), sa.literal("declined")),
        (status.in_(UNANSWERED), sa.literal("no_response")),
        else_=sa.literal("taken_back"),
    )


def accepted_persons(frame: Frame) -> sa.Select[Any]:
    """Everyone whom an organisation ever accepted."""
    event, proposal, merges = ProposalEvent, Proposal, merged()
    joined = sa.join(event, proposal, col(proposal.id) == event.proposal_id)
    joined = joined.join(merges, merges.c.gone_id == proposal.candidate_id, isouter=True)
    found = sa.select(person_of(col(proposal.candidate_id), merges)).select_from(joined)
    return found.where(col(event.status).in_(ACCEPTED), *frame.standing(event))


def unmatched(frame: Frame) -> sa.Subquery:
    """Everyone who registered and was accepted nowhere, with whether they were referred on."""
    person = Candidate
    told = referrals(frame.whole())
    onwards = sa.select(told.c.person_id).where(told.c.destination != "none")
    nowhere = sa.select(told.c.person_id).where(told.c.destination == "none")
    at = col(person.registered_at)
    fields: tuple[Any, ...] = (
        col(person.id),
        at.label("at"),
        col(person.status),
        care_code(person).label("care"),
        sa.case(
            (col(person.id).in_(onwards), sa.literal("referred_on")),
            (col(person.id).in_(nowhere), sa.literal("referred_nowhere")),
            else_=sa.literal("not_referred"),
        ).label("onwards"),
    )
    limits = (*frame.within(at), *frame.in_region(col(person.region_code)))
    still = (col(person.status) != "duplicate", col(person.id).not_in(accepted_persons(frame)))
    return sa.select(*fields).where(*still, *limits).subquery("unmatched")


def unmatched_referrals(frame: Frame) -> sa.Subquery:
    """The referrals of everyone who was accepted nowhere."""
    told = referrals(frame)
    return sa.select(told).where(told.c.person_id.not_in(accepted_persons(frame))).subquery("sent_on")


def _lead(asked_at: Column, first_at: Column) -> sa.ColumnElement[str]:
    """Within how many days somebody was proposed."""
    days = DaysBetween(asked_at, first_at)
    return sa.case(
        (first_at.is_(None), sa.literal("none_yet")),
        (days <= 2, sa.literal("within_2")),
        (days <= 7, sa.literal("within_7")),
        (days <= 14, sa.literal("within_14")),
        else_=sa.literal("later"),
    )


def requests(frame: Frame) -> sa.Subquery:
    """What organisations ask, from when it came in; what was withdrawn or never sent in is left out."""
    request, steps = Request, _steps(frame)
    at = col(request.created_at)
    firsts = (
        sa.select(col(Proposal.request_id), sa.func.min(steps.c.proposed_at).label("first_at"))
        .join(steps, steps.c.proposal_id == col(Proposal.id))
        .group_by(col(Proposal.request_id))
        .subquery("firsts")
    )
    fields: tuple[Any, ...] = (
        col(request.id),
        at.label("at"),
        col(request.organisation_id),
        col(request.fte_asked),
        col(request.positions),
        col(request.status),
        *_sector_fields(),
        sa.case(
            (col(request.function_profile).in_(("", "other")), sa.literal("own_words")),
            else_=sa.literal("standard"),
        ).label("profile"),
        sa.and_(
            sa.or_(col(request.hours_min).is_not(None), col(request.hours_max).is_not(None)),
            col(request.starts_on).is_not(None),
            col(request.grid) != 0,
        ).label("says_time"),
        sa.or_(col(request.pc4).is_not(None), col(request.place) != "").label("says_place"),
        sa.and_(col(request.function_profile) != "", col(request.function_profile) != "other").label(
            "says_work"
        ),
        _lead(at, firsts.c.first_at).label("lead"),
    )
    joined = sa.join(request, Organisation, col(Organisation.id) == request.organisation_id)
    if frame.asks("lead"):
        joined = joined.join(firsts, firsts.c.request_id == request.id, isouter=True)
    limits = (*frame.within(at), *frame.in_region(col(request.region_code)))
    asked = col(request.status).not_in(("draft", "cancelled"))
    return sa.select(*fields).select_from(joined).where(asked, *limits).subquery("requests")
