"""What a database knows of an offer is the offer."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.reference.files import read_rows
from db.reference.lists import code_list
from db.rules.fit_facts import FitCandidate
from db.rules.intake_fields import Answer
from db.rules.match_columns import Aside, mask, match_columns, pack, unpack
from db.rules.profile_needs import gained_at, needs_of
from tests.support.offers import some_offer

LISTS = (
    "education_level",
    "function_profile",
    "region",
    "work_limit",
    "care_sector",
    "employment_form",
    "vog",
    "language_level",
    "covid_wards",
    "big_profession",
)
SHARED = LISTS[3:9]


def aside(offer: FitCandidate) -> Aside:
    return Aside(
        offer.x_km, offer.y_km, offer.region, offer.profile, offer.big_status,
        offer.hours_min, offer.hours_max, offer.hours_booked, offer.away,
    )  # fmt: skip


@given(st.integers(0, 2**32))
def test_there_and_back(seed: int) -> None:
    offer = some_offer(Random(seed))
    assert unpack(pack(offer), aside(offer)) == offer


@pytest.mark.parametrize("name", LISTS)
def test_every_code_has_a_bit_of_its_own(name: str) -> None:
    bits = [mask(name, [code]) for code in code_list(name)]
    assert all(bits)
    assert len(set(bits)) == len(bits)
    assert max(bits) < 2**63


def test_codes_that_share_a_column_share_no_bit() -> None:
    bits = [row["bit"] for row in read_rows("match_bits.csv") if row["list"] in SHARED]
    assert len(set(bits)) == len(bits)


def test_every_profile_says_what_it_needs() -> None:
    rows = {row["profile"]: row for row in read_rows("profile_requirements.csv")}
    assert set(rows) == set(code_list("function_profile"))
    for row in rows.values():
        levels = f"{row['levels']} {row['levels_with_experience']} {row['levels_near']}".split()
        assert set(levels) <= set(code_list("education_level"))
        assert set(row["experience"].split()) <= set(rows)
        assert set(row["big_professions"].split()) <= set(code_list("big_profession"))


def test_the_data_names_known_codes() -> None:
    assert {row["asked"] for row in read_rows("education_ladder.csv")} == set(code_list("education_level"))
    for row in read_rows("limit_conflicts.csv"):
        assert row["limit"] in code_list("work_limit")
        assert row["reason"] in code_list("mismatch_reason")
    for row in read_rows("reason_referrals.csv"):
        assert row["destination"] in code_list("referral_destination")
        assert gained_at(row["reason"])


def test_an_unknown_profile_asks_nothing() -> None:
    assert needs_of("of_tomorrow").levels == frozenset()


def test_what_an_interview_says() -> None:
    answers = {
        "grid": Answer({"available": 0x9, "preferred": 0}),
        "available_from": Answer("2020-05-07"),
        "work_limits": Answer(["no_nights"]),
        "max_travel_minutes": Answer(30),
        "educations": Answer(
            [{"level": "mbo3_vig", "completed": "yes"}, {"level": "hbo_nurse", "completed": "no"}]
        ),
        "experiences": Answer([{"function_profile": "helpende", "paid": False}]),
        "excluded_organisations": Answer("niet naar de Zonnehof, of De Linde"),
        "big_number": Answer("19012345630"),
    }
    found = match_columns(answers)
    assert (found["match_grid"], found["match_reach"]) == (0x1, 15)
    assert found["match_education"] == mask("education_level", ["mbo3_vig"])
    assert found["match_experience"] == 0
    assert found["match_excluded"] == "zonnehof; linde"
    assert found["match_big_profession"] == mask("big_profession", ["30"])
