"""The waves of the epidemic as people type them: "1: 01-03-2020 – 31-08-2020; 2+3: 01-09-2020 –"."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from db.rules.times import show_date

CODE_LIMIT = 20
_WAVE = re.compile(r"([^:]+):\s*(\S+)\s*(?:–|t/m|to|\s-\s|\s-$|-$)\s*(\S*)")
_NUMBERS = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")

Stored = dict[str, list[str | None]]


def read_waves(text: str) -> Stored | None:
    """Code to first and last day; None when it cannot be read, or a wave ends before it begins."""
    waves: Stored = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        found = _WAVE.fullmatch(part)
        if found is None:
            return None
        code, first, last = found[1].strip()[:CODE_LIMIT], _day(found[2]), _day(found[3])
        if first is None or (found[3] and last is None) or (last is not None and last < first):
            return None
        waves[code] = [first.isoformat(), last.isoformat() if last else None]
    return waves


def show_waves(waves: Mapping[str, Sequence[str | None]], language: str) -> str:
    """As they are typed; an open end is left open."""
    shown = []
    for code, days in waves.items():
        first, last = (_shown(day, language) for day in (*days, None)[:2])
        shown.append(f"{code}: {first} – {last}".strip())
    return "; ".join(shown)


def _shown(day: str | None, language: str) -> str:
    return show_date(date.fromisoformat(day), language) if day else ""


def _day(text: str) -> date | None:
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return None
    one, month, other = found.groups()
    year, day = (one, other) if len(one) == 4 else (other, one)
    try:
        return date(int(year), int(month), int(day)) if len(year) == 4 else None
    except ValueError:
        return None
