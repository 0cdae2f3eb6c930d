"""Queries about calls that a supervisor moves: which, what they are, and the change itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from db.drafts.moves import MoveFilter
from db.models import CallAttempt, Candidate, ImportBatch, QueueEntry, Registration, User
from db.rules.moving import Call, standing
from db.rules.names import PersonName
from db.stores.candidate_card import name_of, user_names
from db.stores.facts import stands
from db.stores.floor import last_seen
from db.stores.queue import literal_state
from db.views.moves import MoveChoice, MoveChoices, MoveLine, MoveList

ENTRY = SQLModel.metadata.tables["queue_entry"]
CHUNK = 500
BATCHES = 30
OPEN_STATES = ("ready", "due", "scheduled", "claimed", "blocked")
NEVER_CALLED = "none"
CALLER = "caller"
OPEN = sa.text("queue_entry.state <> 'done'")
"""Literal: the index of the open entries serves only a query that repeats it word for word."""
ORDER = (
    col(QueueEntry.priority_group),
    col(QueueEntry.rank),
    col(QueueEntry.is_retry),
    col(QueueEntry.registered_at),
    col(QueueEntry.id),
)


def page(session: Session, wanted: MoveFilter, now: datetime, limit: int) -> MoveList:
    """The first calls of a filter, with how many there are."""
    where = conditions(wanted, now)
    count = session.execute(sa.select(sa.func.count()).select_from(QueueEntry).where(*where)).scalar_one()
    entries = session.exec(select(QueueEntry).where(*where).order_by(*ORDER).limit(limit)).all()
    people = _people(session, [entry.candidate_id for entry in entries])
    last = _last_outcomes(session, [entry.candidate_id for entry in entries])
    names = user_names(session)
    lines = tuple(
        MoveLine(
            entry_id=entry.id,
            candidate_id=entry.candidate_id,
            name=people[entry.candidate_id],
            region_code=entry.region_code,
            kind=entry.kind,
            standing=standing(entry.state, entry.blocked_reason),
            priority_group=entry.priority_group,
            assigned_to=names.get(entry.assigned_to, "") if entry.assigned_to else "",
            held_by=names.get(entry.claimed_by, "") if entry.claimed_by else "",
            held_until=entry.claimed_until if entry.claimed_by else None,
            registered_at=entry.registered_at,
            vests_at=entry.vests_at,
            last_outcome=last.get(entry.candidate_id, ""),
        )
        for entry in entries
    )
    return MoveList(lines, count)


def found(session: Session, wanted: MoveFilter, now: datetime, limit: int) -> list[UUID]:
    """The ids of every call of a filter, in the order of service; one more than the limit says too many."""
    where = conditions(wanted, now)
    ids = sa.select(col(QueueEntry.id)).where(*where).order_by(*ORDER).limit(limit + 1)
    return list(session.execute(ids).scalars())


def calls(session: Session, entry_ids: Sequence[UUID], *, lock: bool = False) -> Iterator[Call]:
    """The calls, a batch at a time; `lock` holds them until the transaction ends."""
    entry = ENTRY.c
    names = [name for name in Call.__dataclass_fields__ if name != "home_region"]
    columns = [entry[name] for name in names]
    home: sa.Label[str] = col(Candidate.region_code).label("home_region")
    base = sa.select(*columns, home).join(Candidate, col(Candidate.id) == entry.candidate_id)
    for chunk in _chunks(entry_ids):
        query = base.where(entry.id.in_(chunk))
        # All in the same order: two who move the same calls wait, and never lock each other out.
        locked = query.order_by(entry.id).with_for_update(of=ENTRY) if lock else query
        rows = {row.id: row for row in session.execute(locked)}
        yield from (Call(**rows[key]._mapping) for key in chunk if key in rows)


def write(session: Session, entry_ids: Sequence[UUID], values: Mapping[str, Any], now: datetime) -> None:
    """Give these calls these values."""
    stamps = {"row_version": ENTRY.c.row_version + 1, "updated_at": now}
    for chunk in _chunks(entry_ids):
        session.execute(sa.update(ENTRY).where(ENTRY.c.id.in_(chunk)).values(**values, **stamps))


def first_names(session: Session, candidate_ids: Sequence[UUID]) -> tuple[PersonName, ...]:
    """Their names, in this order."""
    people = _people(session, candidate_ids)
    return tuple(people[key] for key in candidate_ids)


def choices(session: Session, since: datetime) -> MoveChoices:
    """What filters and moves can choose from; `since` is the start of the day."""
    seen = last_seen(session)
    here = {user_id for user_id, moment in seen.items() if moment >= since}
    users = session.exec(select(User).order_by(User.name)).all()
    ordered = sorted(users, key=lambda user: (user.role != CALLER, user.id not in here))
    files = select(ImportBatch).where(
        ImportBatch.kind == "registrations", col(ImportBatch.undone_at).is_(None)
    )
    batches = session.exec(files.order_by(col(ImportBatch.at).desc()).limit(BATCHES)).all()
    return MoveChoices(
        callers=tuple(
            MoveChoice(user.id, user.name, seen.get(user.id), at_work=user.id in here, role=user.role)
            for user in ordered
            if user.active
        ),
        gone=tuple(MoveChoice(user.id, user.name) for user in users if not user.active),
        batches=tuple(MoveChoice(batch.id, batch.file_name, batch.at) for batch in batches),
    )


def conditions(wanted: MoveFilter, now: datetime) -> list[sa.ColumnElement[bool] | sa.TextClause]:
    """A filter as conditions on the open entries."""
    plain = {
        "region_code": wanted.region_code,
        "kind": wanted.kind,
        "priority_group": wanted.priority_group,
        "import_batch_id": wanted.batch_id,
    }
    where: list[sa.ColumnElement[bool] | sa.TextClause] = [OPEN]
    where += [ENTRY.c[name] == value for name, value in plain.items() if value is not None]
    if wanted.standing is not None:
        where += _standing(wanted.standing)
    if wanted.caller_id is not None:
        where.append(col(QueueEntry.id).in_(of_caller(wanted.caller_id)))
    if wanted.unassigned:
        where += [col(QueueEntry.assigned_to).is_(None), col(QueueEntry.state) != "claimed"]
    if wanted.older_than_days is not None:
        where.append(col(QueueEntry.registered_at) <= now - timedelta(days=wanted.older_than_days))
    if wanted.outcome is not None:
        where.append(_last_outcome_is(wanted.outcome))
    if wanted.source is not None:
        came = (
            col(Registration.candidate_id) == col(QueueEntry.candidate_id),
            col(Registration.source) == wanted.source,
        )
        where.append(sa.exists().where(*came))
    return where


def of_caller(user_id: UUID) -> sa.CompoundSelect[Any]:
    """The ids of what is assigned to a caller or in their hands: state by state, each on its own index."""
    ids = sa.select(col(QueueEntry.id))
    assigned = col(QueueEntry.assigned_to) == user_id
    held = ids.where(literal_state("claimed"), col(QueueEntry.claimed_by) == user_id)
    return sa.union(held, *(ids.where(literal_state(state), assigned) for state in OPEN_STATES))


def _standing(code: str) -> list[sa.ColumnElement[bool]]:
    if code == "paused":
        return [literal_state("blocked"), col(QueueEntry.blocked_reason) == "paused"]
    if code == "blocked":
        return [literal_state("blocked"), col(QueueEntry.blocked_reason) != "paused"]
    return [literal_state(code)]


def _last_outcome_is(code: str) -> sa.ColumnElement[bool]:
    of_person = (col(CallAttempt.candidate_id) == col(QueueEntry.candidate_id), stands(col(CallAttempt.id)))
    if code == NEVER_CALLED:
        return ~sa.exists().where(*of_person)
    last = sa.select(col(CallAttempt.outcome)).where(*of_person).correlate(QueueEntry)
    return last.order_by(col(CallAttempt.at).desc()).limit(1).scalar_subquery() == code


def _people(session: Session, candidate_ids: Sequence[UUID]) -> dict[UUID, PersonName]:
    found: dict[UUID, PersonName] = {}
    for chunk in _chunks(candidate_ids):
        people = session.exec(select(Candidate).where(col(Candidate.id).in_(chunk)))
        found |= {person.id: name_of(person) for person in people}
    return found


def _last_outcomes(session: Session, candidate_ids: Sequence[UUID]) -> dict[UUID, str]:
    last: dict[UUID, str] = {}
    for chunk in _chunks(candidate_ids):
        attempts = (
            sa.select(col(CallAttempt.candidate_id), col(CallAttempt.outcome))
            .where(col(CallAttempt.candidate_id).in_(chunk), stands(col(CallAttempt.id)))
            .order_by(col(CallAttempt.at))
        )
        last |= {row[0]: row[1] for row in session.execute(attempts)}
    return last


def _chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    listed = list(ids)
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))
