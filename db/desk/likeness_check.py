"""Looking again for people who may be the same, when somebody's data changed after they came in."""

from typing import Any
from uuid import UUID

from db.desk.import_people import Person, compare, contacts_of, name_keys, name_start
from db.desk.unit import Unit
from db.models import Candidate, Likeness
from db.rules.likeness import PHONE_LIKE_NAME
from db.stores import imports as import_store
from db.stores import likeness as store

SAME_EMAIL = "same_email_like_name"
GONE = ("duplicate", "erased")
MOST_QUESTIONS = 3
"""A change asks a supervisor at most so many questions, the likeliest first."""


def ask_again(unit: Unit, candidate: Candidate) -> int:
    """Ask about everybody who has come to be like this candidate, once a pair; how many questions that made.

    What an import would merge by itself is a question here: both have a history by now.
    """
    unit.session.flush()
    values = candidate.model_dump()
    asked = 0
    for key, why, score in _alike(unit, candidate, values):
        if asked == MOST_QUESTIONS:
            break
        if store.asked_before(unit.session, candidate.id, key):
            continue
        question = Likeness(
            candidate_id=candidate.id,
            other_id=key,
            why=why,
            score=score,
            created_at=unit.now,
            updated_at=unit.now,
        )
        unit.session.add(question)
        asked += 1
    return asked


def _alike(unit: Unit, candidate: Candidate, values: dict[str, Any]) -> list[tuple[UUID, str, float]]:
    """Who may be the same person, why, and how likely, the likeliest first."""
    keys, start = name_keys(values), name_start(values)
    contacts = contacts_of(values)
    phones = [contact for contact in contacts if contact.startswith("+")]
    emails = [contact for contact in contacts if not contact.startswith("+")]
    namesakes = import_store.find_namesakes(unit.session, [start] if start else [])
    rows = namesakes | import_store.find_people(unit.session, phones, emails)
    found = []
    for key, other in rows.items():
        if key == candidate.id or other["status"] in GONE:
            continue
        verdict = compare(keys, values, Person(key, other, name_keys(other), True))
        same_number = {other["phone"], other["phone2"]} & set(phones)
        why = verdict.why or ((PHONE_LIKE_NAME if same_number else SAME_EMAIL) if verdict.same else None)
        if why is not None:
            found.append((key, why, verdict.score))
    return sorted(found, key=lambda item: -item[2])
