"""Undo and redo: facts are retracted or brought back, and the audit trail tells both."""

from datetime import timedelta
from uuid import UUID

from db.desk.lane import Lane
from db.desk.unit import Unit
from db.errors import DeskError
from db.models import AuditEvent, Candidate, UndoState
from db.stores import history as store
from db.stores.candidate_card import name_of
from db.stores.users import load_settings
from db.views.history import UndoneView


class HistoryDesk:
    """Taking the last thing back, whatever it was."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def undo(self) -> UndoneView:
        """Take back the last thing that this user did.

        Raises DeskError when there is nothing, ConflictError when somebody changed the same thing since.
        """
        return await self._lane.write(undo_step)

    async def redo(self) -> UndoneView:
        """Bring back what was taken back last; raises as `undo`."""
        return await self._lane.write(redo_step)


def undo_step(unit: Unit) -> UndoneView:
    """Take back the last thing of whoever sits here, in this unit."""
    step = store.last_done(unit.session, unit.user_id)
    if step is None:
        raise DeskError("history.nothing_to_undo")
    done = _event(unit, step.event_id)
    left = store.take_back(unit.session, done, unit.user_id, unit.now, _lease(unit))
    store.check_bookings(unit.session, done)
    return _close(unit, step, done, "history.undo", undone=True, left=left)


def redo_step(unit: Unit) -> UndoneView:
    """Bring back what was taken back last, in this unit."""
    step = store.last_undone(unit.session, unit.user_id)
    if step is None:
        raise DeskError("history.nothing_to_redo")
    done = _event(unit, step.event_id)
    left = store.bring_back(unit.session, done, unit.user_id, unit.now, _lease(unit))
    store.check_bookings(unit.session, done)
    return _close(unit, step, done, "history.redo", undone=False, left=left)


def _lease(unit: Unit) -> timedelta:
    return timedelta(minutes=load_settings(unit.session).lease_minutes)


def _event(unit: Unit, event_id: UUID) -> AuditEvent:
    return unit.get(AuditEvent, event_id)


def _close(
    unit: Unit, step: UndoState, done: AuditEvent, action: str, *, undone: bool, left: int
) -> UndoneView:
    step.undone = undone
    unit.record(action, candidate_id=done.candidate_id, subject_id=done.subject_id, undoes=done.id)
    person = unit.session.get(Candidate, done.candidate_id) if done.candidate_id else None
    return UndoneView(
        action=done.action,
        candidate_id=done.candidate_id,
        subject_id=done.subject_id,
        summary=done.summary,
        left=left,
        who=name_of(person) if person is not None else None,
    )
