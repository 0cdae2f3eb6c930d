"""Finding people, reading their card, and putting their data right."""

from uuid import UUID

from db.desk.lane import Lane
from db.desk.unit import Unit
from db.stores.candidate_card import load_card
from db.views.candidates import CandidateView


class CandidatesDesk:
    """Use cases about the people who offered help."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def card(self, candidate_id: UUID, *, log_read: bool = True) -> CandidateView:
        """Everything known of a candidate; that somebody looked is logged.

        With `log_read` false it is not: the queue logs the read itself when it serves somebody.
        """
        if not log_read:
            return await self._lane.read(lambda session: load_card(session, candidate_id))

        def work(unit: Unit) -> CandidateView:
            unit.note_read("candidate.read", candidate_id)
            return load_card(unit.session, candidate_id)

        return await self._lane.write(work)
