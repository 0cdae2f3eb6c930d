"""Whether somebody fits: hard rules exclude, wishes and coverage rank."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.reference.lists import code_list
from db.rules.availability import ALL_CELLS, column, row
from db.rules.fit import fit
from db.rules.fit_facts import FAILS, OK, UNMET, FitRequest, mark, usable_grid
from tests.support.offers import TODAY, carer, some_offer, some_request

MORNINGS = 0x11111
NONE: frozenset[str] = frozenset()
HEAVY, PAID, UNPAID = (frozenset({code}) for code in ("physically_heavy", "paid_contract", "volunteer"))
REQUEST = FitRequest(
    organisation="Verpleeghuis Zonnehof",
    sector="vvt_nursing_home",
    profile="verzorgende_ig",
    grid=MORNINGS,
    hours_min=16,
    hours_max=24,
    starts_on=TODAY,
    ends_on=TODAY + timedelta(days=90),
    x_km=carer().x_km,
    y_km=carer().y_km,
    region="wgv_zorg_en_welzijn",
)
NURSE = {
    "profile": "nurse_mbo",
    "educations": frozenset({"mbo4_nurse"}),
    "experiences": frozenset({"nurse_mbo"}),
    "big_status": "registered",
    "big_profession": "30",
    "big_expires": date(2025, 1, 1),
}


def test_who_fits_in_everything_has_a_hundred_points() -> None:
    found = fit(carer(), REQUEST, TODAY)
    assert (found.codes, found.score) == ((), 100)
    assert [mark(part) for part in (found.time, found.place, found.qualification)] == [OK, OK, OK]


@pytest.mark.parametrize(
    ("offer", "asked", "codes"),
    [
        ({"grid": MORNINGS}, {"grid": column(3)}, ("no_weekend_night",)),
        ({"grid": MORNINGS}, {"grid": row(5)}, ("no_weekend_night",)),
        ({"grid": row(0)}, {"grid": row(1)}, ("days_mismatch",)),
        ({"grid": MORNINGS}, {"grid": column(2)}, ("dayparts_mismatch",)),
        ({"grid": 1}, {"hours_min": 20}, ("dayparts_mismatch",)),
        ({"hours_max": 7, "hours_min": 4}, {}, ("hours_too_few",)),
        ({"hours_max": 24, "hours_booked": 17}, {}, ("hours_too_few",)),
        ({"hours_min": 33, "hours_max": 36}, {"hours_max": 16}, ("hours_too_many",)),
        ({"available_from": TODAY + timedelta(days=15)}, {}, ("start_too_late",)),
        ({"notice_days": 15}, {}, ("start_too_late",)),
        ({"available_until": TODAY + timedelta(days=20)}, {}, ("period_too_short",)),
        ({"available_until": TODAY - timedelta(days=1)}, {}, ("period_mismatch",)),
        ({}, {"ends_on": TODAY - timedelta(days=1)}, ("period_mismatch",)),
        ({"reach_km": 0, "x_km": 1.0}, {}, ("too_far",)),
        ({"x_km": None, "region": "sigra"}, {}, ("other_region",)),
        ({"educations": frozenset({"mbo2"})}, {}, ("education_level",)),
        ({"educations": frozenset({"wo_master"})}, {}, ("no_care_education",)),
        ({"educations": frozenset({"mbo4_nurse"})}, {"profile": "icu_nurse"}, ("specialisation_missing",)),
        ({"educations": frozenset()}, {"education_level": "mbo3_vig"}, ("no_care_education",)),
        ({"experiences": NONE}, {"qualifications": {"experience": "required"}}, ("experience_missing",)),
        ({"vog": "none"}, {"qualifications": {"vog": "required"}}, ("vog_missing",)),
        ({"dutch": "limited"}, {"qualifications": {"dutch": "required"}}, ("language",)),
        ({"limits": frozenset({"no_lifting"})}, {"conditions": HEAVY}, ("physically_too_heavy",)),
        ({"limits": frozenset({"no_personal_care"})}, {}, ("work_content",)),
        ({"limits": frozenset({"remote_only"})}, {}, ("work_content",)),
        ({"covid_wards": "no"}, {"conditions": frozenset({"covid_ward"})}, ("covid_ward",)),
        ({"employment_forms": UNPAID}, {"employment_forms": PAID}, ("employment_form",)),
        ({"excluded": "zonnehof"}, {}, ("organisation_excluded",)),
    ],
)  # fmt: skip
def test_what_excludes(offer: dict[str, Any], asked: dict[str, Any], codes: tuple[str, ...]) -> None:
    found = fit(carer(**offer), replace(REQUEST, **asked), TODAY)
    assert found.codes == codes
    assert FAILS in {mark(part) for part in (found.time, found.place, found.qualification)}


@pytest.mark.parametrize(
    ("offer", "asked", "unmet"),
    [
        ({"grid": 0x1111}, {}, "dayparts_mismatch"),
        ({"hours_max": 12}, {}, "hours_too_few"),
        ({"hours_min": 20}, {"hours_min": None, "hours_max": 16}, "hours_too_many"),
        ({"available_from": TODAY + timedelta(days=10)}, {}, "start_too_late"),
        ({"available_until": TODAY + timedelta(days=60)}, {}, "period_too_short"),
        ({"reach_km": 0, "x_km": 1.0, "regions_willing": frozenset({"wgv_zorg_en_welzijn"})}, {}, "too_far"),
        ({"x_km": None}, {}, "place_unknown"),
        ({"reach_km": None}, {}, "place_unknown"),
        ({"educations": frozenset()}, {"qualifications": {"education": "wished"}}, "no_care_education"),
        ({"vog": "willing"}, {"qualifications": {"vog": "required"}}, "vog_missing"),
        ({"vog": "none"}, {"qualifications": {"vog": "wished"}}, "vog_missing"),
        ({"covid_wards": "prefer_not"}, {"conditions": frozenset({"covid_ward"})}, "covid_ward"),
        ({"limits": frozenset({"no_dementia_care"})}, {}, "work_content"),
        ({"sectors": frozenset({"hospital"})}, {}, "sector_not_wished"),
    ],
)
def test_a_wish_only_ranks(offer: dict[str, Any], asked: dict[str, Any], unmet: str) -> None:
    found = fit(carer(**offer), replace(REQUEST, **asked), TODAY)
    assert found.fits
    parts = [part for part in (found.time, found.place, found.qualification) if mark(part) == UNMET]
    assert [code for part in parts for code in part.unmet] == [unmet]
    assert found.score < 100


@pytest.mark.parametrize(
    ("profession", "expires", "on", "requirement", "fits"),
    [
        ("30", date(2020, 5, 7), date(2020, 5, 7), "registered", True),
        ("30", date(2020, 5, 6), date(2020, 5, 7), "registered", False),
        ("30", date(2020, 5, 6), date(2020, 5, 7), "registered_or_exempt", True),
        ("30", date(2016, 1, 2), date(2020, 5, 7), "registered_or_exempt", True),
        ("30", date(2016, 1, 1), date(2020, 5, 7), "registered_or_exempt", False),
        ("30", date(2016, 1, 1), date(2020, 5, 7), "supervised_ok", True),
        ("30", date(2019, 1, 1), date(2020, 3, 17), "registered_or_exempt", False),
        ("30", date(2019, 1, 1), date(2022, 7, 31), "registered_or_exempt", True),
        ("30", date(2019, 1, 1), date(2022, 8, 1), "registered_or_exempt", False),
        ("01", date(2030, 1, 1), date(2020, 5, 7), "registered", False),
        (None, date(2030, 1, 1), date(2020, 5, 7), "registered", True),
    ],
)
def test_a_big_registration_counts_by_the_day(
    profession: str | None, expires: date, on: date, requirement: str, fits: bool
) -> None:
    nurse = carer(**NURSE | {"big_profession": profession, "big_expires": expires, "available_from": on})
    asked = replace(REQUEST, profile="nurse_mbo", big_requirement=requirement, starts_on=on, ends_on=None)
    assert fit(nurse, asked, on).fits is fits


@pytest.mark.parametrize("status", ["never", "restricted", "unknown", "not_applicable"])
def test_without_a_registration_one_is_no_nurse(status: str) -> None:
    nurse = carer(**NURSE | {"big_status": status, "big_expires": None})
    asked = replace(REQUEST, profile="nurse_mbo", big_requirement="supervised_ok")
    assert fit(nurse, asked, TODAY).codes == ("big_missing_expired",)


def test_the_numbers_of_the_reckoning() -> None:
    found = fit(carer(grid=0x1111, hours_max=12, x_km=(carer().x_km or 0) + 7), REQUEST, TODAY)
    assert (found.time.shifts, found.time.shifts_asked, found.time.uncovered) == (4, 5, 0x10000)
    assert (found.time.hours, found.time.hours_asked) == (12, (16, 24))
    assert found.place.km == pytest.approx(7)
    assert found.place.reach_km == 15


def test_experience_makes_good_for_an_education_where_the_profile_says_so() -> None:
    learned = carer(educations=frozenset({"evc"}))
    assert fit(learned, REQUEST, TODAY).fits
    assert fit(replace(learned, experiences=frozenset()), REQUEST, TODAY).codes == ("education_level",)


@pytest.mark.parametrize(
    ("limits", "weekends", "left"),
    [
        (frozenset(), None, ALL_CELLS),
        (frozenset({"no_nights"}), None, ALL_CELLS & ~column(3)),
        (frozenset({"no_evenings"}), None, ALL_CELLS & ~column(2)),
        (frozenset({"no_weekends"}), None, ALL_CELLS & ~(row(5) | row(6))),
        (frozenset(), "no", ALL_CELLS & ~(row(5) | row(6))),
        (frozenset({"no_lifting"}), "maybe", ALL_CELLS),
    ],
)
def test_limits_bar_day_parts(limits: frozenset[str], weekends: str | None, left: int) -> None:
    assert usable_grid(ALL_CELLS, limits, weekends) == left


@given(st.integers(0, 2**32))
def test_always_within_bounds_and_every_code_is_known(seed: int) -> None:
    chance = Random(seed)
    found = fit(some_offer(chance), some_request(chance), TODAY)
    assert 0 <= found.time.points <= 40
    assert 0 <= found.place.points <= 30
    assert 0 <= found.qualification.points <= 30
    assert set(found.codes) <= set(code_list("mismatch_reason"))
    assert len(set(found.codes)) == len(found.codes)


@pytest.mark.parametrize(
    ("away", "codes", "unmet", "days"),
    [
        ((10, 18), (), ("away",), 82),
        ((-9, -2), (), (), 91),
        ((0, 9), (), ("start_too_late", "away"), 81),
        ((0, 14), ("start_too_late",), ("away",), 76),
        ((0, 90), ("period_mismatch",), ("away",), 0),
        ((5, 80), ("period_too_short",), ("away",), 15),
    ],
)
def test_days_away_are_taken_off(
    away: tuple[int, int], codes: tuple[str, ...], unmet: tuple[str, ...], days: int
) -> None:
    first, last = (TODAY + timedelta(days=day) for day in away)
    found = fit(carer(away=((first, last),)), replace(REQUEST, ends_on=TODAY + timedelta(days=90)), TODAY)
    assert (found.codes, found.time.days) == (codes, days)
    assert set(found.time.unmet) == set(unmet)


@given(st.integers(0, 2**32))
def test_whoever_is_away_never_fits_better(seed: int) -> None:
    chance = Random(seed)
    offer, asked = some_offer(chance), some_request(chance)
    found, present = fit(offer, asked, TODAY), fit(replace(offer, away=()), asked, TODAY)
    assert found.score <= present.score
    assert set(present.codes) - {"period_too_short", "start_too_late"} <= set(found.codes)
    assert not (found.fits and not present.fits)
