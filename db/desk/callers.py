"""One caller: what they have and do, whom they are served, and the end of their work here."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from db.desk.lane import Lane
from db.desk.moves import Carried, carry_out
from db.desk.unit import Unit
from db.desk.waiting import today_of
from db.errors import ConflictError, DeskError
from db.models import Pause, User
from db.reference.lists import code_list
from db.rules.groups import TRAINEE, Groups
from db.rules.moving import Target
from db.stores import callers as store
from db.views.callers import CallerView, StoppedView


class CallersDesk:
    """Use cases of a supervisor about one caller; each is undoable."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def caller(self, user_id: UUID) -> CallerView:
        """Everything about a caller; KeyError when there is none."""
        return await self._lane.read(lambda session: self._caller(session, user_id))

    async def set_trainee(self, user_id: UUID, trainee: bool) -> None:
        """Say whether a caller still learns: then they are kept from the difficult calls."""
        await self._lane.write(lambda unit: _set_trainee(unit, user_id, trainee))

    async def set_regions(self, user_id: UUID, regions: Sequence[str]) -> None:
        """Serve a caller these regions only; none is all of them. DeskError for one that does not exist."""
        await self._lane.write(lambda unit: _set_regions(unit, user_id, regions))

    async def set_groups(self, user_id: UUID, groups: Groups) -> None:
        """Keep groups away from a caller. DeskError when nothing would be left to serve."""
        await self._lane.write(lambda unit: _set_groups(unit, user_id, groups))

    async def stop(self, user_id: UUID) -> StoppedView:
        """A caller stops: all their calls go to the common queue, cards in hand too, in one transaction.

        Raises ConflictError when they stopped already, DeskError for whoever sits here themselves. Undo
        makes them a caller again and gives their calls back; cards in hand do not return.
        """
        return await self._lane.write(lambda unit: _stop(unit, user_id))

    async def start(self, user_id: UUID) -> None:
        """Somebody who had stopped works here again."""
        await self._lane.write(lambda unit: _start(unit, user_id))

    def _caller(self, session: Session, user_id: UUID) -> CallerView:
        user = session.get(User, user_id)
        if user is None:
            raise KeyError(f"User {user_id}")
        return CallerView(
            id=user.id,
            name=user.name,
            role=user.role,
            trainee=user.trainee,
            active=user.active,
            team=user.team or "",
            regions=tuple(user.regions),
            groups=Groups.from_mapping(user.serves),
            held=store.held_cards(session, user_id),
            today=today_of(session, user_id, self._lane.clock()),
            last_call_at=store.last_call_at(session, user_id),
            paused_for=store.pause_of(session, user_id),
            open_calls=store.open_calls(session, user_id),
        )


def _set_trainee(unit: Unit, user_id: UUID, trainee: bool) -> None:
    user = unit.get(User, user_id)
    groups = Groups.from_mapping(user.serves)
    user.trainee = trainee
    user.serves = (groups.along_with(TRAINEE) if trainee else groups.without(TRAINEE)).to_mapping()
    unit.record("callers.trainee", subject_id=user.id, undoable=True, name=user.name)


def _set_regions(unit: Unit, user_id: UUID, regions: Sequence[str]) -> None:
    if not set(regions) <= set(code_list("region")):
        raise DeskError("moves.nowhere")
    user = unit.get(User, user_id)
    user.regions = [code for code in code_list("region") if code in regions]
    unit.record("callers.regions", subject_id=user.id, undoable=True, name=user.name)


def _set_groups(unit: Unit, user_id: UUID, groups: Groups) -> None:
    if not groups.kinds or not groups.priorities:
        raise DeskError("callers.nothing_served")
    user = unit.get(User, user_id)
    user.serves = groups.to_mapping()
    unit.record("callers.groups", subject_id=user.id, undoable=True, name=user.name)


def _stop(unit: Unit, user_id: UUID) -> StoppedView:
    if user_id == unit.user_id:
        raise DeskError("callers.not_oneself")
    user = unit.get(User, user_id)
    if not user.active:
        raise ConflictError("callers.stopped_already", name=user.name)
    user.active = False
    for pause in unit.session.exec(
        select(Pause).where(Pause.user_id == user_id, col(Pause.ended_at).is_(None))
    ):
        pause.ended_at = unit.now
    released = _release_all(unit, user_id)
    unit.record(
        "callers.stop",
        subject_id=user.id,
        undoable=True,
        name=user.name,
        count=released.count,
        freed=released.freed,
    )
    return StoppedView(user.name, released.count)


def _release_all(unit: Unit, user_id: UUID) -> Carried:
    """Everything of theirs to the common queue, whatever its version: it is theirs no longer."""
    target = Target("common", unit.user_id, take_held=True)
    ids = store.open_ids(unit.session, user_id)
    return carry_out(unit, dict.fromkeys(ids), target)


def _start(unit: Unit, user_id: UUID) -> None:
    user = unit.get(User, user_id)
    if user.active:
        raise ConflictError("callers.works_already", name=user.name)
    user.active = True
    unit.record("callers.start", subject_id=user.id, undoable=True, name=user.name)
