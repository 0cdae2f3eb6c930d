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
        words = set(search_key(part).split()) - _EMPTY_WORDS
        if words and words <= name:
            return True
    return False
