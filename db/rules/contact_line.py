"""Reading a contact person from one line: name, telephone and e-mail in any order."""

import re
from dataclasses import dataclass

from db.rules.email import read_email
from db.rules.hygiene import clean
from db.rules.phone import read_phone

_LIMIT = 200
_EMAIL = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+")
_PHONE = re.compile(r"(?:\+|00|\(?0)[0-9()\s.\-/]{7,}[0-9]")
_LOOSE_ENDS = " ,;:-–/<>()"


@dataclass(frozen=True, slots=True)
class Contact:
    """What was read; `problem` is name_missing, phone_wrong or email_wrong."""

    name: str
    phone: str | None = None
    email: str | None = None
    problem: str = ""


def read_contact(text: str) -> Contact:
    """Read "M. de Vries 06-12345678 m.devries@zonnehof.nl": what is neither is the name."""
    rest = clean(text, _LIMIT)
    rest, email_given = _take(_EMAIL, rest)
    rest, phone_given = _take(_PHONE, rest)
    email = read_email(email_given).address if email_given else None
    phone = read_phone(phone_given).phone if phone_given else None
    name = " ".join(rest.split()).strip(_LOOSE_ENDS)
    problem = ""
    if not name:
        problem = "name_missing"
    elif email_given and email is None:
        problem = "email_wrong"
    elif re.search(r"[0-9]{5,}", name) or (phone_given and phone is None):
        problem = "phone_wrong"
    return Contact(name, phone.e164 if phone else None, email, problem)


def show_contact_line(name: str, phone: str | None, email: str | None) -> str:
    """The same the other way round: what was read of it gives the same contact."""
    return " ".join(part for part in (name, phone, email) if part)


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text)
    if found is None:
        return text, ""
    return f"{text[: found.start()]} {text[found.end() :]}", found[0]
