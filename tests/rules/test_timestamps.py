from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.timestamps import read_date, read_timestamp


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("30-03-2020 09:48:42", datetime(2020, 3, 30, 7, 48, 42, tzinfo=UTC)),
        ("22-03-2020 01:46:58", datetime(2020, 3, 22, 0, 46, 58, tzinfo=UTC)),
        ("2020/03/26 3:56:24 PM CET", datetime(2020, 3, 26, 14, 56, 24, tzinfo=UTC)),
        ("2020/04/05 1:20:02 PM CET", datetime(2020, 4, 5, 12, 20, 2, tzinfo=UTC)),
        ("2020/04/05 1:20:02 PM CEST", datetime(2020, 4, 5, 11, 20, 2, tzinfo=UTC)),
        ("2020/03/27 12:10:57 AM CET", datetime(2020, 3, 26, 23, 10, 57, tzinfo=UTC)),
        ("2020/04/05 1:20:02 p.m. GMT+2", datetime(2020, 4, 5, 11, 20, 2, tzinfo=UTC)),
        ("2020-03-26T15:56", datetime(2020, 3, 26, 14, 56, tzinfo=UTC)),
        ("2020-03-26T15:56:01.5Z", datetime(2020, 3, 26, 15, 56, 1, tzinfo=UTC)),
        ("2020-03-26 15:56:00+01:00", datetime(2020, 3, 26, 14, 56, tzinfo=UTC)),
        ("26-3-20 9:05", datetime(2020, 3, 26, 8, 5, tzinfo=UTC)),
        ("22 mrt 2020 om 14:00", datetime(2020, 3, 22, 13, 0, tzinfo=UTC)),
        ("30-03-2020", datetime(2020, 3, 29, 22, 0, tzinfo=UTC)),
        ("43920.5", datetime(2020, 3, 30, 10, 0, tzinfo=UTC)),
        (43920.5, datetime(2020, 3, 30, 10, 0, tzinfo=UTC)),
        (43920, datetime(2020, 3, 29, 22, 0, tzinfo=UTC)),
        (
            datetime(2020, 3, 26, 12, tzinfo=timezone(timedelta(hours=3))),
            datetime(2020, 3, 26, 9, tzinfo=UTC),
        ),
        (datetime(2020, 3, 26, 12), datetime(2020, 3, 26, 11, tzinfo=UTC)),  # noqa: DTZ001 as a cell holds it
        (date(2020, 3, 26), datetime(2020, 3, 25, 23, tzinfo=UTC)),
    ],
)
def test_read_timestamp(text: str | float | date, moment: datetime) -> None:
    assert read_timestamp(text) == moment


@pytest.mark.parametrize(
    "text",
    ["", "gisteren", "31-02-2020", "3/30/2020 9:48", "12-05-2020 25:00", "2020/03/26 13:00 PM", "12345", 7],
)
def test_what_is_no_moment(text: str | float) -> None:
    assert read_timestamp(text) is None


def test_another_zone() -> None:
    assert read_timestamp("30-03-2020 09:00", "UTC") == datetime(2020, 3, 30, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("22-04-2020", date(2020, 4, 22)),
        ("1-4-20", date(2020, 4, 1)),
        ("2020-04-01", date(2020, 4, 1)),
        ("1 mei 2020", date(2020, 5, 1)),
        ("30-03-2020 23:48:42", date(2020, 3, 30)),
        (43920.99, date(2020, 3, 30)),
        (date(2020, 4, 1), date(2020, 4, 1)),
        ("", None),
    ],
)
def test_read_date(text: str | float | date, day: date | None) -> None:
    assert read_date(text) == day


@given(st.one_of(st.text(), st.floats(), st.integers(), st.datetimes(), st.dates()))
def test_reading_never_fails(text: str | float | date) -> None:
    moment = read_timestamp(text)
    assert moment is None or moment.tzinfo is UTC


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)))  # noqa: DTZ001 a zone is added below
def test_what_is_written_in_utc_comes_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    assert read_timestamp(moment.isoformat()) == moment
