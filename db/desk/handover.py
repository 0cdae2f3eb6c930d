"""A candidate given to a colleague, with a note."""

from uuid import UUID

from db.desk.lane import Lane
from db.desk.unit import Unit
from db.errors import ConflictError, DeskError
from db.models import Candidate, QueueEntry, User
from db.rules.hygiene import clean
from db.rules.names import show_name
from db.stores.candidate_card import name_of
from db.stores.queue import open_entry

NOTE_LIMIT = 500


class HandoverDesk:
    """Use cases of whoever passes a candidate on."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def give(self, candidate_id: UUID, user_id: UUID, note: str) -> None:
        """Make the call this colleague's, from one's own hands or from the queue; undoable.

        A call is asked for when none waits. Raises ConflictError when somebody else is speaking with the
        person, DeskError when they may not or cannot be called, or without a note.
        """
        await self._lane.write(lambda unit: _give(unit, candidate_id, user_id, note))


def _give(unit: Unit, candidate_id: UUID, user_id: UUID, note: str) -> None:
    words = clean(note, NOTE_LIMIT)
    if not words:
        raise DeskError("handover.note_missing")
    to = unit.session.get_one(User, user_id)
    if user_id == unit.user_id or not to.active:
        raise DeskError("handover.not_to", name=to.name)
    candidate = unit.get(Candidate, candidate_id)
    if candidate.do_not_call:
        raise DeskError("team.do_not_call", name=show_name(name_of(candidate)))
    entry = open_entry(unit.session, candidate_id) or _asked_for(unit, candidate)
    in_hand = entry.state == "claimed"
    if in_hand and entry.claimed_by != unit.user_id:
        raise ConflictError("queue.in_other_hands")
    _lay_down(unit, entry)
    entry.assigned_to, entry.assigned_by = user_id, unit.user_id
    unit.record(
        "queue.hand_over" if in_hand else "candidates.hand_over",
        candidate_id=candidate_id,
        subject_id=entry.id,
        undoable=True,
        to=user_id,
        note=words,
        name=show_name(name_of(candidate)),
    )


def _asked_for(unit: Unit, candidate: Candidate) -> QueueEntry:
    entry = QueueEntry(
        candidate_id=candidate.id,
        kind="wish",
        priority_group=1,
        registered_at=candidate.registered_at,
        region_code=candidate.region_code,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(entry)
    return entry


def _lay_down(unit: Unit, entry: QueueEntry) -> None:
    """Where the call waits for its new caller; one that is due is due from now on."""
    entry.claimed_by = entry.claimed_until = None
    if entry.blocked_reason == "escalated":
        entry.blocked_reason, entry.skips = None, 0
    if entry.blocked_reason is not None:
        raise DeskError("handover.blocked")
    if entry.kind == "email_sent":
        raise DeskError("handover.waits_for_mail")
    if entry.vests_at is not None and entry.vests_at > unit.now:
        entry.state = "scheduled"
    elif entry.kind == "callback":
        entry.state, entry.vests_at = "due", unit.now
    else:
        entry.state = "ready"
