import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.postcode import read_postcode


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("1234 AB", "1234 AB"),
        ("3888TN", "3888 TN"),
        (" 9495 TP ", "9495 TP"),
        ("2601 dc", "2601 DC"),
        ("NL-2611ET", "2611 ET"),
        ("nl 2611 et", "2611 ET"),
        ("2611-ET", "2611 ET"),
        ("1000 AA", "1000 AA"),
        ("9999 XL", "9999 XL"),
        ("1234 IO", "1234 IO"),
        ("3511", "3511"),
        ("3511.0", "3511"),
    ],
)
def test_postcodes(typed: str, text: str) -> None:
    reading = read_postcode(typed)
    assert reading.postcode is not None
    assert (reading.postcode.text, reading.problem) == (text, None)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "missing"),
        ("onbekend", "missing"),
        ("0123 AB", "invalid"),
        ("1234 SA", "unused_letters"),
        ("1234 sd", "unused_letters"),
        ("1234SS", "unused_letters"),
        ("B-2000", "foreign"),
        ("BE 2000", "foreign"),
        ("48143", "foreign"),
        ("123O AB", "invalid"),
        ("1234 A", "invalid"),
        ("1234 A8", "invalid"),
        ("12 34 AB", "invalid"),
        ("١٢٣٤ AB", "invalid"),
    ],
)
def test_what_is_no_dutch_postcode(typed: str, problem: str) -> None:
    reading = read_postcode(typed)
    assert (reading.postcode, reading.problem) == (None, problem)


@given(st.one_of(st.text(), st.from_regex(r"\A(NL-)?[0-9]{4} ?[A-Za-z]{0,2}\Z")))
def test_reading_is_idempotent(typed: str) -> None:
    reading = read_postcode(typed)
    assert (reading.postcode is None) == (reading.problem is not None)
    if reading.postcode:
        assert 1000 <= reading.postcode.pc4 <= 9999
        assert read_postcode(reading.postcode.text) == reading
