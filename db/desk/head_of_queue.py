"""Putting people at the head of the queue: everyone whom nobody ever told anything."""

from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from db.desk.unit import Unit
from db.errors import DeskError
from db.models import Candidate, QueueEntry
from db.stores.queue import literal_state
from db.views.reports import PutFirst

CHUNK = 500
FIRST_GROUP = 1
CLOSED = ("withdrawn", "closed", "duplicate", "erased", "no_consent")
"""Whoever wants no call, or is no person any more, is not called again by a list."""
HELD = {"claimed": "in_hand", "blocked": "blocked"}
PROMISED = {
    "callback": "appointment",
    "reconfirm": "appointment",
    "follow_up": "appointment",
    "email_sent": "mailed",
}


def put_first(unit: Unit, candidate_ids: Sequence[UUID]) -> PutFirst:
    """Put the open calls of these people first, and make one where none is open."""
    rank = _head(unit) - 1
    left: Counter[str] = Counter()
    moved = 0
    for person, entry in _found(unit, candidate_ids):
        why = _stays(person, entry)
        if why:
            left[why] += 1
            continue
        moved += 1
        if entry is None:
            unit.session.add(_wish(unit, person, rank))
        else:
            entry.state, entry.vests_at = "ready", None
            entry.priority_group, entry.rank = FIRST_GROUP, rank
    if not moved:
        raise DeskError("reports.nobody_moved", count=sum(left.values()))
    unit.record("reports.put_first", undoable=True, count=moved)
    return PutFirst(moved, tuple(sorted(left.items())))


def _head(unit: Unit) -> int:
    """The lowest rank of whoever is at the head now."""
    lowest = sa.select(sa.func.min(QueueEntry.rank)).where(
        literal_state("ready"), col(QueueEntry.priority_group) == FIRST_GROUP
    )
    return unit.session.execute(lowest).scalar() or 0


def _found(unit: Unit, candidate_ids: Sequence[UUID]) -> Iterator[tuple[Candidate, QueueEntry | None]]:
    for start in range(0, len(candidate_ids), CHUNK):
        chunk = candidate_ids[start : start + CHUNK]
        open_entries = select(QueueEntry).where(
            col(QueueEntry.candidate_id).in_(chunk), col(QueueEntry.state) != "done"
        )
        entries = {entry.candidate_id: entry for entry in unit.session.exec(open_entries.with_for_update())}
        people = {
            person.id: person
            for person in unit.session.exec(select(Candidate).where(col(Candidate.id).in_(chunk)))
        }
        for key in chunk:
            if key in people:
                yield people[key], entries.get(key)


def _stays(person: Candidate, entry: QueueEntry | None) -> str:
    """Why this person cannot be put first; empty when they can."""
    if person.do_not_call or person.status in CLOSED:
        return "not_to_be_called"
    if entry is None:
        return "" if person.phone else "no_number"
    if entry.state in HELD:
        return HELD[entry.state]
    waits = entry.state in ("scheduled", "due") or entry.kind == "email_sent"
    return PROMISED.get(entry.kind, "") if waits else ""


def _wish(unit: Unit, person: Candidate, rank: int) -> QueueEntry:
    return QueueEntry(
        candidate_id=person.id,
        kind="wish",
        priority_group=FIRST_GROUP,
        rank=rank,
        registered_at=person.registered_at,
        region_code=person.region_code,
        created_at=unit.now,
        updated_at=unit.now,
    )
