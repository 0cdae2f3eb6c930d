"""Queries for the board: who does what, what waits and what holds it up, in one cheap bundle."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import CallAttempt, Candidate, Pause, QueueEntry, User
from db.reference.outcomes import Outcome, outcomes
from db.rules.names import PersonName
from db.stores.candidate_card import NAME
from db.stores.facts import stands
from db.stores.queue import literal_state
from db.stores.team import counts as list_counts
from db.views.floor import (
    AWAY,
    BETWEEN,
    BREAK,
    CALLING,
    LEFT,
    Board,
    CallerLine,
    LeaseEnd,
    OverdueCalls,
    RegionQueue,
)

ENDING = timedelta(minutes=5)
"""A lease that ends within this is about to end."""
SHOWN_LEASES = 20
MOST_CALLS = 1_000_000
"""More than any desk makes in a day."""
END_OF_SHIFT = "end_of_shift"


class _Card(NamedTuple):
    """A card in somebody's hands."""

    entry_id: UUID
    candidate_id: UUID
    caller_id: UUID
    region_code: str
    since: datetime
    until: datetime
    name: PersonName


class _Day(NamedTuple):
    """What everybody did today."""

    calls: dict[UUID, dict[str, Any]]
    pauses: dict[UUID, Pause]
    seen: dict[UUID, datetime]
    """The last attempt of everybody, of whatever day."""


def pulse(session: Session) -> str:
    """Something that differs as soon as anybody has written anything, at next to no cost.

    On SQLite what others committed and what this connection changed itself, on PostgreSQL the server's own
    snapshot of transactions: it moves with every transaction that writes, in whatever table.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        return str(connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one())
    others = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
    own = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
    return f"{id(connection.connection.dbapi_connection)}:{others}:{own}"


def load_board(session: Session, now: datetime, since: datetime, seen: str) -> Board:
    """Everything on the board; `since` is the start of the day, `seen` the pulse that was felt."""
    users = session.exec(select(User).order_by(col(User.name))).all()
    names = {user.id: user.name for user in users}
    held = _in_hand(session)
    queue, own = _queue(session, held, now)
    overdue, next_call = _overdue(session, now)
    leases = tuple(
        LeaseEnd(card.entry_id, names.get(card.caller_id, ""), card.name, card.until)
        for card in held
        if card.until <= now + ENDING
    )
    turns = [moment for card in held for moment in (card.until - ENDING, card.until) if moment > now]
    turns += [since + timedelta(days=1), *([next_call] if next_call else [])]
    cards = [card for card in held if card.until > now]
    return Board(
        at=now,
        pulse=seen,
        changes_at=min(turns),
        callers=_callers(users, cards, own, _day(session, since), now),
        queue=queue,
        overdue=overdue,
        leases=leases[:SHOWN_LEASES],
        counts=list_counts(session),
    )


def spoken(outcome: Outcome) -> bool:
    """Whether an outcome is a call that reached somebody."""
    return outcome.family == "reached"


def phoned(outcome: Outcome) -> bool:
    """Whether an outcome is a call at all."""
    return outcome.family != "message"


def codes(which: Any) -> list[str]:  # noqa: ANN401  # one of the two above
    """The codes of the outcomes for which it holds."""
    return [outcome.code for outcome in outcomes().values() if which(outcome)]


def _in_hand(session: Session) -> list[_Card]:
    """Every card in somebody's hands, the first lease to end first."""
    entry, person = QueueEntry, Candidate
    found = (
        sa.select(
            *(col(column) for column in (entry.id, entry.candidate_id, entry.claimed_by, entry.region_code)),
            *(col(column) for column in (entry.updated_at, entry.claimed_until)),
            *(getattr(person, name) for name in NAME),
        )
        .join(person, col(person.id) == col(entry.candidate_id))
        .where(literal_state("claimed"), col(entry.claimed_by).is_not(None))
        .order_by(col(entry.claimed_until), col(entry.id))
    )
    return [
        _Card(entry_id, person_id, caller_id, region, since, until, PersonName(*name))
        for entry_id, person_id, caller_id, region, since, until, *name in session.execute(found)
    ]


