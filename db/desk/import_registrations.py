"""Registrations: which rows are new people, which are known, and which cannot be taken in."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, SQLModel

from db.desk.import_merge import is_settled, merge, needed_repairs
from db.desk.import_people import Found, Person, load_people, name_keys
from db.desk.import_plan import (
    CREATED,
    MERGED,
    REJECTED,
    UNCHANGED,
    OpenedFile,
    Plan,
    RowChange,
    RowOutcome,
    Steps,
)
from db.files.tables import TableRow
from db.ids import new_id
from db.models import Candidate, Consent, Likeness, QueueEntry, Registration, RepairTask
from db.rules.hygiene import clean
from db.rules.names import show_name_last_first
from db.rules.priority import PriorityRules, priority_group
from db.rules.registration_rows import (
    FEWEST_BSN_DIGITS,
    RegistrationReading,
    fingerprint,
    mask_bsn,
    read_registration,
    storable,
)
from db.stores import imports as store
from db.stores.users import load_settings

SHARE = "share_with_care_organisations"
MOST_QUESTIONS = 3
"""A row asks a supervisor at most so many questions."""


class RegistrationRows:
    """The rows of a registration file, read before any database is asked."""

    def __init__(self, file: OpenedFile, source: str, now: datetime, steps: Steps) -> None:
        self.file = file
        self.source = source
        self.read: list[tuple[TableRow, RegistrationReading, str]] = []
        self.given: dict[int, dict[str, str]] = {}
        spare = [heading for heading in file.headings if heading not in file.columns.values()]
        for row in file.rows:
            cells, given = file.cells(row), file.given(row)
            reading = read_registration(cells, now)
            rest = {heading: given[heading] for heading in spare if heading in given}
            mark = "" if reading.reject else fingerprint(source, reading, cells, rest)
            self.read.append((row, reading, mark))
            self.given[row.number] = given
            steps.take()


class RegistrationPlanner:
    """Works out what becomes of every row, in the order of the file."""

    def __init__(self, session: Session, rows: RegistrationRows, batch_id: UUID, now: datetime) -> None:
        self.plan = Plan()
        self._rows, self._batch_id, self._now = rows, batch_id, now
        usable = [(reading, mark) for _, reading, mark in rows.read if not reading.reject]
        self._seen = store.known_fingerprints(session, Registration, [mark for _, mark in usable])
        self._people = load_people(session, [reading for reading, mark in usable if mark not in self._seen])
        self._priority = PriorityRules.from_settings(load_settings(session).priority)
        self._new: list[Person] = []
        self._changed: dict[UUID, tuple[Person, set[str], set[str]]] = {}
        self._inserts: dict[type[SQLModel], list[dict[str, Any]]] = {
            table: [] for table in (Candidate, Registration, Consent, RepairTask, Likeness, QueueEntry)
        }
        self._numbers = {rows.file.columns.get(name) for name in ("phone", "phone2", "big", "registered_at")}
        self._headings = {heading: storable(heading) for heading in rows.file.headings}
        heading = rows.file.columns.get("consent", "")
        self._consent_text = clean(heading, 2000)
        self._consent_version = f"form-{hashlib.sha256(self._consent_text.encode()).hexdigest()[:8]}"

    def work(self, steps: Steps) -> Plan:
        """Go through all rows and give the plan."""
        for row, reading, mark in self._rows.read:
            self.plan.outcomes.append(self._settle(row, reading, mark))
            steps.take()
        for person in self._new:
            self._finish(person)
        self.plan.changes = [
            change for item in self._changed.values() for change in _changes(*item, self._now)
        ]
        self.plan.inserts = self._inserts
        self.plan.repairs = dict(Counter(task["kind"] for task in self._inserts[RepairTask]).most_common())
        return self.plan

    def _settle(self, row: TableRow, reading: RegistrationReading, mark: str) -> RowOutcome:
        who = clean(show_name_last_first(reading.name), 120)
        if reading.reject:
            return RowOutcome(row, REJECTED, who, reading.reject)
        if mark in self._seen:
            return RowOutcome(row, UNCHANGED, who)
        self._seen.add(mark)
        person, questions = self._people.like(name_keys(reading.person), reading.person)
        if person is None:
            outcome = self._create(row, who, reading, questions)
        else:
            outcome = self._merge(row, who, reading, person)
        self._keep_registration(row, reading, mark, outcome)
        return outcome

    def _create(self, row: TableRow, who: str, reading: RegistrationReading, like: list[Found]) -> RowOutcome:
        values = reading.person | {"registered_at": reading.registered_at}
        person = Person(new_id(), values, name_keys(values), False)
        person.repairs = _once(reading.repairs)
        self._new.append(person)
        self._people.add(person)
        for item in like[:MOST_QUESTIONS]:
            self._ask(person, item)
        question = like[0].verdict.why if like else None
        self.plan.questions += bool(like)
        return RowOutcome(row, CREATED, who, None, person.id, None, tuple(person.repairs), question)

    def _merge(self, row: TableRow, who: str, reading: RegistrationReading, person: Person) -> RowOutcome:
        before = merge(person, reading)
        self._people.add(person)
        repairs = _once(needed_repairs(person, reading.repairs))
        if person.exists:
            _, columns, entry = self._changed.setdefault(person.id, (person, set(), set()))
            columns.update((before or {}).get("candidate", {}))
            entry.update((before or {}).get("entry", {}).get("changed", {}))
            person.open_repairs.update(kind for kind, _ in repairs)
            self._inserts[RepairTask].extend(self._repair(person.id, *repair) for repair in repairs)
        else:
            person.repairs.extend(repairs)
        return RowOutcome(row, MERGED, who, None, person.id, before, tuple(repairs))

    def _keep_registration(
        self, row: TableRow, reading: RegistrationReading, mark: str, outcome: RowOutcome
    ) -> None:
        common: dict[str, Any] = {
            "candidate_id": outcome.subject_id,
            "at": reading.registered_at,
            "recorded_at": self._now,
        }
        common |= {"import_batch_id": self._batch_id, "source": self._rows.source}
        registration = {
            "id": new_id(),
            "fingerprint": mark,
            "given": self._given(row, reading),
            "row_number": row.number,
        }
        self._inserts[Registration].append(common | registration)
        if reading.consent:
            said = {
                "state": reading.consent,
                "text": self._consent_text,
                "text_version": self._consent_version,
            }
            how = {"id": new_id(), "purpose": SHARE, "channel": "form", "recorded_by": None}
            self._inserts[Consent].append(common | said | how)

    def _given(self, row: TableRow, reading: RegistrationReading) -> dict[str, str]:
        """Give the row as given; a citizen service number may not be kept, not even there."""
        own = tuple(number for number in (reading.person["phone"], reading.person["phone2"]) if number)
        kept: dict[str, str] = {}
        for heading, text in self._rows.given[row.number].items():
            plain = storable(text)
            is_text = len(plain) >= FEWEST_BSN_DIGITS and heading not in self._numbers
            kept[self._headings[heading]] = mask_bsn(plain, own) if is_text else plain
        return kept

    def _ask(self, person: Person, item: Found) -> None:
        question = {"candidate_id": person.id, "other_id": item.person.id, "why": item.verdict.why}
        self._inserts[Likeness].append(
            self._state() | question | {"score": round(item.verdict.score, 1), "answer": None}
        )

    def _finish(self, person: Person) -> None:
        """Make the rows of a new person, once no later row can add to it."""
        values = person.values
        self._inserts[Candidate].append({**self._state(), "id": person.id, "status": "new", **values})
        for kind, given in person.repairs:
            if not is_settled(values, kind):
                self._inserts[RepairTask].append(self._repair(person.id, kind, given))
        group = priority_group(
            values["function_profile"], values["care_background"], self._rows.source, self._priority
        )
        callable_now = values["phone"] is not None
        self._inserts[QueueEntry].append(
            self._state()
            | {"candidate_id": person.id, "kind": "new", "priority_group": group}
            | {"state": "ready" if callable_now else "blocked"}
            | {"blocked_reason": None if callable_now else "no_number"}
            | {"region_code": values["region_code"], "registered_at": values["registered_at"]}
        )

    def _repair(self, candidate_id: UUID, kind: str, given: str) -> dict[str, Any]:
        return {**self._state(), "candidate_id": candidate_id, "kind": kind, "given": storable(given)}

    def _state(self) -> dict[str, Any]:
        stamps = {"created_at": self._now, "updated_at": self._now, "row_version": 1}
        return {"id": new_id(), "import_batch_id": self._batch_id, **stamps}


def _once(repairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """One task of a kind is enough for a person."""
    return list({kind: (kind, given) for kind, given in reversed(repairs)}.values())[::-1]


def _changes(person: Person, columns: set[str], entry: set[str], now: datetime) -> list[RowChange]:
    stamp: Mapping[str, Any] = {"updated_at": now}
    changes = []
    if columns:
        values = {column: person.values[column] for column in columns}
        changes.append(RowChange(Candidate, person.id, {**values, **stamp}))
    if entry:
        values = {column: person.entry[column] for column in entry}
        changes.append(RowChange(QueueEntry, person.entry["id"], {**values, **stamp}))
    return changes
