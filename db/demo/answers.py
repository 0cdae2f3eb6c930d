"""What people of the practice floor answer in their intake interview."""

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from db.demo.files import read, weights
from db.demo.floor import Floor
from db.demo.people import Person
from db.rules.availability import cell
from db.rules.times import local

EXCLUDING = 0.03
AWAY = 0.12
REFUSES_SHARING = 0.012
WITHOUT_DIPLOMA = (
    ("primary_secondary", "Havo"),
    ("primary_secondary", "Vmbo"),
    ("hbo_other", "Communicatie"),
    ("hbo_other", "Bedrijfskunde"),
    ("hbo_other", "Pabo"),
    ("wo_master", "Rechten"),
    ("mbo4_other_care", "Horeca en toerisme"),
)
SUPPORT = ("hostess", "care_assistant_buddy", "welfare_assistant", "facility_catering", "admin_reception")
FORMS = (
    ["paid_contract"],
    ["paid_contract"],
    ["volunteer"],
    ["any"],
    ["self_employed"],
    ["paid_contract", "volunteer"],
)
TRANSPORT = (
    ["car"],
    ["car"],
    ["car", "bicycle"],
    ["public_transport"],
    ["bicycle"],
    ["bicycle", "public_transport"],
)
KILOMETRES = (5, 10, 10, 15, 15, 20, 20, 25, 30, 40, 60)
ORGANISATIONS = ("", "", "een verpleeghuis in de buurt", "het streekziekenhuis", "de thuiszorg")
SECTORS = ("hospital", "vvt_nursing_home", "vvt_home_care", "disability_care", "mental_health", "ggd")
BIG_PROFESSIONS = {
    "physician_basic": "01",
    "physician_specialist": "01",
    "hbo_paramedic": "04",
    "wo_care_other": "25",
    "mbo4_nurse": "30",
    "inservice_abz": "30",
    "hbo_nurse": "30",
    "posthbo_specialised_nurse": "30",
}


