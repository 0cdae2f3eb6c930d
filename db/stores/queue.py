"""Queries about the queue: what holds it up, what a caller did today, which call-backs are due."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import CallAttempt, Candidate, QueueEntry, Retraction, User
from db.rules.groups import Groups
from db.stores import claims

NOT_RETRACTED = ~sa.exists().where(
    col(Retraction.fact_id) == col(CallAttempt.id), col(Retraction.lifted_at).is_(None)
)
"""Attempts that nobody took back."""


def literal_state(state: str) -> sa.ColumnElement[bool]:
    """A condition on the state that the partial indexes recognise."""
    return col(QueueEntry.state) == sa.literal_column(f"'{state}'")


def open_entry(session: Session, candidate_id: UUID) -> QueueEntry | None:
    """The one entry of a candidate that is not done."""
    of_candidate = col(QueueEntry.candidate_id) == candidate_id
    return session.exec(select(QueueEntry).where(of_candidate, col(QueueEntry.state) != "done")).first()


def attempts_of(session: Session, candidate_id: UUID) -> Sequence[CallAttempt]:
    """Every attempt that stands, oldest first."""
    found = select(CallAttempt).where(CallAttempt.candidate_id == candidate_id, NOT_RETRACTED)
    return session.exec(found.order_by(col(CallAttempt.at))).all()


def outcomes_since(
    session: Session, user_id: UUID, since: datetime
) -> Sequence[tuple[str, int, int | None, datetime]]:
    """This caller's outcomes since a moment: code, how many, seconds spent, the first one's moment."""
    counted = (
        sa.select(
            col(CallAttempt.outcome),
            sa.func.count(),
            sa.func.sum(CallAttempt.seconds),
            sa.func.min(CallAttempt.at),
        )
        .where(col(CallAttempt.user_id) == user_id, col(CallAttempt.at) >= since, NOT_RETRACTED)
        .group_by(col(CallAttempt.outcome))
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(counted)]


def entry_counts(session: Session) -> Mapping[tuple[str, str, str | None, bool], int]:
    """How many open entries there are by state, kind, why blocked, and whether assigned to somebody.

    One count for each state, from that state's own index: a million who wait are not read one by one, which
    is why their kind is not told apart.
    """
    assigned = col(QueueEntry.assigned_to).is_not(None)
    counts: dict[tuple[str, str, str | None, bool], int] = {}
    ready = sa.select(assigned, sa.func.count()).where(literal_state("ready")).group_by(assigned)
    for is_assigned, count in session.execute(ready):
        counts["ready", "", None, bool(is_assigned)] = count
    blocked = sa.select(col(QueueEntry.blocked_reason), sa.func.count()).where(literal_state("blocked"))
    for reason, count in session.execute(blocked.group_by(col(QueueEntry.blocked_reason))):
        counts["blocked", "", reason, False] = count
    for state in ("scheduled", "due", "claimed"):
        # Whoever is asked again and was not reached cools down: only a pause is waited out.
        again = sa.and_(col(QueueEntry.kind) == "reconfirm", col(QueueEntry.is_retry) == 1)
        kind_of = sa.case((again, "retry"), else_=col(QueueEntry.kind)).label("kind_of")
        kinds = sa.select(kind_of, sa.func.count()).where(literal_state(state))
        for kind, count in session.execute(kinds.group_by(sa.literal_column("kind_of"))):
            counts[state, kind, None, False] = count
    return counts


def kept_away(session: Session, user: User, promised_since: datetime | None) -> Mapping[str, int]:
    """How many of the common queue, in this caller's regions, the groups of this caller keep away.

    By what they wait for else: `callback_now` and `ready_elsewhere`; outside calling hours only those who
    were promised a call at `promised_since` or later. Whoever is served everything costs no query.
    """
    groups = Groups.from_mapping(user.serves)
    if not groups:
        return {}
    served = {"due": claims.served_of_due(groups)}
    if promised_since is None:
        served["ready"] = claims.served(groups)
    reasons = {"due": "callback_now", "ready": "ready_elsewhere"}
    counts = {}
    for state, conditions in served.items():
        common = [literal_state(state), col(QueueEntry.assigned_to).is_(None)]
        if user.regions:
            common.append(col(QueueEntry.region_code).in_(user.regions))
        if promised_since is not None:
            common.append(col(QueueEntry.vests_at) >= promised_since)
        counted = sa.select(sa.func.count()).select_from(QueueEntry).where(*common)
        counts[reasons[state]] = session.execute(counted.where(~sa.and_(*conditions))).scalar_one()
    return counts


def holders(session: Session, now: datetime) -> Mapping[str, int]:
    """Who has how many candidates in hand."""
    counted = (
        sa.select(col(User.name), sa.func.count())
        .join(QueueEntry, col(QueueEntry.claimed_by) == col(User.id))
        .where(literal_state("claimed"), col(QueueEntry.claimed_until) > now)
        .group_by(col(User.name))
        .order_by(col(User.name))
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def next_vesting(session: Session) -> datetime | None:
    """When the first scheduled entry comes free."""
    first = select(QueueEntry.vests_at).where(literal_state("scheduled"))
    return session.exec(first.order_by(col(QueueEntry.vests_at)).limit(1)).first()


def due_before(session: Session, moment: datetime) -> int:
    """How many call-backs are due since before that moment."""
    waiting = (literal_state("due"), col(QueueEntry.vests_at) < moment)
    counted = sa.select(sa.func.count()).select_from(QueueEntry).where(*waiting)
    return int(session.execute(counted).scalar_one())


def next_expiry(session: Session) -> datetime | None:
    """When the first lease ends."""
    first = select(QueueEntry.claimed_until).where(literal_state("claimed"))
    return session.exec(first.order_by(col(QueueEntry.claimed_until)).limit(1)).first()


def due_callbacks(
    session: Session, user_id: UUID | None, now: datetime
) -> tuple[int, datetime | None, UUID | None]:
    """How many call-backs of this user (None: anyone's) are due, since when, and whom the first is for."""
    assigned = col(QueueEntry.assigned_to)
    owner = assigned.is_(None) if user_id is None else assigned == user_id
    waiting = sa.or_(
        literal_state("due"),
        sa.and_(
            literal_state("scheduled"), col(QueueEntry.kind) == "callback", col(QueueEntry.vests_at) <= now
        ),
    )
    found = sa.select(col(QueueEntry.vests_at), col(QueueEntry.candidate_id)).where(owner, waiting)
    rows = session.execute(found.order_by(col(QueueEntry.vests_at)).limit(100)).all()
    return (len(rows), rows[0][0], rows[0][1]) if rows else (0, None, None)


def last_rank(session: Session, priority_group: int) -> int:
    """The highest rank among those who wait in a group."""
    highest = sa.select(sa.func.max(QueueEntry.rank)).where(
        literal_state("ready"), col(QueueEntry.priority_group) == priority_group
    )
    return session.execute(highest).scalar() or 0


def vested_email_waits(session: Session, now: datetime, limit: int = 200) -> Sequence[QueueEntry]:
    """E-mails that got no reaction in time."""
    found = select(QueueEntry).where(
        literal_state("scheduled"), QueueEntry.kind == "email_sent", col(QueueEntry.vests_at) <= now
    )
    return session.exec(found.order_by(col(QueueEntry.vests_at)).limit(limit)).all()


def same_number(session: Session, number: str, except_id: UUID) -> Sequence[Candidate]:
    """Everyone else who can be reached on a number."""
    reached = sa.or_(col(Candidate.phone) == number, col(Candidate.phone2) == number)
    return session.exec(select(Candidate).where(reached, Candidate.id != except_id)).all()
