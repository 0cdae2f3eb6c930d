"""What stands in the way of taking a batch back, and the removal of the rest."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from db.models import (
    Candidate,
    Consent,
    ContactPerson,
    ImportBatch,
    ImportRow,
    Likeness,
    Organisation,
    QueueEntry,
    Registration,
    RepairTask,
    Request,
)
from db.stores.imports import chunks

OWN_TABLES = (Likeness, RepairTask, Consent, Registration, QueueEntry)
"""What an import makes of a person, in an order in which it can be removed."""
_WORK = {
    "call_attempt": "called",
    "skip": "called",
    "interview": "interviewed",
    "education": "interviewed",
    "experience": "interviewed",
    "availability": "interviewed",
    "proposal": "proposed",
    "referral": "proposed",
}
Reasons = dict[UUID, str]
Row = dict[str, Any]


def people_of(session: Session, batch_id: UUID) -> dict[UUID, Row]:
    """Give the candidates that a batch created."""
    table = _table(Candidate)
    rows = session.execute(sa.select(table).where(table.c.import_batch_id == batch_id)).mappings()
    return {row["id"]: dict(row) for row in rows}


def candidate_row(session: Session, candidate_id: UUID) -> Row | None:
    """Give one candidate, locked until the transaction ends."""
    return _locked(session, Candidate, candidate_id)


def entry_row(session: Session, entry_id: UUID) -> Row | None:
    """Give one queue entry, locked until the transaction ends."""
    return _locked(session, QueueEntry, entry_id)


def merged_rows(session: Session, batch_id: UUID) -> list[Row]:
    """Give the rows of a batch that added to a known person, the last first."""
    table = _table(ImportRow)
    query = sa.select(table).where(table.c.import_batch_id == batch_id, table.c.outcome == "merged")
    rows = session.execute(query.order_by(table.c.row_number.desc())).mappings()
    return [dict(row) for row in rows]


def work_on_people(session: Session, batch_id: UUID) -> Reasons:
    """Give the people of a batch on whom somebody has worked, and by what."""
    created = sa.select(_table(Candidate).c.id).where(_table(Candidate).c.import_batch_id == batch_id)
    reasons: Reasons = {}
    own = {_table(model) for model in OWN_TABLES}
    for column in _references_to(_table(Candidate)):
        if column.table not in own:
            reason = _WORK.get(column.table.name, "edited")
            _note(reasons, session, sa.select(column).where(column.in_(created)), reason)
    _note_later_imports(reasons, session, created, batch_id)
    _note_decisions(reasons, session, created)
    return reasons


def versions_by_import(session: Session, ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """Give how often imports that were taken back changed a person and its call: by merge, by undo."""
    rows, batches = _table(ImportRow), _table(ImportBatch)
    joined = sa.join(rows, batches, batches.c.id == rows.c.import_batch_id)
    counted: dict[UUID, tuple[int, int]] = {}
    for some in chunks(ids):
        query = sa.select(rows.c.subject_id, rows.c.before).select_from(joined)
        query = query.where(
            rows.c.subject_id.in_(some), batches.c.undone_at.is_not(None), rows.c.outcome == "merged"
        )
        for subject_id, before in session.execute(query):
            person, entry = counted.get(subject_id, (0, 0))
            changed = before or {}
            counted[subject_id] = (person + 2 * ("candidate" in changed), entry + 2 * ("entry" in changed))
    return counted


def entries_of(session: Session, batch_id: UUID) -> list[Row]:
    """Give the queue entries that a batch made."""
    table = _table(QueueEntry)
    rows = session.execute(sa.select(table).where(table.c.import_batch_id == batch_id)).mappings()
    return [dict(row) for row in rows]


def work_since(session: Session, candidate_id: UUID, moment: Any) -> bool:  # noqa: ANN401  # a moment as stored
    """Tell whether somebody called or interviewed a person since."""
    tables = SQLModel.metadata.tables
    attempts, interviews, proposals = tables["call_attempt"], tables["interview"], tables["proposal"]
    queries = (
        sa.select(attempts.c.id).where(attempts.c.candidate_id == candidate_id, attempts.c.at > moment),
        sa.select(interviews.c.id).where(
            interviews.c.candidate_id == candidate_id, interviews.c.updated_at > moment
        ),
        sa.select(proposals.c.id).where(
            proposals.c.candidate_id == candidate_id, proposals.c.updated_at > moment
        ),
    )
    return any(session.execute(query.limit(1)).first() is not None for query in queries)


def remove_people(session: Session, ids: Sequence[UUID]) -> None:
    """Remove people with everything that the import made of them."""
    likeness = _table(Likeness)
    for some in chunks(ids):
        session.execute(sa.delete(likeness).where(likeness.c.other_id.in_(some)))
        for model in OWN_TABLES:
            table = _table(model)
            session.execute(sa.delete(table).where(table.c.candidate_id.in_(some)))
        table = _table(Candidate)
        session.execute(sa.delete(table).where(table.c.id.in_(some)))


def remove_additions(session: Session, batch_id: UUID, candidate_id: UUID) -> None:
    """Remove what a batch added to a person whom it did not create."""
    for model in (RepairTask, Consent, Registration):
        table = _table(model)
        mine = (table.c.candidate_id == candidate_id, table.c.import_batch_id == batch_id)
        session.execute(sa.delete(table).where(*mine))


def requests_of(session: Session, batch_id: UUID) -> dict[UUID, Row]:
    """Give the requests that a batch created, with the name of who asks."""
    request, organisation = _table(Request), _table(Organisation)
    joined = sa.join(request, organisation, organisation.c.id == request.c.organisation_id)
    query = sa.select(request, organisation.c.name).select_from(joined)
    rows = session.execute(query.where(request.c.import_batch_id == batch_id)).mappings()
    return {row["id"]: dict(row) for row in rows}


def work_on_requests(session: Session, batch_id: UUID) -> Reasons:
    """Give the requests of a batch on which somebody has worked, and by what."""
    request = _table(Request)
    created = sa.select(request.c.id).where(request.c.import_batch_id == batch_id)
    reasons: Reasons = {}
    for column in _references_to(request):
        reason = _WORK.get(column.table.name, "edited")
        _note(reasons, session, sa.select(column).where(column.in_(created)), reason)
    _note(reasons, session, created.where(request.c.row_version > 1), "edited")
    return reasons


def remove_requests(session: Session, batch_id: UUID, ids: Sequence[UUID]) -> None:
    """Remove requests, and of the batch's organisations and contacts those that nothing needs any more."""
    request, contact, organisation = _table(Request), _table(ContactPerson), _table(Organisation)
    for some in chunks(ids):
        session.execute(sa.delete(request).where(request.c.id.in_(some)))
    for table, key in ((contact, request.c.contact_person_id), (organisation, request.c.organisation_id)):
        unused = [table.c.import_batch_id == batch_id, table.c.row_version == 1]
        unused.append(~sa.exists().where(key == table.c.id))
        if table is organisation:
            unused.append(~sa.exists().where(contact.c.organisation_id == table.c.id))
        session.execute(sa.delete(table).where(*unused))


