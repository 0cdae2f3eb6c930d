"""Dutch postcodes as people type them."""

import re
from dataclasses import dataclass

from db.rules.hygiene import clean, is_no_answer

MISSING = "missing"
INVALID = "invalid"
UNUSED_LETTERS = "unused_letters"
FOREIGN = "foreign"

_DUTCH = re.compile(r"(?:NL[\s-]*)?([1-9][0-9]{3})(?:\.0)?[\s-]*([A-Z]{2})?")
_FOREIGN = re.compile(r"(?!NL)[A-Z]{1,3}[\s-]+[0-9]{4,5}|[0-9]{5}")
_UNUSED = frozenset({"SA", "SD", "SS"})


@dataclass(frozen=True, slots=True)
class Postcode:
    """A Dutch postcode; the letters may be unknown, since four digits are enough to measure travel."""

    pc4: int
    letters: str | None

    @property
    def text(self) -> str:
        """The postcode as it is written: ``1234 AB``, or ``1234`` without letters."""
        return f"{self.pc4} {self.letters}" if self.letters else str(self.pc4)


@dataclass(frozen=True, slots=True)
class PostcodeReading:
    """What was read from a postcode field: a postcode, or the code of what is wrong with it."""

    postcode: Postcode | None
    problem: str | None


def read_postcode(given: str) -> PostcodeReading:
    """Read one postcode; a letter that stands for a digit or the other way round is never guessed."""
    text = clean(given, 40).upper()
    if is_no_answer(text):
        return PostcodeReading(None, MISSING)
    match = _DUTCH.fullmatch(text)
    if match is None:
        return PostcodeReading(None, FOREIGN if _FOREIGN.fullmatch(text) else INVALID)
    letters = match[2]
    if letters in _UNUSED:
        return PostcodeReading(None, UNUSED_LETTERS)
    return PostcodeReading(Postcode(int(match[1]), letters), None)
