"""Finding people, reading their card, and putting their data right."""

from uuid import UUID

from db.desk.lane import Lane
from db.desk.likeness_check import ask_again
from db.desk.repairs import repair, return_mail
from db.desk.unit import Unit
from db.models import Candidate
from db.rules.names import show_name
from db.stores.candidate_card import load_card, name_of
from db.stores.candidate_search import find_candidates
from db.views.candidates import CandidateView, SearchResult


class CandidatesDesk:
    """Use cases about the people who offered help."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def search(self, text: str, limit: int = 50) -> SearchResult:
        """Who fits the last digits of a number (three or more), a name, or an e-mail address."""
        return await self._lane.read(lambda session: find_candidates(session, text, limit))

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

    async def repair(self, candidate_id: UUID, field: str, value: str, reason: str = "") -> CandidateView:
        """Put right phone, phone2, email, postcode, name or region (a code, with the reason).

        It solves the repair tasks about that field, frees a call that waited for it, and asks a supervisor
        about whoever this has come to be like; undoable.
        Raises DeskError when the rules do not accept the value.
        """

        def work(unit: Unit) -> CandidateView:
            candidate = unit.get(Candidate, candidate_id)
            repair(unit, candidate, field, value, reason)
            if field != "region":
                ask_again(unit, candidate)
            unit.record(
                "candidate.repair",
                candidate_id=candidate_id,
                undoable=True,
                field=field,
                name=show_name(name_of(candidate)),
                reason=reason,
            )
            unit.session.flush()
            return load_card(unit.session, candidate_id)

        return await self._lane.write(work)

    async def mail_came_back(self, candidate_id: UUID) -> CandidateView:
        """Use an e-mail address no longer: it is kept as given, to be put right; undoable.

        A call that was to mail it waits for another address. Raises DeskError when there is no address.
        """

        def work(unit: Unit) -> CandidateView:
            candidate = unit.get(Candidate, candidate_id)
            return_mail(unit, candidate)
            unit.record(
                "candidate.mail_came_back",
                candidate_id=candidate_id,
                undoable=True,
                name=show_name(name_of(candidate)),
            )
            unit.session.flush()
            return load_card(unit.session, candidate_id)

        return await self._lane.write(work)
