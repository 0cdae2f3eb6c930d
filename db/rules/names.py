"""Dutch personal names: split where they are typed, put together where they are shown."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from db.rules.hygiene import clean
from db.rules.name_words import (
    as_prefix,
    fix_case,
    is_initials,
    salutation_length,
    split_prefix,
    trailing_prefix_length,
    write_initials,
)

OWN = "own"
PARTNER = "partner"
PARTNER_OWN = "partner_own"
OWN_PARTNER = "own_partner"

_LIMIT = 120
_IN_PARENTHESES = re.compile(r"(.+?)\s*\(([^()]+)\)")
_LEFT_OUT = frozenset("'’‘`´.")
_ASCII_KEY = {code: None if chr(code) in "'`." else " " for code in range(128) if not chr(code).isalnum()}
_FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its Dutch parts; ``order`` is own, partner, partner_own or own_partner."""

    first_name: str
    initials: str
    prefix: str
    last_name: str
    partner_prefix: str
    partner_name: str
    order: str


def read_name(first: str, last: str, prefix: str = "") -> PersonName:
    """Read a name from its columns; prefixes that were typed with the last name are split off.

    Words in capitals or in lower case only are put right, words of mixed case stay as typed. A double
    name stays whole in ``last_name``, since it does not tell which half is the partner's.
    """
    first_name, initials = _read_first(clean(first, _LIMIT))
    given_prefix = as_prefix(clean(prefix, _LIMIT))
    family = clean(last, _LIMIT)
    core, comma, after = family.rpartition(",")
    if comma and core.strip() and as_prefix(after.strip()):
        family, given_prefix = core.strip(), given_prefix or as_prefix(after.strip())
    found_prefix, core = split_prefix(family) if not given_prefix else ("", family)
    return PersonName(
        first_name, initials, given_prefix or found_prefix, fix_case(core, family_name=True), "", "", OWN
    )


def read_full_name(text: str) -> PersonName:
    """Read a name from one column: ``Tristan van der Berg``, ``Berg, T. van der`` or ``mw. De Vries``."""
    name = clean(text, 2 * _LIMIT)
    core, comma, after = name.partition(",")
    if comma:
        words = after.split()
        words = words[salutation_length(words) :]
        split = len(words) - trailing_prefix_length(words)
        return read_name(" ".join(words[:split]), core, " ".join(words[split:]))
    words = name.split()
    words = words[salutation_length(words) :]
    if not words:
        return read_name("", "")
    starts = (start for start in range(len(words) - 1) if split_prefix(" ".join(words[start:]))[0])
    start = next(starts, len(words) - 1)
    return read_name(" ".join(words[:start]), " ".join(words[start:]))


def show_name(name: PersonName) -> str:
    """Give the name as it is spoken: ``Tristan van der Luinenburg``."""
    given = name.first_name or name.initials
    return f"{given} {_family(name)}".strip() if given else formal_name(name)


def show_name_last_first(name: PersonName) -> str:
    """Give the name as Dutch lists have it: ``Luinenburg, Tristan van der``."""
    prefix, core = _leading(name)
    rest = " ".join(part for part in (name.first_name or name.initials, prefix) if part)
    return f"{core}, {rest}" if core and rest else core or rest


def formal_name(name: PersonName) -> str:
    """Give the family name as it follows ``mevrouw`` or ``meneer``: ``Van der Meulen``, but ``d'Ancona``."""
    family = _family(name)
    if not family or family.startswith(("d'", "l'")):
        return family or name.first_name or name.initials
    return family[0].upper() + family[1:]


def sort_key(name: PersonName) -> str:
    """Give the key that sorts as the Netherlands do: on the core word, then prefix, then given name."""
    prefix, core = _leading(name)
    parts = (core, prefix, name.first_name or name.initials)
    return " ".join(search_key(part).replace(" ", "") for part in parts)


def finding_keys(name: PersonName) -> dict[str, str]:
    """Give all keys by which a person is sorted and found, as columns of a candidate."""
    last, prefix = search_key(name.last_name), search_key(name.prefix)
    first = search_key(name.first_name or name.initials)
    return {
        "sort_name": sort_key(name),
        "search_name": " ".join(part for part in (last, first, prefix) if part),
        "search_first": " ".join(part for part in (first, prefix, last) if part),
    }


@lru_cache(maxsize=4096)
def search_key(text: str) -> str:
    """Give the text without case, accents and punctuation: letters, digits and single spaces."""
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII_KEY).split())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().translate(_FOLDED))
    letters = (
        character if character.isalnum() else " "
        for character in folded
        if character not in _LEFT_OUT and not unicodedata.combining(character)
    )
    return " ".join("".join(letters).split())


def _read_first(text: str) -> tuple[str, str]:
    named = _IN_PARENTHESES.fullmatch(text)
    if named and is_initials(named[1]):
        return fix_case(named[2]), write_initials(named[1])
    if is_initials(text):
        return "", write_initials(text)
    return fix_case(text), ""


def _family(name: PersonName) -> str:
    own = _joined(name.prefix, name.last_name)
    partner = _joined(name.partner_prefix, name.partner_name)
    if not partner or name.order == OWN:
        return own
    if name.order == PARTNER or not own:
        return partner
    return f"{partner}-{own}" if name.order == PARTNER_OWN else f"{own}-{partner}"


def _leading(name: PersonName) -> tuple[str, str]:
    """Give the prefix that stands first in the family name, and all that follows it."""
    partner_first = bool(name.partner_name) and name.order in {PARTNER, PARTNER_OWN}
    prefix = name.partner_prefix if partner_first else name.prefix
    return prefix, _family(name)[len(_joined(prefix, "x")) - 1 :]


def _joined(prefix: str, core: str) -> str:
    if not core:
        return ""
    return f"{prefix}{core}" if prefix.endswith("'") else f"{prefix} {core}".strip()
