"""What the desk may not write down: citizen service numbers, and words about health."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from db.reference.files import read_rows

_RUN = re.compile(r"(?<![0-9+])[0-9](?:[ .-]?[0-9]){7,8}(?![0-9])(?![ .-]?[0-9]{3})")
_PHONE = re.compile(
    r"(?:\+|\b00)[0-9](?:[ ./()-]{0,2}[0-9]){8,13}|\b0[0-9](?:[ ./()-]{0,2}[0-9]){8}(?![0-9])"
)
_DATE = re.compile(
    r"(?<![0-9])(?:[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ](?:19|20)[0-9]{2}|(?:19|20)[0-9]{6}"
    r"|[0-3][0-9][01][0-9](?:19|20)[0-9]{2})(?![0-9])"
)
_OTHER_NUMBER = re.compile(r"\b(?:kvk|big)[^0-9\n]{0,20}[0-9](?:[ .-]?[0-9])*", re.IGNORECASE)
_NOT_DIGITS = re.compile(r"[^0-9]")


def bsn_in(text: str, own_numbers: Sequence[str] = ()) -> str | None:
    """Find a citizen service number in a text, as it was typed, or None.

    It is eight or nine digits that pass the eleven test. Phone numbers (the candidate's `own_numbers` too),
    dates, and numbers that the text itself calls KvK or BIG are passed over.
    """
    # As long as the text itself, so that what is found can be shown as it was typed.
    cleaned = text if text.isascii() else "".join(map(_plain_digit, text))
    for pattern in (_OTHER_NUMBER, _PHONE, _DATE):
        cleaned = pattern.sub(lambda passed: "|" * len(passed[0]), cleaned)
    own = {_NOT_DIGITS.sub("", number)[-9:] for number in own_numbers}
    for match in _RUN.finditer(cleaned):
        digits = _NOT_DIGITS.sub("", match[0])
        if digits not in own and _passes_eleven_test(digits):
            return text[match.start() : match.end()]
    return None


def health_words(text: str) -> tuple[str, ...]:
    """Give the words of a text that look like health data, each once, in the order of the word list."""
    lowered = text.casefold()
    return tuple(word for word, pattern in _health_patterns() if pattern.search(lowered))


def _plain_digit(character: str) -> str:
    """A digit of any script as one of ours; every other character as it is."""
    return str(unicodedata.decimal(character, character))


def _passes_eleven_test(digits: str) -> bool:
    from stdnum.nl import bsn

    return bool(bsn.is_valid(digits))


@cache
def _health_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["word"], re.compile(rf"\b{re.escape(row['word'])}" + ("" if row["match"] == "stem" else r"\b")))
        for row in read_rows("health_words.csv")
    )
