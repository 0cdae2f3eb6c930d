"""The list of open requests."""

from datetime import date

import pytest

from db.desk.desk import Desk
from tests.support.people import add_candidate, add_request


async def test_nearest_first_with_a_candidate_in_hand(desk: Desk) -> None:
    person = add_candidate(desk, pc4=8011)
    add_request(desk, "Ver weg", pc4=6211)
    add_request(desk, "Onbekend", pc4=None)
    add_request(desk, "Dichtbij", pc4=8012)
    found = await desk.requests.open_requests(person)
    assert [line.organisation for line in found.lines] == ["Dichtbij", "Ver weg", "Onbekend"]
    distances = [line.distance_km for line in found.lines]
    assert distances[0] == pytest.approx(1, abs=2)
    assert distances[1] == pytest.approx(190, abs=20)
    assert distances[2] is None


async def test_most_urgent_first_without_one(desk: Desk) -> None:
    add_request(desk, "Geen haast", starts_on=date(2020, 9, 1))
    add_request(desk, "Haast", deadline=date(2020, 5, 8))
    add_request(desk, "Straks", deadline=date(2020, 6, 1))
    found = await desk.requests.open_requests()
    assert [line.organisation for line in found.lines] == ["Haast", "Straks", "Geen haast"]
    assert found.lines[0].distance_km is None


@pytest.mark.parametrize(("sort", "first"), [("left", "B groot"), ("organisation", "A klein")])
async def test_other_orders(desk: Desk, sort: str, first: str) -> None:
    add_request(desk, "C klein", fte=50)
    add_request(desk, "B groot", fte=900)
    add_request(desk, "A klein", fte=50)
    assert (await desk.requests.open_requests(sort=sort)).lines[0].organisation == first


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("zonne", ["Verpleeghuis Zonnehof"]),
        ("zwolle", ["Verpleeghuis Zonnehof"]),
        ("verzorgende zwolle", ["Verpleeghuis Zonnehof"]),
        ("icu", ["Ziekenhuis Linde"]),
        ("linde zwolle", []),
        ("100%", []),
    ],
)
async def test_every_word_must_fit(desk: Desk, search: str, found: list[str]) -> None:
    add_request(desk, pc4=8011)
    add_request(desk, "Ziekenhuis Linde", pc4=6211, profile="icu_nurse")
    result = await desk.requests.open_requests(search=search)
    assert [line.organisation for line in result.lines] == found


async def test_the_list_is_capped_and_counts_all(desk: Desk) -> None:
    for number in range(5):
        add_request(desk, f"Huis {number}")
    add_request(desk, "Dicht", status="closed")
    found = await desk.requests.open_requests(limit=3)
    assert (len(found.lines), found.total) == (3, 5)
