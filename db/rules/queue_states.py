"""Where an entry of the queue waits when nobody has it in hand."""

from datetime import datetime


def waiting_state(kind: str, vests_at: datetime | None, blocked_reason: str | None, now: datetime) -> str:
    """The state of an entry that nobody holds, as `db.stores.claims` reckons it in SQL."""
    if blocked_reason is not None:
        return "blocked"
    if kind == "email_sent" or (vests_at is not None and vests_at > now):
        return "scheduled"
    return "due" if kind == "callback" else "ready"
