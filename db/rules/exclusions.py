"""Organisations where somebody does not want to work, in their own words."""

import re

from db.rules.names import search_key

_SEPARATORS = re.compile(r"[,;/\n]|\b(?:en|of|and|or)\b")
_EMPTY_WORDS = frozenset(
    ("niet", "naar", "geen", "bij", "in", "de", "het", "een", "not", "at", "no", "the", "a", "to", "liever")
)


def names_organisation(wish: str, organisation: str) -> bool:
    """Whether a wish ("niet naar Zonnehof, De Linde") names an organisation.

    A part names it when all its words that say something stand in the organisation's name.
    """
    name = set(search_key(organisation).split())
    for part in _SEPARATORS.split(wish.casefold()):
        words = set(_words(part))
        if words and words <= name:
            return True
    return False


def wish_key(wish: str) -> str:
    """A wish in plain words, its parts kept apart: it names the same organisations as the wish itself."""
    parts = (" ".join(_words(part)) for part in _SEPARATORS.split(wish.casefold()))
    return "; ".join(part for part in parts if part)


def name_words(organisation: str) -> frozenset[str]:
    """The words of a name; a wish that names the organisation holds at least one of them."""
    return frozenset(search_key(organisation).split())


def _words(part: str) -> list[str]:
    return [word for word in search_key(part).split() if word not in _EMPTY_WORDS]
