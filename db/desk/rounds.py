"""Rounds of re-confirmation: everybody whose availability grew old is asked again."""

from uuid import UUID

from db.desk.lane import Lane
from db.desk.unit import Unit
from db.drafts.rounds import RoundDraft
from db.errors import ConflictError, DeskError
from db.models import ReconfirmationRound
from db.stores import rounds as store
from db.views.rounds import RoundPreview, RoundView

LIMIT = 100
WAITING: dict[str, str | None] = {"state": "ready", "closed_reason": None}
TAKEN_BACK: dict[str, str | None] = {"state": "done", "closed_reason": store.UNDONE}
"""What a call of a round is when it is undone: rows of state are closed, for facts may name them."""


class RoundsDesk:
    """Use cases about asking people again whether they are available."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def list(self, limit: int = LIMIT) -> tuple[RoundView, ...]:
        """The rounds with what came of them, the newest first."""
        return await self._lane.read(lambda session: store.rounds(session, limit))

    async def preview(self, draft: RoundDraft) -> RoundPreview:
        """Who would be asked, and who is left out; nothing is written."""
        return await self._lane.read(lambda session: store.preview(session, draft, self._lane.clock()))

    async def start(self, draft: RoundDraft, expected: int) -> UUID:
        """Put everybody who is to be asked into the queue; undoable as one thing.

        `expected` is the number that was previewed: raises ConflictError when it is another by now, DeskError
        when there is nobody to ask.
        """
        return await self._lane.write(lambda unit: _start(unit, draft, expected))


def _start(unit: Unit, draft: RoundDraft, expected: int) -> UUID:
    people = store.to_ask(unit.session, draft, unit.now)
    if not people:
        raise DeskError("rounds.nobody")
    if len(people) != expected:
        raise ConflictError("rounds.changed", expected=expected, number=len(people))
    begun = ReconfirmationRound(
        at=unit.now,
        user_id=unit.user_id,
        older_than_days=draft.older_than_days,
        region_code=draft.region_code,
        asked=len(people),
    )
    unit.session.add(begun)
    unit.session.flush()
    ids = store.add_calls(unit.session, begun, people)
    unit.note_many("queue_entry", ids, TAKEN_BACK, WAITING)
    unit.record("rounds.start", subject_id=begun.id, undoable=True, number=len(people))
    return begun.id
