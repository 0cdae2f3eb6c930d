"""The supervisor's board, the charts and the map."""

from datetime import datetime, timedelta

from sqlmodel import Session

from db.desk.lane import Lane
from db.rules.best_time import Rates
from db.rules.report_period import start_of
from db.rules.times import local
from db.stores.floor import load_board, pulse
from db.stores.floor_charts import balance, load_map, week_of
from db.views.floor import Board, Charts, CountryMap, Tally

WEEKS = 6
"""Over so many weeks the reach rate is counted."""
RATES_LAST = timedelta(hours=12)
RATES_MOST = 20_000


class FloorDesk:
    """Use cases of whoever keeps an eye on the floor."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._rates: Rates = {}
        self._rates_at: datetime | None = None

    async def board(self, known: Board | None = None) -> Board | None:
        """The board; None when it still says what `known` said, which costs next to nothing."""

        def work(session: Session) -> Board | None:
            now, felt = self._lane.clock(), pulse(session)
            if known is not None and known.pulse == felt and not _moved_on(known, now):
                return None
            return load_board(session, now, start_of(local(now).date()), felt)

        return await self._lane.read(work)

    async def charts(self) -> Charts:
        """What the charts draw."""
        return await self._lane.read(self._charts)

    async def country(self) -> CountryMap:
        """What the map draws."""
        return await self._lane.read(load_map)

    @property
    def rates(self) -> Rates:
        """How often people in general are reached, as far as `learn_rates` has read it."""
        return self._rates

    async def learn_rates(self) -> None:
        """Read the general reach rate, twice a day at most: a card asks nothing of the database for it."""
        now = self._lane.clock()
        if self._rates_at is not None and now - self._rates_at < RATES_LAST:
            return
        self._rates_at = now
        since = now - timedelta(weeks=WEEKS)
        week = await self._lane.read(lambda session: week_of(session, since, RATES_MOST))
        self._rates = {slot: (tally.calls, tally.reached) for slot, tally in week.items()}

    def _charts(self, session: Session) -> Charts:
        now = self._lane.clock()
        midnight = start_of(local(now).date())
        hours = week_of(session, midnight)
        today: dict[int, Tally] = {hour: tally for (_, hour), tally in sorted(hours.items())}
        return Charts(
            today=today,
            week=week_of(session, now - timedelta(weeks=WEEKS)),
            weeks=WEEKS,
            regions=balance(session, "region_code"),
            profiles=balance(session, "function_profile"),
        )


def _moved_on(board: Board, now: datetime) -> bool:
    """Whether time alone changed something; a clock that was put back is looked at again too."""
    return now < board.at or (board.changes_at is not None and now >= board.changes_at)
