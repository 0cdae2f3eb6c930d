"""Days and details as callers type them during a conversation."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.dates import read_date, read_period
from db.rules.intake_reading import (
    EducationDetails,
    ExperienceDetails,
    read_education_details,
    read_experience_details,
)

TODAY = date(2020, 5, 7)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("nu", date(2020, 5, 7)),
        ("per direct", date(2020, 5, 7)),
        ("gisteren", date(2020, 5, 6)),
        ("morgen", date(2020, 5, 8)),
        ("ma", date(2020, 5, 11)),
        ("1 juni", date(2020, 6, 1)),
        ("+2w", date(2020, 5, 21)),
        ("1-6", date(2020, 6, 1)),
        ("1-3", date(2021, 3, 1)),
        ("1-3-20", date(2020, 3, 1)),
        ("01-03-2020", date(2020, 3, 1)),
        ("01032020", date(2020, 3, 1)),
        ("2020-03-01", date(2020, 3, 1)),
        ("31-12-99", date(1999, 12, 31)),
        ("6-2020", date(2020, 6, 1)),
        ("2021", date(2021, 1, 1)),
        ("31-2", None),
        ("13-2020", None),
        ("1-1-1890", None),
        ("2", None),
        ("9:30", None),
        ("14 uur", None),
        ("ooit", None),
        ("", None),
    ],
)
def test_a_day(text: str, day: date | None) -> None:
    assert read_date(text, TODAY) == day


def test_a_day_that_has_been_and_the_end_of_a_month_or_year() -> None:
    assert read_date("1-3", TODAY, past=True) == date(2020, 3, 1)
    assert read_date("1-6", TODAY, past=True) == date(2019, 6, 1)
    assert read_date("2-2020", TODAY, end=True) == date(2020, 2, 29)
    assert read_date("2017", TODAY, end=True) == date(2017, 12, 31)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("12-6 tot 30-6", (date(2020, 6, 12), date(2020, 6, 30))),
        ("12-6-2020 t/m 1-7-2020", (date(2020, 6, 12), date(2020, 7, 1))),
        ("28 december - 3 januari", (date(2020, 12, 28), date(2021, 1, 3))),
        ("12-6", (date(2020, 6, 12), date(2020, 6, 12))),
        ("zomer", None),
        ("12-6 tot ooit", None),
        ("30-6 tot 12-6", (date(2020, 6, 30), date(2020, 6, 12))),
        ("1 mei tot 14 mei", (date(2020, 5, 1), date(2020, 5, 14))),
        ("1-3 tot 14-5-2020", (date(2020, 3, 1), date(2020, 5, 14))),
        ("4-5 tot 6-5", (date(2021, 5, 4), date(2021, 5, 6))),
        ("nu tot 1-7", (date(2020, 5, 7), date(2020, 7, 1))),
        ("1-1-2021 tot 31-12-2021", (date(2021, 1, 1), date(2021, 12, 31))),
        ("29-2 tot 1-3", None),
    ],
)
def test_a_period(text: str, period: tuple[date, date] | None) -> None:
    assert read_period(text, TODAY) == period


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("1998", EducationDetails("", 1998)),
        ("verpleegkunde A, 1998", EducationDetails("verpleegkunde A", 1998)),
        ("", EducationDetails()),
        ("mbo-v Zadkine", EducationDetails("mbo-v Zadkine", None)),
        ("3098 geneeskunde", EducationDetails("geneeskunde", 3098)),
        ("1998 module 4020", EducationDetails("module 4020", 1998)),
        ("cursus 30981", EducationDetails("cursus 30981", None)),
    ],
)
def test_an_education_in_one_line(text: str, details: EducationDetails) -> None:
    assert read_education_details(text) == details


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("OLVG 12 jaar tot 2015", ExperienceDetails("OLVG", 12, 2015)),
        ("OLVG, 12, 2015", ExperienceDetails("OLVG", 12, 2015)),
        ("2,5 jr Zonnehof", ExperienceDetails("Zonnehof", 2.5, None)),
        ("Amstelland", ExperienceDetails("Amstelland", None, None)),
        ("until 2018", ExperienceDetails("", None, 2018)),
    ],
)
def test_work_in_one_line(text: str, details: ExperienceDetails) -> None:
    assert read_experience_details(text) == details


@given(st.dates(date(2020, 1, 1), date(2020, 12, 31)), st.integers(0, 183))
def test_days_without_their_year_are_a_period_that_is_not_over(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    period = read_period(f"{first.day}-{first.month} tot {last.day}-{last.month}", TODAY)
    assert period is None or (
        period[1] >= TODAY and (period[1] - period[0]).days in (days - 1, days, days + 1)
    )


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_not(text: str) -> None:
    read_date(text, TODAY, past=True, end=True)
    read_period(text, TODAY)
    assert len(read_experience_details(text).organisation) <= 200
    read_education_details(text)
