"""Reading BIG numbers, and what a registration is worth on a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.reference.lists import code_list
from db.rules.big import BigReading, big_status, read_big


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("09911009701", BigReading("09911009701", False, "01")),
        ("9911009701", BigReading("09911009701", True, "01")),
        ("911009730", BigReading("00911009730", True, "30")),
        ("9911009701.0", BigReading("09911009701", True, "01")),
        ("BIG: 0991 1009 701", BigReading("09911009701", False, "01")),
        ("19911009755", BigReading("19911009755", False, None)),
        ("nvt", BigReading(None)),
        ("", BigReading(None)),
        ("12345678", BigReading(None, problem="big_length")),
        ("000000000", BigReading(None, problem="big_unreadable")),
        ("9,9E+09", BigReading(None, problem="big_unreadable")),
    ],
)
def test_reading(text: str, reading: BigReading) -> None:
    assert read_big(text) == reading


@given(st.text(max_size=20))
def test_a_number_has_eleven_digits_or_there_is_none(text: str) -> None:
    found = read_big(text)
    assert found.number is None or (len(found.number) == 11 and found.number.isdigit())
    assert found.number is None or found.problem is None


@pytest.mark.parametrize(
    ("profession", "registered", "expires", "struck_off", "on", "status"),
    [
        ("30", True, date(2022, 1, 1), False, date(2020, 5, 7), "registered"),
        ("30", True, None, None, date(2020, 5, 7), "registered"),
        ("30", False, date(2018, 6, 1), False, date(2020, 5, 7), "expired_exempt"),
        ("30", False, date(2016, 6, 1), False, date(2020, 5, 7), "expired_exempt"),
        ("30", False, date(2016, 1, 1), False, date(2020, 5, 7), "expired_supervised_only"),
        ("01", False, date(2016, 6, 1), False, date(2020, 5, 7), "expired_supervised_only"),
        ("01", False, date(2018, 1, 2), None, date(2020, 5, 7), "expired_exempt"),
        ("04", False, date(2019, 1, 1), False, date(2020, 5, 7), "expired_supervised_only"),
        ("30", False, date(2018, 6, 1), False, date(2020, 3, 17), "expired_supervised_only"),
        ("30", False, date(2018, 6, 1), False, date(2022, 8, 1), "expired_supervised_only"),
        ("30", False, date(2018, 6, 1), True, date(2020, 5, 7), "restricted"),
        ("30", False, None, None, date(2020, 5, 7), "never"),
        ("86", None, None, None, date(2020, 5, 7), "not_applicable"),
        (None, None, None, None, date(2020, 5, 7), "unknown"),
    ],
)
def test_status(
    profession: str | None,
    registered: bool | None,
    expires: date | None,
    struck_off: bool | None,
    on: date,
    status: str,
) -> None:
    assert big_status(profession, registered, expires, struck_off, on) == status
    assert status in code_list("big_status")
