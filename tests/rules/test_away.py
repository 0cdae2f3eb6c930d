"""Days away: told apart, put together, and reckoned within a period."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.away import Span, away_between, days_of, first_day_there, spans_of

DAYS = st.integers(0, 60).map(lambda day: date(2020, 5, 1) + timedelta(days=day))
GIVEN = st.lists(st.tuples(DAYS, st.integers(0, 20)), max_size=4)


def given_as(pairs: list[tuple[date, int]]) -> list[list[str]]:
    return [[day.isoformat(), (day + timedelta(days=length)).isoformat()] for day, length in pairs]


def absent(pairs: list[tuple[date, int]]) -> set[date]:
    return {day + timedelta(days=number) for day, length in pairs for number in range(length + 1)}


@given(GIVEN, DAYS, DAYS)
def test_it_says_the_same_as_counting_the_days(pairs: list[tuple[date, int]], start: date, end: date) -> None:
    spans, truth = spans_of(given_as(pairs)), absent(pairs)
    assert days_of(spans) == len(truth)
    assert days_of(away_between(spans, start, end)) == sum(start <= day <= end for day in truth)
    there = first_day_there(spans, start)
    assert there not in truth
    assert there >= start
    assert all(start + timedelta(days=number) in truth for number in range((there - start).days))


@pytest.mark.parametrize(
    ("given_spans", "expected"),
    [
        ([], ()),
        ([["2020-05-12", "2020-05-20"]], ((date(2020, 5, 12), date(2020, 5, 20)),)),
        (
            [["2020-05-21", "2020-05-22"], ["2020-05-12", "2020-05-20"]],
            ((date(2020, 5, 12), date(2020, 5, 22)),),
        ),
        ([["2020-05-22", "2020-05-21"]], ()),
    ],
)
def test_spans_that_touch_are_one_and_backwards_is_none(
    given_spans: list[list[str]], expected: tuple[Span, ...]
) -> None:
    assert spans_of(given_spans) == expected
