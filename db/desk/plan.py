"""Who could go where: a plan for the recruiter, which proposes nobody by itself."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from uuid import UUID

from sqlmodel import Session

from db.desk.lane import Lane
from db.desk.unit import Unit
from db.errors import DeskError
from db.models import Organisation, Request
from db.rules.assignment import SECONDS, Assignment, Edge, assign
from db.rules.times import local
from db.stores import plan as store
from db.views.plan import Plan, PlannedRequest

SOLVER = "highspy"
Progress = Callable[[int, int], None]
"""How many requests were looked at, of how many."""
_Asked = list[tuple[Request, Organisation, int]]


@dataclass(frozen=True, slots=True)
class _Region:
    """The open requests of one region, and who fits them."""

    asked: _Asked
    edges: tuple[Edge, ...]

    @property
    def left(self) -> dict[UUID, int]:
        return {request.id: left for request, _, left in self.asked}


class PlanDesk:
    """Use cases of planning."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def plan(
        self, region: str | None = None, seconds: float = SECONDS, progress: Progress | None = None
    ) -> Plan:
        """The assignment that fills the most fte with the least travel; without a region all, one by one.

        Nobody is in it twice, and nobody is proposed. `seconds` is how long the solver may look for better,
        shared by the regions as they ask. Raises DeskError when the solver (extra `plan`) is not installed.
        """
        if find_spec(SOLVER) is None:
            raise DeskError("plan.no_solver")
        asked = await self._lane.read(lambda session: store.open_requests(session, region))
        free = await self._lane.read(store.free_people)
        away = await self._lane.read(lambda session: store.away_people(session, free))
        available, planned, proven = len(free), list[PlannedRequest](), True
        for part in _by_region(asked):
            found = await self._fitting(part, free, away)
            share = seconds * len(part) / len(asked)
            chosen = await asyncio.to_thread(assign, found.edges, found.left, share)
            free -= {edge.candidate for edge in chosen.edges}
            planned += await self._tell(found, chosen)
            proven = proven and chosen.proven
            if progress is not None:
                progress(len(planned), len(asked))
        await self._lane.write(lambda unit: _note(unit, region, planned))
        return Plan(tuple(planned), available, proven)

    async def _fitting(self, asked: _Asked, free: set[UUID], away: store.Away) -> _Region:
        now = self._lane.clock()
        today = local(now).date()

        def work(session: Session) -> _Region:
            fitting = store.Fitting(session, free, away, today, now)
            edges = [edge for request, _, left in asked for edge in fitting.edges_of(request, left)]
            fitting.close()
            return _Region(asked, tuple(edges))

        return await self._lane.read(work)

    async def _tell(self, region: _Region, chosen: Assignment) -> list[PlannedRequest]:
        going: dict[UUID, list[Edge]] = {}
        for edge in sorted(chosen.edges, key=lambda edge: edge.travel):
            going.setdefault(edge.request, []).append(edge)

        def work(session: Session) -> list[PlannedRequest]:
            people = store.read_people(session, [edge.candidate for edge in chosen.edges])
            planned = [
                PlannedRequest(
                    request_id=request.id,
                    organisation=organisation.name,
                    place=request.place or organisation.place,
                    function_profile=request.function_profile,
                    region_code=request.region_code,
                    left=left,
                    people=tuple(
                        store.person_of(session, edge.candidate, request)
                        for edge in going.get(request.id, ())
                    ),
                )
                for request, organisation, left in region.asked
            ]
            people.clear()  # held until here: the session forgets whoever nobody holds
            return planned

        return await self._lane.read(work)


def _by_region(asked: _Asked) -> list[_Asked]:
    parts: dict[str, _Asked] = {}
    for line in asked:
        parts.setdefault(line[0].region_code, []).append(line)
    return list(parts.values())


def _note(unit: Unit, region: str | None, planned: list[PlannedRequest]) -> None:
    people = sum(len(request.people) for request in planned)
    unit.record("plan.made", region=region or "", requests=len(planned), people=people)
