"""The supervisor's lists and what is decided there."""

from collections.abc import Mapping
from uuid import UUID

from db.desk.lane import Lane
from db.desk.merging import answer_likeness, compare
from db.desk.repairs import close_task
from db.desk.unit import Unit
from db.errors import ConflictError, DeskError
from db.models import Candidate, Conflict, QueueEntry, RepairTask, User
from db.rules.names import show_name
from db.stores import claims
from db.stores.candidate_card import name_of
from db.stores.queue import open_entry
from db.stores.team import load_lists
from db.views.likeness import LikenessCard, Side
from db.views.team import TeamLists

LIMIT = 200


class TeamDesk:
    """Use cases of the supervisor; a region is assigned with `CandidatesDesk.repair`."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def lists(self, limit: int = LIMIT) -> TeamLists:
        """Everything that waits for a decision, up to so many lines a list, with the counts of all."""
        return await self._lane.read(lambda session: load_lists(session, limit))

    async def requeue(self, entry_id: UUID) -> None:
        """Put an escalated call back for anyone, its skips forgotten; undoable."""
        await self._lane.write(lambda unit: _requeue(unit, entry_id, None))

    async def assign(self, entry_id: UUID, user_id: UUID) -> None:
        """Give an escalated call to one caller; undoable."""
        await self._lane.write(lambda unit: _requeue(unit, entry_id, user_id))

    async def likeness(self, likeness_id: UUID) -> LikenessCard:
        """Two records side by side, field by field; that somebody looked is logged."""
        return await self._lane.write(lambda unit: compare(unit, likeness_id))

    async def answer_likeness(
        self, likeness_id: UUID, answer: str, chosen: Mapping[str, Side] | None = None
    ) -> str:
        """Say whether two records are one person: merged | household | distinct; undoable.

        `chosen` names by field whose word stands in a merge. Gives the name that the older record has by
        then. Raises ConflictError when it was answered already or somebody is speaking with the person,
        DeskError when both have an open interview, live proposals to the same request, or work that
        overlaps.
        """
        return await self._lane.write(lambda unit: answer_likeness(unit, likeness_id, answer, chosen))

    async def close_repair(self, task_id: UUID) -> None:
        """Say that somebody looked and it is right as it is; undoable."""
        await self._lane.write(lambda unit: _close_repair(unit, task_id))

    async def decide_conflict(self, conflict_id: UUID, resolution: str) -> None:
        """Close a conflict: `seen` leaves things as they stand, `call` lets the person be called again."""
        await self._lane.write(lambda unit: _decide(unit, conflict_id, resolution))

    async def release_lease(self, entry_id: UUID, epoch: int) -> None:
        """Give a card back that hangs in somebody's hands.

        What that caller still writes counts until somebody else takes the card; then it is a conflict.
        """
        await self._lane.write(lambda unit: _release(unit, entry_id, epoch))


def _requeue(unit: Unit, entry_id: UUID, user_id: UUID | None) -> None:
    entry = unit.get(QueueEntry, entry_id)
    if entry.state != "blocked" or entry.blocked_reason != "escalated":
        raise ConflictError("team.no_longer_waiting")
    entry.state, entry.blocked_reason, entry.skips = "ready", None, 0
    entry.assigned_to, entry.assigned_by = user_id, unit.user_id if user_id else None
    to = unit.session.get_one(User, user_id).name if user_id else ""
    name = _name(unit, entry.candidate_id)
    action = "team.assign" if user_id else "team.requeue"
    unit.record(action, candidate_id=entry.candidate_id, subject_id=entry.id, undoable=True, to=to, name=name)


def _close_repair(unit: Unit, task_id: UUID) -> None:
    task = unit.get(RepairTask, task_id)
    if task.resolved_at is not None:
        raise ConflictError("team.no_longer_waiting")
    close_task(unit, task)
    unit.record(
        "team.close_repair",
        candidate_id=task.candidate_id,
        subject_id=task.id,
        undoable=True,
        name=_name(unit, task.candidate_id),
    )


def _decide(unit: Unit, conflict_id: UUID, resolution: str) -> None:
    conflict = unit.get(Conflict, conflict_id)
    if conflict.decided_at is not None:
        raise ConflictError("team.no_longer_waiting")
    if resolution == "call":
        _call_again(unit, unit.get(Candidate, conflict.candidate_id))
    conflict.resolution, conflict.decided_by, conflict.decided_at = resolution, unit.user_id, unit.now
    unit.record(
        "team.conflict",
        candidate_id=conflict.candidate_id,
        subject_id=conflict.id,
        undoable=True,
        name=_name(unit, conflict.candidate_id),
    )


def _call_again(unit: Unit, candidate: Candidate) -> None:
    """Ask for a call at the supervisor's wish, unless one waits already."""
    if candidate.do_not_call:
        raise DeskError("team.do_not_call", name=show_name(name_of(candidate)))
    if open_entry(unit.session, candidate.id) is not None:
        raise DeskError("team.waits_already", name=show_name(name_of(candidate)))
    unit.session.add(
        QueueEntry(
            candidate_id=candidate.id,
            kind="wish",
            priority_group=1,
            registered_at=candidate.registered_at,
            region_code=candidate.region_code,
            created_at=unit.now,
            updated_at=unit.now,
        )
    )


def _release(unit: Unit, entry_id: UUID, epoch: int) -> None:
    if not claims.release(unit.session.connection(), entry_id, epoch, unit.now):
        raise ConflictError("team.no_longer_waiting")
    entry = unit.session.get_one(QueueEntry, entry_id)
    unit.record(
        "team.release",
        candidate_id=entry.candidate_id,
        subject_id=entry.id,
        name=_name(unit, entry.candidate_id),
    )


def _name(unit: Unit, candidate_id: UUID) -> str:
    return show_name(name_of(unit.session.get_one(Candidate, candidate_id)))
