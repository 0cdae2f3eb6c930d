"""Queries for the supervisor's lists."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from db.models import CallAttempt, Candidate, Conflict, Likeness, QueueEntry, Registration, RepairTask, Skip
from db.rules.region import suggest_region
from db.stores.candidate_card import name_of, user_names
from db.stores.facts import stands
from db.views.team import (
    ConflictLine,
    EscalatedLine,
    LeaseLine,
    LikenessLine,
    LikePerson,
    RegionLine,
    RepairLine,
    SkipView,
    TeamLists,
)

# Conditions are literal SQL: partial indexes serve only queries that repeat them word for word.
BLOCKED = sa.text("queue_entry.state = 'blocked'")
CLAIMED = sa.text("queue_entry.state = 'claimed'")
UNRESOLVED = sa.text("candidate.region_code = 'region_unresolved'")
FOUND_HERE = ("email_bounced", "number_not_in_service", "verify_number", "wrong_number")
NO_CALL = ("phone_invalid", "phone_missing")
NO_MAIL = ("email_invalid", "email_missing")
NO_PLACE = ("postcode_invalid", "postcode_missing", "region_unresolved")
OPEN_TASK = sa.text("resolved_at IS NULL")
OPEN_QUESTION = sa.text("answer IS NULL")
Names = dict[UUID, str]


def load_lists(session: Session, limit: int) -> TeamLists:
    """Every list, up to so many lines of each."""
    names = user_names(session)
    return TeamLists(
        escalated=escalated(session, names, limit),
        likenesses=likenesses(session, limit),
        repairs=repairs(session, limit),
        regions=regions(session, limit),
        conflicts=conflicts(session, names, limit),
        leases=leases(session, names, limit),
        counts=counts(session),
    )


def counts(session: Session) -> dict[str, int]:
    """How many lines each list has in all."""

    def number(table: type[SQLModel], *conditions: sa.ColumnElement[bool] | sa.TextClause) -> Any:  # noqa: ANN401
        return sa.select(sa.func.count()).select_from(table).where(*conditions).scalar_subquery()

    numbers = {
        "escalated": number(QueueEntry, BLOCKED, col(QueueEntry.blocked_reason) == "escalated"),
        "likenesses": number(Likeness, OPEN_QUESTION),
        "repairs": number(RepairTask, OPEN_TASK),
        "regions": number(Candidate, UNRESOLVED, _present()),
        "conflicts": number(Conflict, col(Conflict.decided_at).is_(None)),
        "leases": number(QueueEntry, CLAIMED),
    }
    row = session.execute(sa.select(*(counted.label(name) for name, counted in numbers.items()))).one()
    return {name: int(getattr(row, name)) for name in numbers}


def escalated(session: Session, names: Names, limit: int) -> tuple[EscalatedLine, ...]:
    """Calls that were passed over too often, with every skip."""
    found = (
        select(QueueEntry, Candidate)
        .join(Candidate, col(Candidate.id) == QueueEntry.candidate_id)
        .where(BLOCKED, QueueEntry.blocked_reason == "escalated")
        .order_by(col(QueueEntry.updated_at))
        .limit(limit)
    )
    rows = session.exec(found).all()
    skips = _skips(session, [entry.id for entry, _ in rows], names)
    return tuple(
        EscalatedLine(
            entry_id=entry.id,
            candidate_id=person.id,
            name=name_of(person),
            place=person.place,
            kind=entry.kind,
            note=entry.note,
            since=entry.updated_at,
            skips=tuple(skips[entry.id]),
        )
        for entry, person in rows
    )


def likenesses(session: Session, limit: int) -> tuple[LikenessLine, ...]:
    """Pairs that may be one person."""
    found = select(Likeness).where(OPEN_QUESTION).order_by(col(Likeness.created_at)).limit(limit)
    rows = session.exec(found).all()
    people = _people(session, {key for row in rows for key in (row.candidate_id, row.other_id)})
    lines = []
    for row in rows:
        pair = (people[row.candidate_id], people[row.other_id])
        older, newer = sorted(pair, key=lambda person: (person.registered_at, person.id.hex))
        lines.append(LikenessLine(id=row.id, why=row.why, score=row.score, older=older, newer=newer))
    return tuple(lines)


def repairs(session: Session, limit: int) -> tuple[RepairLine, ...]:
    """Data that is wrong, the most urgent first, and of those the newest."""
    found = (
        select(RepairTask, Candidate)
        .join(Candidate, col(Candidate.id) == RepairTask.candidate_id)
        .where(OPEN_TASK)
        .order_by(_urgency(), col(RepairTask.created_at).desc(), col(RepairTask.id).desc())
        .limit(limit)
    )
    return tuple(
        RepairLine(
            id=task.id,
            candidate_id=person.id,
            name=name_of(person),
            kind=task.kind,
            given=task.given,
            since=task.created_at,
            phone=person.phone,
            email=person.email,
        )
        for task, person in session.exec(found)
    )


def _urgency() -> sa.Case[int]:
    """What was found when people were called or mailed; then what keeps them from being reached at all."""
    kind = col(RepairTask.kind)
    ranks = enumerate((FOUND_HERE, NO_CALL, NO_MAIL, NO_PLACE))
    return sa.case(*((kind.in_(kinds), rank) for rank, kinds in ranks), else_=9)


def regions(session: Session, limit: int) -> tuple[RegionLine, ...]:
    """People whose postcode says no region, with the nearest one."""
    found = select(Candidate).where(UNRESOLVED, _present()).order_by(col(Candidate.pc4)).limit(limit)
    return tuple(
        RegionLine(
            candidate_id=person.id,
            name=name_of(person),
            postcode=person.postcode,
            postcode_given=person.postcode_given,
            place=person.place,
            suggestion=suggest_region(person.pc4) if person.pc4 else None,
            registered_at=person.registered_at,
        )
        for person in session.exec(found)
    )


def conflicts(session: Session, names: Names, limit: int) -> tuple[ConflictLine, ...]:
    """What was written too late."""
    found = (
        select(Conflict, Candidate)
        .join(Candidate, col(Candidate.id) == Conflict.candidate_id)
        .where(col(Conflict.decided_at).is_(None))
        .order_by(col(Conflict.created_at))
        .limit(limit)
    )
    return tuple(
        ConflictLine(
            id=conflict.id,
            candidate_id=person.id,
            name=name_of(person),
            kind=conflict.kind,
            field=conflict.field,
            mine=conflict.mine or "",
            theirs=conflict.theirs or "",
            by=names.get(conflict.user_id, ""),
            at=conflict.created_at,
        )
        for conflict, person in session.exec(found)
    )


def leases(session: Session, names: Names, limit: int) -> tuple[LeaseLine, ...]:
    """Who has whom in hand, the longest first."""
    found = (
        select(QueueEntry, Candidate)
        .join(Candidate, col(Candidate.id) == QueueEntry.candidate_id)
        .where(CLAIMED)
        .order_by(col(QueueEntry.claimed_until))
        .limit(limit)
    )
    return tuple(
        LeaseLine(
            entry_id=entry.id,
            candidate_id=person.id,
            name=name_of(person),
            by=names.get(entry.claimed_by, "") if entry.claimed_by else "",
            until=entry.claimed_until or entry.updated_at,
            epoch=entry.claim_epoch,
        )
        for entry, person in session.exec(found)
    )


def _present() -> sa.ColumnElement[bool]:
    return col(Candidate.status).not_in(("duplicate", "erased"))


def _skips(session: Session, entry_ids: list[UUID], names: Names) -> dict[UUID, list[SkipView]]:
    grouped: dict[UUID, list[SkipView]] = defaultdict(list)
    facts = select(Skip).where(col(Skip.entry_id).in_(entry_ids), stands(col(Skip.id)))
    for fact in session.exec(facts.order_by(col(Skip.at).desc())):
        grouped[fact.entry_id].append(
            SkipView(at=fact.at, by=names.get(fact.user_id, ""), reason=fact.reason)
        )
    return grouped


def _people(session: Session, candidate_ids: Iterable[UUID]) -> dict[UUID, LikePerson]:
    wanted = list(candidate_ids)
    sources: dict[UUID, list[str]] = defaultdict(list)
    for owner, source in session.exec(
        select(Registration.candidate_id, Registration.source).where(
            col(Registration.candidate_id).in_(wanted)
        )
    ):
        sources[owner].append(source)
    calls = (
        sa.select(col(CallAttempt.candidate_id), sa.func.count())
        .where(col(CallAttempt.candidate_id).in_(wanted), stands(col(CallAttempt.id)))
        .group_by(col(CallAttempt.candidate_id))
    )
    attempts = {row[0]: row[1] for row in session.execute(calls)}
    found = session.exec(select(Candidate).where(col(Candidate.id).in_(wanted)))
    return {
        person.id: LikePerson(
            id=person.id,
            name=name_of(person),
            phone=person.phone,
            email=person.email,
            postcode=person.postcode,
            place=person.place,
            status=person.status,
            registered_at=person.registered_at,
            attempts=attempts.get(person.id, 0),
            sources=tuple(dict.fromkeys(sources[person.id])),
        )
        for person in found
    }