def _queue(
    session: Session, cards: Sequence[_Card], now: datetime
) -> tuple[tuple[RegionQueue, ...], dict[UUID, int]]:
    """What waits by region, and how many waiting calls are whose own."""
    ready: dict[str, dict[int, int]] = defaultdict(dict)
    held: dict[str, dict[str, int]] = defaultdict(dict)
    own: dict[UUID, int] = defaultdict(int)
    for owner, region, group, count in session.execute(_counted("ready", col(QueueEntry.priority_group))):
        ready[region][group] = ready[region].get(group, 0) + count
        if owner is not None:
            own[owner] += count
    kind = col(QueueEntry.kind)
    others = sa.union_all(
        _counted("scheduled", kind),
        _counted("due", kind),
        _counted("blocked", col(QueueEntry.blocked_reason)),
    )
    for owner, region, why, count, state in session.execute(others):
        reason = _held_by(state, why)
        held[region][reason] = held[region].get(reason, 0) + count
        if owner is not None and state in ("scheduled", "due"):
            own[owner] += count
    for card in cards:
        # A card whose time is over keeps nobody on the line: it lies there until the next one is asked for.
        reason = "in_hand" if card.until > now else "expired"
        held[card.region_code][reason] = held[card.region_code].get(reason, 0) + 1
    regions = sorted(ready.keys() | held.keys())
    lines = (RegionQueue(region, ready[region], held[region]) for region in regions)
    return tuple(sorted(lines, key=lambda line: (-line.waiting, line.region_code))), own


def _counted(state: str, by: Any) -> sa.Select[Any]:  # noqa: ANN401  # any column of the entry
    """How many entries of a state there are by whose they are, region and one column more."""
    whose = (col(QueueEntry.assigned_to), col(QueueEntry.region_code), by)
    named = (sa.literal(state).label("state"),) if state != "ready" else ()
    return sa.select(*whose, sa.func.count(), *named).where(literal_state(state)).group_by(*whose)


def _held_by(state: str, why: str | None) -> str:
    if state == "blocked":
        return why or "data_problem"
    if why == "callback":
        return "callback"
    return "email" if why in ("email", "email_sent") else "retry"


def _overdue(session: Session, now: datetime) -> tuple[OverdueCalls, datetime | None]:
    """Call-backs whose moment has passed, and when the next one comes."""
    kind, vests = col(QueueEntry.kind) == "callback", col(QueueEntry.vests_at)
    both = sa.select(sa.func.count(), sa.func.min(vests))
    late, oldest = session.execute(both.where(literal_state("scheduled"), kind, vests <= now)).one()
    due, first = session.execute(both.where(literal_state("due"), kind)).one()
    coming = sa.select(vests).where(literal_state("scheduled"), kind, vests > now).order_by(vests).limit(1)
    moments = [moment for moment in (oldest, first) if moment]
    return OverdueCalls(late + due, min(moments, default=None)), session.execute(coming).scalar()


def _day(session: Session, since: datetime) -> _Day:
    return _Day(_calls_of_day(session, since), _pauses(session, since), last_seen(session))


def _callers(
    users: Sequence[User], held: list[_Card], own: dict[UUID, int], day: _Day, now: datetime
) -> tuple[CallerLine, ...]:
    """Everybody who calls or did something today, those at work first, by name: a row stays where it is."""
    hands: dict[UUID, list[_Card]] = defaultdict(list)
    for card in held:
        hands[card.caller_id].append(card)
    lines = [
        _caller(user, hands[user.id], own.get(user.id, 0), day)
        for user in users
        if user.active or own.get(user.id) or hands.get(user.id)
    ]
    shown = [line for line in lines if line.role == "caller" or line.at_work or line.own]
    # Whoever stopped stands right under those at work: their calls wait for a supervisor.
    return tuple(
        sorted(shown, key=lambda line: (not line.at_work, not line.stopped(now), line.name.casefold()))
    )


