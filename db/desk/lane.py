"""The one database lane: a single worker thread, so that no screen ever waits for a query on its own loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from db.clock import Clock
from db.desk.seat import Seat
from db.desk.unit import Unit
from db.engine import READ_ONLY
from db.errors import DeskError
from db.stores.failures import explain

T = TypeVar("T")


class Lane:
    """Runs reads and units of work one after another, off the event loop.

    A read may be abandoned by whoever awaits it; a write, once asked, always runs to its end.
    """

    def __init__(self, engine: Engine, clock: Clock, seat: Seat) -> None:
        self.engine = engine
        self.clock = clock
        self.seat = seat
        self._reading = engine.execution_options(**{READ_ONLY: True})
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")

    async def read(self, work: Callable[[Session], T]) -> T:
        """Run a query in a read-only transaction."""
        return await self._run(lambda: self.read_now(work))

    async def write(self, work: Callable[[Unit], T]) -> T:
        """Run a use case as one transaction; durable when this returns.

        A cancelled caller does not cancel it: what a person did is never dropped.
        """
        return await asyncio.shield(self._run(lambda: self.write_now(work)))

    async def run(self, work: Callable[[], T]) -> T:
        """Run something else that belongs on the lane (a backup, an import) and shield it as a write."""
        return await asyncio.shield(self._run(lambda: self._explained(work)))

    def read_now(self, work: Callable[[Session], T]) -> T:
        """`read` for callers that have no event loop: the command line."""

        def unit() -> T:
            with Session(self._reading, expire_on_commit=False) as session, session.begin():
                return work(session)

        return self._explained(unit)

    def write_now(self, work: Callable[[Unit], T]) -> T:
        """`write` for callers that have no event loop."""

        def unit() -> T:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                unit = Unit(session, self.clock(), self.seat.user_id)
                result = work(unit)
                unit.finish()
                return result

        return self._explained(unit)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _explained(self, work: Callable[[], T]) -> T:
        """The one place where a failure of the database becomes a sentence."""
        try:
            return work()
        except sa.exc.DBAPIError as error:
            explained: DeskError | None = explain(error, self.engine.url)
            if explained is None:
                raise
            raise explained from error

    def close(self) -> None:
        """Finish what was asked and let go of the database."""
        self._thread.shutdown(wait=True)
        self.engine.dispose()
