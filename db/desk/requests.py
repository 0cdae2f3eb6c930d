"""What organisations ask."""

from uuid import UUID

from db.desk.lane import Lane
from db.stores.request_book import list_requests, load_request
from db.views.requests import RequestList, RequestView


class RequestsDesk:
    """Use cases about requests."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def open_requests(
        self, candidate_id: UUID | None = None, search: str = "", sort: str | None = None, limit: int = 200
    ) -> RequestList:
        """The requests that still want people.

        `sort` is urgency | distance | left | organisation; None is distance with a candidate in hand, else
        urgency. `search` words must all be in organisation, place, function, sector or region.
        """
        return await self._lane.read(
            lambda session: list_requests(session, candidate_id, search, sort, limit)
        )

    async def request(self, request_id: UUID, candidate_id: UUID | None = None) -> RequestView:
        """A request with everyone proposed to it; with a candidate in hand also how far it is."""
        return await self._lane.read(lambda session: load_request(session, request_id, candidate_id))