class Answering:
    """Makes up answers that fit the person and each other."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._motivations = [row["motivation"] for row in read("motivations")]

    def of(self, person: Person, at: datetime) -> dict[str, Any]:
        """Every answer of a whole interview, as an interview stores them."""
        given: dict[str, Any] = {}
        for answers in (
            self._background(person),
            self._wishes(person),
            self._times(person, at),
            self._agreed(),
        ):
            given |= answers
        if given["driving_licence"] == "none" and "car" in given["transport"]:
            given["transport"] = ["public_transport"]
        stored = {code: {"value": value} for code, value in given.items()}
        for code in ("other_languages", "public_holidays", "on_call", "current_employer"):
            stored[code] = {"not_asked": True}
        return stored

    def _background(self, person: Person) -> dict[str, Any]:
        chance, profile = self._floor.chance, person.row["function_profile"]
        training = self._trainings.get(profile)
        if training:
            chosen = chance.choices(training, weights(tuple(training)))[0]
            return {
                "educations": [
                    _education(chosen["level"], chosen["programme"], chance.randint(1982, 2019), True)
                ],
                "care_experience": True,
                "experiences": [self._experience(profile, chosen["sector"])],
                **self._big(person, chosen["level"]),
            }
        if person.row["segment"] == "care_student":
            education = _education("hbo_nurse", "Hbo-v", None, True) | {"completed": "in_progress"}
            student = {"student": True, "student_institution": "hbo", "student_programme": "Hbo-v"}
            rest = {"student_year": chance.randint(1, 4), "student_is_care": True, "care_experience": False}
            return {"educations": [education], **rest, **student}
        level, programme = chance.choice(WITHOUT_DIPLOMA)
        educations = [_education(level, programme, chance.randint(1985, 2019), False)]
        worked = profile is not None and chance.random() < 0.4
        experiences = [self._experience(profile, chance.choice(SECTORS))] if worked else []
        return {
            "educations": educations,
            "care_experience": worked,
            **({"experiences": experiences} if worked else {}),
        }

    def _experience(self, profile: str, sector: str) -> dict[str, Any]:
        chance = self._floor.chance
        return {
            "function_profile": profile,
            "sector": sector,
            "organisation": chance.choice(ORGANISATIONS),
            "years": chance.randint(1, 30),
            "until_year": chance.randint(2005, 2020),
            "paid": True,
        }

    def _big(self, person: Person, level: str) -> dict[str, Any]:
        chance = self._floor.chance
        profession = BIG_PROFESSIONS.get(level)
        if profession is None:
            return {}
        registered = chance.random() < 0.6
        year = chance.randint(2021, 2025) if registered else chance.randint(2012, 2019)
        number = person.row["big_number"] or f"{chance.randrange(10**8, 10**9)}{profession}"
        if number[-2:] != profession:
            number = f"{number[:-2]}{profession}"
        return {
            "big_registered": registered,
            **({} if registered else {"big_ever": True}),
            "big_profession": profession,
            "big_number": number,
            "big_expires": date(year, chance.randint(1, 12), 1).isoformat(),
            "big_struck_off": False,
        }

    def _wishes(self, person: Person) -> dict[str, Any]:
        chance = self._floor.chance
        licence = chance.random() < 0.8
        return {
            "vog": chance.choice(("none", "has", "willing", "willing", "in_progress")),
            "employment_forms": chance.choice(FORMS),
            "dutch_level": chance.choice(("good", "good", "good", "good", "reasonable")),
            "driving_licence": "b" if licence else "none",
            **({"own_car": chance.random() < 0.7} if licence else {}),
            "covid_wards": chance.choice(("yes", "yes", "no", "prefer_not")),
            "work_limits": person.row["work_limits"] or (["no_nights"] if chance.random() < 0.12 else []),
            **self._excluded(),
            "sectors_wanted": chance.sample(SECTORS, chance.randint(0, 3)),
            "lasting_job": chance.choice(("yes", "no", "no", "maybe")),
            "wants_training": chance.choice(("yes", "no", "maybe")),
            "motivation": chance.choice(self._motivations),
            "expectations_discussed": True,
        }

    def _excluded(self) -> dict[str, Any]:
        """Some will not go (back) to one organisation."""
        chance = self._floor.chance
        name = chance.choice(read("organisation_names"))["name"]
        return {"excluded_organisations": f"niet naar {name}"} if chance.random() < EXCLUDING else {}

    def _away(self) -> dict[str, Any]:
        """Some have a holiday booked."""
        chance = self._floor.chance
        first = self._floor.today + timedelta(days=chance.randint(-5, 90))
        last = first + timedelta(days=chance.choice((3, 6, 8, 13, 20)))
        return {"exceptions": [[first.isoformat(), last.isoformat()]]} if chance.random() < AWAY else {}

    def _times(self, person: Person, at: datetime) -> dict[str, Any]:
        chance, day = self._floor.chance, local(at).date()
        most = person.row["hours_max"] or chance.choice((8, 12, 16, 24, 32))
        least = min(person.row["hours_min"] or most // 2, most)
        available = self._grid()
        until = day + timedelta(days=chance.randint(60, 240)) if chance.random() < 0.5 else None
        return {
            "available_from": (day + timedelta(days=chance.choice((0, 0, 1, 4, 7, 14)))).isoformat(),
            **({"available_until": until.isoformat()} if until else {}),
            "hours_min": max(1, least),
            "hours_max": most,
            "notice_days": chance.choice(("0", "1", "1", "2", "7")),
            "grid": {"available": available, "preferred": available & 0x0000FFF},
            "weekends": chance.choice(("yes", "no", "maybe")),
            "max_travel_km": chance.choice(KILOMETRES),
            "transport": chance.choice(TRANSPORT),
            **self._away(),
        }

    def _grid(self) -> int:
        """The day parts that somebody offers: some days, and the parts of the day that suit."""
        chance = self._floor.chance
        days = chance.choice(
            (range(5), range(7), chance.sample(range(5), 3), chance.sample(range(7), 2), (5, 6))
        )
        parts = chance.choice(((0, 1), (0, 1), (0,), (1, 2), (2,), (0, 1, 2), (0, 1, 2, 3)))
        return sum(cell(day, part) for day in days for part in parts)

    def _agreed(self) -> dict[str, Any]:
        chance = self._floor.chance
        return {
            "privacy_informed": True,
            "consent_share": chance.random() >= REFUSES_SHARING,
            "consent_contact": True,
            "consent_keep": chance.random() < 0.7,
            "consent_survey": chance.random() < 0.6,
        }

    @cached_property
    def _trainings(self) -> dict[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = {}
        for row in read("profiles"):
            found.setdefault(row["profile"], []).append(row)
        return found


def _education(level: str, programme: str, year: int | None, is_care: bool) -> dict[str, Any]:
    field = "care" if is_care else "other"
    return {
        "level": level,
        "programme": programme,
        "field": field,
        "completed": "yes",
        "year": year,
        "is_care": is_care,
    }
