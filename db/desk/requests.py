"""What organisations ask."""

from uuid import UUID

from db.desk import request_ends, request_writing
from db.desk.lane import Lane
from db.desk.request_steps import take_request_step
from db.drafts.requests import RequestDraft, RequestFilter
from db.rules.times import local
from db.stores.request_book import Wanted, list_requests, load_request
from db.views.requests import RequestList, RequestView

OPEN = RequestFilter()


class RequestsDesk:
    """Use cases about requests."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def open_requests(
        self,
        candidate_id: UUID | None = None,
        search: str = "",
        sort: str | None = None,
        limit: int = 200,
        wanted: RequestFilter = OPEN,
    ) -> RequestList:
        """The requests that still want people, or those that `wanted` asks for.

        `sort` is urgency | distance | left | organisation | region | sector | profile; None is distance with
        a candidate in hand, else urgency. `search` words must all be in organisation, place, function, sector
        or region.
        """
        chosen = Wanted(wanted, local(self._lane.clock()).date())
        return await self._lane.read(
            lambda session: list_requests(session, candidate_id, search, sort, limit, chosen)
        )

    async def request(self, request_id: UUID, candidate_id: UUID | None = None) -> RequestView:
        """A request with everyone proposed to it; with a candidate in hand also how far it is."""
        return await self._lane.read(lambda session: load_request(session, request_id, candidate_id))

    async def draft(self, request_id: UUID) -> tuple[RequestDraft, int]:
        """What was written down of a request, to be changed, and the version that it is changed from."""
        return await self._lane.read(lambda session: request_writing.draft_of(session, request_id))

    async def add(self, draft: RequestDraft) -> tuple[UUID, int]:
        """Write a request down with status draft; its id and version; undoable.

        Raises DeskError when something in it cannot be.
        """
        return await self._lane.write(lambda unit: request_writing.add(unit, draft))

    async def change(self, request_id: UUID, draft: RequestDraft, row_version: int) -> int:
        """Change what is asked, and give the new version; undoable, unless it is still a draft.

        Raises ConflictError when somebody changed it since `row_version`, DeskError as `add`, or when an open
        request would lose what it cannot do without.
        """
        return await self._lane.write(
            lambda unit: request_writing.change(unit, request_id, draft, row_version)
        )

    async def open(self, request_id: UUID) -> None:
        """From draft to open: people can be proposed from now on; undoable.

        Raises DeskError when the function profile or the fte is missing.
        """
        await self._lane.write(lambda unit: request_writing.open_request(unit, request_id))

    async def step(self, request_id: UUID, status: str) -> str:
        """Take a request to submitted, verified, open or closed; the status that it has then; undoable.

        Opened again it is as full as its book says. Raises ConflictError when the step may not follow now,
        DeskError when the function profile or the fte is missing, or when somebody proposed still waits.
        """
        return await self._lane.write(lambda unit: take_request_step(unit, request_id, status))

    async def hold(self, request_id: UUID, reason: str, note: str = "", language: str = "nl") -> int:
        """Set aside for now (a reason of `request_hold_reason`); undoable. How many proposals were told.

        Every open proposal gets a note, and the organisation's time to answer stands still.
        """
        return await self._lane.write(
            lambda unit: request_ends.hold(unit, request_id, reason, note, language)
        )

    async def resume(self, request_id: UUID, language: str = "nl") -> int:
        """Take up again what was on hold; undoable. What was to be answered by when is so again."""
        return await self._lane.write(lambda unit: request_ends.resume(unit, request_id, language))

    async def cancel(self, request_id: UUID, reason: str, note: str = "", language: str = "nl") -> int:
        """Call off (a reason of `request_cancel_reason`); undoable. How many proposals ended with it.

        Whoever was proposed or accepted is available again, unless proposed elsewhere; whoever is at work
        stays.
        """
        return await self._lane.write(
            lambda unit: request_ends.cancel(unit, request_id, reason, note, language)
        )
