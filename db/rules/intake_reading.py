"""Reading what a caller types of an education or of work experience: one line, in any order."""

import re
from dataclasses import dataclass

from db.rules.hygiene import clean

_LIMIT = 200
_YEAR = re.compile(
    r"(?:\b(?:tot(?: en met)?|t/m|until|till|in|sinds|since)\s+)?\b((?:19|20)[0-9]{2})\b", re.IGNORECASE
)
_FOUR_DIGITS = re.compile(r"(?<!\w)([0-9]{4})(?!\w)")
_YEARS = re.compile(r"\b([0-9]{1,2}(?:[.,][0-9])?)\s*(?:jaar|jaren|jr|years?|yrs?|yr)\b\.?", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w.,])([0-9]{1,2}(?:[.,][0-9])?)(?![\w]|[.,][0-9])")
_LOOSE_ENDS = " ,;-–/"


@dataclass(frozen=True, slots=True)
class EducationDetails:
    """What was said of an education beside its level."""

    programme: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ExperienceDetails:
    """What was said of work beside the position and the sector."""

    organisation: str = ""
    years: float | None = None
    until_year: int | None = None


def read_education_details(text: str) -> EducationDetails:
    """Read "1998 verpleegkunde A": a year, and what is left is the programme.

    Four digits that no year has are given as the year all the same: nothing else they can be.
    """
    rest, year = _take(_YEAR, clean(text, _LIMIT))
    if year is None:
        rest, year = _take(_FOUR_DIGITS, rest)
    return EducationDetails(programme=_tidy(rest), year=int(year) if year else None)


def read_experience_details(text: str) -> ExperienceDetails:
    """Read "OLVG 12 jaar tot 2015": how long, until when, and what is left is the organisation."""
    rest, until = _take(_YEAR, clean(text, _LIMIT))
    rest, years = _take(_YEARS, rest)
    if years is None:
        rest, years = _take(_BARE, rest)
    return ExperienceDetails(
        organisation=_tidy(rest),
        years=float(years.replace(",", ".")) if years else None,
        until_year=int(until) if until else None,
    )


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str | None]:
    """The text without the last thing that the pattern finds in it, and what that was."""
    found = list(pattern.finditer(text))
    if not found:
        return text, None
    last = found[-1]
    return text[: last.start()] + " " + text[last.end() :], last[1]


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(_LOOSE_ENDS)
