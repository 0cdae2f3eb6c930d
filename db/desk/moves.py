"""Moving calls: which, what it would do, and doing exactly that."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

from db.desk.lane import Lane
from db.desk.unit import Unit
from db.drafts.moves import Move, MoveFilter, Which
from db.errors import DeskError
from db.models import User
from db.reference.lists import label
from db.rules.moving import Call, Change, Target, change_of, in_hand
from db.rules.report_period import start_of
from db.rules.times import local
from db.stores import moves as store
from db.stores.candidate_card import user_names
from db.views.moves import MoveChoices, MoveDone, MoveList, MovePreview

LIMIT = 300
LARGEST = 30_000
"""So many calls one move can take; more than that is a change of the rules, not a move."""
NAMED = 5
ENTRY_TABLE = "queue_entry"
Written = tuple[tuple[tuple[str, Any], ...], ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """How many calls changed; of those undo brings back `undoable`, and `freed` were somebody's cards."""

    count: int
    undoable: int
    freed: int
    left: Counter[str]
    """How many stayed, by reason."""


class MovesDesk:
    """Use cases of whoever divides the work."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def calls(self, wanted: MoveFilter, limit: int = LIMIT) -> MoveList:
        """The first open calls of a filter, in the order of service, with how many there are."""
        return await self._lane.read(lambda session: store.page(session, wanted, self._lane.clock(), limit))

    async def choices(self) -> MoveChoices:
        """The callers and files to choose from."""
        since = start_of(local(self._lane.clock()).date())
        return await self._lane.read(lambda session: store.choices(session, since))

    async def preview(self, which: Which, move: Move) -> MovePreview:
        """What a move would do; nothing is changed.

        Raises DeskError when there are too many for one move, or when it does not say where to.
        """
        move.checked()
        return await self._lane.read(lambda session: self._preview(session, which, move))

    async def move(self, preview: MovePreview, move: Move) -> MoveDone:
        """Do what was previewed: all of it in one transaction, undoable as one.

        A call that changed since the preview stays as it is and is counted by reason. Raises DeskError when
        nothing is left to move.
        """
        move.checked()
        return await self._lane.write(lambda unit: _move(unit, preview, move))

    def _preview(self, session: Session, which: Which, move: Move) -> MovePreview:
        now = self._lane.clock()
        seat = self._lane.seat.user_id
        if seat is None:
            raise RuntimeError("nobody is signed in")
        ids = store.found(session, which, now, LARGEST) if isinstance(which, MoveFilter) else which
        if len(ids) > LARGEST:
            raise DeskError("moves.too_many", limit=LARGEST)
        target = target_of(move, seat)
        moving: list[Call] = []
        left: Counter[str] = Counter()
        freed = 0
        for call in store.calls(session, ids):
            change = change_of(call, target, now)
            if isinstance(change, str):
                left[change] += 1
            else:
                moving.append(call)
                freed += change.frees
        names = store.first_names(session, [call.candidate_id for call in moving[:NAMED]])
        entries = tuple((call.id, call.row_version) for call in moving)
        return MovePreview(entries, names, left, _owners(session, moving), freed)


def target_of(move: Move, by: UUID) -> Target:
    """A move as the rules know it."""
    return Target(move.what, by, move.user_id, move.region_code, move.priority_group, move.take_held)


def _owners(session: Session, moving: Sequence[Call]) -> tuple[tuple[str, int], ...]:
    """Whose these calls are: a card is whose hands it is in."""
    counted = Counter(owner for call in moving if (owner := call.claimed_by or call.assigned_to))
    names = user_names(session)
    return tuple((names[owner], count) for owner, count in counted.most_common())


def _move(unit: Unit, preview: MovePreview, move: Move) -> MoveDone:
    carried = carry_out(unit, dict(preview.entries), target_of(move, unit.user_id))
    if not carried.count:
        raise DeskError("moves.nothing_left", count=carried.left.total())
    undoable = carried.undoable > 0
    unit.record(
        "moves.move",
        undoable=undoable,
        what=move.what,
        to=_destination(unit, move),
        count=carried.count,
        freed=carried.freed,
    )
    return MoveDone(carried.count, carried.left, undoable)


def carry_out(unit: Unit, versions: dict[UUID, int | None], target: Target) -> Carried:
    """Change these calls, unless they changed since that version; None takes them as they are.

    A lease that was only given back is changed for good. What undo needs is noted as whole groups: five
    thousand calls are a handful of notes.
    """
    groups: dict[Written, list[UUID]] = {}
    left: Counter[str] = Counter()
    freed = 0
    for call in store.calls(unit.session, list(versions), lock=True):
        change = change_of(call, target, unit.now)
        if isinstance(change, str):
            left[change] += 1
        elif versions[call.id] not in (None, call.row_version):
            left["in_hand" if in_hand(call, unit.now) else "changed"] += 1
        else:
            groups.setdefault(_key(change), []).append(call.id)
            freed += change.frees
    undoable = 0
    for (write, before, after), ids in groups.items():
        store.write(unit.session, ids, dict(write), unit.now)
        if after:
            undoable += len(ids)
            unit.note_many(ENTRY_TABLE, ids, dict(before), dict(after))
    return Carried(sum(map(len, groups.values())), undoable, freed, left)


def _key(change: Change) -> Written:
    return tuple(tuple(sorted(part.items())) for part in (change.write, change.before, change.after))


def _destination(unit: Unit, move: Move) -> str:
    """Who or what it went to, for the audit trail."""
    if move.user_id is not None:
        return unit.session.get_one(User, move.user_id).name
    if move.region_code is not None:
        return label("region", move.region_code, "nl")
    return str(move.priority_group or "")
