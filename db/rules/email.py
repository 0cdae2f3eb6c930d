"""E-mail addresses as people type them."""

import re
from dataclasses import dataclass

from db.rules.hygiene import clean, is_no_answer

MISSING = "missing"
INVALID = "invalid"

# Top-level domains are left to the library unless they are so common that it can only agree.
_PLAIN = re.compile(
    r"(?=[^@]{1,64}@)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){0,61}\.)+(?:nl|com|net|org|eu|be|de)"
)
_LONGEST = 200
_NAMED = re.compile(r"[^<>]*<([^<>]+)>")


@dataclass(frozen=True, slots=True)
class EmailReading:
    """What was read from an e-mail field: an address in lower case, or the code of what is wrong with it."""

    address: str | None
    problem: str | None


def read_email(given: str) -> EmailReading:
    """Read one address by its form alone; whether it exists is not asked of anyone."""
    text = clean(given, 320).lower()
    if is_no_answer(text):
        return EmailReading(None, MISSING)
    named = _NAMED.fullmatch(text)
    text = (named[1].strip() if named else text).removeprefix("mailto:")
    if len(text) <= _LONGEST and _PLAIN.fullmatch(text):
        return EmailReading(text, None)
    return _read_strictly(text)


def _read_strictly(text: str) -> EmailReading:
    from email_validator import EmailNotValidError, validate_email

    try:
        address = validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return EmailReading(None, INVALID)
    return EmailReading(address.lower(), None)
