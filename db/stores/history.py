"""Taking back and bringing back what an audit event changed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping
from sqlmodel import Session, SQLModel, col, select

from db.errors import ConflictError
from db.models import AuditEvent, Candidate, Fact, Interview, Proposal, QueueEntry, Retraction, UndoState
from db.rules.proposal_steps import BOOKED, statuses
from db.stores.bookings import bookings, clashes_of
from db.stores.exports import went_out
from db.stores.queue import open_entry

Change = Mapping[str, Any]
ENTRY_TABLE = "queue_entry"
PROPOSAL_TABLE = "proposal"
INTERVIEW_TABLE = "interview"
SETTING_TABLE = "setting"
NAMED_BY = {
    "organisation": ("request", "organisation_id"),
    "contact_person": ("request", "contact_person_id"),
    "request": ("proposal", "request_id"),
}
"""By table whose rows name its rows."""
CHUNK = 500
VOLATILE = {"row_version", "updated_at", "claimed_by", "claimed_until", "claim_epoch"}
FACT_TABLES = {cls.__tablename__ for cls in Fact.__subclasses__()}


def last_done(session: Session, user_id: UUID) -> UndoState | None:
    """The newest thing of this user that can be taken back."""
    own = select(UndoState).where(UndoState.user_id == user_id, ~col(UndoState.undone))
    return session.exec(own.order_by(col(UndoState.order_no).desc()).limit(1)).first()


def last_undone(session: Session, user_id: UUID) -> UndoState | None:
    """The thing that was taken back last and can be brought back."""
    undone = (col(UndoState.undone), ~col(UndoState.abandoned))
    own = select(UndoState).where(UndoState.user_id == user_id, *undone)
    return session.exec(own.order_by(col(UndoState.order_no).asc()).limit(1)).first()


def take_back(session: Session, done: AuditEvent, user_id: UUID, now: datetime, lease: timedelta) -> int:
    """Put every row back as it was before the event; its facts are retracted, not removed.

    Raises ConflictError when somebody changed one of the rows since. Of many rows that changed as one, those
    that somebody changed since stay as they are; how many is the answer.
    """
    left = _restore_all(session, done, now, expected="after", wanted="before")
    for change in reversed(done.changes):
        if change["kind"] == "many":
            continue
        if change["kind"] == "update":
            _restore(session, change, change["after"], change["before"], user_id, now, lease)
        elif change["kind"] == "delete":
            session.execute(sa.insert(_table(change)).values(_typed(change, change["before"])))
        elif change["table"] in FACT_TABLES:
            session.add(
                Retraction(
                    fact_id=UUID(change["key"][0]), fact_table=change["table"], user_id=user_id, at=now
                )
            )
        else:
            _remove(session, change)
    return left


def bring_back(session: Session, done: AuditEvent, user_id: UUID, now: datetime, lease: timedelta) -> int:
    """Do again what an event did and `take_back` undid; answers as that does."""
    left = _restore_all(session, done, now, expected="before", wanted="after")
    for change in done.changes:
        if change["kind"] == "many":
            continue
        if change["kind"] == "update":
            _restore(session, change, change["before"], change["after"], user_id, now, lease)
        elif change["kind"] == "delete":
            session.execute(sa.delete(_table(change)).where(*_is_row(change)))
        elif change["table"] in FACT_TABLES:
            lift = sa.update(Retraction).where(
                col(Retraction.fact_id) == UUID(change["key"][0]), col(Retraction.lifted_at).is_(None)
            )
            session.execute(lift.values(lifted_at=now))
        elif change["table"] in (ENTRY_TABLE, PROPOSAL_TABLE):
            _check_only_live(session, change)
            values = _typed(change, change["after"])
            session.execute(sa.update(_table(change)).where(*_is_row(change)).values(values))
        else:
            session.execute(sa.insert(_table(change)).values(_typed(change, change["after"])))
    return left


def _restore_all(session: Session, done: AuditEvent, now: datetime, *, expected: str, wanted: str) -> int:
    """Put back what many entries of the queue have in common; how many stay as somebody left them since."""
    total = restored = 0
    many = [change for change in done.changes if change["kind"] == "many"]
    for change in many:
        table = _table(change)
        as_left = [
            table.c[name].is_not_distinct_from(value)
            for name, value in _typed(change, change[expected]).items()
        ]
        free = _free(table, change[expected])
        values = _typed(change, change[wanted])
        stamps = {"row_version": table.c.row_version + 1, "updated_at": now}
        total += len(change["keys"])
        for chunk in _chunks(change["keys"]):
            update = sa.update(table).where(table.c.id.in_(chunk), free, *as_left).values(**values, **stamps)
            restored += cast("sa.CursorResult[Any]", session.execute(update)).rowcount
    if total and not restored and len(many) == len(done.changes):
        raise ConflictError("history.changed_since")
    return total - restored


def _free(table: sa.Table, expected: Mapping[str, Any]) -> sa.ColumnElement[bool]:
    """Nobody has it in hand; what was done waits again only where nothing else waits for its candidate."""
    if expected.get("state") != "done":
        return table.c.state.not_in(("claimed", "done"))
    other = table.alias("other")
    waits = sa.exists().where(other.c.candidate_id == table.c.candidate_id, other.c.state != "done")
    return ~waits


def _chunks(keys: Sequence[str]) -> Iterator[list[UUID]]:
    return ([UUID(key) for key in keys[start : start + CHUNK]] for start in range(0, len(keys), CHUNK))


def _restore(
    session: Session,
    change: Change,
    expected: Change,
    wanted: Change,
    user_id: UUID,
    now: datetime,
    lease: timedelta,
) -> None:
    table = _table(change)
    current = session.execute(sa.select(table).where(*_is_row(change)).with_for_update()).mappings().one()
    values = _typed(change, wanted)
    if change["table"] == INTERVIEW_TABLE and values.get("state") == "draft":
        _check_no_draft(session, current["candidate_id"])
    if change["table"] == ENTRY_TABLE:
        _check_entry(current, user_id)
        values |= {"claim_epoch": current["claim_epoch"] + 1}
        if values.get("state") == "claimed":
            values |= {"claimed_by": user_id, "claimed_until": now + lease}
        _check_only_entry(session, current, values)
    else:
        _check_unchanged(current, _typed(change, expected))
    if change["table"] == PROPOSAL_TABLE:
        _check_only_pair(session, current, values)
    if "row_version" in current:
        values |= {"row_version": current["row_version"] + 1, "updated_at": now}
    session.execute(sa.update(table).where(*_is_row(change)).values(values))


def _check_entry(current: RowMapping, user_id: UUID) -> None:
    """A call that is in somebody else's hands by now cannot be taken back from under them."""
    if current["state"] == "claimed" and current["claimed_by"] != user_id:
        raise ConflictError("history.in_other_hands")


