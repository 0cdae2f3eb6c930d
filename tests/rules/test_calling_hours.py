"""When the desk may phone, holidays and working days."""

from datetime import UTC, date, datetime, time, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.calling_hours import CallingHours, add_working_days, public_holidays

HOURS = CallingHours()
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize("year", range(2015, 2041))
def test_public_holidays_are_those_of_the_library(year: int) -> None:
    assert public_holidays(year) == set(holidays.country_holidays("NL", years=year))


@pytest.mark.parametrize(
    ("day", "at", "is_open"),
    [
        (date(2020, 5, 7), time(9), True),
        (date(2020, 5, 7), time(8, 59), False),
        (date(2020, 5, 7), time(20, 29), True),
        (date(2020, 5, 7), time(20, 30), False),
        (date(2020, 5, 9), time(10), True),
        (date(2020, 5, 9), time(16), False),
        (date(2020, 5, 10), time(12), False),
        (date(2020, 5, 4), time(18, 29), True),
        (date(2020, 5, 4), time(18, 30), False),
        (date(2020, 5, 5), time(12), False),
        (date(2021, 5, 5), time(12), True),
        (date(2020, 12, 24), time(19), False),
        (date(2020, 4, 27), time(12), False),
    ],
)
def test_windows(day: date, at: time, is_open: bool) -> None:
    assert HOURS.is_open(HOURS.moment(day, at)) is is_open


def test_next_open_skips_the_weekend_and_a_holiday() -> None:
    saturday_night = HOURS.moment(date(2020, 4, 11), time(17))
    assert HOURS.next_open(saturday_night) == HOURS.moment(date(2020, 4, 14), time(9))


@given(MOMENTS)
def test_next_open_is_open_and_not_before_now(now: datetime) -> None:
    found = HOURS.next_open(now)
    assert found >= now
    assert HOURS.is_open(found)
    closes = HOURS.closes_at(found)
    assert closes is not None
    assert closes - found <= timedelta(hours=12)


@pytest.mark.parametrize(
    ("hour", "part"),
    [(6, "night"), (7, "morning"), (12, "afternoon"), (17, "evening"), (22, "evening"), (23, "night")],
)
def test_day_parts(hour: int, part: str) -> None:
    assert HOURS.day_part(HOURS.moment(date(2020, 5, 7), time(hour))) == part


def test_settings_override_the_defaults() -> None:
    hours = CallingHours.from_settings(
        {"weekday": "8:00-18.00", "saturday": "", "early_days": ["31-12"], "holidays_closed": False}
    )
    assert hours.weekday == (time(8), time(18))
    assert hours.saturday is None
    assert hours.early_days == frozenset({(12, 31)})
    assert hours.is_open(hours.moment(date(2020, 4, 27), time(8)))
    assert CallingHours.from_settings({}) == HOURS


@pytest.mark.parametrize("settings", [{"weekday": "", "saturday": ""}, {"weekday": "18-9"}, {"weekday": "x"}])
def test_settings_that_cannot_be_are_refused(settings: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"calling_hours|isinstance|invalid"):
        CallingHours.from_settings(settings)


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (date(2020, 5, 7), 2, date(2020, 5, 11)),
        (date(2020, 4, 9), 2, date(2020, 4, 15)),
        (date(2021, 5, 4), 1, date(2021, 5, 5)),
        (date(2020, 5, 4), 1, date(2020, 5, 6)),
        (date(2020, 5, 9), 0, date(2020, 5, 11)),
    ],
)
def test_working_days(day: date, count: int, found: date) -> None:
    assert add_working_days(day, count) == found


@pytest.mark.parametrize(
    ("now", "stopped"),
    [
        (HOURS.moment(date(2020, 5, 7), time(12)), None),
        (HOURS.moment(date(2020, 5, 7), time(20, 30)), HOURS.moment(date(2020, 5, 7), time(20, 30))),
        (HOURS.moment(date(2020, 5, 8), time(8, 59)), HOURS.moment(date(2020, 5, 7), time(20, 30))),
        (HOURS.moment(date(2020, 4, 13), time(12)), HOURS.moment(date(2020, 4, 11), time(16))),
    ],
)
def test_when_the_desk_last_stopped_calling(now: datetime, stopped: datetime | None) -> None:
    assert HOURS.closed_since(now) == stopped
