"""Hours and fte of a proposal."""

import pytest

from db.rules.fte import fte_of, positions_for, proposed_hours


@pytest.mark.parametrize(
    ("offered", "least", "most", "hours"),
    [
        (16, 8, 24, 16),
        (32, 8, 24, 24),
        (32, 16, None, 16),
        (None, 8, 24, 24),
        (12, None, None, 12),
        (None, None, None, None),
    ],
)
def test_no_more_hours_than_asked_or_offered(
    offered: int | None, least: int | None, most: int | None, hours: int | None
) -> None:
    assert proposed_hours(offered, least, most) == hours


@pytest.mark.parametrize(
    ("hours", "fte_hours", "asked", "positions", "fte"),
    [(18, 36, 200, 2, 50), (36, 36, 1267, 1, 100), (None, 36, 150, 2, 75), (None, 36, 1267, 1, 100)],
)
def test_fte_in_hundredths(hours: int | None, fte_hours: int, asked: int, positions: int, fte: int) -> None:
    assert fte_of(hours, fte_hours, asked, positions) == fte


@pytest.mark.parametrize(
    ("asked", "fte_hours", "hours", "positions"),
    [
        (200, 36, 32, 3),
        (200, 36, 36, 2),
        (200, 36, None, 2),
        (50, 36, 8, 3),
        (50, 36, None, 1),
        (0, 36, 24, 1),
    ],
)
def test_people_that_an_fte_takes(asked: int, fte_hours: int, hours: int | None, positions: int) -> None:
    assert positions_for(asked, fte_hours, hours) == positions
