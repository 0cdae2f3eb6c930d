"""When to try somebody again: their own history, then what holds for everyone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.best_time import BestTime, Rates, Slot, Try, best_time, slot_of
from db.rules.calling_hours import CallingHours

NOW = datetime(2020, 5, 7, 8, 0, tzinfo=UTC)
"""Thursday, 10:00 here."""
EVENING = datetime(2020, 5, 5, 17, 0, tzinfo=UTC)
MORNING = datetime(2020, 5, 6, 7, 30, tzinfo=UTC)
HOURS = CallingHours()


def test_without_a_history_nothing_is_said() -> None:
    assert best_time([], {}, NOW) is None


def test_who_was_reached_in_the_evening_is_tried_that_evening() -> None:
    found = best_time([Try(EVENING, True), Try(MORNING, False)], {}, NOW)
    assert found == BestTime(((1, "evening"),), ((2, "morning"),), (1, "evening"))


@pytest.mark.parametrize(
    ("rates", "advice"),
    [
        ({}, (3, "afternoon")),
        ({(5, 11): (500, 450)}, (5, "morning")),
        ({(4, 18): (500, 450), (4, 9): (500, 20)}, (4, "evening")),
        ({(6, 18): (500, 500)}, (3, "afternoon")),
    ],
    ids=["another part", "saturday morning", "friday evening", "never on a closed day"],
)
def test_who_was_missed_is_tried_when_people_are_reached(rates: Rates, advice: Slot) -> None:
    tries = [Try(MORNING, False), Try(MORNING - timedelta(days=1), False)]
    if advice == (5, "morning"):
        tries = tries[:1]
    found = best_time(tries, rates, NOW)
    assert found is not None
    assert found.advice == advice


def test_a_few_calls_of_others_do_not_outweigh_the_usual_rate() -> None:
    found = best_time([Try(MORNING, False)], {(0, 9): (1, 1), (1, 14): (200, 150)}, NOW)
    assert found is not None
    assert found.advice == (1, "afternoon")


@given(
    tries=st.lists(
        st.builds(Try, st.integers(0, 20_000).map(lambda m: NOW - timedelta(minutes=m)), st.booleans()),
        min_size=1,
        max_size=12,
    ),
    minutes=st.integers(0, 14 * 1440),
)
def test_the_advice_is_always_within_the_calling_hours(tries: list[Try], minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    found = best_time(tries, {}, now)
    assert found is not None
    assert found.advice is not None
    weekday, part = found.advice
    ahead = [now + timedelta(hours=hours) for hours in range(7 * 24 + 1)]
    assert any(slot_of(moment) == (weekday, part) and HOURS.is_open(moment) for moment in ahead)
