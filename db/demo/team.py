"""The people of the practice floor's desk."""

from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from db.demo.files import read
from db.demo.floor import Floor, Row
from db.models import Pause, User
from db.rules.times import local, part_of_hour

PAUSES = ("short_break", "short_break", "lunch", "meeting", "administration")

WORKING = {
    "morning": ("morning",),
    "afternoon": ("morning", "afternoon", "afternoon"),
    "evening": ("evening", "evening", "afternoon"),
}
"""Whose shift covers a part of the day; who is named twice makes twice as many calls then."""


STOPPED = "Wessel Heuvelink"
STOPPED_DAYS = 6
"""Somebody who made no call any more since so many days, and still has calls of their own."""
QUARTERS = {
    "Noord": {"zorgplein_noord"},
    "Oost": {"wgv_zorg_en_welzijn", "wzw", "zowelwerk"},
    "Zuid": {"transvorm", "zorg_aan_zet", "viazorg"},
}
"""Teams by the regions that they call; whoever calls others is West, whoever calls all Landelijk."""


class Team:
    """Who works here, and who may have made a call."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        start = floor.hours.next_open(floor.now - timedelta(days=52))
        self._people: list[tuple[Row, str]] = []
        for row in read("team"):
            user = floor.add(
                User,
                start,
                name=row["name"],
                role=row["role"],
                trainee=row["trainee"] == "yes",
                team=_team_of(set(row["regions"].split())),
                regions=row["regions"].split(),
            )
            self._people.append((user, row["shift"]))
        self._eligible: dict[tuple[str, str, bool], list[UUID]] = {}
        self.stopped_at = floor.now - timedelta(days=STOPPED_DAYS)

    def ids(self, role: str) -> list[UUID]:
        """Everyone of a role."""
        return [user["id"] for user, _ in self._people if user["role"] == role]

    @cached_property
    def supervisors(self) -> list[UUID]:
        """Who leads the team."""
        return self.ids("supervisor")

    @cached_property
    def recruiters(self) -> list[UUID]:
        """Who proposes candidates."""
        return self.ids("recruiter")

    @cached_property
    def stopped(self) -> UUID:
        """Who does not come any more."""
        found: UUID = next(user["id"] for user, _ in self._people if user["name"] == STOPPED)
        return found

    def on_shift(self, part: str) -> list[Row]:
        """The callers of a part of the day."""
        return [user for user, shift in self._people if user["role"] == "caller" and shift == part]

    def caller(self, region: str, at: datetime) -> UUID:
        """Some caller who works at that moment and in that region."""
        part = part_of_hour(local(at).hour)
        stopped = at >= self.stopped_at
        key = (region, part, stopped)
        if key not in self._eligible:
            found = [
                user["id"]
                for shift in WORKING.get(part, ())
                for user in self.on_shift(shift)
                for _ in range(_turns(user, region))
                if not (stopped and user["name"] == STOPPED)
            ]
            self._eligible[key] = found or self.ids("caller")
        return self._floor.chance.choice(self._eligible[key])

    def take_breaks(self) -> None:
        """A few weeks of breaks, and two callers who are away from the desk right now."""
        floor = self._floor
        callers = self.ids("caller")
        for _ in range(floor.share(900)):
            at = floor.calling_moment(floor.now - timedelta(days=30), floor.now - timedelta(hours=2))
            if at is None:
                continue
            ended = at + timedelta(minutes=floor.chance.randint(4, 40))
            floor.add(
                Pause,
                at,
                user_id=floor.chance.choice(callers),
                reason=floor.chance.choice(PAUSES),
                ended_at=ended,
            )
        for user in self.on_shift("morning")[-2:]:
            floor.add(Pause, floor.now - timedelta(minutes=6), user_id=user["id"], reason="short_break")


def _team_of(regions: set[str]) -> str:
    quarters = (name for name, covered in QUARTERS.items() if regions & covered)
    return next(quarters, "West") if regions else "Landelijk"


def _turns(user: Row, region: str) -> int:
    """How many of the calls of a region come to somebody: who is there for few regions calls them more."""
    if not user["regions"]:
        return 1
    return 4 if region in user["regions"] else 0
