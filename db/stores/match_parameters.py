"""What a request asks, as the parameters of the statement that ranks."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from db.reference.lists import code_list
from db.rules import fit_place, fit_time
from db.rules.availability import count
from db.rules.big import exempt_professions, exemption_professions
from db.rules.fit_facts import REQUIRED, WEEKEND_NIGHTS, WISHED, FitRequest
from db.rules.fit_qualification import ACCEPTED_STANDINGS, ANY_FORM
from db.rules.match_columns import mask
from db.rules.profile_needs import care_levels, care_profiles, conflict_reasons, conflicts_of, needs_of

NEVER = 9_999_999
"""A day after all days."""
ROOM_KM = 1
"""So much more than the distance allows is looked at: it is reckoned with another rounding."""
EVERYWHERE = 1e9
NEAR_BAND = 4.0
"""Twice as far as somebody will travel is still near: the square of it."""
BIG_NEEDED = {1: 3, 2: 2, 3: 1}
"""The more standings a requirement accepts, the less is needed."""


def parameters(request: FitRequest, request_id: UUID, on: date, now: datetime) -> dict[str, Any]:
    """Everything that the statement asks but whom it leaves out and how many it gives."""
    return {
        "request_id": request_id,
        "now": now,
        "today": on.toordinal(),
        **_time(request, on),
        **_place(request),
        **_education(request),
        **_big(request, on),
        **_papers(request),
        **_wishes(request),
    }


@cache
def exempt_names() -> tuple[tuple[str, str], ...]:
    """The parameters of the exemption: a profession's bit, and the day after which one has to have lapsed."""
    return tuple((f"exempt_bit_{code}", f"exempt_after_{code}") for code in exemption_professions())


def _time(request: FitRequest, on: date) -> dict[str, Any]:
    begins = max(request.starts_on or on, on).toordinal()
    ends = NEVER if request.ends_on is None else request.ends_on.toordinal()
    length = 0 if request.ends_on is None else ends - begins + 1
    hours = fit_time.asked_hours(request) or 0
    return {
        "begins": begins,
        "ends": ends,
        "open_end": int(request.ends_on is None),
        "days_asked": length,
        "days_divisor": max(length, 1),
        "grid": request.grid,
        "day_rows": fit_time.day_rows(request.grid),
        "weekend_nights": int(bool(request.grid) and not request.grid & ~WEEKEND_NIGHTS),
        "shifts_needed": fit_time.needed_shifts(request),
        "shifts_divisor": max(count(request.grid), 1),
        "hours_fewest": request.hours_min or 0,
        "hours_asked": hours,
        "hours_divisor": max(hours, 1),
    }


def _place(request: FitRequest) -> dict[str, Any]:
    x, y = request.x_km, request.y_km
    bands = {f"band_{number}": part for number, (part, _) in enumerate(fit_place.BANDS)}
    return bands | {
        "x": x,
        "y": y,
        "middle_x": x or 0.0,
        "middle_y": y or 0.0,
        "room": EVERYWHERE if x is None or y is None else ROOM_KM,
        "region": request.region,
        "region_unknown": int(request.region in fit_place.UNKNOWN_REGIONS),
        "region_bit": mask("region", [request.region]),
        "near_band": NEAR_BAND,
    }


def _education(request: FitRequest) -> dict[str, Any]:
    needs = needs_of(request.profile, request.education_level)
    asked = request.asks("education", REQUIRED) if needs.levels else None
    return {
        **_asked("education", asked),
        **_asked("experience", request.asks("experience")),
        "profile": request.profile,
        "levels": mask("education_level", needs.levels),
        "levels_experienced": mask("education_level", needs.with_experience),
        "levels_near": mask("education_level", needs.near),
        "levels_care": mask("education_level", care_levels()),
        "experience": mask("function_profile", needs.experience),
        "experience_care": mask("function_profile", care_profiles()),
    }


def _big(request: FitRequest, on: date) -> dict[str, Any]:
    accepted = ACCEPTED_STANDINGS.get(request.big_requirement)
    professions = needs_of(request.profile).professions or frozenset(code_list("big_profession"))
    in_force = exempt_professions(on)
    found: dict[str, Any] = {
        **_asked("big", request.asks("big", REQUIRED) if accepted else None),
        "big_needed": BIG_NEEDED[len(accepted)] if accepted else 0,
        "professions": mask("big_profession", professions),
    }
    for code, (bit, after) in zip(exemption_professions(), exempt_names(), strict=True):
        found[bit] = mask("big_profession", [code])
        found[after] = in_force[code].toordinal() if code in in_force else NEVER
    return found


def _papers(request: FitRequest) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for what, list_name, good, bad in (
        ("vog", "vog", "has", "none"),
        ("dutch", "language_level", "good", "limited"),
    ):
        asked = request.asks(what)
        enough = [good, bad] if asked == REQUIRED else [good]
        found[f"{what}_required"] = int(asked == REQUIRED)
        found[f"{what}_asked"] = int(asked is not None)
        found[f"{what}_known"] = mask(list_name, enough)
        found[f"{what}_{bad}"] = mask(list_name, [bad])
    return found


def _wishes(request: FitRequest) -> dict[str, Any]:
    conflicts = conflicts_of(request.profile, request.sector, request.conditions)
    covid = "covid_ward" in request.conditions
    every_form = mask("employment_form", code_list("employment_form"))
    chosen = request.employment_forms and ANY_FORM not in request.employment_forms
    barred = {
        f"barred_{reason}": mask(
            "work_limit", _limits(item for item in conflicts if item.hard and item.reason == reason)
        )
        for reason in conflict_reasons()
    }
    return barred | {
        "hindered": mask("work_limit", _limits(item for item in conflicts if not item.hard)),
        "covid_no": mask("covid_wards", ["no"]) if covid else 0,
        "covid_rather_not": mask("covid_wards", ["prefer_not"]) if covid else 0,
        "all_forms": every_form,
        "forms": mask("employment_form", [*request.employment_forms, ANY_FORM]) if chosen else every_form,
        "all_sectors": mask("care_sector", code_list("care_sector")),
        "sector": mask("care_sector", [request.sector]),
    }


def _asked(what: str, asked: str | None) -> dict[str, int]:
    return {f"{what}_required": int(asked == REQUIRED), f"{what}_wished": int(asked == WISHED)}


def _limits(conflicts: Iterable[Any]) -> list[str]:
    return [item.limit for item in conflicts]