def close_batch(session: Session, batch_id: UUID, at: Any, by: UUID | None) -> None:  # noqa: ANN401  # a moment
    """Write down that a batch was taken back."""
    table = _table(ImportBatch)
    session.execute(sa.update(table).where(table.c.id == batch_id).values(undone_at=at, undone_by=by))


def _note_later_imports(reasons: Reasons, session: Session, created: sa.Select[Any], batch_id: UUID) -> None:
    for model in (Registration, Consent, QueueEntry):
        table = _table(model)
        theirs = table.c.candidate_id.in_(created)
        other = theirs & table.c.import_batch_id.is_not(None) & (table.c.import_batch_id != batch_id)
        _note(reasons, session, sa.select(table.c.candidate_id).where(other), "later_import")
        by_hand = theirs & table.c.import_batch_id.is_(None)
        _note(reasons, session, sa.select(table.c.candidate_id).where(by_hand), "edited")


def _note_decisions(reasons: Reasons, session: Session, created: sa.Select[Any]) -> None:
    likeness, repairs = _table(Likeness), _table(RepairTask)
    answered = likeness.c.answer.is_not(None)
    for column in (likeness.c.candidate_id, likeness.c.other_id):
        _note(reasons, session, sa.select(column).where(column.in_(created), answered), "decided")
    resolved = sa.select(repairs.c.candidate_id).where(repairs.c.resolved_at.is_not(None))
    _note(reasons, session, resolved.where(repairs.c.candidate_id.in_(created)), "edited")


def _note(reasons: Reasons, session: Session, query: sa.Select[Any], reason: str) -> None:
    for key in session.execute(query.distinct()).scalars():
        reasons.setdefault(key, reason)


def _references_to(target: sa.Table) -> list[sa.Column[Any]]:
    """Every column, of whatever table, that names a row of this one."""
    tables = SQLModel.metadata.tables.values()
    return [column for table in tables for column in table.columns if column.references(target.c.id)]


def _locked(session: Session, model: type[SQLModel], row_id: UUID) -> Row | None:
    table = _table(model)
    row = session.execute(sa.select(table).where(table.c.id == row_id).with_for_update()).mappings().first()
    return dict(row) if row is not None else None


def _table(model: type[SQLModel]) -> sa.Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]