def _check_no_draft(session: Session, candidate_id: UUID) -> None:
    """An interview that was opened again since is already being amended."""
    if session.exec(
        select(Interview.id).where(Interview.candidate_id == candidate_id, sa.text("state = 'draft'"))
    ).first():
        raise ConflictError("history.interview_reopened")


def _check_unchanged(current: RowMapping, expected: Mapping[str, Any]) -> None:
    for column, value in expected.items():
        if column not in VOLATILE and current[column] != value:
            raise ConflictError("history.changed_since")


def _remove(session: Session, change: Change) -> None:
    """Remove a row of state that the event made; entries and proposals are closed: facts may name them."""
    if change["table"] == ENTRY_TABLE:
        current = session.get(QueueEntry, UUID(change["key"][0]))
        if current is not None:
            current.state, current.closed_reason = "done", "undone"
        return
    if change["table"] == PROPOSAL_TABLE:
        _unmake_proposal(session, change)
        return
    if change["table"] == SETTING_TABLE:
        held = session.execute(sa.select(_table(change)).where(*_is_row(change))).mappings().one()
        _check_unchanged(held, _typed(change, {"value": change["after"]["value"]}))
    _check_unused(session, change)
    session.execute(sa.delete(_table(change)).where(*_is_row(change)))


def _check_unused(session: Session, change: Change) -> None:
    """What others have built upon since cannot be taken away from under them."""
    user = NAMED_BY.get(change["table"])
    if user is None:
        return
    column = SQLModel.metadata.tables[user[0]].c[user[1]]
    if session.execute(sa.select(column).where(column == UUID(change["key"][0])).limit(1)).first():
        raise ConflictError("history.changed_since")


