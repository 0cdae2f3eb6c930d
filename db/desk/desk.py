"""The desk: the use cases in groups, over one database."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError

from db.clock import Clock, system_clock
from db.desk.candidates import CandidatesDesk
from db.desk.care import CareDesk
from db.desk.history import HistoryDesk
from db.desk.imports import ImportsDesk
from db.desk.interviews import InterviewsDesk
from db.desk.lane import Lane
from db.desk.proposals import ProposalsDesk
from db.desk.queue import QueueDesk
from db.desk.requests import RequestsDesk
from db.desk.seat import Seat
from db.desk.team import TeamDesk
from db.desk.users import UsersDesk
from db.engine import open_engine
from db.errors import StorageError
from db.migrations import prepare
from db.stores.failures import opening


@dataclass(slots=True)
class Desk:
    """Everything that can be done here; open it with `open_desk`."""

    lane: Lane
    seat: Seat
    users: UsersDesk
    queue: QueueDesk
    interviews: InterviewsDesk
    history: HistoryDesk
    imports: ImportsDesk
    candidates: CandidatesDesk
    proposals: ProposalsDesk
    requests: RequestsDesk
    team: TeamDesk
    care: CareDesk

    @property
    def clock(self) -> Clock:
        """The moment, as this desk counts it."""
        return self.lane.clock

    def close(self) -> None:
        """Finish what was asked and let go of the database."""
        self.lane.close()


def database_url(database: str | Path) -> str:
    """The address of a database: a path is an SQLite file, anything with :// is taken as it is."""
    text = str(database)
    if text.startswith("postgresql://"):
        return text.replace("postgresql://", "postgresql+psycopg://", 1)
    return text if "://" in text else f"sqlite:///{Path(text).expanduser().absolute()}"


def _open(database: str | Path, clock: Clock) -> Engine:
    try:
        url = make_url(database_url(database))
    except ArgumentError as error:
        raise StorageError("storage.bad_address", path=database) from error
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
    return Desk(
        lane=lane,
        seat=seat,
        users=UsersDesk(lane),
        queue=QueueDesk(lane),
        interviews=InterviewsDesk(lane),
        history=HistoryDesk(lane),
        imports=ImportsDesk(lane),
        candidates=CandidatesDesk(lane),
        proposals=ProposalsDesk(lane),
        requests=RequestsDesk(lane),
        team=TeamDesk(lane),
        care=CareDesk(lane),
    )
