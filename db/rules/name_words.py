"""The words inside a Dutch name: prefixes, initials, capitals."""

import re
from functools import cache

from db.reference.files import read_rows

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019`\u00b4\u02bc", "'"))
_LIGATURES = str.maketrans({"\u0132": "IJ", "\u0133": "ij"})
_PIECES = re.compile(r"([\s-]+)")
_IJ = re.compile(r"[Ii][Jj](?=[^\W\d_aeiou])")
_INITIALS = re.compile(r"(?:[^\W\d_]|IJ|Th|Ch|Ph|St)(?:\.\s?|\s(?=[^\W\d_](?:\W|$))|$)", re.UNICODE)
_SALUTATIONS = frozenset(
    (
        "dhr",
        "mw",
        "mevr",
        "mevrouw",
        "meneer",
        "heer",
        "mr",
        "mrs",
        "ms",
        "drs",
        "dr",
        "ir",
        "ing",
        "prof",
        "bc",
    )
)


@cache
def prefixes() -> frozenset[str]:
    """The known prefixes of family names, in lower case with straight apostrophes."""
    return frozenset(row["prefix"] for row in read_rows("name_prefixes.csv"))


def as_prefix(text: str) -> str:
    """Give the text as a prefix is written, or nothing when it is none that is known."""
    prefix = " ".join(text.translate(_APOSTROPHES).lower().split())
    return prefix if prefix in prefixes() else ""


def split_prefix(family: str) -> tuple[str, str]:
    """Split a family name into its longest known prefix and the core word, which is never empty."""
    words = family.translate(_APOSTROPHES).split()
    for length in range(min(len(words) - 1, _longest()), 0, -1):
        prefix = as_prefix(" ".join(words[:length]))
        if prefix:
            return _with_elided(prefix, words[length:])
    return _with_elided("", words)


def trailing_prefix_length(words: list[str]) -> int:
    """Count the words at the end that together are a known prefix, as in ``Horst, J. van der``."""
    lengths = range(min(len(words), _longest()), 0, -1)
    return next((length for length in lengths if as_prefix(" ".join(words[-length:]))), 0)


def salutation_length(words: list[str]) -> int:
    """Count the words at the start that are a form of address or a title, never all of them."""
    length = 0
    if [word.lower() for word in words[:2]] == ["de", "heer"]:
        length = 2
    while length < len(words) - 1 and _is_salutation(words[length]):
        length += 1
    return min(length, max(len(words) - 1, 0))


def is_initials(text: str) -> bool:
    """Tell whether a first name is given as initials only: ``J.P.``, ``J P`` or ``J``."""
    return bool(text) and not _INITIALS.sub("", text).strip(" .-")


def write_initials(text: str) -> str:
    """Give initials as they are written: ``J.P.``."""
    words = re.findall(r"[^\W_]+", text)
    return "".join(f"{word if len(word) > 1 else word.upper()}." for word in words)


def fix_case(text: str, *, family_name: bool = False) -> str:
    """Put right what was typed in capitals only or in lower case only; mixed case stays as typed."""
    pieces = _PIECES.split(text.translate(_LIGATURES))
    one_case = text == text.upper() or text == text.lower()
    for index in range(0, len(pieces), 2):
        if one_case:
            inner = family_name and index > 0
            pieces[index] = _fix_word(pieces[index], keep_small=inner)
        elif _IJ.match(pieces[index]) and pieces[index][0].isupper():
            pieces[index] = f"IJ{pieces[index][2:]}"
    return "".join(pieces)


@cache
def _longest() -> int:
    return max(len(prefix.split()) for prefix in prefixes())


@cache
def _small_words() -> frozenset[str]:
    return frozenset(word for prefix in prefixes() for word in prefix.split())


def _is_salutation(word: str) -> bool:
    return word.lower().removesuffix(".") in _SALUTATIONS


def _with_elided(prefix: str, words: list[str]) -> tuple[str, str]:
    """Split off ``d'``, which is written against the core word."""
    core = " ".join(words)
    if not prefix and core[:2].lower() == "d'" and len(core) > 2:
        return "d'", core[2:].strip()
    return prefix, core


def _fix_word(word: str, *, keep_small: bool) -> str:
    lower = word.lower()
    if keep_small and lower in _small_words():
        return lower
    if _IJ.match(lower):
        return f"IJ{lower[2:]}"
    if lower[:1] == "'":
        return lower
    if len(lower) > 2 and lower[1] == "'":
        return f"{lower[0].upper()}'{lower[2:].capitalize()}"
    return _capital(lower)


def _capital(word: str) -> str:
    """Raise the first letter only, wherever quotes or brackets leave it."""
    first = next((index for index, character in enumerate(word) if character.isalpha()), None)
    return word if first is None else word[:first] + word[first].upper() + word[first + 1 :]
