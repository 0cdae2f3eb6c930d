"""What the function somebody wrote on a form says of profile, education and background."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from db.reference.files import read_rows
from db.rules.names import search_key

_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class FunctionReading:
    """Codes of what a function means; nothing is said where the words do not say it."""

    profile: str | None
    education_level: str | None
    care_background: bool | None
    student: bool


UNKNOWN_FUNCTION = FunctionReading(None, None, None, False)


@lru_cache(maxsize=1024)
def function_profile_of(text: str) -> FunctionReading:
    """Give what the written function means; the first pattern of the table that occurs in it decides."""
    key = search_key(text)
    return next((reading for pattern, reading in _table() if pattern.search(key)), UNKNOWN_FUNCTION)


@cache
def _table() -> tuple[tuple[re.Pattern[str], FunctionReading], ...]:
    return tuple((_pattern(row["pattern"]), _reading(row)) for row in read_rows("function_words.csv"))


def _pattern(words: str) -> re.Pattern[str]:
    end = "" if words.endswith("*") else r"\b"
    return re.compile(rf"\b{re.escape(words.removesuffix('*'))}{end}")


def _reading(row: dict[str, str]) -> FunctionReading:
    return FunctionReading(
        profile=row["profile"] or None,
        education_level=row["education_level"] or None,
        care_background=_YES_NO.get(row["care_background"]),
        student=_YES_NO[row["student"]],
    )
