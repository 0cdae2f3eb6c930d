"""Small builders of people, organisations and requests for tests of the desk and the screens."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import select

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.models import (
    CallAttempt,
    Candidate,
    Consent,
    Interview,
    Likeness,
    Organisation,
    QueueEntry,
    RepairTask,
    Request,
    Skip,
    User,
)
from db.rules.names import PersonName, finding_keys, search_key
from db.rules.region import flat_point, place_of, region_of

CONSENT_TEXT = "Mogen uw gegevens gedeeld worden met zorgorganisaties?"


def add_candidate(
    desk: Desk,
    first_name: str = "Tristan",
    last_name: str = "Luinenburg",
    *,
    prefix: str = "van der",
    phone: str | None = "+31648778932",
    pc4: int | None = 3888,
    consent: str | None = "given",
    intake: str | None = "complete",
    entry: str | None = None,
    **columns: Any,  # noqa: ANN401  # any other column of Candidate
) -> UUID:
    """A candidate with a consent to share and an interview; `entry` is the state of a queue entry, if any."""
    name = PersonName(first_name, "", prefix, last_name, "", "", "own")

    def work(unit: Unit) -> UUID:
        person = Candidate(
            created_at=unit.now, updated_at=unit.now, **(_basics(unit, name, phone, pc4) | columns)
        )
        unit.session.add(person)
        unit.session.flush()
        if consent:
            _add_consent(unit, person.id, consent)
        if intake:
            _add_interview(unit, person.id, intake)
        if entry:
            _add_entry(unit, person, entry)
        return person.id

    return desk.lane.write_now(work)


def _basics(unit: Unit, name: PersonName, phone: str | None, pc4: int | None) -> dict[str, Any]:
    point = flat_point(pc4) if pc4 else None
    return {
        "first_name": name.first_name,
        "prefix": name.prefix,
        "last_name": name.last_name,
        **finding_keys(name),
        "phone": phone,
        "phone_given": phone or "",
        "phone_reversed": phone.lstrip("+")[::-1] if phone else None,
        "postcode": f"{pc4} AB" if pc4 else "",
        "pc4": pc4,
        "place": (place_of(pc4) or "") if pc4 else "",
        "x_km": point[0] if point else None,
        "y_km": point[1] if point else None,
        "region_code": (region_of(pc4) if pc4 else None) or "region_unresolved",
        "status": "available",
        "registered_at": unit.now,
    }


def _add_consent(unit: Unit, candidate_id: UUID, state: str) -> None:
    unit.session.add(
        Consent(
            at=unit.now,
            candidate_id=candidate_id,
            purpose="share_with_care_organisations",
            state=state,
            text=CONSENT_TEXT,
            text_version="form-2020-03",
            channel="form",
            recorded_at=unit.now,
        )
    )


def _add_interview(unit: Unit, candidate_id: UUID, state: str) -> None:
    unit.session.add(
        Interview(
            candidate_id=candidate_id,
            user_id=unit.user_id,
            state=state,
            completed_at=unit.now if state == "complete" else None,
            created_at=unit.now,
            updated_at=unit.now,
        )
    )


def _add_entry(unit: Unit, person: Candidate, state: str) -> None:
    unit.session.add(
        QueueEntry(
            candidate_id=person.id,
            state=state,
            blocked_reason="no_number" if state == "blocked" else None,
            registered_at=person.registered_at,
            region_code=person.region_code,
            created_at=unit.now,
            updated_at=unit.now,
        )
    )


def add_repair(desk: Desk, candidate_id: UUID, kind: str, given: str = "") -> UUID:
    """Something wrong with the candidate's data."""

    def work(unit: Unit) -> UUID:
        task = RepairTask(
            candidate_id=candidate_id, kind=kind, given=given, created_at=unit.now, updated_at=unit.now
        )
        unit.session.add(task)
        return task.id

    return desk.lane.write_now(work)


