"""The organisations of the practice floor, and what they ask for."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from db.demo.answers import SUPPORT
from db.demo.files import read, weights
from db.demo.floor import Floor, Row
from db.demo.people import Person
from db.models import ContactPerson, Organisation, Request
from db.reference.files import read_rows
from db.reference.lists import code_list
from db.rules.availability import cell
from db.rules.calling_hours import add_working_days
from db.rules.names import search_key
from db.rules.region import flat_point, region_of

ORGANISATIONS = 383
FTE_ASKED = 460_300
"""In hundredths."""
REQUESTS_EACH = (1, 2, 2, 3, 3, 4, 4, 5, 6, 8)
FTE_HOURS = 36
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


class Asking:
    """Makes requests that look like the people there are; `names` are those of the organisations."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self.names: dict[UUID, str] = {}

    def make(self, completed: Sequence[tuple[Person, datetime]]) -> list[Row]:
        """Requests for what these people can do; together they ask what was asked of the real desk."""
        floor = self._floor
        profiles: dict[str, list[str]] = defaultdict(list)
        for person, _ in completed:
            profiles[person.row["region_code"]].append(asked_profile(floor, person))
        every = [profile for found in profiles.values() for profile in found] or ["verzorgende_ig"]
        requests: list[Row] = []
        for organisation, contact in self._organisations():
            wanted = profiles.get(organisation["region_code"]) or every
            for _ in range(floor.chance.choice(REQUESTS_EACH)):
                requests.append(self._request(organisation, contact, floor.chance.choice(wanted)))
        self._divide_fte(requests)
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
        self.names[organisation["id"]] = name
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


def asked_profile(floor: Floor, person: Person) -> str:
    """What somebody can be asked for; without a profile of their own, some work that needs no training."""
    found: str | None = person.row["function_profile"]
    return found if found and found != "other" else floor.chance.choice(SUPPORT)


def _needs_big(profile: str) -> bool:
    """Whether the work of a profile asks for a BIG registration."""
    return profile.startswith("nurse") or profile.endswith(("nurse", "physician"))
