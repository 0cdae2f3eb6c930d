"""Requests of care organisations: one organisation per name and place, every request once."""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, SQLModel

from db.desk.import_plan import CREATED, REJECTED, UNCHANGED, OpenedFile, Plan, RowOutcome, Steps
from db.files.tables import TableRow
from db.ids import new_id
from db.models import ContactPerson, Organisation, Request
from db.rules.names import search_key
from db.rules.request_rows import RequestReading, read_request, request_fingerprint
from db.stores import imports as store

OrganisationKey = tuple[str, str]
ContactKey = tuple[UUID, str, str | None, str | None]


class RequestRows:
    """The rows of a request file, read before any database is asked."""

    def __init__(self, file: OpenedFile, steps: Steps) -> None:
        self.read: list[tuple[TableRow, RequestReading, str]] = []
        for row in file.rows:
            reading = read_request(file.cells(row))
            self.read.append((row, reading, "" if reading.reject else request_fingerprint(reading)))
            steps.take()


class RequestPlanner:
    """Works out what becomes of every row, in the order of the file."""

    def __init__(self, session: Session, rows: RequestRows, batch_id: UUID, now: datetime) -> None:
        self._rows, self._batch_id, self._now = rows, batch_id, now
        usable = [(reading, mark) for _, reading, mark in rows.read if not reading.reject]
        self._seen = store.known_fingerprints(session, Request, [mark for _, mark in usable])
        names = list(dict.fromkeys(reading.organisation["search_name"] for reading, _ in usable))
        self._organisations: dict[OrganisationKey, UUID] = {}
        self._contacts: dict[ContactKey, UUID] = {}
        for organisation in store.organisations_named(session, names):
            key = (organisation["search_name"], search_key(organisation["place"]))
            self._organisations.setdefault(key, organisation["id"])
        for contact in store.contacts_of(session, list(self._organisations.values())):
            contact_key = (contact["organisation_id"], contact["name"], contact["email"], contact["phone"])
            self._contacts.setdefault(contact_key, contact["id"])
        self._inserts: dict[type[SQLModel], list[dict[str, Any]]] = {
            table: [] for table in (Organisation, ContactPerson, Request)
        }

    def work(self, steps: Steps) -> Plan:
        """Go through all rows and give the plan."""
        plan = Plan(inserts=self._inserts)
        for row, reading, mark in self._rows.read:
            plan.outcomes.append(self._settle(row, reading, mark))
            steps.take()
        plan.repairs = dict(Counter(kind for item in plan.outcomes for kind, _ in item.repairs).most_common())
        return plan

    def _settle(self, row: TableRow, reading: RequestReading, mark: str) -> RowOutcome:
        who = str(reading.organisation["name"])
        if reading.reject:
            return RowOutcome(row, REJECTED, who, reading.reject)
        if mark in self._seen:
            return RowOutcome(row, UNCHANGED, who)
        self._seen.add(mark)
        organisation_id = self._organisation(reading)
        request = self._state() | reading.request | {"organisation_id": organisation_id, "fingerprint": mark}
        request["contact_person_id"] = self._contact(organisation_id, reading)
        self._inserts[Request].append(request)
        return RowOutcome(row, CREATED, who, None, request["id"], None, tuple(reading.repairs))

    def _organisation(self, reading: RequestReading) -> UUID:
        values = reading.organisation
        key = (values["search_name"], search_key(values["place"]))
        if key not in self._organisations:
            organisation = self._state() | values
            self._inserts[Organisation].append(organisation)
            self._organisations[key] = organisation["id"]
        return self._organisations[key]

    def _contact(self, organisation_id: UUID, reading: RequestReading) -> UUID | None:
        values = reading.contact
        if not values:
            return None
        key = (organisation_id, values["name"], values["email"], values["phone"])
        if key not in self._contacts:
            contact = self._state() | values | {"organisation_id": organisation_id}
            self._inserts[ContactPerson].append(contact)
            self._contacts[key] = contact["id"]
        return self._contacts[key]

    def _state(self) -> dict[str, Any]:
        stamps = {"created_at": self._now, "updated_at": self._now, "row_version": 1}
        return {"id": new_id(), "import_batch_id": self._batch_id, **stamps}
