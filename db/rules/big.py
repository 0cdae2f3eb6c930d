"""The BIG register: reading its numbers, and what a registration is worth on a day."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from db.reference.files import read_rows
from db.reference.lists import code_list

LENGTH = 11
SHORTEST = 9
_NOT_GIVEN = frozenset({"", "-", "nvt", "geen", "nee", "n/a", "none", "no", "0", "onbekend", "unknown"})


@dataclass(frozen=True, slots=True)
class BigReading:
    """What was read of a BIG number.

    `padded` says that lost leading zeros were put back. `profession` (list `big_profession`) is what the last
    two digits suggest: a hint, never a proof. `problem` is big_unreadable | big_length.
    """

    number: str | None
    padded: bool = False
    profession: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Exemption:
    """When a lapsed registration of a profession still allowed work."""

    expired_after: date
    exempt_from: date
    exempt_until: date


def read_big(text: str) -> BigReading:
    """Read a BIG number as people and spreadsheets write it; nothing given is no problem."""
    given = text.strip().lower().rstrip(".")
    if given.replace(".", "").strip() in _NOT_GIVEN:
        return BigReading(None)
    given = re.sub(r"^big[\s:.-]*(?:nummer|nr|number)?[\s:.-]*", "", given)
    digits = re.sub(r"[\s.-]", "", re.sub(r"\.0$", "", given))
    if not re.fullmatch(r"[0-9]+", digits) or not int(digits):
        return BigReading(None, problem="big_unreadable")
    if not SHORTEST <= len(digits) <= LENGTH:
        return BigReading(None, problem="big_length")
    number = digits.zfill(LENGTH)
    profession = number[-2:] if number[-2:] in code_list("big_profession") else None
    return BigReading(number, padded=len(digits) < LENGTH, profession=profession)


def big_status(
    profession: str | None, registered: bool | None, expires: date | None, struck_off: bool | None, on: date
) -> str:
    """Derive the status (list `big_status`) that a registration has on a day.

    `profession` is a code of `big_profession`; the dates of the exemption are data (`big_rules.csv`).
    """
    entry = code_list("big_profession").get(profession or "")
    if struck_off:
        return "restricted"
    if entry and entry.group == "article_34":
        return "not_applicable"
    if expires is None:
        return {True: "registered", False: "never", None: "unknown"}[registered]
    if expires >= on:
        return "unknown" if registered is False else "registered"
    rule = _exemptions().get(profession or "")
    if rule and expires > rule.expired_after and rule.exempt_from <= on < rule.exempt_until:
        return "expired_exempt"
    return "expired_supervised_only"


def exempt_professions(on: date) -> dict[str, date]:
    """The professions that are exempt on a day, with the date after which one has to have lapsed."""
    return {
        profession: rule.expired_after
        for profession, rule in _exemptions().items()
        if rule.exempt_from <= on < rule.exempt_until
    }


def exemption_professions() -> tuple[str, ...]:
    """The professions for which there ever was an exemption."""
    return tuple(_exemptions())


@cache
def _exemptions() -> dict[str, _Exemption]:
    columns = ("expired_after", "exempt_from", "exempt_until")
    return {
        row["profession"]: _Exemption(*(date.fromisoformat(row[name]) for name in columns))
        for row in read_rows("big_rules.csv")
    }
