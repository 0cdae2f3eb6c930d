"""Reading the moment at which somebody wants to be called."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.moments import Moment, interpret, moment_problem, read_moment
from db.rules.times import local

NOW = datetime(2020, 5, 7, 8, 0, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
WORDS = st.sampled_from(
    (
        *("morgen", "ma", "9:30", "+2u", "in", "2", "hours", "volgende", "week", "di", "vrijdag", "middag"),
        *("vanavond", "half", "kwart over", "29-2", "31-12", "2pm", "tomorrow", "next", "friday", "maart"),
        *("14u30", "0", "99", "-", "/", ":", ".", "00:00", "2:30", "29-3", "30", "12am"),
    )
)


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("morgen 14", "2020-05-08 14:00"),
        ("ma 9:30", "2020-05-11 09:30"),
        ("+2u", "2020-05-07 12:00"),
        ("+30m", "2020-05-07 10:30"),
        ("+1u30", "2020-05-07 11:30"),
        ("24-3 15:00", "2021-03-24 15:00"),
        ("14:30", "2020-05-07 14:30"),
        ("14u", "2020-05-07 14:00"),
        ("vrijdagmiddag", "2020-05-08 12:00"),
        ("vanavond", "2020-05-07 17:00"),
        ("vanavond 8", "2020-05-07 20:00"),
        ("overmorgen 10", "2020-05-09 10:00"),
        ("volgende week di 9", "2020-05-12 09:00"),
        ("volgende week", "2020-05-11 10:00"),
        ("maandagmorgen", "2020-05-11 09:00"),
        ("do", "2020-05-14 10:00"),
        ("do 14:30", "2020-05-07 14:30"),
        ("do 9", "2020-05-14 09:00"),
        ("over 3 dagen", "2020-05-10 10:00"),
        ("over een uur", "2020-05-07 11:00"),
        ("morgen om half 3", "2020-05-08 14:30"),
        ("tomorrow 2pm", "2020-05-08 14:00"),
        ("mon 9:30", "2020-05-11 09:30"),
        ("+2h", "2020-05-07 12:00"),
        ("in 2 hours", "2020-05-07 12:00"),
        ("next week", "2020-05-11 10:00"),
        ("next friday 11am", "2020-05-15 11:00"),
        ("May 12 3pm", "2020-05-12 15:00"),
        ("12 mei 15u15", "2020-05-12 15:15"),
        ("Vr 8-5 16:00", "2020-05-08 16:00"),
    ],
)
def test_what_is_understood(text: str, wall: str) -> None:
    found = read_moment(text, NOW)
    assert found is not None
    assert local(found.at).strftime("%Y-%m-%d %H:%M") == wall


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "moment_missing"),
        ("9:00", "moment_passed"),
        ("7-5-2020 9:00", "moment_passed"),
        ("vr 9-5", "moment_unreadable"),
        ("32-1", "moment_unreadable"),
        ("morgen 25", "moment_unreadable"),
        ("ooit", "moment_unreadable"),
        ("in 30", "moment_unreadable"),
        ("1-1-2031", "moment_too_far"),
    ],
)
def test_what_is_not(text: str, code: str) -> None:
    problem = moment_problem(text, NOW)
    assert problem is not None
    assert problem.code == code
    assert read_moment(text, NOW) is None


def test_half_three_depends_on_the_language() -> None:
    dutch, english = (read_moment("half 3", NOW, language) for language in ("nl", "en"))
    assert dutch is not None
    assert english is not None
    assert english.at - dutch.at == timedelta(hours=1)


def test_only_a_time_makes_it_exact() -> None:
    assert [getattr(read_moment(text, NOW), "exact", None) for text in ("morgen", "morgen 9")] == [
        False,
        True,
    ]


def test_a_day_ahead_keeps_its_hour_when_the_clock_changes() -> None:
    before_summer_time = datetime(2020, 3, 28, 9, 0, tzinfo=UTC)
    found = read_moment("morgen 14", before_summer_time)
    assert found == Moment(datetime(2020, 3, 29, 12, 0, tzinfo=UTC), exact=True)


@given(st.one_of(st.text(max_size=30), st.lists(WORDS, max_size=4).map(" ".join)), MOMENTS)
def test_never_raises_and_always_lies_in_the_future(text: str, now: datetime) -> None:
    found = interpret(text, now)
    assert not isinstance(found, Moment) or found.at > now
