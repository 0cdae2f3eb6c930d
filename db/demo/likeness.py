"""Pairs of the practice floor that may be one person: questions for a supervisor."""

from collections.abc import Sequence
from itertools import pairwise

from db.demo.floor import Floor
from db.demo.people import Person
from db.models import Likeness

QUESTIONS = 36


def suspect(floor: Floor, people: Sequence[Person]) -> None:
    """Ask about some who share a number, and about neighbours whose names are nearly the same."""
    by_number: dict[str, list[Person]] = {}
    for person in people:
        if person.row["phone"]:
            by_number.setdefault(person.row["phone"], []).append(person)
    shared = [found[:2] for found in by_number.values() if len(found) > 1]
    wanted = floor.share(QUESTIONS)
    for one, other in floor.chance.sample(shared, min(len(shared), wanted // 2)):
        _ask(floor, one, other, "same_phone_like_name", 0.62)
    alike = sorted(people, key=lambda person: (person.row["pc4"] or 0, person.row["sort_name"], person.id))
    near = [
        pair
        for pair in pairwise(alike)
        if pair[0].row["pc4"] == pair[1].row["pc4"]
        and pair[0].row["last_name"] == pair[1].row["last_name"]
        and pair[0].row["phone"] != pair[1].row["phone"]
    ]
    for one, other in near[: wanted - wanted // 2]:
        _ask(floor, one, other, "like_name_same_postcode", 0.81)


def _ask(floor: Floor, one: Person, other: Person, why: str, score: float) -> None:
    at = max(one.imported_at, other.imported_at)
    floor.add(Likeness, at, candidate_id=one.id, other_id=other.id, why=why, score=score)