def add_attempt(desk: Desk, candidate_id: UUID, outcome: str = "no_answer", note: str = "") -> UUID:
    """A try to reach the candidate, by whoever sits here, now."""

    def work(unit: Unit) -> UUID:
        fact = CallAttempt(
            at=unit.now, candidate_id=candidate_id, user_id=unit.user_id, outcome=outcome, note=note
        )
        unit.session.add(fact)
        return fact.id

    return desk.lane.write_now(work)


def _organisation(unit: Unit, name: str, place: str) -> Organisation:
    home = Organisation(
        name=name,
        search_name=search_key(name),
        sector="vvt_nursing_home",
        place=place,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(home)
    unit.session.flush()
    return home


def add_request(
    desk: Desk,
    organisation: str = "Verpleeghuis Zonnehof",
    *,
    pc4: int | None = 8011,
    profile: str = "verzorgende_ig",
    fte: int = 200,
    deadline: date | None = None,
    **columns: Any,  # noqa: ANN401  # any other column of Request
) -> UUID:
    """An open request of an organisation, which is made when it is not there yet."""

    def work(unit: Unit) -> UUID:
        point = flat_point(pc4) if pc4 else None
        place = (place_of(pc4) or "") if pc4 else ""
        home = _organisation(unit, organisation, place)
        basics: dict[str, Any] = {
            "organisation_id": home.id,
            "function_profile": profile,
            "fte_asked": fte,
            "hours_min": 16,
            "hours_max": 24,
            "starts_on": date(2020, 5, 11),
            "ends_on": date(2020, 8, 11),
            "deadline": deadline,
            "pc4": pc4,
            "place": place,
            "x_km": point[0] if point else None,
            "y_km": point[1] if point else None,
            "region_code": (region_of(pc4) if pc4 else None) or "region_unresolved",
        }
        request = Request(created_at=unit.now, updated_at=unit.now, **(basics | columns))
        unit.session.add(request)
        return request.id

    return desk.lane.write_now(work)


def add_user(desk: Desk, name: str = "Noor", role: str = "caller") -> UUID:
    """Somebody else at the desk, not in the seat."""

    def work(unit: Unit) -> UUID:
        user = User(name=name, role=role, created_at=unit.now, updated_at=unit.now)
        unit.session.add(user)
        return user.id

    return desk.lane.write_now(work)


def change_user(desk: Desk, user_id: UUID | None = None, **columns: Any) -> None:  # noqa: ANN401  # any column
    """Set columns of somebody at the desk; of whoever is in the seat unless told otherwise."""

    def work(unit: Unit) -> None:
        user = unit.get(User, user_id or unit.user_id)
        for name, value in columns.items():
            setattr(user, name, value)

    desk.lane.write_now(work)


def add_likeness(desk: Desk, one: UUID, other: UUID, why: str = "same_phone_like_name") -> UUID:
    """The question whether two records are one person."""

    def work(unit: Unit) -> UUID:
        question = Likeness(
            candidate_id=one,
            other_id=other,
            why=why,
            score=87.0,
            created_at=unit.now,
            updated_at=unit.now,
        )
        unit.session.add(question)
        return question.id

    return desk.lane.write_now(work)


def escalate(desk: Desk, candidate_id: UUID, *reasons: str) -> UUID:
    """A call that was passed over for these reasons and waits for the supervisor."""

    def work(unit: Unit) -> UUID:
        entry = unit.session.exec(select(QueueEntry).where(QueueEntry.candidate_id == candidate_id)).one()
        entry.state, entry.blocked_reason, entry.skips = "blocked", "escalated", len(reasons)
        for reason in reasons:
            unit.session.add(
                Skip(
                    at=unit.now,
                    candidate_id=candidate_id,
                    entry_id=entry.id,
                    user_id=unit.user_id,
                    reason=reason,
                )
            )
        return entry.id

    return desk.lane.write_now(work)
