"""Queries about rounds of re-confirmation: whom to ask, and what they said."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.drafts.rounds import RoundDraft
from db.ids import new_id
from db.models import Availability, CallAttempt, Candidate, QueueEntry, ReconfirmationRound, User
from db.rules.priority import LATER
from db.stores.candidate_card import name_of
from db.stores.facts import stands
from db.stores.imports import insert_rows
from db.views.rounds import RoundPreview, RoundView

HERE = ("available", "reconfirm")
STILL = ("reached_confirmed", "reached_intake_done")
"""Outcomes by which somebody says that they are still available."""
NO_LONGER = (
    "reached_not_available_now",
    "reached_withdrawn",
    "reached_already_working",
    "reached_referred",
    "reached_no_consent",
    "reached_do_not_call",
)
"""Outcomes by which somebody says that they are not."""
ANSWERS = ("still", "no_longer", "no_answer", "unreachable")
UNDONE = "undone"
NAMES = 12


def _to_ask(draft: RoundDraft, now: datetime) -> list[sa.ColumnElement[bool]]:
    """The conditions on a candidate and their availability, whether or not they can be asked now."""
    person, offer = Candidate, Availability
    asked = [
        col(offer.candidate_id) == col(person.id),
        col(person.status).in_(HERE),
        ~col(person.do_not_call),
        sa.or_(col(person.paused_until).is_(None), col(person.paused_until) <= now),
        col(offer.last_confirmed_at) < now - timedelta(days=draft.older_than_days),
    ]
    if draft.region_code is not None:
        asked.append(col(person.region_code) == draft.region_code)
    return asked


def _waits() -> sa.ColumnElement[bool]:
    """Whether somebody is to be called already."""
    own = sa.exists().where(col(QueueEntry.candidate_id) == col(Candidate.id))
    return own.where(sa.text("queue_entry.state <> 'done'"))


def preview(session: Session, draft: RoundDraft, now: datetime) -> RoundPreview:
    """Who would be asked, and who is left out."""
    wanted = _to_ask(draft, now)
    waits, reachable = _waits(), col(Candidate.phone).is_not(None)

    def number(*conditions: sa.ColumnElement[bool]) -> int:
        counted = sa.select(sa.func.count()).select_from(Candidate, Availability).where(*wanted, *conditions)
        return int(session.execute(counted).scalar_one())

    first = select(Candidate).join(Availability, col(Availability.candidate_id) == col(Candidate.id))
    first = first.where(*wanted, ~waits, reachable).order_by(col(Availability.last_confirmed_at))
    return RoundPreview(
        count=number(~waits, reachable),
        names=tuple(name_of(person) for person in session.exec(first.limit(NAMES))),
        waiting=number(waits),
        no_number=number(~waits, ~reachable),
    )


def to_ask(session: Session, draft: RoundDraft, now: datetime) -> list[tuple[UUID, datetime, str]]:
    """Everybody who is to be asked, the longest unconfirmed first: id, when registered, region."""
    found = (
        sa.select(col(Candidate.id), col(Candidate.registered_at), col(Candidate.region_code))
        .select_from(Candidate, Availability)
        .where(*_to_ask(draft, now), ~_waits(), col(Candidate.phone).is_not(None))
        .order_by(col(Availability.last_confirmed_at), col(Candidate.id))
    )
    return [(row[0], row[1], row[2]) for row in session.execute(found)]


def add_calls(
    session: Session, begun: ReconfirmationRound, people: Sequence[tuple[UUID, datetime, str]]
) -> list[UUID]:
    """Put people into the queue for a round, after everybody who was never heard; the ids of the calls."""
    ids = [new_id() for _ in people]
    rows = [
        {
            "id": key,
            "candidate_id": candidate_id,
            "kind": "reconfirm",
            "state": "ready",
            "priority_group": LATER,
            "rank": rank,
            "registered_at": registered_at,
            "region_code": region_code,
            "round_id": begun.id,
            "created_at": begun.at,
            "updated_at": begun.at,
        }
        for rank, (key, (candidate_id, registered_at, region_code)) in enumerate(
            zip(ids, people, strict=True)
        )
    ]
    insert_rows(session, QueueEntry, rows, lambda _done: None)
    return ids


def answers() -> sa.Subquery:
    """Of every call of a round: its round, its candidate, and its answer, one of `ANSWERS`.

    The newest attempt that says yes or no decides. A call that was closed without one is unreachable, and so
    is one that waits for a better number.
    """
    entry, attempt = QueueEntry, CallAttempt
    said = (
        sa.select(col(attempt.outcome))
        .where(col(attempt.entry_id) == col(entry.id), col(attempt.outcome).in_((*STILL, *NO_LONGER)))
        .where(stands(col(attempt.id)))
        .order_by(col(attempt.at).desc(), col(attempt.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    told = sa.select(
        col(entry.round_id).label("round_id"),
        col(entry.candidate_id).label("candidate_id"),
        sa.or_(
            col(entry.state) == "done",
            sa.and_(col(entry.state) == "blocked", col(entry.blocked_reason) == "data_problem"),
        ).label("closed"),
        said.label("said"),
    ).where(col(entry.round_id).is_not(None), sa.func.coalesce(col(entry.closed_reason), "") != UNDONE)
    found = told.subquery()
    answer = sa.case(
        (found.c.said.in_(STILL), "still"),
        (found.c.said.in_(NO_LONGER), "no_longer"),
        (found.c.closed, "unreachable"),
        else_="no_answer",
    )
    return sa.select(found.c.round_id, found.c.candidate_id, answer.label("answer")).subquery()


def rounds(session: Session, limit: int) -> tuple[RoundView, ...]:
    """Every round that was not taken back, the newest first."""
    wanted = (
        select(ReconfirmationRound, User.name)
        .join(User, col(User.id) == ReconfirmationRound.user_id)
        .where(stands(col(ReconfirmationRound.id)))
        .order_by(col(ReconfirmationRound.at).desc(), col(ReconfirmationRound.id).desc())
        .limit(limit)
    )
    rows = session.exec(wanted).all()
    counts = _counts(session, [row.id for row, _ in rows])
    return tuple(
        RoundView(
            id=row.id,
            at=row.at,
            by=by,
            older_than_days=row.older_than_days,
            region_code=row.region_code,
            asked=sum(counts.get(row.id, {}).values()),
            **{answer: counts.get(row.id, {}).get(answer, 0) for answer in ANSWERS},
        )
        for row, by in rows
    )


def _counts(session: Session, round_ids: list[UUID]) -> dict[UUID, dict[str, int]]:
    told = answers()
    counted: Any = (
        sa.select(told.c.round_id, told.c.answer, sa.func.count())
        .where(told.c.round_id.in_(round_ids))
        .group_by(told.c.round_id, told.c.answer)
    )
    counts: dict[UUID, dict[str, int]] = {}
    for round_id, answer, number in session.execute(counted):
        counts.setdefault(round_id, {})[answer] = number
    return counts
