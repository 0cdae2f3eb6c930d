"""The people of the practice floor: form rows are invented, and read by the rule that reads real ones.

Their numbers are those of nobody: they lie in 06 88… and 06 89…, mobile numbers by their form (phonenumbers
accepts them) in the two ranges of ten million and a half where its tables of operators name none. E-mail
addresses end in example.org and example.nl, which are nobody's either.
"""

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from db.demo.files import read, weights
from db.demo.floor import Floor, Row
from db.demo.likeness import QUESTIONS, SecondForms
from db.models import Candidate, Consent, ImportBatch, ImportRow, Registration, RepairTask
from db.reference.files import read_rows
from db.rules.names import search_key
from db.rules.region import region_of
from db.rules.registration_rows import RegistrationReading, read_registration
from db.rules.times import local

NUMBERS = range(88_000_000, 90_000_000)
WITH_CARE_BACKGROUND = 11_669
NO_NUMBER = 180
UNRESOLVED = 20
HOUSEHOLDS = 260
TWICE = 420
LETTERS = "ABCDEFGHJKLMNPRTVWXZ"
ORIGINS = {"dutch": 79, "frisian": 6, "turkish": 4, "moroccan": 4, "surinamese": 4, "other": 3}
HOURS = ("36", "fulltime", "20 uur", "24", "24", "16", "16", "8", "in overleg", "32", "4-8", "12", "", "")
CONSENT_TEXT = (
    "Mogen uw gegevens gedeeld worden met zorgorganisaties ten behoeve van inzet tijdens de COVID19-crisis?"
)
HEADINGS = {
    "registered_at": "Tijdstempel",
    "first_name": "Voornaam",
    "last_name": "Achternaam",
    "email": "E-mailadres",
    "phone": "Telefoonnummer",
    "postcode": "Postcode",
    "place": "Woonplaats",
    "care_background": "Heeft u een zorgachtergrond?",
    "function": "Wat is of was uw functie in de zorg?",
    "big": "BIG-nummer (indien van toepassing)",
    "hours": "Hoeveel uur per week bent u beschikbaar?",
    "consent": CONSENT_TEXT,
    "remarks": "Opmerkingen",
}
TEXT_VERSION = "2020-05"
SHARE = "share_with_care_organisations"
IMPORTED_ON_DAYS = (2, 4, 6, 9, 13, 18, 24, 31, 38, 44, 48, 51, 53)
"""The days, counted from the first, on which a file came in with what was registered before."""
FORM_UNTIL_DAY = 18
"""Until then people registered on a form; after that on the website."""
REGIONAL_DAY = 40
"""When a region sent in its own list, of people who were known already."""
PHONE_STYLES: tuple[Callable[[str], str], ...] = (
    lambda rest: f"06 {rest}",
    lambda rest: f"06-{rest}",
    lambda rest: f"06{rest}",
    lambda rest: f"06{rest}",
    lambda rest: f"6{rest}",
    lambda rest: f"+316{rest}",
    lambda rest: f"+31 (0)6 {rest}",
    lambda rest: f"316{rest}",
    lambda rest: f"00316{rest}",
)


@dataclass(slots=True)
class Person:
    """Somebody who registered, with what the makers of calls and interviews need to know."""

    row: Row
    registered_at: datetime
    imported_at: datetime

    @property
    def id(self) -> UUID:
        """The candidate's id."""
        found: UUID = self.row["id"]
        return found


