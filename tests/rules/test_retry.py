"""When a candidate is tried again, and when trying ends."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.reference.outcomes import outcomes
from db.rules.calling_hours import CallingHours
from db.rules.retry import AttemptFact, NextTry, next_try

HOURS = CallingHours()
THURSDAY_TEN = datetime(2020, 5, 7, 8, 0, tzinfo=UTC)
UNANSWERED = sorted(code for code, outcome in outcomes().items() if outcome.unanswered)
MOMENTS = st.datetimes(datetime(2019, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def after(code: str, earlier: tuple[AttemptFact, ...] = (), now: datetime = THURSDAY_TEN) -> NextTry:
    return next_try(outcomes()[code], earlier, now, HOURS)


def four_tries() -> tuple[AttemptFact, ...]:
    return tuple(AttemptFact(THURSDAY_TEN - timedelta(days=days), "no_answer") for days in (6, 3, 2, 1))


def test_no_answer_comes_back_in_another_part_of_the_day() -> None:
    found = after("no_answer")
    assert (found.kind, found.day_part, found.attempts_left) == ("retry", "afternoon", 4)


@pytest.mark.parametrize(
    ("now", "again"),
    [("10:00", "12:00"), ("11:55", "13:55"), ("15:30", "17:30")],
)
def test_another_part_of_the_day_is_not_the_next_minute(now: str, again: str) -> None:
    day = HOURS.local_day(THURSDAY_TEN)
    called, expected = (HOURS.moment(day, time.fromisoformat(moment)) for moment in (now, again))
    assert next_try(outcomes()["no_answer"], (), called, HOURS).at == expected


def test_busy_comes_back_after_half_an_hour() -> None:
    assert after("busy").at == THURSDAY_TEN + timedelta(minutes=30)


def test_busy_again_and_again_does_not_use_up_one_day() -> None:
    earlier = (AttemptFact(THURSDAY_TEN - timedelta(minutes=30), "busy"),)
    at = after("busy", earlier).at
    assert at is not None
    assert HOURS.local_day(at) > HOURS.local_day(THURSDAY_TEN)


def test_the_fifth_unanswered_try_becomes_an_email() -> None:
    assert after("no_answer", four_tries()) == NextTry("email", THURSDAY_TEN, None, 0)


def test_having_been_reached_starts_the_count_again() -> None:
    reached = AttemptFact(THURSDAY_TEN - timedelta(hours=1), "reached_callback_requested")
    assert after("no_answer", (*four_tries(), reached)).attempts_left == 4


def test_a_technical_failure_is_not_counted() -> None:
    found = after("technical_failure", four_tries())
    assert (found.kind, found.attempts_left) == ("retry", 1)
    assert found.at == THURSDAY_TEN + timedelta(minutes=15)


def test_an_email_without_reaction_closes_after_a_week() -> None:
    assert after("emailed") == NextTry("close", THURSDAY_TEN + timedelta(days=7), None, 5)
    assert after("emailed_no_response").kind == "close"
    assert outcomes()["emailed_no_response"].candidate_status == "unreachable"


def test_a_language_barrier_comes_back_twice_and_then_leaves_the_queue() -> None:
    earlier = tuple(
        AttemptFact(THURSDAY_TEN - timedelta(days=days), "reached_language_barrier") for days in (2, 1)
    )
    assert after("reached_language_barrier", earlier[:1]).kind == "retry"
    assert after("reached_language_barrier", earlier).kind == "close"


@pytest.mark.parametrize("code", ["reached_callback_requested", "reached_intake_partial"])
def test_a_callback_waits_for_the_moment_that_was_asked(code: str) -> None:
    assert after(code) == NextTry("callback", None, None, 5)


@pytest.mark.parametrize("code", [code for code, outcome in outcomes().items() if outcome.final])
def test_a_final_outcome_closes(code: str) -> None:
    assert after(code).kind == "close"


@given(st.sampled_from(sorted(outcomes())), MOMENTS)
def test_a_retry_lies_in_the_future_and_within_calling_hours(code: str, now: datetime) -> None:
    found = after(code, (), now)
    if found.kind == "retry":
        assert found.at is not None
        assert found.at > now
        assert HOURS.is_open(found.at)
        assert found.day_part == HOURS.day_part(found.at)


@given(st.lists(st.sampled_from(UNANSWERED), min_size=5, max_size=5), MOMENTS)
def test_five_tries_as_planned_span_three_days_and_two_day_parts(codes: list[str], now: datetime) -> None:
    moment, facts = HOURS.next_open(now), list[AttemptFact]()
    for number, code in enumerate(codes, 1):
        found = next_try(outcomes()[code], facts, moment, HOURS)
        facts.append(AttemptFact(moment, code))
        assert found.kind == ("email" if number == 5 else "retry")
        moment = found.at or moment
    assert len({HOURS.local_day(fact.at) for fact in facts}) >= 3
    assert len({HOURS.day_part(fact.at) for fact in facts}) >= 2 or "busy" in codes
