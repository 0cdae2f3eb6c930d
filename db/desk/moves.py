"""Moving calls: which, what it would do, and doing exactly that."""

from collections import Counter
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
from db.views.moves import MoveChoices, MoveDone, MoveList, MovePreview

LIMIT = 300
LARGEST = 30_000
"""So many calls one move can take; more than that is a change of the rules, not a move."""
NAMED = 5
ENTRY_TABLE = "queue_entry"
Written = tuple[tuple[tuple[str, Any], ...], ...]


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
        for call in store.calls(session, ids):
            change = change_of(call, target, now)
            if isinstance(change, str):
                left[change] += 1
            else:
                moving.append(call)
        names = store.first_names(session, [call.candidate_id for call in moving[:NAMED]])
        return MovePreview(tuple((call.id, call.row_version) for call in moving), names, left)


def target_of(move: Move, by: UUID) -> Target:
    """A move as the rules know it."""
    return Target(move.what, by, move.user_id, move.region_code, move.priority_group, move.take_held)


def _move(unit: Unit, preview: MovePreview, move: Move) -> MoveDone:
    changed, left = carry_out(unit, dict(preview.entries), target_of(move, unit.user_id))
    if not changed.total():
        raise DeskError("moves.nothing_left", count=sum(left.values()))
    to = _destination(unit, move)
    undoable = changed["undoable"] > 0
    unit.record("moves.move", undoable=undoable, what=move.what, to=to, count=changed.total())
    return MoveDone(changed.total(), left)


def carry_out(
    unit: Unit, versions: dict[UUID, int | None], target: Target
) -> tuple[Counter[str], Counter[str]]:
    """Change these calls, unless they changed since that version; None takes them as they are.

    How many changed, `undoable` or for good (a lease that was only given back), and how many stayed, by
    reason. What undo needs is noted as whole groups: five thousand calls are a handful of notes.
    """
    groups: dict[Written, list[UUID]] = {}
    left: Counter[str] = Counter()
    for call in store.calls(unit.session, list(versions), lock=True):
        change = change_of(call, target, unit.now)
        if isinstance(change, str):
            left[change] += 1
        elif versions[call.id] not in (None, call.row_version):
            left["in_hand" if in_hand(call, unit.now) else "changed"] += 1
        else:
            groups.setdefault(_key(change), []).append(call.id)
    changed: Counter[str] = Counter()
    for (write, before, after), ids in groups.items():
        store.write(unit.session, ids, dict(write), unit.now)
        changed["undoable" if after else "for_good"] += len(ids)
        if after:
            unit.note_many(ENTRY_TABLE, ids, dict(before), dict(after))
    return changed, left


def _key(change: Change) -> Written:
    return tuple(tuple(sorted(part.items())) for part in (change.write, change.before, change.after))


def _destination(unit: Unit, move: Move) -> str:
    """Who or what it went to, for the audit trail."""
    if move.user_id is not None:
        return unit.session.get_one(User, move.user_id).name
    if move.region_code is not None:
        return label("region", move.region_code, "nl")
    return str(move.priority_group or "")
