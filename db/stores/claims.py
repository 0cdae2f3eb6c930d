"""The claim: who gets which queue entry next, in one conditional statement that only one caller can win.

Every function takes a connection and leaves the transaction to its caller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

from db.rules.groups import EVERYTHING, KINDS, PRIORITIES, Groups
from db.stores.entry_sql import ENTRY, is_state, now_param, returned, stamped

SKIP = SQLModel.metadata.tables["skip"]
DUE_ENTRY = ENTRY.alias("due")
HEADS_OF_REGION = 16
"""So many callers may pick in one region in the same instant on PostgreSQL before one must look again."""
LOOKS = 5
ORDER_OF_SERVICE = ("priority_group", "rank", "is_retry", "registered_at", "id")


@dataclass(frozen=True, slots=True)
class Claim:
    """A lease on a queue entry; whoever writes under it names the epoch."""

    entry_id: UUID
    candidate_id: UUID
    epoch: int


def claim_next(
    connection: sa.Connection,
    *,
    user_id: UUID,
    regions: Sequence[str],
    promised_since: datetime | None,
    now: datetime,
    until: datetime,
    skip_entry_ids: Sequence[UUID] = (),
    groups: Groups = EVERYTHING,
) -> Claim | None:
    """Lease the next entry of this caller, or None when nothing is there; no regions means all of them.

    Call-backs that are due come first (mine, then anyone's in my regions), then what is assigned to me and
    what is everybody's, in the order of service. Outside calling hours `promised_since` is a moment: only
    call-backs that were promised for then or later are served.
    `groups` narrow what is everybody's; what was given to me I get whatever they say.
    Call `promotion.promote` first.
    """
    on_postgresql = connection.dialect.name == "postgresql"
    open_hours = promised_since is None
    statement = _claim_next(len(regions), open_hours, bool(skip_entry_ids), on_postgresql, groups)
    values: dict[str, Any] = {"me": user_id, "until": until, "now": now}
    if not open_hours:
        values["promised_since"] = promised_since
    values.update({f"region_{number}": region for number, region in enumerate(regions)})
    if skip_entry_ids:
        values["passed_over"] = list(skip_entry_ids)
    # With heads on PostgreSQL, all those that were seen may have been taken by others meanwhile.
    for _ in range(LOOKS if on_postgresql and (regions or groups.not_priorities) else 1):
        claim = _claim(connection, statement, values)
        if claim is not None:
            return claim
    return None


def claim_entry(
    connection: sa.Connection, entry_id: UUID, user_id: UUID, now: datetime, until: datetime
) -> Claim | None:
    """Lease this very entry, whatever it waits for; None when somebody else has it or it is done.

    One that is already this user's keeps its epoch, so that the card in hand stays valid.
    """
    return _claim(connection, _claim_entry(), {"entry": entry_id, "me": user_id, "now": now, "until": until})


def renew(connection: sa.Connection, entry_id: UUID, epoch: int, until: datetime) -> bool:
    """Keep the lease until then; False when it is no longer held under this epoch."""
    values = {"entry": entry_id, "epoch": epoch, "until": until}
    return connection.execute(_renew(), values).rowcount == 1


def release(connection: sa.Connection, entry_id: UUID, epoch: int, now: datetime) -> bool:
    """Give the entry back to where it waited; False when it is no longer held under this epoch."""
    values = {"entry": entry_id, "epoch": epoch, "now": now}
    return connection.execute(_release(), values).rowcount == 1


def give_back_ended(connection: sa.Connection, user_id: UUID, now: datetime) -> None:
    """Give back what this user had in hand and whose lease ran out."""
    connection.execute(_give_back_ended(), {"me": user_id, "now": now})


def my_claims(connection: sa.Connection, user_id: UUID) -> tuple[Claim, ...]:
    """What this user still has in hand, the lease that ends first in front."""
    rows = connection.execute(_my_claims(), {"me": user_id}).all()
    return tuple(Claim(*row[:3]) for row in sorted(rows, key=lambda row: (row.claimed_until, row.id)))


def _claim(connection: sa.Connection, statement: sa.Executable, values: dict[str, Any]) -> Claim | None:
    row = connection.execute(statement, values).one_or_none()
    return None if row is None else Claim(*row)


def _leased(epoch: sa.ColumnElement[int]) -> sa.Update:
    return ENTRY.update().values(
        state="claimed",
        claimed_by=sa.bindparam("me", type_=ENTRY.c.claimed_by.type),
        claimed_until=sa.bindparam("until", type_=ENTRY.c.claimed_until.type),
        claim_epoch=epoch,
        **stamped(),
    )


@lru_cache(maxsize=64)
def _claim_next(
    regions: int, open_hours: bool, passing_over: bool, on_postgresql: bool, groups: Groups = EVERYTHING
) -> sa.Executable:
    names = [f"region_{number}" for number in range(regions)]
    kept = [] if open_hours else _promised_lately()
    places = [_due(True, [], passing_over, kept), _due(False, names, passing_over, kept, groups)]
    if open_hours:
        places.append(_ready(True, passing_over))
        common = _ready(False, passing_over, groups)
        by_heads = names or groups.not_priorities
        places.append(_best_of_heads(names, passing_over, on_postgresql, groups) if by_heads else common)
    chosen = sa.func.coalesce(*(place.scalar_subquery() for place in places))
    entry = ENTRY.c
    lease = _leased(entry.claim_epoch + 1).where(entry.id == chosen)
    return lease.returning(entry.id, entry.candidate_id, entry.claim_epoch)


def _whose(entry: sa.FromClause, mine: bool) -> sa.ColumnElement[bool]:
    if mine:
        return entry.c.assigned_to == sa.bindparam("me", type_=entry.c.assigned_to.type)
    return entry.c.assigned_to.is_(None)


def _not_passed_over(entry: sa.FromClause, passing_over: bool) -> list[sa.ColumnElement[bool]]:
    return [entry.c.id.not_in(sa.bindparam("passed_over", expanding=True))] if passing_over else []


def served(groups: Groups) -> list[sa.ColumnElement[bool]]:
    """What of the entries that are ready and everybody's the groups leave to a caller."""
    return [*_of_groups(ENTRY, groups), _of_priorities(ENTRY, groups.priorities)]


def served_of_due(groups: Groups) -> list[sa.ColumnElement[bool]]:
    """What of the call-backs that are due and everybody's the groups leave to a caller."""
    return [*_of_groups(ENTRY, groups), _of_priorities(ENTRY, _promised(groups))]


def _promised(groups: Groups) -> list[int]:
    return [number for number in groups.priorities if number not in groups.not_callbacks]


def _of_groups(entry: sa.FromClause, groups: Groups) -> list[sa.ColumnElement[bool]]:
    """What the groups of a caller leave of the common queue, their priority groups apart."""
    conditions: list[sa.ColumnElement[bool]] = []
    if groups.kinds != KINDS:
        conditions.append(entry.c.kind.in_([sa.literal_column(f"'{kind}'") for kind in groups.kinds]))
    if groups.not_languages:
        spoken = (SKIP.c.candidate_id == entry.c.candidate_id, SKIP.c.reason == "other_language")
        # Nearly nobody was ever passed over: the skips of the others are not looked up. And where EXISTS
        # would let PostgreSQL read all skips into a hash, the first of one person is found by its index.
        first = sa.select(SKIP.c.id).where(*spoken).limit(sa.literal_column("1")).scalar_subquery()
        conditions.append(sa.or_(entry.c.skips == 0, first.is_(None)))
    return conditions


def _of_priorities(entry: sa.FromClause, numbers: Sequence[int]) -> sa.ColumnElement[bool]:
    return entry.c.priority_group.in_([sa.literal_column(str(number)) for number in numbers])


def _promised_lately() -> list[sa.ColumnElement[bool]]:
    vests_at = DUE_ENTRY.c.vests_at
    return [vests_at >= sa.bindparam("promised_since", type_=vests_at.type)]


def _due(
    mine: bool,
    regions: list[str],
    passing_over: bool,
    kept: list[sa.ColumnElement[bool]],
    groups: Groups = EVERYTHING,
) -> sa.Select[Any]:
    entry = DUE_ENTRY
    conditions = [is_state(entry, "due"), _whose(entry, mine), *_not_passed_over(entry, passing_over), *kept]
    conditions += _of_groups(entry, groups)
    promised = _promised(groups)
    if len(promised) < len(PRIORITIES):
        conditions.append(_of_priorities(entry, promised))
    if regions:
        conditions.append(entry.c.region_code.in_([sa.bindparam(name) for name in regions]))
    # PostgreSQL takes the index's order only when its first column is named too, for IS NULL is no equality.
    order = (entry.c.assigned_to, entry.c.vests_at, entry.c.id)
    return _first(sa.select(entry.c.id).where(*conditions).order_by(*order))


def _ready(mine: bool, passing_over: bool, groups: Groups = EVERYTHING) -> sa.Select[Any]:
    entry = ENTRY.alias("ready")
    conditions = [is_state(entry, "ready"), _whose(entry, mine), *_not_passed_over(entry, passing_over)]
    conditions += _of_groups(entry, groups)
    order = [entry.c[name] for name in ("assigned_to", *ORDER_OF_SERVICE)]
    return _first(sa.select(entry.c.id).where(*conditions).order_by(*order))


def _first(query: sa.Select[Any]) -> sa.Select[Any]:
    return query.limit(sa.literal_column("1")).with_for_update(skip_locked=True)


def _best_of_heads(
    regions: list[str], passing_over: bool, on_postgresql: bool, groups: Groups
) -> sa.Select[Any]:
    """The best of the heads of each region, and of each priority group where some are kept away.

    One index range a head, whatever waits in the others.
    """
    numbers = groups.priorities if groups.not_priorities else (None,)
    places: Sequence[str | None] = regions or (None,)
    ranges = [(region, number) for region in places for number in numbers]
    count = HEADS_OF_REGION if on_postgresql else 1
    heads = sa.union_all(
        *(_heads(region, number, passing_over, count, groups) for region, number in ranges)
    ).subquery("heads")
    order = [heads.c[name] for name in ORDER_OF_SERVICE]
    if not on_postgresql:
        return sa.select(heads.c.id).order_by(*order).limit(sa.literal_column("1"))
    # A union cannot lock: its rows are found first, then the best that nobody else is taking is locked.
    entry = ENTRY.alias("ready")
    found = sa.select(entry.c.id).join_from(heads, entry, entry.c.id == heads.c.id)
    free = found.where(is_state(entry, "ready"), entry.c.assigned_to.is_(None)).order_by(*order)
    return free.limit(sa.literal_column("1")).with_for_update(skip_locked=True, of=entry)


def _heads(
    region: str | None, priority: int | None, passing_over: bool, count: int, groups: Groups
) -> sa.Select[Any]:
    name = "_".join(str(part) for part in (region, priority) if part is not None)
    entry = ENTRY.alias(f"in_{name}")
    conditions = [is_state(entry, "ready"), _whose(entry, False), *_of_groups(entry, groups)]
    order = [entry.c.assigned_to]
    if region is not None:
        conditions.append(entry.c.region_code == sa.bindparam(region))
        if priority is not None:
            order.append(entry.c.region_code)
    if priority is not None:
        conditions.append(entry.c.priority_group == sa.literal_column(str(priority)))
    columns = [entry.c[column] for column in ORDER_OF_SERVICE]
    heads = sa.select(*columns).where(*conditions, *_not_passed_over(entry, passing_over))
    ordered = heads.order_by(*order, *columns).limit(sa.literal_column(str(count)))
    return sa.select(ordered.subquery(f"head_{name}"))


@lru_cache(maxsize=1)
def _claim_entry() -> sa.Executable:
    entry = ENTRY.c
    me = sa.bindparam("me", type_=entry.claimed_by.type)
    mine = sa.and_(is_state(ENTRY, "claimed"), entry.claimed_by == me)
    free = sa.or_(entry.state != "claimed", entry.claimed_by == me, entry.claimed_until <= now_param())
    epoch = sa.case((mine, entry.claim_epoch), else_=entry.claim_epoch + 1)
    wanted = (entry.id == sa.bindparam("entry"), entry.state != "done", free)
    return _leased(epoch).where(*wanted).returning(entry.id, entry.candidate_id, entry.claim_epoch)


def _held() -> tuple[sa.ColumnElement[bool], ...]:
    entry = ENTRY.c
    return (
        entry.id == sa.bindparam("entry"),
        is_state(ENTRY, "claimed"),
        entry.claim_epoch == sa.bindparam("epoch"),
    )


@lru_cache(maxsize=1)
def _renew() -> sa.Executable:
    until = sa.bindparam("until", type_=ENTRY.c.claimed_until.type)
    return ENTRY.update().where(*_held()).values(claimed_until=until)


@lru_cache(maxsize=1)
def _release() -> sa.Executable:
    return ENTRY.update().where(*_held()).values(**returned(), **stamped())


@lru_cache(maxsize=1)
def _give_back_ended() -> sa.Executable:
    entry = ENTRY.c
    ended = (
        is_state(ENTRY, "claimed"),
        entry.claimed_by == sa.bindparam("me"),
        entry.claimed_until <= now_param(),
    )
    return ENTRY.update().where(*ended).values(**returned(), **stamped())


@lru_cache(maxsize=1)
def _my_claims() -> sa.Executable:
    entry = ENTRY.c
    mine = sa.select(entry.id, entry.candidate_id, entry.claim_epoch, entry.claimed_until)
    return mine.where(is_state(ENTRY, "claimed"), entry.claimed_by == sa.bindparam("me"))
