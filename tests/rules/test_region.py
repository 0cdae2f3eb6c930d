import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.reference.files import read_rows
from db.rules.region import (
    distance_km,
    flat_point,
    place_of,
    point_of,
    region_of,
    region_ranges,
    suggest_region,
)

POSTCODES = [int(row["pc4"]) for row in read_rows("postcode_points.csv")]


@pytest.mark.parametrize(
    ("pc4s", "region"),
    [
        ((9711, 7705, 8351), "zorgplein_noord"),
        ((8011, 7511, 7311), "wgv_zorg_en_welzijn"),
        ((6811, 6511, 4001, 5301, 7352), "wzw"),
        ((1315, 8201), "zowelwerk"),
        ((3511, 3811, 1401, 4131), "utrechtzorg"),
        ((1012, 1000), "sigra"),
        ((2011, 1186, 1115), "vbz_kam"),
        ((2312, 2801, 1428), "care2care"),
        ((3011, 2651), "de_rotterdamse_zorg"),
        ((2511, 3111), "zorgzijn_werkt"),
        ((3311,), "wgv_zhz"),
        ((4331,), "viazorg"),
        ((4811, 5611), "transvorm"),
        ((5911, 6211), "zorg_aan_zet"),
        ((1114, 999, 10000, 0), None),
    ],
)
def test_region_of(pc4s: tuple[int, ...], region: str | None) -> None:
    assert {region_of(pc4) for pc4 in pc4s} == {region}


def test_ranges_are_disjoint_and_name_known_regions() -> None:
    ranges = region_ranges()
    assert all(part.first <= part.last for part in ranges)
    assert all(before.last < after.first for before, after in pairwise(ranges))
    assert {part.region for part in ranges} < {row["code"] for row in read_rows("regions.csv")}
    assert len({part.region for part in ranges}) == 14


def test_all_but_five_known_postcodes_have_a_region() -> None:
    assert sum(region_of(pc4) is not None for pc4 in POSTCODES) == 4081


@given(st.integers(-10, 20_000))
def test_a_region_is_suggested_where_it_is_known(pc4: int) -> None:
    if region_of(pc4):
        assert suggest_region(pc4) == region_of(pc4)


def test_a_suggestion_stays_within_the_first_two_digits() -> None:
    assert suggest_region(1114) == "sigra"
    assert suggest_region(1290) == "utrechtzorg"
    assert suggest_region(100) is None


def test_points_and_places() -> None:
    assert point_of(1012) == (52.3735, 4.8951)
    assert place_of(1012) == "Amsterdam"
    assert place_of(2511) == "'s-Gravenhage"
    assert (point_of(1), place_of(1), flat_point(1), distance_km(1, 1012)) == (None, None, None, None)


def sphere_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    (a, b), (c, d) = ((math.radians(x), math.radians(y)) for x, y in (start, end))
    return 12742 * math.asin(
        math.sqrt(math.sin((a - c) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((b - d) / 2) ** 2)
    )


@given(st.sampled_from(POSTCODES), st.sampled_from(POSTCODES))
def test_flat_distance_is_nearly_that_over_the_globe(a: int, b: int) -> None:
    start, end, flat = point_of(a), point_of(b), distance_km(a, b)
    assert start is not None
    assert end is not None
    assert flat == pytest.approx(sphere_km(start, end), rel=0.001, abs=0.01)
    assert flat == distance_km(b, a)
