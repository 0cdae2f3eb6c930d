"""The unit of work: one use case, one transaction, and the audit event that tells what it changed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session as OrmSession
from sqlmodel import Session, SQLModel, col

from db.errors import DeskError
from db.models import AuditEvent, State, UndoState
from db.rules.privacy import bsn_in

Row = TypeVar("Row", bound=SQLModel)
UNRECORDED = (AuditEvent, UndoState)
FREE_TEXTS = ("note", "text", "reason", "purpose")
"""What somebody writes in own words, in columns and in the audit trail; an intake checks its own answers."""


def plain(value: Any) -> Any:  # noqa: ANN401  # any column's value
    """A column's value as JSON can hold it."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _refuse_bsn(written: Mapping[str, Any]) -> None:
    """Raise DeskError when a text holds a citizen service number: it may stand nowhere."""
    for name in FREE_TEXTS:
        words = written.get(name)
        if isinstance(words, str) and (found := bsn_in(words)):
            raise DeskError("interview.bsn_refused", found=found)


class Recorder:
    """Notes every row that a session inserts, changes or deletes, as JSON that undo can put back."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.changes: list[dict[str, Any]] = []
        self._now = now
        event.listen(session, "before_flush", self._before_flush)

    def _before_flush(self, session: OrmSession, _context: object, _instances: object) -> None:
        for row in session.new:
            if not isinstance(row, UNRECORDED):
                self._note(row, "insert", {}, self._columns(row))
        for row in session.dirty:
            if not isinstance(row, UNRECORDED):
                self._note_update(row)
        for row in session.deleted:
            if not isinstance(row, UNRECORDED):
                self._note(row, "delete", self._columns(row), {})

    def _note_update(self, row: Any) -> None:  # noqa: ANN401  # any mapped row
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        state = sa.inspect(row)
        for attribute in state.mapper.column_attrs:
            history = state.attrs[attribute.key].history
            if history.has_changes() and history.deleted != history.added:
                before[attribute.key] = plain(history.deleted[0] if history.deleted else None)
                after[attribute.key] = plain(history.added[0] if history.added else None)
        if not after:
            return
        if isinstance(row, State):
            row.row_version += 1
            row.updated_at = self._now
        self._note(row, "update", before, after)

    def note_many(
        self, table: str, ids: Sequence[UUID], before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> None:
        """Note a change that many rows have in common, made past the session."""
        self.changes.append(
            {
                "table": table,
                "kind": "many",
                "keys": [plain(key) for key in ids],
                "before": {name: plain(value) for name, value in before.items()},
                "after": {name: plain(value) for name, value in after.items()},
            }
        )

    def _columns(self, row: Any) -> dict[str, Any]:  # noqa: ANN401  # any mapped row
        return {item.key: plain(getattr(row, item.key)) for item in sa.inspect(row).mapper.column_attrs}

    def _note(self, row: Any, kind: str, before: dict[str, Any], after: dict[str, Any]) -> None:  # noqa: ANN401
        _refuse_bsn(after)
        table = sa.inspect(row).mapper.local_table
        key = [plain(getattr(row, column.key)) for column in table.primary_key]
        self.changes.append({"table": table.name, "key": key, "kind": kind, "before": before, "after": after})


class Unit:
    """What a use case works with: the session, the moment, who does it, and the audit trail.

    A use case that changes anything calls `record` once; `undoable` puts it on the user's undo stack.
    """

    def __init__(self, session: Session, now: datetime, user_id: UUID | None) -> None:
        self.session = session
        self.now = now
        self._user_id = user_id
        self._recorder = Recorder(session, now)
        self._event: AuditEvent | None = None
        self._undoable = False

    @property
    def user_id(self) -> UUID:
        """Who does it; a use case that needs one may not run before somebody signed in."""
        if self._user_id is None:
            raise RuntimeError("nobody is signed in")
        return self._user_id

    def get(self, table: type[Row], key: UUID) -> Row:
        """The row, locked for this unit; KeyError when there is none (a bug, not something to explain)."""
        row = self.session.get(table, key, with_for_update=True)
        if row is None:
            raise KeyError(f"{table.__name__} {key}")
        return row

    def record(
        self,
        action: str,
        *,
        candidate_id: UUID | None = None,
        subject_id: UUID | None = None,
        undoable: bool = False,
        undoes: UUID | None = None,
        **summary: object,
    ) -> AuditEvent:
        """Name what this unit does, for the audit trail and for undo."""
        _refuse_bsn(summary)
        self._undoable = undoable
        self._event = AuditEvent(
            at=self.now,
            user_id=self._user_id,
            action=action,
            candidate_id=candidate_id,
            subject_id=subject_id,
            summary={key: plain(value) for key, value in summary.items()},
            undoable=undoable,
            undoes=undoes,
        )
        return self._event

    def note_many(
        self, table: str, ids: Sequence[UUID], before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> None:
        """Tell the audit trail of one change to many rows, which the session did not see.

        Undo puts back those of them that nobody changed since.
        """
        self._recorder.note_many(table, ids, before, after)

    def note_read(self, action: str, candidate_id: UUID) -> None:
        """Log that somebody looked at a person's record; needs no change to go with it."""
        self.session.add(
            AuditEvent(at=self.now, user_id=self._user_id, action=action, candidate_id=candidate_id)
        )

    def finish(self) -> None:
        """Write the audit event; called by the lane just before the commit."""
        self.session.flush()
        if self._event is None:
            return
        self._event.changes = self._recorder.changes
        self.session.add(self._event)
        self.session.flush()
        if self._undoable:
            self._push_undo(self._event)
        self.session.flush()

    def _push_undo(self, done: AuditEvent) -> None:
        """Put the event on top of the user's stack; what was undone before it can no longer be redone."""
        own = col(UndoState.user_id) == self.user_id
        self.session.execute(sa.update(UndoState).where(own, col(UndoState.undone)).values(abandoned=True))
        top = self.session.execute(sa.select(sa.func.max(col(UndoState.order_no))).where(own)).scalar()
        self.session.add(UndoState(event_id=done.id, user_id=self.user_id, order_no=(top or 0) + 1))
