"""People with everything that may, and much that may not, be seen by an organisation."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import select

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.models import Availability, ContactPerson, Education, Experience, Interview, Request
from tests.support.people import add_candidate, add_request

SECRETS = ("geheime notitie", "linkedin_group", "rugklachten", "Ander Ziekenhuis", "motivatie")


def add_nurse(
    desk: Desk, first_name: str = "Tristan", last_name: str = "Luinenburg", **columns: object
) -> UUID:
    """Somebody with an education, experience and hours, and with notes that stay here."""
    given = {
        "email": "tristan@example.nl",
        "big_status": "registered",
        "remarks": SECRETS[0],
        "work_limit_note": SECRETS[2],
        **columns,
    }
    person = add_candidate(desk, first_name, last_name, **given)  # type: ignore[arg-type]

    def work(unit: Unit) -> None:
        interview = unit.session.exec(select(Interview).where(Interview.candidate_id == person)).one()
        interview.answers = {"motivation": {"value": SECRETS[4]}}
        own: dict[str, Any] = {"candidate_id": person, "interview_id": interview.id}
        unit.session.add(Education(**own, level="mbo4_nurse", programme="verpleegkunde", year=1998))
        unit.session.add(
            Experience(**own, function_profile="nurse_mbo", organisation="OLVG", years=12, until_year=2015)
        )
        unit.session.add(
            Availability(
                **own,
                available_from=date(2020, 5, 11),
                hours_min=16,
                hours_max=24,
                grid=0b11,
                last_confirmed_at=unit.now,
            )
        )

    desk.lane.write_now(work)
    return person


def add_asked(
    desk: Desk, organisation: str = "Verpleeghuis Zonnehof", email: str | None = "els@zonnehof.nl"
) -> UUID:
    """A request with somebody to write to."""
    request_id = add_request(desk, organisation, profile="nurse_mbo")

    def work(unit: Unit) -> None:
        request = unit.get(Request, request_id)
        contact = ContactPerson(
            organisation_id=request.organisation_id,
            name="Els de Vries",
            email=email,
            created_at=unit.now,
            updated_at=unit.now,
        )
        unit.session.add(contact)
        unit.session.flush()
        request.contact_person_id = contact.id

    desk.lane.write_now(work)
    return request_id
