"""Who gave a candidate to a caller, and the note that came along."""

from uuid import UUID

from sqlmodel import Session, col, select

from db.models import AuditEvent, QueueEntry, User
from db.views.queue import HandedOver

GIVEN = ("queue.hand_over", "candidates.hand_over")


def handed_over(session: Session, entry: QueueEntry, user_id: UUID) -> HandedOver | None:
    """The note of the colleague who gave this call to this user; nothing is asked for any other call."""
    if entry.assigned_by is None or entry.assigned_to != user_id:
        return None
    given = session.exec(
        select(AuditEvent)
        .where(
            AuditEvent.candidate_id == entry.candidate_id,
            col(AuditEvent.action).in_(GIVEN),
            AuditEvent.subject_id == entry.id,
        )
        .order_by(col(AuditEvent.at).desc())
        .limit(1)
    ).first()
    if given is None or given.user_id != entry.assigned_by or given.summary["to"] != user_id.hex:
        return None
    by = session.get_one(User, entry.assigned_by)
    return HandedOver(by=by.name, note=given.summary["note"], at=given.at)