class People:
    """Makes the people of a floor, some of them one household, some registered twice."""

    def __init__(self, floor: Floor, supervisor: UUID) -> None:
        self._floor = floor
        self._supervisor = supervisor
        self._postcodes = _postcodes(floor)
        self._forms = _Forms(floor)
        self.second_forms = SecondForms(floor)
        self._batches = [_batch(floor, supervisor, _source(day), day) for day in IMPORTED_ON_DAYS]
        self._regional = _batch(floor, supervisor, "wgo_regional", REGIONAL_DAY)
        self._row_numbers: Counter[UUID] = Counter()
        self._other_numbers = iter(floor.chance.sample(NUMBERS, floor.candidates * 2))

    def register(self) -> Iterator[Person]:
        """Everyone, in the order in which they registered."""
        floor = self._floor
        moments = sorted(self._moments())
        odd = _places_of_odd_ones(floor)
        previous: Person | None = None
        for index, at in enumerate(moments):
            kind = odd.get(index, "")
            cells = self._forms.fill(at, next(self._other_numbers), next(self._postcodes))
            if kind == "household" and previous and previous.row["phone"]:
                given = self._forms.last_given
                cells |= {name: given[name] for name in ("phone", "postcode", "place")}
            elif kind == "no_number":
                cells["phone"] = "06 88 weet ik niet" if floor.chance.random() < 0.5 else ""
            elif kind == "unresolved":
                cells |= {"postcode": f"{floor.chance.choice((1114, 2999, 4120, 7767))} AB", "place": ""}
            elif kind == "again":
                cells = self.second_forms.again(cells)
            previous = self._keep(cells, at, twice=kind == "twice")
            self.second_forms.remember(previous, cells)
            self._forms.last_given = cells
            yield previous
        self._close_batches()

    def _moments(self) -> Iterator[datetime]:
        """Most people registered in the first two weeks."""
        floor = self._floor
        start = floor.hours.next_open(floor.now - timedelta(days=52)) - timedelta(hours=3)
        end = floor.now - timedelta(hours=12)
        span = (end - start).total_seconds()
        for _ in range(floor.candidates):
            part = floor.chance.betavariate(1.0, 2.1)
            yield start + timedelta(seconds=int(part * span))

    def _keep(self, cells: dict[str, str], at: datetime, *, twice: bool) -> Person:
        floor = self._floor
        batch = self._batch_of(at)
        reading = read_registration(cells, floor.now)
        candidate = floor.add(
            Candidate,
            batch["at"],
            **reading.person,
            registered_at=reading.registered_at,
            import_batch_id=batch["id"],
            work_limits=self._forms.work_limits(cells["remarks"]),
        )
        self._register(candidate, reading, cells, batch, "created")
        if twice and batch["at"] < self._regional["at"]:
            self._register(candidate, reading, cells, self._regional, "merged")
        for kind, given in reading.repairs:
            batch["repairs"] += 1
            floor.add(
                RepairTask,
                batch["at"],
                candidate_id=candidate["id"],
                kind=kind,
                given=given,
                import_batch_id=batch["id"],
            )
        return Person(candidate, reading.registered_at, batch["at"])

    def _register(
        self, candidate: Row, reading: RegistrationReading, cells: dict[str, str], batch: Row, outcome: str
    ) -> None:
        floor, at = self._floor, reading.registered_at
        self._row_numbers[batch["id"]] += 1
        number = self._row_numbers[batch["id"]] + 1
        source = batch["source"]
        common: dict[str, Any] = {"candidate_id": candidate["id"], "recorded_at": batch["at"]}
        floor.add(
            Registration,
            at,
            **common,
            source=source,
            fingerprint=f"practice {source} {batch['id'].hex} {number}",
            given={heading: cells[name] for name, heading in HEADINGS.items()},
            import_batch_id=batch["id"],
            row_number=number,
        )
        batch["rows_read"] += 1
        batch[f"rows_{outcome}"] += 1
        floor.add(
            ImportRow,
            at,
            import_batch_id=batch["id"],
            row_number=number,
            outcome=outcome,
            subject_id=candidate["id"],
        )
        if reading.consent and outcome == "created":
            self._agree(reading, common, batch)

    def _agree(self, reading: RegistrationReading, common: dict[str, Any], batch: Row) -> None:
        """What the form says of sharing."""
        self._floor.add(
            Consent,
            reading.registered_at,
            **common,
            purpose=SHARE,
            state=reading.consent,
            text=CONSENT_TEXT,
            text_version="formulier-2020-03",
            channel="form",
            source=batch["source"],
            recorded_by=self._supervisor,
            import_batch_id=batch["id"],
        )

    def _batch_of(self, at: datetime) -> Row:
        day = (local(at).date() - self._floor.first_day).days
        return self._batches[bisect_right(IMPORTED_ON_DAYS, day)]

    def _close_batches(self) -> None:
        """Every file also held rows that were no use, and rows that were known already."""
        floor = self._floor
        for batch in (*self._batches, self._regional):
            for outcome, reason, count in (("rejected", "missing_contact", 9), ("unchanged", None, 30)):
                for _ in range(floor.share(count)):
                    self._row_numbers[batch["id"]] += 1
                    number = self._row_numbers[batch["id"]] + 1
                    floor.add(
                        ImportRow,
                        batch["at"],
                        import_batch_id=batch["id"],
                        row_number=number,
                        outcome=outcome,
                        reason=reason,
                    )
                    batch["rows_read"] += 1
                    batch[f"rows_{outcome}"] += 1
            batch["reasons"] = {"missing_contact": batch["rows_rejected"]}


