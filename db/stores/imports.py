"""What an import must know of what is there already, and what it writes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from db.models import Candidate, ContactPerson, ImportBatch, Organisation, QueueEntry, RepairTask, User

T = TypeVar("T")
CHUNK = 500
NAME_START = 3
"""How many letters of the search name must agree before two names are compared at all."""
COMPARED = (
    "id",
    "status",
    "first_name",
    "initials",
    "last_name",
    "search_name",
    "phone",
    "phone2",
    "email",
    "pc4",
    "postcode",
)
"""What two people are compared by."""


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


def find_people(session: Session, phones: Sequence[str], emails: Sequence[str]) -> dict[UUID, dict[str, Any]]:
    """Give all candidates that share a number or an address, by id."""
    table = _table(Candidate)
    found: dict[UUID, dict[str, Any]] = {}
    for column, keys in ((table.c.phone, phones), (table.c.phone2, phones), (table.c.email, emails)):
        for some in chunks(keys):
            _collect(session, sa.select(table).where(column.in_(some)), found)
    return found


def find_namesakes(session: Session, names: Sequence[tuple[int, str]]) -> dict[UUID, dict[str, Any]]:
    """Give all candidates with a postcode and the start of a name, by id, the oldest first.

    Of each only what two people are compared by.
    """
    table = _table(Candidate)
    compared = [table.c[name] for name in COMPARED]
    # Both as one text: asked apart, all beginnings of all postcodes would be handed out.
    both = sa.cast(table.c.pc4, sa.String) + sa.func.substr(table.c.search_name, 1, NAME_START)
    found: dict[UUID, dict[str, Any]] = {}
    for some in chunks(sorted(names)):
        wanted = [f"{pc4}{letters}" for pc4, letters in some]
        postcodes = {pc4 for pc4, _ in some}
        _collect(session, sa.select(*compared).where(table.c.pc4.in_(postcodes), both.in_(wanted)), found)
    return {key: found[key] for key in sorted(found)}


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
    """Insert many rows of the same columns through the driver itself; `done` counts them.

    The values are converted by what the columns say, as the engine would; it costs a third of its own way.
    """
    if not rows:
        return
    connection, target = session.connection(), _table(table)
    statement = sa.insert(target).values({column.name: sa.bindparam(column.name) for column in target.c})
    compiled = str(statement.compile(dialect=connection.dialect))
    names = [column.name for column in target.c]
    converters = _converters(target, connection.dialect)
    left_out = {column.name: _default(column) for column in target.c if column.name not in rows[0]}
    pick = itemgetter(*names)
    positional = connection.dialect.paramstyle == "qmark"
    for some in chunks(rows, CHUNK * 2):
        whole = [{**left_out, **row} for row in some]
        for row in whole:
            for name, convert in converters:
                row[name] = convert(row[name])
        connection.exec_driver_sql(compiled, [pick(row) for row in whole] if positional else whole)
        done(len(some))


def _converters(target: sa.Table, dialect: sa.Dialect) -> list[tuple[str, Callable[[Any], Any]]]:
    """Give how the driver wants the values of each column that are not fine as they are."""
    converters: list[tuple[str, Callable[[Any], Any]]] = []
    for column in target.c:
        convert = column.type.dialect_impl(dialect).bind_processor(dialect)
        if convert and isinstance(column.type, sa.types.TypeDecorator):
            # Moments: nearly all rows of an import have the same ones.
            convert = lru_cache(maxsize=4096)(convert)
        if convert:
            converters.append((column.name, convert))
    return converters


def _default(column: sa.Column[Any]) -> Any:  # noqa: ANN401  # any column's value
    """Give what a column holds when nothing is said; every kind of default here needs no context."""
    default = column.default
    if isinstance(default, sa.ColumnDefault) and default.is_callable:
        return default.arg(None)
    return default.arg if isinstance(default, sa.ColumnDefault) else None


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
