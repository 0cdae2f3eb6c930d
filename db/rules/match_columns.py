"""What matching knows of a candidate, as numbers that a database can compare: codes as bits, days counted.

The bits are data (`match_bits.csv`) and never change their meaning: a new code gets the next free bit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from db.reference.files import read_rows
from db.rules.away import Span
from db.rules.big import read_big
from db.rules.exclusions import wish_key
from db.rules.fit_facts import FitCandidate, reach_of, usable_grid
from db.rules.intake_fields import Answers, educations_of, experiences_of, value_of


@dataclass(frozen=True, slots=True)
class Aside:
    """What matching reads of a candidate that stands in columns of its own."""

    x_km: float | None
    y_km: float | None
    region: str
    profile: str | None
    big_status: str
    hours_min: int | None
    hours_max: int | None
    hours_booked: int
    away: tuple[Span, ...] = ()


def mask(list_name: str, codes: Iterable[str]) -> int:
    """The bits of codes of a list; a code that has none is left out."""
    bits = _bits()[list_name]
    return sum({bits[code] for code in codes if code in bits})


def codes_in(list_name: str, value: int) -> frozenset[str]:
    """The codes whose bits are set."""
    return frozenset(code for code, bit in _bits()[list_name].items() if value & bit)


def match_columns(answers: Answers) -> dict[str, Any]:
    """The columns that a completed interview fills."""
    return pack(_offer(answers))


def pack(offer: FitCandidate) -> dict[str, Any]:
    """The candidate's columns that begin with `match_`."""
    traits = mask("work_limit", offer.limits) | mask("care_sector", offer.sectors)
    traits |= mask("employment_form", offer.employment_forms)
    for list_name, code in (
        ("vog", offer.vog),
        ("language_level", offer.dutch),
        ("covid_wards", offer.covid_wards),
    ):
        traits |= mask(list_name, [code] if code else [])
    return {
        "match_grid": offer.grid,
        "match_from": offer.available_from.toordinal(),
        "match_until": offer.available_until.toordinal() if offer.available_until else None,
        "match_notice": offer.notice_days,
        "match_reach": offer.reach_km,
        "match_regions": mask("region", offer.regions_willing),
        "match_education": mask("education_level", offer.educations),
        "match_experience": mask("function_profile", offer.experiences),
        "match_traits": traits,
        "match_big_profession": _profession_bit(offer.big_profession),
        "match_big_expires": offer.big_expires.toordinal() if offer.big_expires else None,
        "match_excluded": offer.excluded or None,
    }


def unpack(columns: Mapping[str, Any], aside: Aside) -> FitCandidate:
    """The candidate again, as the rule wants it."""
    traits = columns["match_traits"]
    professions = codes_in("big_profession", columns["match_big_profession"] or 0)
    return FitCandidate(
        grid=columns["match_grid"],
        available_from=date.fromordinal(columns["match_from"]),
        available_until=_day(columns["match_until"]),
        notice_days=columns["match_notice"],
        hours_min=aside.hours_min,
        hours_max=aside.hours_max,
        hours_booked=aside.hours_booked,
        x_km=aside.x_km,
        y_km=aside.y_km,
        reach_km=columns["match_reach"],
        region=aside.region,
        regions_willing=codes_in("region", columns["match_regions"]),
        profile=aside.profile,
        educations=codes_in("education_level", columns["match_education"]),
        experiences=codes_in("function_profile", columns["match_experience"]),
        big_status=aside.big_status,
        big_profession=next(iter(professions), None),
        big_expires=_day(columns["match_big_expires"]),
        limits=codes_in("work_limit", traits),
        sectors=codes_in("care_sector", traits),
        employment_forms=codes_in("employment_form", traits),
        vog=_one("vog", traits),
        dutch=_one("language_level", traits),
        covid_wards=_one("covid_wards", traits),
        away=aside.away,
        excluded=columns["match_excluded"] or "",
    )


def _offer(answers: Answers) -> FitCandidate:
    grid: Any = value_of(answers, "grid")
    limits = _codes(answers, "work_limits")
    number: Any = value_of(answers, "big_number")
    read = read_big(number).profession if isinstance(number, str) else None
    return FitCandidate(
        grid=usable_grid(grid["available"], limits, _code(answers, "weekends")),
        available_from=_date(answers, "available_from") or date.min,
        available_until=_date(answers, "available_until"),
        notice_days=int(_code(answers, "notice_days") or 0),
        reach_km=reach_of(_whole(answers, "max_travel_km"), _whole(answers, "max_travel_minutes")),
        regions_willing=_codes(answers, "regions_willing"),
        educations=frozenset(item.level for item in educations_of(answers) if item.completed == "yes"),
        experiences=frozenset(item.function_profile for item in experiences_of(answers) if item.paid),
        big_profession=_code(answers, "big_profession") or read,
        big_expires=_date(answers, "big_expires"),
        limits=limits,
        sectors=_codes(answers, "sectors_wanted"),
        employment_forms=_codes(answers, "employment_forms"),
        vog=_code(answers, "vog"),
        dutch=_code(answers, "dutch_level"),
        covid_wards=_code(answers, "covid_wards"),
        excluded=wish_key(_code(answers, "excluded_organisations") or ""),
    )


def _profession_bit(profession: str | None) -> int | None:
    return (mask("big_profession", [profession]) if profession else 0) or None


def _codes(answers: Answers, field: str) -> frozenset[str]:
    value = value_of(answers, field)
    return frozenset(value) if isinstance(value, list) else frozenset()


def _code(answers: Answers, field: str) -> str | None:
    value = value_of(answers, field)
    return value if isinstance(value, str) else None


def _whole(answers: Answers, field: str) -> int | None:
    value = value_of(answers, field)
    return value if isinstance(value, int) else None


def _date(answers: Answers, field: str) -> date | None:
    value = value_of(answers, field)
    return date.fromisoformat(value) if isinstance(value, str) else None


def _day(number: int | None) -> date | None:
    return None if number is None else date.fromordinal(number)


def _one(list_name: str, traits: int) -> str | None:
    return next(iter(codes_in(list_name, traits)), None)


@cache
def _bits() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in read_rows("match_bits.csv"):
        found.setdefault(row["list"], {})[row["code"]] = 1 << int(row["bit"])
    return found
