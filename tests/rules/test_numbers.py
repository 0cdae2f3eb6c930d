from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.numbers import HoursReading, read_decimal, read_hours, read_yes_no


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,67", "12.67"),
        ("1.5", "1.5"),
        ("0,5", "0.5"),
        ("0.125", "0.125"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("4.603", "4603"),
        ("1,234,567", "1234567"),
        (" 10 ", "10"),
        ("-1", "-1"),
        ("0", "0"),
    ],
)
def test_read_decimal(text: str, number: str) -> None:
    assert read_decimal(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "veel", "1e5", "NaN", "1.2.3", "1,2,3", "1..5", "5.", "١"])
def test_what_is_no_number(text: str) -> None:
    assert read_decimal(text) is None


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "problem"),
    [
        ("20 uur", None, 20, None),
        ("36", None, 36, None),
        ("20 uur per week", None, 20, None),
        ("ca. 20u", None, 20, None),
        ("20,5", None, 20, None),
        ("4-8", 4, 8, None),
        ("8 - 4 uur", 4, 8, None),
        ("16 tot 24 uur", 16, 24, None),
        ("minimaal 16", 16, None, None),
        ("16+", 16, None, None),
        ("max 24 uur", None, 24, None),
        ("Fulltime", None, 36, None),
        ("in overleg", None, None, None),
        ("", None, None, None),
        ("2 dagdelen", None, None, "unreadable"),
        ("24/7", None, None, "unreadable"),
        ("0", None, None, "out_of_range"),
        ("168", None, None, "out_of_range"),
    ],
)
def test_read_hours(text: str, minimum: int | None, maximum: int | None, problem: str | None) -> None:
    assert read_hours(text) == HoursReading(minimum, maximum, problem)


@given(st.text())
def test_hours_are_in_order_and_in_range(text: str) -> None:
    reading = read_hours(text)
    if reading.minimum is not None and reading.maximum is not None:
        assert 0 <= reading.minimum <= reading.maximum <= 60


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Ja", True),
        ("j", True),
        ("YES", True),
        ("x", True),
        ("1", True),
        ("1.0", True),
        ("true", True),
        ("akkoord", True),
        ("Nee", False),
        ("n", False),
        ("0", False),
        ("niet akkoord", False),
        ("", None),
        ("ja, mits anoniem", None),
        ("misschien", None),
    ],
)
def test_read_yes_no(text: str, answer: bool | None) -> None:
    assert read_yes_no(text) is answer
