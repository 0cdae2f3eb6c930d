"""Who fits a request, and which requests fit a candidate."""

from uuid import UUID

from sqlmodel import Session

from db.desk.lane import Lane
from db.models import Candidate, Request
from db.rules.times import local
from db.stores import matching as store
from db.views.matching import MatchResult, RequestMatch


class MatchingDesk:
    """Use cases of matching; nothing is changed here."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def candidates_for(self, request_id: UUID, widen: bool = False, limit: int = 50) -> MatchResult:
        """The available candidates for a request, best first.

        `widen` adds those whom one thing excludes, best first, and counts them by that reason.
        """
        return await self._lane.read(lambda session: self._rank(session, request_id, widen, limit))

    async def requests_for(self, candidate_id: UUID, limit: int = 50) -> tuple[RequestMatch, ...]:
        """The open requests that fit a candidate, best first; none before a completed interview."""
        return await self._lane.read(lambda session: self._requests(session, candidate_id, limit))

    def _rank(self, session: Session, request_id: UUID, widen: bool, limit: int) -> MatchResult:
        now = self._lane.clock()
        request = session.get_one(Request, request_id)
        facts = store.request_facts(session, request)
        ranking = store.Ranking(session, request_id, facts, local(now).date(), now)
        lines, total = ranking.fitting(limit)
        near, counts = ranking.near(limit) if widen else ((), None)
        return MatchResult(
            request_id=request_id,
            organisation=facts.organisation,
            request=facts,
            lines=lines,
            total=total,
            near=near,
            near_counts=counts,
        )

    def _requests(self, session: Session, candidate_id: UUID, limit: int) -> tuple[RequestMatch, ...]:
        candidate = session.get_one(Candidate, candidate_id)
        facts = store.candidate_facts(session, candidate)
        if facts is None:
            return ()
        today = local(self._lane.clock()).date()
        return store.fitting_requests(session, candidate, facts, today, limit)
