"""Pairs of the practice floor that may be one person: questions for a supervisor."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from db.demo.floor import Floor
from db.models import Likeness
from db.rules.likeness import NameKeys, compare_people
from db.rules.names import search_key

if TYPE_CHECKING:
    from db.demo.people import Person

QUESTIONS = 36
KEPT_EVERY = 11
"""One in so many people is kept in mind, to come back later."""
TAKEN_OVER = ("first_name", "last_name", "email", "phone", "postcode", "place", "hours")
DOUBLE_LETTER = re.compile(r"([a-z])\1")
Form = dict[str, str]


class SecondForms:
    """People who fill in the form again, a little differently, and people who share an address for e-mail."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._kept: list[tuple[Person, Form]] = []
        self._seen = 0
        self._pairs: list[tuple[Person, Person]] = []
        self._earlier: Person | None = None

    def remember(self, person: "Person", form: Form) -> None:
        """Keep some people in mind, and whom the last second form was about."""
        if self._earlier is not None:
            self._pairs.append((self._earlier, person))
            self._earlier = None
            return
        row = person.row
        self._seen += 1
        if row["first_name"] and row["phone"] and row["email"] and self._seen % KEPT_EVERY == 1:
            self._kept.append((person, form))

    def again(self, form: Form) -> Form:
        """The form of a newcomer, made that of somebody known; as it was when nobody is known yet."""
        if not self._kept:
            return form
        self._earlier, known = self._kept.pop(self._floor.chance.randrange(len(self._kept)))
        same = form | {name: known[name] for name in TAKEN_OVER}
        ways = (_mistyped, _married, _divorced, _partner)
        return ways[len(self._pairs) % len(ways)](same, form)

    def ask(self) -> None:
        """Ask about every pair what an import would ask, and as it would."""
        for older, newer in self._pairs:
            one, other = older.row, newer.row
            verdict = compare_people(
                _keys(one),
                _keys(other),
                same_phone=one["phone"] == other["phone"],
                same_email=one["email"] == other["email"],
                same_postcode=one["pc4"] == other["pc4"],
            )
            if verdict.why is not None:
                at = max(older.imported_at, newer.imported_at)
                score = round(verdict.score, 1)
                self._floor.add(
                    Likeness, at, candidate_id=older.id, other_id=newer.id, why=verdict.why, score=score
                )


def _mistyped(same: Form, fresh: Form) -> Form:
    """A double letter typed once, or a single one twice, with a new number and a new provider."""
    name = same["last_name"]
    mistyped = DOUBLE_LETTER.sub(r"\1", name, count=1)
    if mistyped == name:
        mistyped = f"{name[:-2]}{name[-3:]}"
    return same | {"last_name": mistyped, "phone": fresh["phone"], "email": _elsewhere(same["email"])}


def _married(same: Form, fresh: Form) -> Form:
    """The same number, with a partner's name before one's own."""
    double = f"{fresh['last_name'].split('-')[0]}-{same['last_name'].split('-')[0]}"
    return same | {"last_name": double, "email": _elsewhere(same["email"])}


def _divorced(same: Form, fresh: Form) -> Form:
    """The same address for e-mail, with another family name and another number."""
    return same | {"last_name": fresh["last_name"].split("-")[0], "phone": fresh["phone"]}


def _partner(same: Form, fresh: Form) -> Form:
    """Somebody else at home, on the same address for e-mail."""
    return same | {"first_name": fresh["first_name"], "phone": fresh["phone"], "hours": fresh["hours"]}


def _elsewhere(email: str) -> str:
    name, _, domain = email.partition("@")
    return f"{name}@{'example.nl' if domain == 'example.org' else 'example.org'}"


def _keys(row: Mapping[str, str]) -> NameKeys:
    return NameKeys(
        search_key(row["first_name"]),
        search_key(row["initials"]).replace(" ", ""),
        search_key(row["last_name"]),
    )