class _Forms:
    """Fills in registration forms as people do."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        chance, count = floor.chance, floor.candidates
        self.last_given: dict[str, str] = {}
        self._first = {origin: _of_origin("first_names", origin) for origin in ORIGINS}
        self._last = {origin: _of_origin("surnames", origin) for origin in ORIGINS}
        self._origins = iter(chance.choices(list(ORIGINS), list(ORIGINS.values()), k=2 * count))
        care = [row for row in read("functions") if row["care"] == "Ja"]
        other = [row for row in read("functions") if row["care"] != "Ja"]
        background = floor.share(WITH_CARE_BACKGROUND)
        functions = floor.drawn(care, weights(tuple(care)), background)
        functions += floor.drawn(other, weights(tuple(other)), count - background)
        chance.shuffle(functions)
        self._functions = iter(functions)
        remarks = read("remarks")
        self._limits = {row["remark"]: [row["work_limit"]] for row in remarks if row["work_limit"]}
        self._remarks = iter(floor.drawn(remarks, weights(remarks), count))

    def work_limits(self, remark: str) -> list[str]:
        """The work limits that a remark means."""
        return self._limits.get(remark, [])

    def fill(self, at: datetime, number: int, address: tuple[str, str]) -> dict[str, str]:
        """One form, as field → text."""
        chance, function, remark = self._floor.chance, next(self._functions), next(self._remarks)
        first, last = self._name()
        phone = chance.choice(PHONE_STYLES)(str(number))
        email = f"{search_key(first)}.{search_key(last.split('-')[0]).split()[-1]}{number % 9973}".replace(
            " ", ""
        )
        registered = (
            function["care"] == "Ja" and "erpleegkundige" in function["function"] and chance.random() < 0.5
        )
        return {
            "registered_at": f"{local(at):%d-%m-%Y %H:%M:%S}",
            "first_name": first,
            "last_name": last,
            "email": f"{email}@example.{'org' if number % 2 else 'nl'}",
            "phone": f"{phone} ({remark['best_time']})" if remark["best_time"] else phone,
            "postcode": address[0],
            "place": address[1],
            "care_background": function["care"],
            "function": function["function"],
            "big": f"{chance.randrange(10**8, 10**9)}30"[chance.random() < 0.1 :] if registered else "",
            "hours": chance.choice(HOURS),
            "consent": "Nee" if chance.random() < 0.013 else "Ja",
            "remarks": remark["remark"],
        }

    def _name(self) -> tuple[str, str]:
        chance, origin = self._floor.chance, next(self._origins)
        first = chance.choice(self._first[origin])["name"]
        last = _family_name(chance.choice(self._last[origin]))
        if chance.random() < 0.06:
            last = f"{last}-{_family_name(chance.choice(self._last[next(self._origins)]))}"
        if chance.random() < 0.03:
            first = f"{first[0]}."
        return first, last


def _family_name(row: dict[str, str]) -> str:
    prefix, name = row["prefix"], row["name"]
    return f"{prefix}{name}" if prefix.endswith("'") else f"{prefix} {name}".strip()


def _of_origin(name: str, origin: str) -> list[dict[str, str]]:
    return [row for row in read(name) if row["origin"] == origin]


def _postcodes(floor: Floor) -> Iterator[tuple[str, str]]:
    """Addresses all over the country, more of them where one place has many postcodes: cities are dense."""
    rows = [row for row in read_rows("postcode_points.csv") if region_of(int(row["pc4"]))]
    sizes = Counter(row["place"] for row in rows)
    density = [round(100 * sizes[row["place"]] ** 0.6) for row in rows]
    chance = floor.chance
    for row in floor.drawn(rows, density, 2 * floor.candidates):
        letters = chance.choice(LETTERS) + chance.choice("ABCDEGHJKLPRTVWXZ")
        yield (
            f"{row['pc4']} {letters}" if chance.random() < 0.8 else f"{row['pc4']}{letters.lower()}",
            row["place"],
        )


def _places_of_odd_ones(floor: Floor) -> dict[int, str]:
    """Which of the people, by their order, are out of the ordinary."""
    kinds = {
        "no_number": NO_NUMBER,
        "unresolved": UNRESOLVED,
        "household": HOUSEHOLDS,
        "twice": TWICE,
        "again": QUESTIONS,
    }
    wanted = [kind for kind, figure in kinds.items() for _ in range(floor.share(figure))]
    return dict(zip(floor.chance.sample(range(1, floor.candidates), len(wanted)), wanted, strict=True))


def _source(day: int) -> str:
    return "google_form" if day <= FORM_UNTIL_DAY else "ehvdz_website"


def _batch(floor: Floor, supervisor: UUID, source: str, day: int) -> Row:
    morning = floor.hours.moment(floor.first_day + timedelta(days=day), time(8))
    file_name = f"{source}-{day:02d}.csv"
    return floor.add(
        ImportBatch,
        min(morning, floor.now - timedelta(hours=2)),
        kind="registrations",
        file_name=file_name,
        file_sha256=hashlib.sha256(file_name.encode()).hexdigest(),
        source=source,
        user_id=supervisor,
        columns={heading: name for name, heading in HEADINGS.items()},
    )
