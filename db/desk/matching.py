"""Who fits a request, and which requests fit a candidate."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from db.desk.lane import Lane
from db.desk.proposals import propose_now
from db.desk.unit import Unit
from db.errors import DeskError
from db.models import Candidate, Organisation, Request
from db.rules.fit import fit
from db.rules.fit_facts import Fit
from db.rules.names import show_name
from db.rules.proposal_steps import SHORTLISTED
from db.rules.times import local
from db.stores import matching as store
from db.views.matching import MatchResult, ProposedTogether, RequestMatch
from db.views.requests import ProposalView


class MatchingDesk:
    """Use cases of matching."""

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

    async def fit_of(self, candidate_id: UUID, request_id: UUID) -> Fit | None:
        """How one person fits one request; None before a completed interview."""
        return await self._lane.read(lambda session: self._fit_of(session, candidate_id, request_id))

    async def propose(self, candidate_ids: Sequence[UUID], request_id: UUID) -> ProposedTogether:
        """Propose several people to a request in one transaction; undoable as one thing.

        Whoever may not be proposed is left out, with the reason, and does not keep the others from it.
        """
        return await self._lane.write(lambda unit: _propose(unit, candidate_ids, request_id))

    async def mark(self, candidate_id: UUID, request_id: UUID) -> ProposalView:
        """Put a person on the shortlist of a request, for the recruiter to look at; undoable.

        Raises DeskError as proposing does.
        """
        return await self._lane.write(
            lambda unit: propose_now(unit, candidate_id, request_id, status=SHORTLISTED)
        )

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

    def _fit_of(self, session: Session, candidate_id: UUID, request_id: UUID) -> Fit | None:
        facts = store.candidate_facts(session, session.get_one(Candidate, candidate_id))
        if facts is None:
            return None
        request = store.request_facts(session, session.get_one(Request, request_id))
        return fit(facts, request, local(self._lane.clock()).date())

    def _requests(self, session: Session, candidate_id: UUID, limit: int) -> tuple[RequestMatch, ...]:
        candidate = session.get_one(Candidate, candidate_id)
        facts = store.candidate_facts(session, candidate)
        if facts is None:
            return ()
        today = local(self._lane.clock()).date()
        return store.fitting_requests(session, candidate, facts, today, limit)


def _propose(unit: Unit, candidate_ids: Sequence[UUID], request_id: UUID) -> ProposedTogether:
    request = unit.session.get_one(Request, request_id)
    organisation = unit.session.get_one(Organisation, request.organisation_id).name
    made, refused = [], []
    for candidate_id in candidate_ids:
        try:
            made.append(propose_now(unit, candidate_id, request_id))
        except DeskError as error:
            # Refused before anything was written for this person.
            refused.append(error)
    if made:
        unit.record(
            "proposals.propose",
            candidate_id=made[0].candidate_id if len(made) == 1 else None,
            subject_id=request_id,
            undoable=True,
            name=", ".join(show_name(view.name) for view in made),
            organisation=organisation,
        )
    return ProposedTogether(organisation, tuple(view.name for view in made), tuple(refused))
