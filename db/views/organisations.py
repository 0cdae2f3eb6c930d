"""Organisations that ask for help, and those to talk to there."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ContactView:
    """Somebody at an organisation to talk to."""

    id: UUID
    name: str
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation in the list; fte in hundredths, over its requests that still want people."""

    id: UUID
    name: str
    sector: str
    place: str
    region_code: str
    contacts: int
    requests: int
    fte_asked: int


@dataclass(frozen=True, slots=True)
class OrganisationList:
    """The first lines of a list, and how many there are in all."""

    lines: tuple[OrganisationLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation as it is written down."""

    id: UUID
    name: str
    sector: str
    postcode: str
    place: str
    region_code: str
    contacts: tuple[ContactView, ...]
    row_version: int
