"""The desk: the use cases in groups, over one database."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import Engine

from db.clock import Clock, system_clock
from db.desk.lane import Lane
from db.desk.seat import Seat
from db.engine import database_url, open_engine
from db.migrations import prepare
from db.stores.failures import opening

if TYPE_CHECKING:
    from db.desk.announcements import AnnouncementsDesk
    from db.desk.callers import CallersDesk
    from db.desk.candidates import CandidatesDesk
    from db.desk.care import CareDesk
    from db.desk.exports import ExportsDesk
    from db.desk.floor import FloorDesk
    from db.desk.handover import HandoverDesk
    from db.desk.history import HistoryDesk
    from db.desk.imports import ImportsDesk
    from db.desk.interviews import InterviewsDesk
    from db.desk.matching import MatchingDesk
    from db.desk.moves import MovesDesk
    from db.desk.news import NewsDesk
    from db.desk.organisations import OrganisationsDesk
    from db.desk.plan import PlanDesk
    from db.desk.proposals import ProposalsDesk
    from db.desk.queue import QueueDesk
    from db.desk.referrals import ReferralsDesk
    from db.desk.reports import ReportsDesk
    from db.desk.requests import RequestsDesk
    from db.desk.reviews import ReviewsDesk
    from db.desk.rounds import RoundsDesk
    from db.desk.settings import SettingsDesk
    from db.desk.team import TeamDesk
    from db.desk.users import UsersDesk


class Desk:
    """Everything that can be done here, in groups; open it with `open_desk`.

    A group is imported when it is first used: nobody waits at the start for what only some do.
    """

    def __init__(self, lane: Lane, seat: Seat) -> None:
        self.lane = lane
        self.seat = seat

    @property
    def clock(self) -> Clock:
        """The moment, as this desk counts it."""
        return self.lane.clock

    def is_practice(self) -> bool:
        """Whether this is a practice floor, however it was opened."""
        from db.stores.users import is_practice

        return self.lane.read_now(is_practice)

    def close(self) -> None:
        """Finish what was asked and let go of the database."""
        self.lane.close()

    @cached_property
    def users(self) -> "UsersDesk":
        """Signing in, and the rules of the desk."""
        from db.desk.users import UsersDesk

        return UsersDesk(self.lane)

    @cached_property
    def settings(self) -> "SettingsDesk":
        """The rules of the desk, one at a time."""
        from db.desk.settings import SettingsDesk

        return SettingsDesk(self.lane)

    @cached_property
    def announcements(self) -> "AnnouncementsDesk":
        """The message of the day."""
        from db.desk.announcements import AnnouncementsDesk

        return AnnouncementsDesk(self.lane)

    @cached_property
    def handover(self) -> "HandoverDesk":
        """A candidate given to a colleague."""
        from db.desk.handover import HandoverDesk

        return HandoverDesk(self.lane)

    @cached_property
    def news(self) -> "NewsDesk":
        """What became of the candidates one spoke to."""
        from db.desk.news import NewsDesk

        return NewsDesk(self.lane)

    @cached_property
    def reviews(self) -> "ReviewsDesk":
        """Completed interviews that somebody looks at again."""
        from db.desk.reviews import ReviewsDesk

        return ReviewsDesk(self.lane)

    @cached_property
    def queue(self) -> "QueueDesk":
        """The caller's queue."""
        from db.desk.queue import QueueDesk

        return QueueDesk(self.lane)

    @cached_property
    def interviews(self) -> "InterviewsDesk":
        """The intake interview."""
        from db.desk.interviews import InterviewsDesk

        return InterviewsDesk(self.lane)

    @cached_property
    def history(self) -> "HistoryDesk":
        """Undo and redo."""
        from db.desk.history import HistoryDesk

        return HistoryDesk(self.lane)

    @cached_property
    def imports(self) -> "ImportsDesk":
        """Files that come in."""
        from db.desk.imports import ImportsDesk

        return ImportsDesk(self.lane)

    @cached_property
    def candidates(self) -> "CandidatesDesk":
        """Finding people, reading and repairing their record."""
        from db.desk.candidates import CandidatesDesk

        return CandidatesDesk(self.lane)

    @cached_property
    def matching(self) -> "MatchingDesk":
        """Who fits a request, and which requests fit a candidate."""
        from db.desk.matching import MatchingDesk

        return MatchingDesk(self.lane)

    @cached_property
    def organisations(self) -> "OrganisationsDesk":
        """Who asks for help, and who to talk to there."""
        from db.desk.organisations import OrganisationsDesk

        return OrganisationsDesk(self.lane)

    @cached_property
    def proposals(self) -> "ProposalsDesk":
        """Candidates offered to requests."""
        from db.desk.proposals import ProposalsDesk

        return ProposalsDesk(self.lane)

    @cached_property
    def referrals(self) -> "ReferralsDesk":
        """Where people go next."""
        from db.desk.referrals import ReferralsDesk

        return ReferralsDesk(self.lane)

    @cached_property
    def requests(self) -> "RequestsDesk":
        """What organisations ask."""
        from db.desk.requests import RequestsDesk

        return RequestsDesk(self.lane)

    @cached_property
    def reports(self) -> "ReportsDesk":
        """Figures, each traceable to its rows."""
        from db.desk.reports import ReportsDesk

        return ReportsDesk(self.lane)

    @cached_property
    def rounds(self) -> "RoundsDesk":
        """Asking people again whether they are available."""
        from db.desk.rounds import RoundsDesk

        return RoundsDesk(self.lane)

    @cached_property
    def team(self) -> "TeamDesk":
        """The supervisor's lists."""
        from db.desk.team import TeamDesk

        return TeamDesk(self.lane)

    @cached_property
    def moves(self) -> "MovesDesk":
        """Calls from one caller, region or priority to another."""
        from db.desk.moves import MovesDesk

        return MovesDesk(self.lane)

    @cached_property
    def callers(self) -> "CallersDesk":
        """One caller: what they do, what they have, whom they are served."""
        from db.desk.callers import CallersDesk

        return CallersDesk(self.lane)

    @cached_property
    def exports(self) -> "ExportsDesk":
        """What goes out to organisations."""
        from db.desk.exports import ExportsDesk

        return ExportsDesk(self.lane)

    @cached_property
    def plan(self) -> "PlanDesk":
        """Who could go where."""
        from db.desk.plan import PlanDesk

        return PlanDesk(self.lane)

    @cached_property
    def floor(self) -> "FloorDesk":
        """The board of the supervisor, the charts and the map."""
        from db.desk.floor import FloorDesk

        return FloorDesk(self.lane)

    @cached_property
    def care(self) -> "CareDesk":
        """Backups."""
        from db.desk.care import CareDesk

        return CareDesk(self.lane)


def _open(database: str | Path, clock: Clock) -> Engine:
    url = database_url(database)
    with opening(url):
        engine = open_engine(url)
        try:
            prepare(engine, clock)
        except BaseException:
            engine.dispose()
            raise
        return engine


def open_desk(database: str | Path, clock: Clock = system_clock) -> Desk:
    """The desk on a database, which is made when missing and brought up to date when old.

    Raises StorageError with what to do when it cannot be used; nothing is touched then.
    """
    engine = _open(database, clock)
    seat = Seat()
    lane = Lane(engine, clock, seat)
    return Desk(lane, seat)
