"""What becomes of a call that a supervisor moves, and why it stays where it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from db.rules.queue_states import waiting_state

STANDINGS = ("ready", "due", "scheduled", "claimed", "paused", "blocked")
"""How an open call stands; what is blocked for another reason than a pause is `blocked`."""
NOBODY: Mapping[str, Any] = {"claimed_by": None, "claimed_until": None}


@dataclass(frozen=True, slots=True)
class Call:
    """What must be known of an entry of the queue to move it."""

    id: UUID
    row_version: int
    candidate_id: UUID
    kind: str
    state: str
    blocked_reason: str | None
    vests_at: datetime | None
    priority_group: int
    region_code: str
    home_region: str
    """Where the person lives."""
    assigned_to: UUID | None
    assigned_by: UUID | None
    claimed_by: UUID | None
    claimed_until: datetime | None


@dataclass(frozen=True, slots=True)
class Target:
    """Where to, as `db.drafts.moves.Move` says it, and who says so."""

    what: str
    by: UUID
    user_id: UUID | None = None
    region_code: str | None = None
    priority_group: int | None = None
    take_held: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What to write, and what undo must know: a lease that ended does not come back."""

    write: Mapping[str, Any]
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)

    @property
    def frees(self) -> bool:
        """Whether it takes a card out of somebody's hands, in use or left lying."""
        return "claimed_by" in self.write


def standing(state: str, blocked_reason: str | None) -> str:
    """How an open call stands."""
    return "paused" if state == "blocked" and blocked_reason == "paused" else state


def in_hand(call: Call, now: datetime) -> bool:
    """Whether somebody has it before them right now."""
    return call.state == "claimed" and call.claimed_until is not None and call.claimed_until > now


def change_of(call: Call, target: Target, now: datetime) -> Change | str:
    """What the move changes, or the reason why the call stays as it is."""
    why = _stays(call, target, now)
    if why:
        return why
    wanted = _wanted(call, target, now)
    own = {name: getattr(call, name) for name in wanted}
    # Whatever was in hand goes back by being moved: undo knows where it would have waited.
    own_state = waiting_state(call.kind, call.vests_at, call.blocked_reason, now)
    if call.state == "claimed":
        wanted = {"state": own_state} | wanted
        own["state"] = own_state
    after = {name: value for name, value in wanted.items() if own[name] != value}
    if call.state != "claimed" and not set(after) - {"assigned_by"}:
        return "there_already"
    before = {name: own[name] for name in after}
    write = wanted | dict(NOBODY) if call.state == "claimed" else after
    return Change(write, before, after)


def _stays(call: Call, target: Target, now: datetime) -> str:
    if call.state == "done":
        return "done"
    if target.what == "release":
        free = call.state == "claimed" or call.blocked_reason == "paused"
        return "" if free else "nothing_to_release"
    if in_hand(call, now) and not target.take_held:
        return "in_hand"
    if target.what == "pause" and call.state == "blocked":
        return standing(call.state, call.blocked_reason)
    return ""


def _wanted(call: Call, target: Target, now: datetime) -> dict[str, Any]:
    """The columns as the move wants them."""
    if target.what == "caller":
        by = call.assigned_by if call.assigned_to == target.user_id else target.by
        return {"assigned_to": target.user_id, "assigned_by": by}
    if target.what == "region":
        return {"assigned_to": None, "assigned_by": target.by, "region_code": target.region_code}
    if target.what == "common":
        return {"assigned_to": None, "assigned_by": None, "region_code": call.home_region}
    if target.what == "priority":
        return {"priority_group": target.priority_group}
    if target.what == "pause":
        return {"state": "blocked", "blocked_reason": "paused"}
    reason = None if call.blocked_reason == "paused" else call.blocked_reason
    return {
        "state": waiting_state(call.kind, call.vests_at, reason, now),
        "blocked_reason": reason,
    }
