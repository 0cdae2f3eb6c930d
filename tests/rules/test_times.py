"""Moments as people say and write them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from db.rules.times import day_part_label, show_ago, show_date, show_moment

NOW = datetime(2020, 5, 7, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "dutch", "english"),
    [
        (datetime(2020, 5, 7, 12, 0, tzinfo=UTC), "vandaag 14:00", "today 14:00"),
        (datetime(2020, 5, 8, 7, 30, tzinfo=UTC), "morgen 9:30", "tomorrow 9:30"),
        (datetime(2020, 5, 6, 22, 30, tzinfo=UTC), "vandaag 0:30", "today 0:30"),
        (datetime(2020, 5, 6, 12, 0, tzinfo=UTC), "gisteren 14:00", "yesterday 14:00"),
        (datetime(2020, 5, 14, 12, 0, tzinfo=UTC), "do 14 mei 14:00", "Thu 14 May 14:00"),
        (datetime(2021, 1, 4, 8, 0, tzinfo=UTC), "ma 4 jan 2021 9:00", "Mon 4 Jan 2021 9:00"),
    ],
)
def test_moments(moment: datetime, dutch: str, english: str) -> None:
    assert show_moment(moment, NOW, "nl") == dutch
    assert show_moment(moment, NOW, "en") == english


@pytest.mark.parametrize(
    ("ago", "dutch", "english"),
    [
        (timedelta(seconds=-5), "zojuist", "just now"),
        (timedelta(minutes=1), "1 minuut geleden", "1 minute ago"),
        (timedelta(minutes=59), "59 minuten geleden", "59 minutes ago"),
        (timedelta(hours=3), "3 uur geleden", "3 hours ago"),
        (timedelta(days=1), "gisteren", "yesterday"),
        (timedelta(days=3), "3 dagen geleden", "3 days ago"),
        (timedelta(days=30), "4 weken geleden", "4 weeks ago"),
        (timedelta(days=70), "2 maanden geleden", "2 months ago"),
        (timedelta(days=800), "2 jaar geleden", "2 years ago"),
    ],
)
def test_how_long_ago(ago: timedelta, dutch: str, english: str) -> None:
    assert show_ago(NOW - ago, NOW, "nl") == dutch
    assert show_ago(NOW - ago, NOW, "en") == english


def test_dates_and_day_parts() -> None:
    assert show_date(date(2020, 5, 7), "nl") == "07-05-2020"
    assert day_part_label("morning", "nl") == "ochtend"
