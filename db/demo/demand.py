"""The demand side of the practice floor: what is asked, and who was proposed for it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from db.demo.answers import SUPPORT
from db.demo.asking import FTE_HOURS, Asking, asked_profile
from db.demo.floor import Floor, Row
from db.demo.people import Person
from db.models import Proposal, ProposalEvent
from db.reference.lists import code_list
from db.rules.calling_hours import add_working_days
from db.rules.exclusions import names_organisation

PROPOSALS = {
    ("sent", "accepted", "started"): 1_900,
    ("sent", "contacted", "accepted"): 900,
    ("sent",): 1_900,
    ("sent", "contacted"): 450,
    ("sent", "contacted", "interview"): 250,
    ("sent", "contacted", "declined_employer"): 520,
    ("sent", "contacted", "declined_candidate"): 400,
    ("sent", "no_response_employer"): 226,
    ("sent", "filled_elsewhere"): 100,
}
"""The steps of a proposal and how many went so far: 6,646 persons proposed, 2,800 of them accepted."""
REASONS = {
    "declined_employer": (
        "hours_too_few",
        "dayparts_mismatch",
        "education_level",
        "experience_missing",
        "too_far",
    ),
    "declined_candidate": (
        "too_far",
        "employment_form",
        "work_content",
        "physically_too_heavy",
        "hours_too_many",
    ),
    "no_response_employer": ("no_response",),
    "filled_elsewhere": ("already_filled",),
}
IN_TIME = 0.75
"""Most organisations that have not answered are still within their two working days."""
RESPONSE_DAYS = 2
TRIES = 6


@dataclass(slots=True)
class _Place:
    """A request, and the fte that nobody was proposed for yet."""

    row: Row
    left: int


class Demand:
    """Makes requests that look like the people there are, and proposes as many as the real desk did."""

    def __init__(self, floor: Floor, recruiters: list[UUID]) -> None:
        self._floor = floor
        self._recruiters = recruiters
        self._placed: dict[UUID, int] = {}
        self._asking = Asking(floor)
        self._by_need: dict[tuple[str, str], list[_Place]] = defaultdict(list)

    def make(self, completed: Sequence[tuple[Person, datetime]], step: Callable[[], None]) -> None:
        """Organisations with their requests, and the proposals of the completed people."""
        for request in self._asking.make(completed):
            place = _Place(request, request["fte_asked"])
            self._by_need[request["region_code"], request["function_profile"]].append(place)
            self._by_need["", request["function_profile"]].append(place)
            self._by_need["", ""].append(place)
        people = list(completed)
        self._floor.chance.shuffle(people)
        for (person, since), steps in zip(people, self._histories(), strict=False):
            self._propose(person, since, steps)
            step()

    def _histories(self) -> list[tuple[str, ...]]:
        steps = [steps for steps, figure in PROPOSALS.items() for _ in range(self._floor.share(figure))]
        self._floor.chance.shuffle(steps)
        return steps

    def _propose(self, person: Person, since: datetime, steps: tuple[str, ...]) -> None:
        floor, chance = self._floor, self._floor.chance
        place = self._place(person)
        if place is None:
            return
        request = place.row
        status = steps[-1]
        group = code_list("proposal_status")[status].group
        live = group != "ended"
        at, moments = self._moments(max(since, request["created_at"]), len(steps), group == "open")
        hours = min(person.row["hours_max"], request["hours_max"])
        fte = _fte(hours)
        proposal = floor.add(
            Proposal,
            at,
            candidate_id=person.id,
            request_id=request["id"],
            status=status,
            is_live=live,
            hours=hours,
            fte=fte,
            proposed_by=chance.choice(self._recruiters),
            response_due_at=self._due(moments[-1] if moments else at) if group == "open" else None,
            updated_at=moments[-1] if moments else at,
            row_version=len(steps),
        )
        if status == "interview":
            proposal["interview_at"] = self._interview_at()
        self._tell(proposal, zip(steps, [at, *moments], strict=True))
        if live:
            place.left -= fte
            person.row["status"] = "placed" if group == "placed" else "proposed"
            if group == "placed":
                self._place_fte(request, fte)
                self._book(proposal, request)
        person.row |= {"last_feedback_at": proposal["updated_at"], "updated_at": proposal["updated_at"]}

    def _tell(self, proposal: Row, history: Iterable[tuple[str, datetime]]) -> None:
        """Every step that a proposal took, and why it ended where it did."""
        for step, moment in history:
            reason = self._floor.chance.choice(REASONS[step]) if step in REASONS else None
            proposal["reason"] = reason
            values = {"proposal_id": proposal["id"], "user_id": proposal["proposed_by"]}
            values["moment"] = proposal["interview_at"] if step == "interview" else None
            self._floor.add(ProposalEvent, moment, **values, status=step, reason=reason)

    def _moments(self, since: datetime, steps: int, waits: bool) -> tuple[datetime, list[datetime]]:
        """When it was sent, and when the later steps were; what waits for an answer was moved lately."""
        floor, chance = self._floor, self._floor.chance
        first, latest = since + timedelta(minutes=30), floor.now - timedelta(minutes=5)
        recent = first
        if waits:
            lately = self._still_in_time if chance.random() < IN_TIME else floor.now - timedelta(days=12)
            recent = max(first, lately)
            first = recent if steps == 1 else max(first, recent - timedelta(days=6))
        at = floor.calling_moment(first, latest) or latest
        moments = [at + (latest - at) * part for part in sorted(chance.random() for _ in range(steps - 1))]
        if moments and waits:
            moments[-1] = max(moments[-1], floor.calling_moment(max(recent, at), latest) or latest)
        return at, moments

    @cached_property
    def _still_in_time(self) -> datetime:
        """The earliest moment since when an answer is not due yet."""
        hours, now = self._floor.hours, self._floor.now
        days = (self._floor.today - timedelta(days=back) for back in range(10))
        waiting = [day for day in days if add_working_days(day, RESPONSE_DAYS) >= self._floor.today]
        return hours.moment(waiting[-1], hours.local(now).time()) + timedelta(minutes=10)

    def _interview_at(self) -> datetime:
        chance, hours = self._floor.chance, self._floor.hours
        day = add_working_days(self._floor.today, chance.randint(1, 6))
        return hours.moment(day, time(chance.randint(9, 16), chance.choice((0, 30))))

    def _place_fte(self, request: Row, fte: int) -> None:
        """A request is filled by what is placed, never by what is proposed."""
        placed = self._placed[request["id"]] = self._placed.get(request["id"], 0) + fte
        request["status"] = "filled" if placed >= request["fte_asked"] else "partly_filled"

    def _book(self, proposal: Row, request: Row) -> None:
        """The days that are taken, and for who began lately when to ask how it goes."""
        hours = self._floor.hours
        began = hours.local_day(proposal["updated_at"])
        started = proposal["status"] == "started"
        first = began if started else request["starts_on"]
        proposal |= {"starts_on": first, "ends_on": max(first, request["ends_on"])}
        asked = hours.moment(add_working_days(began + timedelta(days=14), 0), time(10))
        if started and asked > self._floor.now - timedelta(days=1):
            proposal["follow_up_at"] = asked

    def _due(self, at: datetime) -> datetime:
        hours = self._floor.hours
        wall = hours.local(at)
        return hours.moment(add_working_days(wall.date(), RESPONSE_DAYS), wall.time())

    def _place(self, person: Person) -> _Place | None:
        """Where to propose somebody, not where they do not want to work; a tiny floor may have no room."""
        excluded = person.row["match_excluded"]
        for _ in range(TRIES):
            place = self._room(person)
            if (
                place is None
                or not excluded
                or not names_organisation(excluded, self._asking.names[place.row["organisation_id"]])
            ):
                break
        return place

    def _room(self, person: Person) -> _Place | None:
        """A request with room for the person: in the own region if there is one, of the own profile."""
        chance, region, profile = (
            self._floor.chance,
            person.row["region_code"],
            asked_profile(self._floor, person),
        )
        needed = _fte(person.row["hours_max"])
        for need in (
            (region, profile),
            *((region, support) for support in SUPPORT[:2]),
            ("", profile),
            ("", ""),
        ):
            places = self._by_need[need]
            while places:
                index = chance.randrange(len(places))
                if places[index].left >= needed:
                    return places[index]
                places[index] = places[-1]
                places.pop()
        return None


def _fte(hours: int) -> int:
    return round(100 * hours / FTE_HOURS)
