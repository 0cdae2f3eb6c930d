"""The record of what was done: who did or read what, every file in and out."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.ids import new_id
from db.models.base import Fact, json_column, partial_index


class AuditEvent(Fact, table=True):
    """Who did or read what, with what it was before and after; append-only, and what undo reads.

    `changes` is a list of {"table", "id", "kind": "insert" | "update", "before": {…}, "after": {…}}.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        sa.Index("ix_audit_event_user_id_at", "user_id", "at"),
        sa.Index("ix_audit_event_candidate_id_at", "candidate_id", "at"),
    )
    user_id: UUID | None = Field(default=None, foreign_key="user_account.id")
    action: str
    """What was done, e.g. `queue.outcome`, `candidate.read`, `history.undo`."""
    candidate_id: UUID | None = None
    subject_id: UUID | None = None
    summary: dict[str, Any] = json_column(dict)
    """Parameters of the sentence that tells what was done."""
    changes: list[dict[str, Any]] = json_column(list)
    undoable: bool = False
    undoes: UUID | None = None
    """The event that this one takes back or brings back."""


class UndoState(SQLModel, table=True):
    """Whether an undoable event stands; kept apart so that the audit trail itself never changes."""

    __tablename__ = "undo_state"
    __table_args__ = (sa.Index("ix_undo_state_user_id_order_no", "user_id", "order_no"),)
    event_id: UUID = Field(primary_key=True, foreign_key="audit_event.id")
    user_id: UUID = Field(foreign_key="user_account.id")
    order_no: int
    """Counts up per user: the last thing done is the first taken back."""
    undone: bool = False
    abandoned: bool = False
    """Undone, and something else was done since: it can no longer be redone."""


class Retraction(SQLModel, table=True):
    """A fact that was taken back; the fact itself stays. `lifted_at` is set when the undo was undone."""

    __table_args__ = (partial_index("ix_retraction_fact", "fact_id", where="lifted_at IS NULL"),)
    id: UUID = Field(default_factory=new_id, primary_key=True)
    fact_id: UUID = Field(index=True)
    fact_table: str
    user_id: UUID = Field(foreign_key="user_account.id")
    at: datetime
    lifted_at: datetime | None = None


class ImportBatch(Fact, table=True):
    """One file that came in: read = created + merged + unchanged + rejected."""

    __tablename__ = "import_batch"
    kind: str
    """registrations | requests."""
    file_name: str
    file_sha256: str
    source: str = ""
    user_id: UUID | None = Field(default=None, foreign_key="user_account.id")
    columns: dict[str, str] = json_column(dict)
    rows_read: int = 0
    rows_created: int = 0
    rows_merged: int = 0
    rows_unchanged: int = 0
    rows_rejected: int = 0
    repairs: int = 0
    reasons: dict[str, int] = json_column(dict)
    rejects_file: str | None = None
    undone_at: datetime | None = None
    undone_by: UUID | None = Field(default=None, foreign_key="user_account.id")


class ImportRow(SQLModel, table=True):
    """The account of one row of a file."""

    __tablename__ = "import_row"
    import_batch_id: UUID = Field(foreign_key="import_batch.id", primary_key=True)
    row_number: int = Field(primary_key=True)
    """As a spreadsheet counts: the heading is row 1."""
    outcome: str
    """created | merged | unchanged | rejected."""
    reason: str | None = None
    subject_id: UUID | None = Field(default=None, index=True)
    """The candidate or request it became."""
    before: dict[str, Any] | None = json_column()
    """What a merge changed, so that undo can put it back."""


class Export(Fact, table=True):
    """One file that went out: for what, to whom, to be destroyed when."""

    user_id: UUID = Field(foreign_key="user_account.id")
    request_id: UUID | None = Field(default=None, foreign_key="request.id", index=True)
    kind: str = "shortlist"
    """shortlist | invitation."""
    delivery: str = "file"
    """file | letter | mail."""
    purpose: str
    recipient: str
    file_name: str
    location: str = ""
    """Where the file was put on the machine of whoever made it; empty when it was mailed."""
    sha256: str = ""
    rows: int
    destroy_by: datetime | None = None
    failed_at: datetime | None = None
    """It was never sent: nothing went out."""
    destroyed_at: datetime | None = None
    destroyed_by: UUID | None = Field(default=None, foreign_key="user_account.id")


class ExportLine(SQLModel, table=True):
    """Who was in a file that went out."""

    __tablename__ = "export_line"
    export_id: UUID = Field(foreign_key="export.id", primary_key=True)
    proposal_id: UUID = Field(foreign_key="proposal.id", primary_key=True, index=True)
    candidate_id: UUID = Field(foreign_key="candidate.id", index=True)
