"""What an import must know of what is there already, and what it writes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from db.models import Candidate, ContactPerson, ImportBatch, Organisation, QueueEntry, RepairTask, User

T = TypeVar("T")
CHUNK = 500
NAME_START = 3
"""How many letters of the search name must agree before two names are compared at all."""


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Hand out the items in lists that fit the parameters of one statement."""
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def one_at_a_time(session: Session) -> None:
    """Let no other import run until this transaction ends: both would miss what the other adds.

    SQLite has one writer at a time anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("LOCK TABLE import_batch IN SHARE ROW EXCLUSIVE MODE"))


def known_fingerprints(session: Session, table: type[SQLModel], fingerprints: Sequence[str]) -> set[str]:
    """Give those of the fingerprints that the table has."""
    column = _table(table).c.fingerprint
    found: set[str] = set()
    for some in chunks(fingerprints):
        found.update(session.execute(sa.select(column).where(column.in_(some))).scalars())
    return found


def find_people(
    session: Session, phones: Sequence[str], emails: Sequence[str], names: Sequence[tuple[int, str]]
) -> dict[UUID, dict[str, Any]]:
    """Give all candidates that share a number, an address, or a postcode and the start of a name, by id."""
    table = _table(Candidate)
    found: dict[UUID, dict[str, Any]] = {}
    for column, keys in ((table.c.phone, phones), (table.c.phone2, phones), (table.c.email, emails)):
        for some in chunks(keys):
            _collect(session, sa.select(table).where(column.in_(some)), found)
    for pairs in chunks(names):
        columns = (sa.column("pc4", sa.Integer), sa.column("start", sa.String))
        wanted = sa.values(*columns, name="given").data(pairs).cte("wanted")
        start = sa.func.substr(table.c.search_name, 1, NAME_START)
        joined = sa.join(table, wanted, sa.and_(table.c.pc4 == wanted.c.pc4, start == wanted.c.start))
        _collect(session, sa.select(table).select_from(joined), found)
    return found


def open_entries(session: Session, candidates: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Give the open queue entry of each candidate that has one."""
    table = _table(QueueEntry)
    entries: dict[UUID, dict[str, Any]] = {}
    for some in chunks(candidates):
        query = sa.select(table).where(table.c.candidate_id.in_(some), sa.text("state <> 'done'"))
        entries |= {row["candidate_id"]: dict(row) for row in session.execute(query).mappings()}
    return entries


def open_repairs(session: Session, candidates: Sequence[UUID]) -> dict[UUID, set[str]]:
    """Give the kinds of repair that are open for each candidate."""
    table = _table(RepairTask)
    kinds: dict[UUID, set[str]] = {}
    for some in chunks(candidates):
        query = sa.select(table.c.candidate_id, table.c.kind).where(
            table.c.candidate_id.in_(some), table.c.resolved_at.is_(None)
        )
        for candidate_id, kind in session.execute(query):
            kinds.setdefault(candidate_id, set()).add(kind)
    return kinds


def organisations_named(session: Session, names: Sequence[str]) -> list[dict[str, Any]]:
    """Give the organisations with one of the search names, the oldest first."""
    table = _table(Organisation)
    found: list[dict[str, Any]] = []
    for some in chunks(names):
        query = sa.select(table).where(table.c.search_name.in_(some)).order_by(table.c.created_at, table.c.id)
        found.extend(dict(row) for row in session.execute(query).mappings())
    return found


def contacts_of(session: Session, organisations: Sequence[UUID]) -> list[dict[str, Any]]:
    """Give the contact persons of the organisations, the oldest first."""
    table = _table(ContactPerson)
    found: list[dict[str, Any]] = []
    for some in chunks(organisations):
        query = (
            sa.select(table).where(table.c.organisation_id.in_(some)).order_by(table.c.created_at, table.c.id)
        )
        found.extend(dict(row) for row in session.execute(query).mappings())
    return found


def insert_rows(
    session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]], done: Callable[[int], None]
) -> None:
    """Insert many rows by plain statements, which costs a fraction of what objects do; `done` counts them."""
    statement = sa.insert(_table(table))
    for some in chunks(rows):
        session.execute(statement, some)
        done(len(some))


def update_row(session: Session, table: type[SQLModel], row_id: UUID, values: Mapping[str, Any]) -> None:
    """Give one row new values and count the change."""
    target = _table(table)
    version = {"row_version": target.c.row_version + 1}
    session.execute(sa.update(target).where(target.c.id == row_id).values({**values, **version}))


def find_batches(session: Session) -> list[tuple[ImportBatch, str]]:
    """All files that came in, the newest first, with the name of who brought them."""
    query = select(ImportBatch, User.name).join(User, col(User.id) == ImportBatch.user_id, isouter=True)
    rows = session.execute(query.order_by(col(ImportBatch.at).desc(), col(ImportBatch.id).desc()))
    return [(batch, name or "") for batch, name in rows]


def _collect(session: Session, query: sa.Select[Any], found: dict[UUID, dict[str, Any]]) -> None:
    for row in session.execute(query).mappings():
        found.setdefault(row["id"], dict(row))


def _table(model: type[SQLModel]) -> sa.Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]
