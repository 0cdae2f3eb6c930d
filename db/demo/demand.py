"""The demand side of the practice floor: organisations, what they ask, and who was proposed to them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from db.demo.files import read, weights
from db.demo.floor import Floor, Row
from db.demo.intakes import SUPPORT
from db.demo.people import Person
from db.models import ContactPerson, Organisation, Proposal, ProposalEvent, Request
from db.reference.files import read_rows
from db.reference.lists import code_list
from db.rules.availability import cell
from db.rules.calling_hours import add_working_days
from db.rules.exclusions import names_organisation
from db.rules.names import search_key
from db.rules.region import flat_point, region_of

ORGANISATIONS = 383
FTE_ASKED = 460_300
"""In hundredths."""
REQUESTS_EACH = (1, 2, 2, 3, 3, 4, 4, 5, 6, 8)
FTE_HOURS = 36
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
CONDITIONS: tuple[list[str], ...] = (
    [],
    ["none"],
    ["none"],
    ["covid_ward"],
    ["physically_heavy"],
    ["supervision_available"],
    ["covid_ward", "supervision_available"],
)
QUALIFICATIONS: tuple[dict[str, str], ...] = (
    {},
    {},
    {},
    {"experience": "wished"},
    {"experience": "required"},
    {"vog": "wished"},
    {"vog": "required"},
    {"dutch": "required", "experience": "wished"},
)
IN_TIME = 0.75
"""Most organisations that have not answered are still within their two working days."""
RESPONSE_DAYS = 2
TRIES = 6
CONTACTS = ("M. van Dijk", "A. el Amrani", "J. de Boer", "S. Ganpat", "H. Postma", "E. Yılmaz")
NOTES = (
    "",
    "",
    "Per direct",
    "Cliënten met dementie",
    "Fysiek zwaar werk",
    "Cohortafdeling",
    "Kleinschalig wonen",
)


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
        self._names: dict[UUID, str] = {}
        self._by_need: dict[tuple[str, str], list[_Place]] = defaultdict(list)

    def make(self, completed: Sequence[tuple[Person, datetime]], step: Callable[[], None]) -> None:
        """Organisations with their requests, and the proposals of the completed people."""
        requests = self._requests(completed)
        self._divide_fte(requests)
        for request in requests:
            place = _Place(request, request["fte_asked"])
            self._by_need[request["region_code"], request["function_profile"]].append(place)
            self._by_need["", request["function_profile"]].append(place)
            self._by_need["", ""].append(place)
        people = list(completed)
        self._floor.chance.shuffle(people)
        for (person, since), steps in zip(people, self._histories(), strict=False):
            self._propose(person, since, steps)
            step()

    def _requests(self, completed: Sequence[tuple[Person, datetime]]) -> list[Row]:
        floor = self._floor
        profiles: dict[str, list[str]] = defaultdict(list)
        for person, _ in completed:
            profiles[person.row["region_code"]].append(_profile(floor, person))
        every = [profile for found in profiles.values() for profile in found] or ["verzorgende_ig"]
        requests: list[Row] = []
        for organisation, contact in self._organisations():
            wanted = profiles.get(organisation["region_code"]) or every
            for _ in range(floor.chance.choice(REQUESTS_EACH)):
                requests.append(self._request(organisation, contact, floor.chance.choice(wanted)))
        return requests

    def _organisations(self) -> Iterator[tuple[Row, Row]]:
        floor, chance = self._floor, self._floor.chance
        points = [row for row in read_rows("postcode_points.csv") if region_of(int(row["pc4"]))]
        kinds = read("organisation_kinds")
        names: set[str] = set()
        while len(names) < floor.share(ORGANISATIONS):
            kind, point = chance.choices(kinds, weights(kinds))[0], chance.choice(points)
            name = f"{kind['kind']} {chance.choice(read('organisation_names'))['name']}, {point['place']}"
            if name in names:
                continue
            names.add(name)
            yield self._organisation(name, kind["sector"], point)

    def _organisation(self, name: str, sector: str, point: dict[str, str]) -> tuple[Row, Row]:
        floor = self._floor
        at = floor.now - floor.days(10, 50)
        organisation = floor.add(
            Organisation,
            at,
            name=name,
            search_name=search_key(name),
            sector=sector,
            postcode=f"{point['pc4']} AB",
            pc4=int(point["pc4"]),
            place=point["place"],
            region_code=region_of(int(point["pc4"])),
        )
        self._names[organisation["id"]] = name
        contact = floor.add(
            ContactPerson,
            at,
            organisation_id=organisation["id"],
            name=floor.chance.choice(CONTACTS),
            email=f"planning{len(floor.rows[ContactPerson])}@example.org",
            phone=f"+3188{1_000_000 + len(floor.rows[ContactPerson])}",
        )
        return organisation, contact

    def _request(self, organisation: Row, contact: Row, profile: str) -> Row:
        floor, chance = self._floor, self._floor.chance
        at = organisation["created_at"] + floor.days(0.1, 8)
        hours = chance.choice((8, 16, 16, 24, 24, 32))
        start = (at + timedelta(days=chance.randint(2, 14))).date()
        point = flat_point(organisation["pc4"]) or (None, None)
        big = _needs_big(profile)
        return floor.add(
            Request,
            at,
            organisation_id=organisation["id"],
            contact_person_id=contact["id"],
            function_profile=profile,
            function_given=code_list("function_profile")[profile].nl,
            fte_asked=chance.choice((50, 100, 100, 150, 200, 200, 300, 400, 600, 1000)),
            fte_hours=FTE_HOURS,
            hours_min=hours,
            hours_max=min(36, hours + chance.choice((0, 4, 8))),
            starts_on=start,
            ends_on=max(
                start + timedelta(days=chance.choice((28, 56, 90, 180))),
                floor.today + timedelta(days=chance.randint(7, 30)),
            ),
            deadline=add_working_days(floor.today, chance.randint(-8, 20)) if chance.random() < 0.7 else None,
            grid=self._grid(),
            postcode=organisation["postcode"],
            pc4=organisation["pc4"],
            place=organisation["place"],
            x_km=point[0],
            y_km=point[1],
            region_code=organisation["region_code"],
            big_requirement=chance.choice(("registered", "registered_or_exempt", "supervised_ok"))
            if big
            else "none",
            qualifications=dict(chance.choice(QUALIFICATIONS)),
            conditions=list(chance.choice(CONDITIONS)),
            employment_forms=chance.choice(([], ["paid_contract"], ["paid_contract", "self_employed"])),
            note=chance.choice(NOTES),
        )

    def _grid(self) -> int:
        chance = self._floor.chance
        days, parts = chance.choice((
            (range(5), (0,)), (range(5), (0, 1)), ((0, 2, 4), (0, 1)), ((5, 6), (0, 1, 2)), (range(7), (2,)),
            ((1, 3), (0, 1, 2)), ((), ()),
        ))  # fmt: skip
        return sum(cell(day, part) for day in days for part in parts)

    def _divide_fte(self, requests: list[Row]) -> None:
        """What all ask together is exactly what was asked of the real desk, by this floor's size."""
        wanted = self._floor.share(FTE_ASKED)
        total = sum(request["fte_asked"] for request in requests)
        given = 0
        for request in requests:
            request["fte_asked"] = max(20, request["fte_asked"] * wanted // total)
            given += request["fte_asked"]
        requests[-1]["fte_asked"] = max(20, requests[-1]["fte_asked"] + wanted - given)
        for request in requests:
            hours = (request["hours_min"] + request["hours_max"]) / 2
            request["positions"] = max(1, round(request["fte_asked"] / 100 * FTE_HOURS / hours))

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
        for step, moment in zip(steps, [at, *moments], strict=True):
            reason = chance.choice(REASONS[step]) if step in REASONS else None
            proposal["reason"] = reason
            values = {"proposal_id": proposal["id"], "user_id": proposal["proposed_by"]}
            values["moment"] = proposal["interview_at"] if step == "interview" else None
            floor.add(ProposalEvent, moment, **values, status=step, reason=reason)
        if live:
            place.left -= fte
            person.row["status"] = "placed" if group == "placed" else "proposed"
            if group == "placed":
                self._place_fte(request, fte)
                self._book(proposal, request)
        person.row |= {"last_feedback_at": proposal["updated_at"], "updated_at": proposal["updated_at"]}

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
                or not names_organisation(excluded, self._names[place.row["organisation_id"]])
            ):
                break
        return place

    def _room(self, person: Person) -> _Place | None:
        """A request with room for the person: in the own region if there is one, of the own profile."""
        chance, region, profile = self._floor.chance, person.row["region_code"], _profile(self._floor, person)
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


def _profile(floor: Floor, person: Person) -> str:
    """What somebody can be asked for; without a profile of their own, some work that needs no training."""
    found: str | None = person.row["function_profile"]
    return found if found and found != "other" else floor.chance.choice(SUPPORT)


def _needs_big(profile: str) -> bool:
    """Whether the work of a profile asks for a BIG registration."""
    return profile.startswith("nurse") or profile.endswith(("nurse", "physician"))
