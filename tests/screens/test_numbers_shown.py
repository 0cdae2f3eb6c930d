"""Numbers as they are shown."""

import pytest

from screens.widgets.numbers import decimal, whole


@pytest.mark.parametrize(
    ("number", "dutch", "english"),
    [(0, "0", "0"), (999, "999", "999"), (9324, "9.324", "9,324"), (1_000_000, "1.000.000", "1,000,000")],
)
def test_thousands_have_the_mark_of_the_language(number: int, dutch: str, english: str) -> None:
    assert (whole(number, "nl"), whole(number, "en")) == (dutch, english)


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (0.0, "0", "0"),
        (7.0, "7", "7"),
        (-0.5, "-0,5", "-0.5"),
        (10.0, "10", "10"),
        (759.7, "759,7", "759.7"),
        (1208.94, "1.208,9", "1,208.9"),
        (1200.0, "1.200", "1,200"),
    ],
)
def test_decimals_have_both_marks_and_no_needless_zeros(value: float, dutch: str, english: str) -> None:
    assert (decimal(value, "nl"), decimal(value, "en")) == (dutch, english)
