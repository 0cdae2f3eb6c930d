"""What a person typed, made fit to keep, to show and to export."""

import re
import unicodedata

_ESCAPES = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # titles, links, clipboard
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\|\x9c)"  # device strings
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours and cursor
    r"|\x1b[ -/]*[0-~]"
)
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_LONELY_JOINER = re.compile(f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])")
_JOINER = "\u200d"
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co"})
_BLANKS = re.compile(r"\s+")
_BLANKS_IN_LINE = re.compile(r"[^\S\n]+")
_BLANKS_AROUND_BREAK = re.compile(r" ?\n ?")
_MANY_BREAKS = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_FORMULA_STARTS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212")
_NO_ANSWERS = frozenset(
    {"", "nvt", "n.v.t", "n.v.t.", "geen", "onbekend", "nee", "no", "none", "unknown", "x", "?", "-", "--"}
)
_PLAIN_NUMBER = re.compile(r"-[0-9]+(?:[.,][0-9]+)?")


def clean(text: str, limit: int = 2000, *, multiline: bool = False) -> str:
    """Give the text without escape sequences and unseen characters, in NFC, with single spaces.

    Line breaks stay only when ``multiline`` is true, and then at most one empty line in a row.
    Joiners stay only inside an emoji. What exceeds ``limit`` is cut off.
    """
    if text.isprintable() and "  " not in text and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text.strip()[:limit].strip()
    seen = _LINE_ENDS.sub("\n", _ESCAPES.sub("", text))
    seen = "".join(map(_seen, seen))
    seen = unicodedata.normalize("NFC", _LONELY_JOINER.sub("", seen))
    seen = _with_breaks(seen) if multiline else _BLANKS.sub(" ", seen)
    return seen.strip()[:limit].strip().rstrip(_JOINER).strip()


def is_no_answer(text: str) -> bool:
    """Tell whether a field was left empty or filled with words for nothing, such as ``n.v.t.``."""
    return text.strip().lower() in _NO_ANSWERS


def safe_cell(text: str) -> str:
    """Give the text so that no spreadsheet takes it for a formula.

    Whatever starts like a formula gets a leading apostrophe. A plain negative number is left alone,
    for it can only ever be a number; an international phone number is not, for a spreadsheet
    would drop its plus.
    """
    start = text.lstrip(" \u00a0")[:1]
    if start in _FORMULA_STARTS and start and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _seen(character: str) -> str:
    if character == _JOINER or character.isspace():
        return character
    return "" if unicodedata.category(character) in _UNSEEN_CATEGORIES else character


def _with_breaks(text: str) -> str:
    in_lines = _BLANKS_AROUND_BREAK.sub("\n", _BLANKS_IN_LINE.sub(" ", text))
    return _MANY_BREAKS.sub("\n\n", in_lines)
