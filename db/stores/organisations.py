"""Queries about organisations."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import ContactPerson, Organisation, Request
from db.reference.lists import code_list
from db.rules.names import search_key
from db.rules.request_steps import OPEN_STATUSES
from db.views.organisations import ContactView, OrganisationLine, OrganisationList, OrganisationView


def list_organisations(session: Session, search: str, sector: str, limit: int) -> OrganisationList:
    """The organisations that fit the words, by name."""
    query = _query()
    if sector:
        query = query.where(col(Organisation.sector) == sector)
    for word in search_key(search).split():
        query = query.where(
            sa.or_(
                col(Organisation.search_name).contains(word, autoescape=True),
                sa.func.lower(col(Organisation.place)).contains(word, autoescape=True),
                col(Organisation.sector).in_(_codes("care_sector", word)),
                col(Organisation.region_code).in_(_codes("region", word)),
            )
        )
    total = session.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one()
    ordered = query.order_by(col(Organisation.search_name), col(Organisation.id)).limit(limit)
    rows = session.execute(ordered).mappings()
    return OrganisationList(lines=tuple(OrganisationLine(**row) for row in rows), total=total)


def view_of(session: Session, organisation: Organisation) -> OrganisationView:
    """An organisation with its contact persons."""
    return OrganisationView(
        id=organisation.id,
        name=organisation.name,
        sector=organisation.sector,
        postcode=organisation.postcode,
        place=organisation.place,
        region_code=organisation.region_code,
        contacts=tuple(
            ContactView(person.id, person.name, person.phone, person.email)
            for person in contacts_of(session, organisation.id)
        ),
        row_version=organisation.row_version,
    )


def contacts_of(session: Session, organisation_id: UUID) -> list[ContactPerson]:
    """Those to talk to at an organisation, in the order in which they were written down."""
    own = select(ContactPerson).where(ContactPerson.organisation_id == organisation_id)
    return list(session.exec(own.order_by(col(ContactPerson.created_at), col(ContactPerson.id))))


def same_organisation(session: Session, name: str, place: str) -> Organisation | None:
    """The organisation of this name in this place, if it is known."""
    key = search_key(name)
    named = session.exec(select(Organisation).where(Organisation.search_name == key))
    return next((found for found in named if search_key(found.place) == search_key(place)), None)


def is_asked_for(session: Session, contact_id: UUID) -> bool:
    """Whether a request names this person."""
    named = select(Request.id).where(Request.contact_person_id == contact_id).limit(1)
    return session.exec(named).first() is not None


def _query() -> sa.Select[tuple[object, ...]]:
    wanted = sa.and_(
        col(Request.organisation_id) == col(Organisation.id), col(Request.status).in_(OPEN_STATUSES)
    )
    contacts = sa.select(sa.func.count()).where(col(ContactPerson.organisation_id) == col(Organisation.id))
    asked = sa.select(sa.func.coalesce(sa.func.sum(col(Request.fte_asked)), 0)).where(wanted)
    return sa.select(
        col(Organisation.id),
        col(Organisation.name),
        col(Organisation.sector),
        col(Organisation.place),
        col(Organisation.region_code),
        contacts.scalar_subquery().label("contacts"),
        sa.select(sa.func.count()).where(wanted).scalar_subquery().label("requests"),
        asked.scalar_subquery().label("fte_asked"),
    )


def _codes(list_name: str, word: str) -> list[str]:
    """The codes that are called something with this word, in either language."""
    return [
        entry.code for entry in code_list(list_name).values() if word in search_key(f"{entry.nl} {entry.en}")
    ]
