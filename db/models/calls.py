"""Why somebody must be called, who holds the call, and every attempt made."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Fact, State, partial_index


class QueueEntry(State, table=True):
    """Why this candidate must be called, and the lease of whoever is doing it.

    `state`: `ready` (waits its turn), `due` (a call-back whose moment has come), `scheduled` (until
    `vests_at`), `claimed` (leased until `claimed_until`), `blocked` (for `blocked_reason`), `done`.
    A candidate has at most one entry that is not done: the unique index says so.
    The order of service is priority_group, rank, is_retry, registered_at, id.
    """

    __tablename__ = "queue_entry"
    __table_args__ = (
        partial_index("uq_queue_entry_open", "candidate_id", where="state <> 'done'", unique=True),
        partial_index(
            "ix_queue_entry_ready",
            "assigned_to",
            "priority_group",
            "rank",
            "is_retry",
            "registered_at",
            "id",
            where="state = 'ready'",
        ),
        partial_index(
            "ix_queue_entry_ready_region",
            "assigned_to",
            "region_code",
            "priority_group",
            "rank",
            "is_retry",
            "registered_at",
            "id",
            where="state = 'ready'",
        ),
        partial_index("ix_queue_entry_due", "assigned_to", "vests_at", "id", where="state = 'due'"),
        partial_index("ix_queue_entry_scheduled", "vests_at", "id", where="state = 'scheduled'"),
        partial_index("ix_queue_entry_claimed_until", "claimed_until", "id", where="state = 'claimed'"),
        partial_index("ix_queue_entry_claimed_by", "claimed_by", where="state = 'claimed'"),
        partial_index("ix_queue_entry_blocked", "blocked_reason", "updated_at", where="state = 'blocked'"),
        sa.Index("ix_queue_entry_candidate_id", "candidate_id", "created_at"),
    )
    candidate_id: UUID = Field(foreign_key="candidate.id")
    kind: str = "new"
    """new | retry | callback | reconfirm | wish | email (a task) | email_sent (waiting for a reaction)."""
    state: str = "ready"
    priority_group: int = 3
    """1 critical … 4 low."""
    rank: int = 0
    is_retry: int = 0
    registered_at: datetime
    region_code: str
    vests_at: datetime | None = None
    day_part: str | None = None
    """The day part a retry was planned for."""
    assigned_to: UUID | None = Field(default=None, foreign_key="user_account.id")
    """Whose it is; None is anyone's. A call-back that is 'mine' is assigned."""
    assigned_by: UUID | None = Field(default=None, foreign_key="user_account.id")
    claimed_by: UUID | None = Field(default=None, foreign_key="user_account.id")
    claimed_until: datetime | None = None
    claim_epoch: int = 0
    """Rises with every claim: a late write that carries an older one is set aside as a conflict."""
    counted_attempts: int = 0
    skips: int = 0
    blocked_reason: str | None = None
    """no_number | do_not_call | escalated | paused | data_problem."""
    note: str = ""
    closed_reason: str | None = None
    import_batch_id: UUID | None = Field(default=None, foreign_key="import_batch.id", index=True)
    round_id: UUID | None = Field(default=None, foreign_key="reconfirmation_round.id", index=True)
    """The round of re-confirmation that this call belongs to."""


class ReconfirmationRound(Fact, table=True):
    """Everybody available whose last confirmation was too long ago, put into the queue at once."""

    __tablename__ = "reconfirmation_round"
    user_id: UUID = Field(foreign_key="user_account.id")
    older_than_days: int
    region_code: str | None = None
    asked: int


class CallAttempt(Fact, table=True):
    """One try to reach a person: who, when, which number, what came of it."""

    __tablename__ = "call_attempt"
    __table_args__ = (
        # Reports read all attempts person by person from this alone: hence what came of each, and its id.
        sa.Index("ix_call_attempt_candidate_id_at_outcome_id", "candidate_id", "at", "outcome", "id"),
        sa.Index("ix_call_attempt_user_id_at", "user_id", "at"),
        sa.Index("ix_call_attempt_at", "at"),
    )
    candidate_id: UUID = Field(foreign_key="candidate.id")
    entry_id: UUID | None = Field(default=None, foreign_key="queue_entry.id", index=True)
    user_id: UUID = Field(foreign_key="user_account.id")
    outcome: str
    """Code of `call_outcomes`."""
    number: str | None = None
    note: str = ""
    reason: str | None = None
    callback_at: datetime | None = None
    seconds: int | None = None
    """From the card on screen to the outcome."""
    claim_epoch: int = 0
    late: bool = False
    """Written under a lease that somebody else held by then."""
    outside_hours_reason: str | None = None


class Skip(Fact, table=True):
    """A candidate passed over without an attempt, and why (list `skip_reason`)."""

    candidate_id: UUID = Field(foreign_key="candidate.id", index=True)
    entry_id: UUID = Field(foreign_key="queue_entry.id")
    user_id: UUID = Field(foreign_key="user_account.id", index=True)
    reason: str


class Conflict(State, table=True):
    """Something written too late or apart, kept for a supervisor to decide; nothing is overwritten."""

    candidate_id: UUID = Field(foreign_key="candidate.id", index=True)
    kind: str
    """late_fact | stale_epoch | field."""
    field: str | None = None
    base: str | None = None
    mine: str | None = None
    theirs: str | None = None
    fact_id: UUID | None = None
    user_id: UUID = Field(foreign_key="user_account.id")
    resolution: str | None = None
    decided_by: UUID | None = Field(default=None, foreign_key="user_account.id")
    decided_at: datetime | None = None
