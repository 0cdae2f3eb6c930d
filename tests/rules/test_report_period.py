"""Days, weeks, months and waves by the clock in Amsterdam."""

from datetime import UTC, date, datetime, timedelta

import pytest

from db.rules.report_period import end_of, last_week, months_before, start_of, waves_of, weeks_before

NOON = datetime(2020, 5, 7, 10, 0, tzinfo=UTC)


def test_a_day_begins_at_midnight_here() -> None:
    assert start_of(date(2020, 5, 7)).astimezone(UTC) == datetime(2020, 5, 6, 22, 0, tzinfo=UTC)
    clocks_forward = date(2020, 3, 29)
    length = end_of(clocks_forward).astimezone(UTC) - start_of(clocks_forward).astimezone(UTC)
    assert length == timedelta(hours=23)


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        (NOON, date(2020, 4, 27)),
        (datetime(2020, 5, 4, 10, 0, tzinfo=UTC), date(2020, 4, 27)),
        (datetime(2020, 5, 3, 21, 0, tzinfo=UTC), date(2020, 4, 20)),
        (datetime(2020, 5, 3, 23, 0, tzinfo=UTC), date(2020, 4, 27)),
    ],
)
def test_the_week_before(moment: datetime, monday: date) -> None:
    first, last = last_week(moment)
    assert (first, last.weekday()) == (monday, 6)


def test_the_newest_come_first() -> None:
    assert [code for code, _ in months_before(NOON, 6)] == [
        "2020-05", "2020-04", "2020-03", "2020-02", "2020-01", "2019-12",
    ]  # fmt: skip
    assert [code for code, _ in weeks_before(NOON, 2)] == ["2020-05-04", "2020-04-27"]


def test_waves_have_their_usual_days_and_may_be_set() -> None:
    assert [(wave.code, wave.last) for wave in waves_of({})] == [("1", date(2020, 8, 31)), ("2+3", None)]
    assert [wave.code for wave in waves_of({"b": ["2021-01-01"], "a": ["2020-01-01", "2020-12-31"]})] == [
        "a",
        "b",
    ]
