"""The week as seven days of four day parts, held in the bits of one whole number."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from db.reference.lists import label
from db.rules.problems import Problem
from db.rules.times import DAY_PARTS, WEEKDAYS, day_part_label, weekday_label

DAYS = range(7)
PARTS = range(4)
ALL_CELLS = (1 << 28) - 1
HOURS_WARN = 40
HOURS_LIMIT = 60
_SEPARATORS = frozenset({",", "en", "and", "&", "+", "/"})
_RANGE_WORDS = r"\s*(?:t/m|t\.e\.m\.|tot en met|through|until|tot|to|–|—|-)\s*"
_ANY_TIME = frozenset({"flexibel", "flexible", "altijd", "always", "maakt niet uit", "in overleg", "alles"})
_ALL_DAYS = ("elke dag", "iedere dag", "alle dagen", "every day", "all days")
_ALL_PARTS = ("alle dagdelen", "hele dag", "hele dagen", "all day parts", "all day")


@dataclass(frozen=True, slots=True)
class DayPartsReading:
    """The cells that a text names; with a `problem` (day_parts_missing | day_parts_unreadable) none."""

    bits: int
    problem: str | None = None


def cell(weekday: int, part: int) -> int:
    """The bit of one day part; Monday morning is bit 0."""
    return 1 << (weekday * 4 + part)


def has(bits: int, weekday: int, part: int) -> bool:
    """Whether a day part is in the grid."""
    return bool(bits & cell(weekday, part))


def row(weekday: int) -> int:
    """All day parts of a day."""
    return 0b1111 << (weekday * 4)


def column(part: int) -> int:
    """One day part of all days."""
    return sum(cell(weekday, part) for weekday in DAYS)


def toggle(bits: int, weekday: int, part: int) -> int:
    """Turn one day part on or off."""
    return bits ^ cell(weekday, part)


def toggle_row(bits: int, weekday: int) -> int:
    """Fill a day, or empty it when it is full."""
    return _toggle(bits, row(weekday))


def toggle_column(bits: int, part: int) -> int:
    """Fill a day part through the week, or empty it when it is full."""
    return _toggle(bits, column(part))


def _toggle(bits: int, cells: int) -> int:
    return bits & ~cells if bits & cells == cells else bits | cells


def count(bits: int) -> int:
    """How many day parts are in the grid."""
    return (bits & ALL_CELLS).bit_count()


def show_grid(bits: int, language: str) -> str:
    """The grid in few words: "ma–vr ochtend, middag; za alle dagdelen"; empty for an empty grid."""
    days_by_parts: dict[int, list[int]] = {}
    for weekday in DAYS:
        parts = bits >> (weekday * 4) & 0b1111
        if parts:
            days_by_parts.setdefault(parts, []).append(weekday)
    return "; ".join(
        f"{_show_days(days, language)} {_show_parts(parts, language)}"
        for parts, days in days_by_parts.items()
    )


def _show_days(days: list[int], language: str) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return " ".join(_show_run(run, language) for run in runs)


def _show_run(run: list[int], language: str) -> str:
    names = [weekday_label(day, language) for day in run]
    return f"{names[0]}–{names[-1]}" if len(run) > 2 else " ".join(names)


def _show_parts(parts: int, language: str) -> str:
    if parts == 0b1111:
        return label("time_phrase", "all_day_parts", language)
    return ", ".join(day_part_label(DAY_PARTS[part], language) for part in PARTS if parts >> part & 1)


@dataclass(slots=True)
class _Clause:
    """Days and parts that belong together while a text is being read."""

    days: set[int] = field(default_factory=set)
    parts: set[int] = field(default_factory=set)
    closed: bool = False
    """Days and parts are both said, or a separator stood after the parts: a day begins a new clause."""

    def bits(self) -> int:
        days, parts = self.days or set(DAYS), self.parts or set(PARTS)
        return sum(cell(day, part) for day in days for part in parts)


def read_day_parts(text: str) -> DayPartsReading:
    """Read days and day parts as organisations write them, in either language; nothing is guessed."""
    given = " ".join(text.casefold().split())
    if not given:
        return DayPartsReading(0, "day_parts_missing")
    if given in _ANY_TIME:
        return DayPartsReading(ALL_CELLS)
    clauses = [_read_clauses(part) for part in given.split(";") if part.strip()]
    if not clauses or None in clauses:
        return DayPartsReading(0, "day_parts_unreadable")
    bits = 0
    for clause in (clause for group in clauses for clause in group or ()):
        bits |= clause.bits()
    return DayPartsReading(bits)


def _read_clauses(text: str) -> list[_Clause] | None:
    clauses = [_Clause()]
    for token in _tokens(text):
        days, parts = _day_words().get(token), _part_words().get(token)
        current = clauses[-1]
        if token in _SEPARATORS:
            current.closed = bool(current.parts)
        elif days is not None:
            if current.parts and current.closed:
                current = _Clause()
                clauses.append(current)
            current.days |= days
        elif parts is not None:
            current.parts |= parts
            current.closed = bool(current.days)
        else:
            return None
    return clauses if clauses[0].days or clauses[0].parts else None


def _tokens(text: str) -> list[str]:
    for phrase in _ALL_DAYS:
        text = text.replace(phrase, "alledagen")
    for phrase in _ALL_PARTS:
        text = text.replace(phrase, "alledagdelen")
    names = "|".join(sorted((re.escape(name) for name in _weekday_names()), key=len, reverse=True))
    text = re.sub(rf"\b({names}){_RANGE_WORDS}({names})\b", r"\1-\2", text)
    return re.findall(r"[^\s,&+/]+|[,&+/]", text)


@cache
def _weekday_names() -> Mapping[str, int]:
    names = {"thurs": 3, "tues": 1, "weds": 2}
    for number, code in enumerate(WEEKDAYS):
        for language in ("nl", "en"):
            names[label("weekday", code, language).lower()] = number
            names[label("weekday_short", code, language).lower()] = number
    return names


@cache
def _day_words() -> Mapping[str, frozenset[int]]:
    names = _weekday_names()
    words = {name: frozenset({day}) for name, day in names.items()}
    for first, start in names.items():
        for last, end in names.items():
            words[f"{first}-{last}"] = frozenset((start + step) % 7 for step in range((end - start) % 7 + 1))
    words |= dict.fromkeys(("weekend", "weekenden", "weekends"), frozenset({5, 6}))
    words |= dict.fromkeys(("werkdagen", "doordeweeks", "weekdays"), frozenset(range(5)))
    return words | {"alledagen": frozenset(DAYS), "dagelijks": frozenset(DAYS), "daily": frozenset(DAYS)}


@cache
def _part_words() -> Mapping[str, frozenset[int]]:
    names = (
        ("ochtend", "ochtends", "ochtenden", "'s ochtends", "morning", "mornings"),
        ("middag", "middags", "middagen", "afternoon", "afternoons"),
        ("avond", "avonds", "avonden", "evening", "evenings"),
        ("nacht", "nachts", "nachten", "night", "nights"),
    )
    words = {name: frozenset({part}) for part, group in enumerate(names) for name in group}
    words |= dict.fromkeys(("overdag", "dag", "daytime"), frozenset({0, 1}))
    return words | {"alledagdelen": frozenset(PARTS)}


def check_hours(minimum: int | None, maximum: int | None) -> tuple[Problem, ...]:
    """Check the hours a week: within 1 and 60, minimum not above maximum; more than 40 is only remarkable."""
    return tuple(_hours_problems(minimum, maximum))


def _hours_problems(minimum: int | None, maximum: int | None) -> Iterable[Problem]:
    given = [hours for hours in (minimum, maximum) if hours is not None]
    if any(hours < 1 for hours in given):
        yield Problem("hours_too_low", "error", {"limit": 1})
    if any(hours > HOURS_LIMIT for hours in given):
        yield Problem("hours_too_high", "error", {"limit": HOURS_LIMIT})
    elif any(hours > HOURS_WARN for hours in given):
        yield Problem("hours_many", "warning", {"limit": HOURS_WARN})
    if minimum is not None and maximum is not None and minimum > maximum:
        yield Problem("hours_order", "error", {"minimum": minimum, "maximum": maximum})
