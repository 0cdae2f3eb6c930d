"""The organisations that ask for help."""

from uuid import UUID

from db.desk.lane import Lane
from db.desk.places import place_columns
from db.desk.unit import Unit
from db.drafts.organisations import ContactDraft, OrganisationDraft
from db.errors import ConflictError, DeskError
from db.models import ContactPerson, Organisation
from db.rules.hygiene import clean
from db.rules.names import search_key
from db.stores import organisations as store
from db.views.organisations import OrganisationList, OrganisationView


class OrganisationsDesk:
    """Use cases about organisations and their contact persons."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def find(self, search: str = "", sector: str = "", limit: int = 200) -> OrganisationList:
        """The organisations whose name, place, sector or region holds every word; all without words."""
        return await self._lane.read(lambda session: store.list_organisations(session, search, sector, limit))

    async def organisation(self, organisation_id: UUID) -> OrganisationView:
        """One organisation with its contact persons."""
        return await self._lane.read(
            lambda session: store.view_of(session, session.get_one(Organisation, organisation_id))
        )

    async def add(self, draft: OrganisationDraft) -> OrganisationView:
        """Write an organisation down; undoable.

        Raises DeskError without a name or a sector, or when this name is known in this place already.
        """
        return await self._lane.write(lambda unit: _add(unit, draft.checked()))

    async def change(
        self, organisation_id: UUID, draft: OrganisationDraft, row_version: int
    ) -> OrganisationView:
        """Change an organisation and its contact persons; undoable.

        Contact persons without an id are new, those that the draft leaves out are removed. Raises
        ConflictError when somebody changed it since `row_version`, DeskError as `add`, or when somebody who
        is left out is named by a request.
        """
        return await self._lane.write(
            lambda unit: _change(unit, organisation_id, draft.checked(), row_version)
        )


def add_contact(unit: Unit, organisation_id: UUID, contact: ContactDraft) -> ContactPerson:
    """Write somebody to talk to down."""
    person = ContactPerson(
        organisation_id=organisation_id,
        name=_contact_name(contact),
        phone=contact.phone,
        email=contact.email,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(person)
    unit.session.flush()
    return person


def _add(unit: Unit, draft: OrganisationDraft) -> OrganisationView:
    where = place_columns(draft.postcode, draft.place)
    _refuse_twice(unit, draft.name, where["place"], None)
    organisation = Organisation(
        name=draft.name,
        search_name=search_key(draft.name),
        sector=draft.sector,
        created_at=unit.now,
        updated_at=unit.now,
        **where,
    )
    unit.session.add(organisation)
    unit.session.flush()
    for contact in draft.contacts:
        add_contact(unit, organisation.id, contact)
    unit.record("organisations.add", subject_id=organisation.id, undoable=True, name=draft.name)
    return store.view_of(unit.session, organisation)


def _change(
    unit: Unit, organisation_id: UUID, draft: OrganisationDraft, row_version: int
) -> OrganisationView:
    organisation = unit.get(Organisation, organisation_id)
    if organisation.row_version != row_version:
        raise ConflictError("organisations.changed_elsewhere", name=organisation.name)
    where = place_columns(draft.postcode, draft.place)
    if (search_key(draft.name), search_key(where["place"])) != (
        organisation.search_name,
        search_key(organisation.place),
    ):
        _refuse_twice(unit, draft.name, where["place"], organisation_id)
    values = {"name": draft.name, "search_name": search_key(draft.name), "sector": draft.sector} | where
    for column, value in values.items():
        setattr(organisation, column, value)
    _settle_contacts(unit, organisation_id, draft.contacts)
    unit.record("organisations.change", subject_id=organisation_id, undoable=True, name=draft.name)
    unit.session.flush()
    return store.view_of(unit.session, organisation)


def _refuse_twice(unit: Unit, name: str, place: str, but: UUID | None) -> None:
    known = store.same_organisation(unit.session, name, place)
    if known is not None and known.id != but:
        raise DeskError("organisations.exists", name=known.name, place=known.place)


def _settle_contacts(unit: Unit, organisation_id: UUID, contacts: tuple[ContactDraft, ...]) -> None:
    kept = {contact.id: contact for contact in contacts if contact.id is not None}
    for person in store.contacts_of(unit.session, organisation_id):
        contact = kept.get(person.id)
        if contact is not None:
            person.name, person.phone, person.email = _contact_name(contact), contact.phone, contact.email
        elif store.is_asked_for(unit.session, person.id):
            raise DeskError("organisations.contact_in_use", name=person.name)
        else:
            unit.session.delete(person)
    for contact in contacts:
        if contact.id is None:
            add_contact(unit, organisation_id, contact)


def _contact_name(contact: ContactDraft) -> str:
    name = clean(contact.name, 200)
    if not name:
        raise DeskError("organisations.contact_name_missing")
    return name
