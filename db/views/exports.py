"""What goes out to an organisation, and what went out. Codes, never labels; moments in UTC."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from db.rules.names import PersonName


@dataclass(frozen=True, slots=True)
class EducationLine:
    """One education, as far as an organisation may know it."""

    level: str
    programme: str
    completed: str
    year: int | None


@dataclass(frozen=True, slots=True)
class ExperienceLine:
    """One piece of work experience, as far as an organisation may know it."""

    function_profile: str
    sector: str | None
    organisation: str
    years: float | None
    until_year: int | None


@dataclass(frozen=True, slots=True)
class ShortlistPerson:
    """All that an organisation may know of somebody who was proposed, and nothing else.

    No notes, no remarks, no other proposals, no source, no birth date: what is not here cannot go out.
    """

    proposal_id: UUID
    candidate_id: UUID
    name: PersonName
    phone: str | None
    email: str | None
    place: str
    educations: tuple[EducationLine, ...]
    experiences: tuple[ExperienceLine, ...]
    available_from: date | None
    available_until: date | None
    hours_min: int | None
    hours_max: int | None
    grid: int
    big_status: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody with a live proposal who is not in the file, for want of a valid consent."""

    proposal_id: UUID
    candidate_id: UUID
    name: PersonName


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The people proposed to one request who may be shown, by name, and whom it goes to."""

    request_id: UUID
    organisation: str
    place: str
    function_profile: str
    function_given: str
    contact_name: str
    contact_email: str | None
    people: tuple[ShortlistPerson, ...]
    left_out: tuple[LeftOut, ...]
    answer_by: date
    destroy_by: datetime
    sent_before: int
    """How many times something of this request went out already."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The message that goes with a shortlist; it names nobody but the reader and the writer."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What went out; `path` is where the file is, None when it was mailed."""

    id: UUID
    path: str | None
    file_name: str
    recipient: str
    rows: int
    destroy_by: datetime


@dataclass(frozen=True, slots=True)
class ExportView:
    """A file that went out."""

    id: UUID
    at: datetime
    by: str
    organisation: str
    function_profile: str
    kind: str
    delivery: str
    purpose: str
    recipient: str
    file_name: str
    location: str
    rows: int
    destroy_by: datetime | None
    destroyed_at: datetime | None
    destroyed_by: str
    failed: bool


@dataclass(frozen=True, slots=True)
class DestroyedReport:
    """That an export is destroyed; `removed` says that the file on this machine went too."""

    file_name: str
    recipient: str
    removed: bool


@dataclass(frozen=True, slots=True)
class ExportPreview:
    """Exactly what would go out: every cell in words, the message, and what the log would say."""

    shortlist: Shortlist
    letter: Letter
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    recipient: str
    purpose: str
