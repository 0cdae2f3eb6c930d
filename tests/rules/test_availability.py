"""The grid of days and day parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.availability import (
    ALL_CELLS,
    cell,
    check_hours,
    column,
    count,
    has,
    read_day_parts,
    row,
    show_grid,
    toggle,
    toggle_column,
    toggle_row,
)

GRIDS = st.integers(0, ALL_CELLS)
EVENINGS_AND_WEEKEND = column(2) | row(5) | row(6)


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("avond en weekend", EVENINGS_AND_WEEKEND),
        ("za zo", row(5) | row(6)),
        ("flexibel", ALL_CELLS),
        ("nacht", column(3)),
        ("ma-vr ochtend", sum(cell(day, 0) for day in range(5))),
        ("Ma wo vr  ochtend middag", sum(cell(day, part) for day in (0, 2, 4) for part in (0, 1))),
        ("di do", row(1) | row(3)),
        ("ma t/m zo alle dagdelen", ALL_CELLS),
        ("ochtend ma wo", cell(0, 0) | cell(2, 0)),
        ("ma ochtend, wo middag", cell(0, 0) | cell(2, 1)),
        ("ma en wo ochtend en middag", cell(0, 0) | cell(0, 1) | cell(2, 0) | cell(2, 1)),
        ("mon-fri mornings", sum(cell(day, 0) for day in range(5))),
        ("vr-ma nacht", sum(cell(day, 3) for day in (4, 5, 6, 0))),
    ],
)
def test_reading(text: str, bits: int) -> None:
    found = read_day_parts(text)
    assert (found.bits, found.problem) == (bits, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "day_parts_missing"),
        ("niet op maandag", "day_parts_unreadable"),
        ("en", "day_parts_unreadable"),
        (";", "day_parts_unreadable"),
    ],
)
def test_nothing_is_guessed(text: str, problem: str) -> None:
    found = read_day_parts(text)
    assert (found.bits, found.problem) == (0, problem)


@given(GRIDS.filter(bool), st.sampled_from(["nl", "en"]))
def test_what_is_shown_reads_back(bits: int, language: str) -> None:
    assert read_day_parts(show_grid(bits, language)).bits == bits


@given(st.text(max_size=40))
def test_no_text_is_too_odd(text: str) -> None:
    found = read_day_parts(text)
    assert 0 <= found.bits <= ALL_CELLS
    assert bool(found.bits) != bool(found.problem)


def test_showing() -> None:
    assert show_grid(sum(cell(day, 0) for day in (0, 2, 4)), "nl") == "ma wo vr ochtend"
    assert show_grid(EVENINGS_AND_WEEKEND, "en") == "Mon–Fri evening; Sat Sun all day parts"
    assert show_grid(0, "nl") == ""


@given(GRIDS, st.integers(0, 6), st.integers(0, 3))
def test_toggling(bits: int, weekday: int, part: int) -> None:
    assert toggle(toggle(bits, weekday, part), weekday, part) == bits
    assert has(toggle(bits, weekday, part), weekday, part) is not has(bits, weekday, part)
    filled = toggle_row(bits & ~row(weekday), weekday)
    assert filled & row(weekday) == row(weekday)
    assert count(toggle_row(filled, weekday) & row(weekday)) == 0
    assert toggle_column(bits | column(part), part) & column(part) == 0


@pytest.mark.parametrize(
    ("minimum", "maximum", "codes"),
    [
        (8, 24, []),
        (None, None, []),
        (0, 24, ["hours_too_low"]),
        (8, 41, ["hours_many"]),
        (8, 61, ["hours_too_high"]),
        (24, 8, ["hours_order"]),
    ],
)
def test_hours(minimum: int | None, maximum: int | None, codes: list[str]) -> None:
    assert [problem.code for problem in check_hours(minimum, maximum)] == codes