def _caller(user: User, hands: list[_Card], own: int, day: _Day) -> CallerLine:
    # The card that was taken last is the one in front.
    card = max(hands, key=lambda held: held.since, default=None)
    calls = day.calls.get(user.id, {})
    doing, since, reason = _doing(user, card, calls.get("last_at"), day.pauses.get(user.id))
    if doing in (AWAY, LEFT):
        since = since or day.seen.get(user.id)
    return CallerLine(
        user_id=user.id,
        name=user.name,
        role=user.role,
        trainee=user.trainee,
        active=user.active,
        doing=doing,
        since=since,
        pause_reason=reason,
        candidate_id=card.candidate_id if card else None,
        candidate=card.name if card else None,
        until=card.until if card else None,
        in_hand=len(hands),
        own=own,
        calls=calls.get("calls", 0),
        reached=calls.get("reached", 0),
        intakes=calls.get("intakes", 0),
        first_at=calls.get("first_at"),
    )


def _doing(
    user: User, card: _Card | None, last: datetime | None, pause: Pause | None
) -> tuple[str, datetime | None, str | None]:
    """What somebody does, since when, and why when it is a break."""
    if card is not None:
        return CALLING, card.since, None
    if not user.active:
        return LEFT, None, None
    if pause is not None and pause.ended_at is None:
        return AWAY if pause.reason == END_OF_SHIFT else BREAK, pause.at, pause.reason
    moments = [moment for moment in (last, pause.ended_at if pause else None) if moment]
    return (BETWEEN, max(moments), None) if moments else (AWAY, None, None)


def _calls_of_day(session: Session, since: datetime) -> dict[UUID, dict[str, Any]]:
    """By caller: calls, reached and intakes since a moment, with the first and the last."""
    today = (
        sa.select(col(CallAttempt.user_id), col(CallAttempt.outcome), col(CallAttempt.at))
        .where(col(CallAttempt.at) >= since, stands(col(CallAttempt.id)))
        # A bound keeps the grouping out of here: SQLite would else walk through all attempts by caller.
        .limit(MOST_CALLS)
        .subquery()
    )
    by = (today.c.user_id, today.c.outcome)
    moments = (sa.func.min(today.c.at), sa.func.max(today.c.at))
    counted = sa.select(*by, sa.func.count(), *moments).group_by(*by)
    calls, reached = set(codes(phoned)), set(codes(spoken))
    days: dict[UUID, dict[str, Any]] = {}
    for user_id, outcome, count, first, last in session.execute(counted):
        day = days.setdefault(
            user_id, {"calls": 0, "reached": 0, "intakes": 0, "first_at": first, "last_at": last}
        )
        day["calls"] += count if outcome in calls else 0
        day["reached"] += count if outcome in reached else 0
        day["intakes"] += count if outcome == "reached_intake_done" else 0
        day["first_at"], day["last_at"] = min(day["first_at"], first), max(day["last_at"], last)
    return days


def last_seen(session: Session) -> dict[UUID, datetime]:
    """One step into the index for each user, instead of all attempts that were ever made."""
    own = col(CallAttempt.user_id) == col(User.id)
    last = sa.select(sa.func.max(CallAttempt.at)).where(own).scalar_subquery()
    rows = session.execute(sa.select(col(User.id), last))
    return {user_id: moment for user_id, moment in rows if moment is not None}


def _pauses(session: Session, since: datetime) -> dict[UUID, Pause]:
    """The last break of everybody today; one that was forgotten yesterday no longer counts."""
    today = select(Pause).where(col(Pause.at) >= since).order_by(col(Pause.at), col(Pause.id))
    return {pause.user_id: pause for pause in session.exec(today)}
