"""What hangs on two records that may be one person."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from db.models import (
    CallAttempt,
    Candidate,
    Conflict,
    Consent,
    ExportLine,
    FollowUp,
    Interview,
    Likeness,
    Proposal,
    QueueEntry,
    Referral,
    Registration,
    RepairTask,
    Skip,
    User,
)
from db.rules.names import PersonName
from db.stores.candidate_card import name_of
from db.stores.facts import SHARE, newest_consents, stands
from db.stores.queue import open_entry
from db.views.likeness import LikeRecord

HANGING: tuple[type[SQLModel], ...] = (
    Registration,
    CallAttempt,
    Skip,
    Consent,
    Interview,
    Proposal,
    ExportLine,
    FollowUp,
    Referral,
    RepairTask,
    Conflict,
)
"""Everything that names a candidate and goes along in a merge; a call and what an interview says go apart."""


def hanging_on(session: Session, table: type[SQLModel], candidate_id: UUID) -> Sequence[SQLModel]:
    """The rows of a table that name this candidate, locked until this is done."""
    owner = SQLModel.metadata.tables[str(table.__tablename__)].c.candidate_id
    return session.exec(select(table).where(owner == candidate_id).with_for_update()).all()


def entries_of(session: Session, candidate_id: UUID) -> Sequence[QueueEntry]:
    """Every call of a candidate that is done."""
    done = select(QueueEntry).where(QueueEntry.candidate_id == candidate_id, QueueEntry.state == "done")
    return session.exec(done).all()


def open_questions(session: Session, candidate_id: UUID, but: UUID) -> Sequence[Likeness]:
    """The open questions about a candidate, except one."""
    about = sa.or_(col(Likeness.candidate_id) == candidate_id, col(Likeness.other_id) == candidate_id)
    found = select(Likeness).where(about, sa.text("answer IS NULL"), Likeness.id != but)
    return session.exec(found).all()


def asked_before(session: Session, one: UUID, other: UUID) -> bool:
    """Whether this pair was ever asked about, in either order."""
    either = sa.or_(
        sa.and_(col(Likeness.candidate_id) == one, col(Likeness.other_id) == other),
        sa.and_(col(Likeness.candidate_id) == other, col(Likeness.other_id) == one),
    )
    return session.exec(select(Likeness.id).where(either)).first() is not None


def holder_of(session: Session, entry: QueueEntry) -> str:
    """The name of whoever has a call in hand."""
    user = session.get(User, entry.claimed_by) if entry.claimed_by else None
    return user.name if user else ""


def like_record(session: Session, person: Candidate) -> LikeRecord:
    """One of the two, with how much hangs on it."""
    calls = sa.select(sa.func.count(), sa.func.max(CallAttempt.at)).where(
        col(CallAttempt.candidate_id) == person.id, stands(col(CallAttempt.id))
    )
    attempts, last = session.execute(calls).one()
    own = select(Interview).where(Interview.candidate_id == person.id)
    interviews = session.exec(own.order_by(col(Interview.created_at).desc())).all()
    proposals = session.exec(select(Proposal.is_live).where(Proposal.candidate_id == person.id)).all()
    entry = open_entry(session, person.id)
    name: PersonName = name_of(person)
    return LikeRecord(
        id=person.id,
        name=name,
        status=person.status,
        do_not_call=person.do_not_call,
        registered_at=person.registered_at,
        sources=_sources(session, person.id),
        consent=_consent(session, person.id),
        attempts=attempts,
        last_attempt_at=last,
        interviews=len(interviews),
        interview=interviews[0].state if interviews else None,
        proposals=len(proposals),
        live_proposals=sum(proposals),
        call=entry.kind if entry else None,
    )


def _consent(session: Session, candidate_id: UUID) -> str | None:
    held = newest_consents(session, candidate_id)
    return next((fact.state for fact in held if fact.purpose == SHARE), None)


def _sources(session: Session, candidate_id: UUID) -> tuple[str, ...]:
    found = select(Registration.source).where(Registration.candidate_id == candidate_id)
    return tuple(session.exec(found.order_by(col(Registration.at), col(Registration.id))))
