"""What somebody writes down of an organisation and of those to talk to there."""

from dataclasses import dataclass, replace
from uuid import UUID

from db.errors import DeskError
from db.reference.lists import code_list
from db.rules.contact_line import Contact
from db.rules.hygiene import clean
from db.rules.names import search_key
from db.rules.postcode import read_postcode

NAME_LIMIT = 200


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """Somebody to talk to; `id` is empty as long as they are new."""

    name: str
    phone: str | None = None
    email: str | None = None
    id: UUID | None = None

    @classmethod
    def of(cls, contact: Contact) -> "ContactDraft":
        """What was read from one line."""
        return cls(contact.name, contact.phone, contact.email)


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """An organisation; its sector is mandatory."""

    name: str
    sector: str
    postcode: str = ""
    place: str = ""
    contacts: tuple[ContactDraft, ...] = ()

    def checked(self) -> "OrganisationDraft":
        """The same, cleaned; DeskError with what is missing or wrong."""
        name = clean(self.name, NAME_LIMIT)
        if not search_key(name):
            raise DeskError("organisations.name_missing")
        if self.sector not in code_list("care_sector"):
            raise DeskError("organisations.sector_missing")
        return replace(
            self, name=name, postcode=checked_postcode(self.postcode), place=clean(self.place, NAME_LIMIT)
        )


def checked_postcode(given: str) -> str:
    """A postcode as it is written, or nothing; DeskError when it is none."""
    if not given.strip():
        return ""
    reading = read_postcode(given)
    if reading.postcode is None:
        raise DeskError("organisations.postcode_wrong", given=clean(given, 40))
    return reading.postcode.text
