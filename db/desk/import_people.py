"""Who is known already: the people of the database and of the rows before, found by what they share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import Session

from db.rules.likeness import NameKeys, Verdict, compare_people
from db.rules.names import search_key
from db.rules.registration_rows import RegistrationReading
from db.stores import imports as store

MERGED_AWAY = ("duplicate", "erased")
"""Nobody is these records any more: a registration belongs to the record that stayed."""
MOST_COMPARED = 50
"""So many people on one number or address are compared; beyond it only whole names are looked up."""


@dataclass(slots=True, eq=False)
class Person:
    """Somebody in the making, or in the database: `values` has the columns of a candidate."""

    id: UUID
    values: dict[str, Any]
    keys: NameKeys
    exists: bool
    entry: dict[str, Any] = field(default_factory=dict)
    open_repairs: set[str] = field(default_factory=set)
    repairs: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who has something in common with a row, and what that means."""

    person: Person
    verdict: Verdict


class People:
    """Everyone who could be meant by a row, without comparing everybody to everybody."""

    def __init__(self) -> None:
        self._by_contact: dict[str, list[Person]] = {}
        self._by_contact_and_name: dict[tuple[str, str], Person] = {}
        self._by_name_start: dict[tuple[int, str], list[Person]] = {}

    def add(self, person: Person) -> None:
        """Make a person findable; again when a merge has given new numbers or addresses."""
        for contact in contacts_of(person.values):
            people = self._by_contact.setdefault(contact, [])
            if person not in people[:MOST_COMPARED]:
                people.append(person)
            self._by_contact_and_name.setdefault((contact, person.keys.whole), person)
        start = name_start(person.values)
        if start and person not in (people := self._by_name_start.setdefault(start, []))[:MOST_COMPARED]:
            people.append(person)

    def like(self, keys: NameKeys, values: Mapping[str, Any]) -> tuple[Person | None, list[Found]]:
        """Give who this is, if anybody, and else who it may be, the likeliest first."""
        found = [Found(person, compare(keys, values, person)) for person in self._near(keys, values)]
        same = [item for item in found if item.verdict.same]
        if same:
            return max(same, key=lambda item: item.verdict.score).person, []
        questions = [item for item in found if item.verdict.why]
        return None, sorted(questions, key=lambda item: -item.verdict.score)

    def _near(self, keys: NameKeys, values: Mapping[str, Any]) -> Iterable[Person]:
        near: dict[UUID, Person] = {}
        for contact in contacts_of(values):
            exact = self._by_contact_and_name.get((contact, keys.whole))
            for person in [*([exact] if exact else []), *self._by_contact.get(contact, [])[:MOST_COMPARED]]:
                near[person.id] = person
        start = name_start(values)
        for person in self._by_name_start.get(start, [])[:MOST_COMPARED] if start else []:
            near[person.id] = person
        return near.values()


def load_people(session: Session, readings: Sequence[RegistrationReading]) -> People:
    """Find everyone in the database whom one of the rows could mean."""
    phones: dict[str, None] = {}
    emails: dict[str, None] = {}
    starts: dict[tuple[int, str], None] = {}
    for reading in readings:
        person = reading.person
        phones |= dict.fromkeys(number for number in (person["phone"], person["phone2"]) if number)
        if person["email"]:
            emails[person["email"]] = None
        start = name_start(person)
        if start:
            starts[start] = None
    known = store.find_people(session, list(phones), list(emails))
    entries, repairs = store.open_entries(session, list(known)), store.open_repairs(session, list(known))
    # Whoever shares no more than a name is a question at most, and is never changed.
    namesakes = store.find_namesakes(session, list(starts))
    found = known | {key: values for key, values in namesakes.items() if key not in known}
    rows = {key: values for key, values in found.items() if values["status"] not in MERGED_AWAY}
    people = People()
    for row_id, values in rows.items():
        person_entry, person_repairs = entries.get(row_id, {}), repairs.get(row_id, set())
        people.add(Person(row_id, values, name_keys(values), True, person_entry, person_repairs))
    return people


def name_keys(values: Mapping[str, Any]) -> NameKeys:
    """Give the name of a candidate as it is compared."""
    letters = search_key(values["initials"].replace(".", " ")).replace(" ", "")
    return NameKeys(search_key(values["first_name"]), letters, search_key(values["last_name"]))


def name_start(values: Mapping[str, Any]) -> tuple[int, str] | None:
    """Give the block in which names are compared: the postcode and the first letters."""
    start = str(values["search_name"])[: store.NAME_START]
    return (values["pc4"], start) if values["pc4"] and len(start) == store.NAME_START else None


def contacts_of(values: Mapping[str, Any]) -> list[str]:
    """Give every number and address of a person; numbers begin with a plus, so that they never meet."""
    return [contact for contact in (values["phone"], values["phone2"], values["email"]) if contact]


def compare(keys: NameKeys, values: Mapping[str, Any], person: Person) -> Verdict:
    """Weigh what somebody and a person have in common."""
    mine, theirs = set(contacts_of(values)), set(contacts_of(person.values))
    shared = mine & theirs
    return compare_people(
        keys,
        person.keys,
        same_phone=any(contact.startswith("+") for contact in shared),
        same_email=any(not contact.startswith("+") for contact in shared),
        same_postcode=_same_postcode(values, person.values),
    )


def _same_postcode(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    if not mine["pc4"] or mine["pc4"] != theirs["pc4"]:
        return False
    return (
        len(mine["postcode"]) <= 4 or len(theirs["postcode"]) <= 4 or mine["postcode"] == theirs["postcode"]
    )
