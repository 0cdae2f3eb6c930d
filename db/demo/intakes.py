"""The intake interviews of the practice floor, and the rows that each leaves."""

from datetime import date, datetime, timedelta
from typing import Any

from db.demo.answers import Answering
from db.demo.floor import Floor, Row
from db.demo.people import Person
from db.desk.interview_results import CONSENT_SOURCE, CONSENT_VERSION, CONSENTS
from db.models import Availability, Consent, Education, Experience, Interview
from db.rules.big import big_status
from db.rules.intake import FIELDS, Answers, educations_of, experiences_of, read_answers, value_of
from db.rules.match_columns import match_columns
from db.rules.qualification import (
    care_background,
    is_care_education,
    leads_to_big,
    medically_trained,
    segment,
)
from db.rules.times import local
from db.texts import Texts

HALFWAY = (3, 12)


class Intakes:
    """Holds the interviews; `completed` are the people who can be proposed, with when that was so."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._words = Texts("nl")
        self._answering = Answering(floor)
        self.completed: list[tuple[Person, datetime]] = []

    def begin(self, person: Person, entry: Row, attempt: Row) -> None:
        """An interview that was broken off after a few answers."""
        answers = self._answering.of(person, attempt["at"])
        asked = [field.code for field in FIELDS if field.code in answers]
        kept = asked[: self._floor.chance.randint(*HALFWAY)]
        interview = self._interview(person, entry, attempt, {code: answers[code] for code in kept})
        interview["current_field"] = asked[len(kept)]

    def complete(self, person: Person, entry: Row, attempt: Row) -> None:
        """A whole interview, and all that it writes."""
        stored = self._answering.of(person, attempt["at"])
        interview = self._interview(person, entry, attempt, stored)
        interview |= {"state": "complete", "completed_at": attempt["at"]}
        answers = read_answers(stored)
        self._write_background(person, interview, answers, attempt["at"])
        self._write_availability(person, interview, answers, attempt["at"])
        self._write_consents(person, answers, attempt)
        agreed = value_of(answers, "consent_share") is True
        person.row["status"] = "available" if agreed else "no_consent"
        if agreed:
            self.completed.append((person, attempt["at"]))

    def _interview(self, person: Person, entry: Row, attempt: Row, answers: dict[str, Any]) -> Row:
        return self._floor.add(
            Interview,
            attempt["at"] - timedelta(seconds=attempt["seconds"]),
            candidate_id=person.id,
            entry_id=entry["id"],
            user_id=attempt["user_id"],
            answers=answers,
            answers_version=len(answers) + 1,
            updated_at=attempt["at"],
        )

    def _write_background(self, person: Person, interview: Row, answers: Answers, at: datetime) -> None:
        floor, row = self._floor, person.row
        common = {"candidate_id": person.id, "interview_id": interview["id"]}
        educations, experiences = educations_of(answers), experiences_of(answers)
        for told in educations:
            values = {name: getattr(told, name) for name in told.__slots__}
            floor.add(Education, at, **common, **(values | {"is_care": is_care_education(told)}))
        for work in experiences:
            floor.add(Experience, at, **common, **{name: getattr(work, name) for name in work.__slots__})
        considers = any(
            value_of(answers, code) in ("yes", "maybe") for code in ("lasting_job", "wants_training")
        )
        student = value_of(answers, "student_is_care") is True
        row |= {
            "care_background": care_background(educations, experiences),
            "medically_trained": medically_trained(educations),
            "segment": segment(educations, experiences, student, considers),
            "hours_min": value_of(answers, "hours_min"),
            "hours_max": value_of(answers, "hours_max"),
            "work_limits": value_of(answers, "work_limits"),
            "big_number": value_of(answers, "big_number") or row["big_number"],
            "big_status": "not_applicable",
            **match_columns(answers),
        }
        if leads_to_big(educations, experiences):
            row["big_status"] = _big_status(answers, local(at).date())

    def _write_availability(self, person: Person, interview: Row, answers: Answers, at: datetime) -> None:
        grid: Any = value_of(answers, "grid")
        start, end = (value_of(answers, code) for code in ("available_from", "available_until"))
        self._floor.add(
            Availability,
            at,
            candidate_id=person.id,
            interview_id=interview["id"],
            available_from=date.fromisoformat(str(start)),
            available_until=date.fromisoformat(end) if isinstance(end, str) else None,
            notice_days=int(str(value_of(answers, "notice_days"))),
            grid=grid["available"],
            grid_preferred=grid["preferred"],
            exceptions=value_of(answers, "exceptions") or [],
            last_confirmed_at=at,
            **{
                code: value_of(answers, code)
                for code in ("hours_min", "hours_max", "weekends", "max_travel_km", "transport")
            },
        )

    def _write_consents(self, person: Person, answers: Answers, attempt: Row) -> None:
        for code, purpose in CONSENTS.items():
            agreed = value_of(answers, code)
            if agreed is None:
                continue
            self._floor.add(
                Consent,
                attempt["at"],
                candidate_id=person.id,
                purpose=purpose,
                state="given" if agreed else "refused",
                text=self._words(f"intake.question.{code}"),
                text_version=f"{CONSENT_VERSION}-nl",
                channel="phone",
                source=CONSENT_SOURCE,
                recorded_by=attempt["user_id"],
                recorded_at=attempt["at"],
            )


def _big_status(answers: Answers, on: date) -> str:
    registered, expires = value_of(answers, "big_registered"), value_of(answers, "big_expires")
    profession = value_of(answers, "big_profession")
    return big_status(
        str(profession) if profession else None,
        registered if isinstance(registered, bool) else None,
        date.fromisoformat(expires) if isinstance(expires, str) else None,
        False,
        on,
    )