def _unmake_proposal(session: Session, change: Change) -> None:
    """A proposal that was never meant is a draft again; one that went on since stays as it is."""
    current = session.get(Proposal, UUID(change["key"][0]), with_for_update=True)
    if current is None or current.status != change["after"]["status"]:
        raise ConflictError("history.changed_since")
    if went_out(session, current.id):
        raise ConflictError("history.exported")
    current.status, current.is_live = "draft", False


def _check_only_live(session: Session, change: Change) -> None:
    """Bringing back a proposal or a call that was made anew meanwhile would make it twice."""
    if change["table"] == ENTRY_TABLE:
        if open_entry(session, UUID(change["after"]["candidate_id"])) is not None:
            raise ConflictError("history.changed_since")
        return
    pair = (
        Proposal.candidate_id == UUID(change["after"]["candidate_id"]),
        Proposal.request_id == UUID(change["after"]["request_id"]),
    )
    if session.exec(select(Proposal).where(*pair, col(Proposal.is_live))).first() is not None:
        raise ConflictError("history.changed_since")


def _check_only_pair(session: Session, current: RowMapping, values: Mapping[str, Any]) -> None:
    """A proposal that would live again must still be the only one of its pair."""
    if not values.get("is_live") or current["is_live"]:
        return
    pair = (Proposal.candidate_id == current["candidate_id"], Proposal.request_id == current["request_id"])
    if session.exec(select(Proposal.id).where(*pair, col(Proposal.is_live))).first() is not None:
        raise ConflictError("history.changed_since")


def _check_only_entry(session: Session, current: RowMapping, values: Mapping[str, Any]) -> None:
    """A call that would wait again must still be the only one of its candidate."""
    if values.get("state", "done") == "done" or current["state"] != "done":
        return
    if open_entry(session, current["candidate_id"]) is not None:
        raise ConflictError("history.changed_since")


def check_bookings(session: Session, done: AuditEvent) -> None:
    """Refuse when what was put back books hours that somebody booked otherwise since."""
    touched = {UUID(change["key"][0]) for change in done.changes if change["table"] == PROPOSAL_TABLE}
    for proposal in session.exec(select(Proposal).where(col(Proposal.id).in_(touched))):
        if proposal.status not in statuses(BOOKED) or "override" in proposal.match_snapshot:
            continue
        candidate = session.get_one(Candidate, proposal.candidate_id, with_for_update=True)
        job = next(job for job in bookings(session, candidate.id) if job.proposal_id == proposal.id)
        if clashes_of(session, candidate, job):
            raise ConflictError("history.booked_since")


def _table(change: Change) -> sa.Table:
    return SQLModel.metadata.tables[change["table"]]


def _is_row(change: Change) -> list[sa.ColumnElement[bool]]:
    columns = _table(change).primary_key.columns
    return [column == _value(column, value) for column, value in zip(columns, change["key"], strict=True)]


def _typed(change: Change, values: Change) -> dict[str, Any]:
    table = _table(change)
    return {key: _value(table.c[key], value) for key, value in values.items()}


def _value(column: sa.Column[Any], value: Any) -> Any:  # noqa: ANN401  # any column's value
    if value is None or not isinstance(value, str) or isinstance(column.type, sa.JSON):
        return value
    stored = column.type
    kind = (stored.impl_instance if isinstance(stored, sa.types.TypeDecorator) else stored).python_type
    if kind is UUID:
        return UUID(value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    return value
