"""Practice begins on Thursday morning and goes on where it was left off."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.clock import clock_from, system_clock
from db.demo import build_demo, practice_clock
from db.demo.clock import practice_start
from db.desk.desk import open_desk
from db.rules.calling_hours import CallingHours
from db.views.queue import CardView

NOW = datetime(2020, 5, 7, 8, 0, tzinfo=UTC)
SOON = timedelta(seconds=30)


@pytest.mark.parametrize(
    ("last", "start"),
    [
        ("2020-05-07T11:30:00", "2020-05-07T11:30:01"),
        ("2020-05-07T18:10:00", "2020-05-08T07:30:00"),
        ("2020-05-07T21:00:00", "2020-05-08T07:30:00"),
        ("2020-05-08T05:00:00", "2020-05-08T07:30:00"),
        ("2020-05-08T19:00:00", "2020-05-11T07:30:00"),
        ("2020-05-09T10:00:00", "2020-05-09T10:00:01"),
        ("2020-05-20T19:00:00", "2020-05-22T07:30:00"),
    ],
    ids=["in the day", "too late", "evening", "early", "Friday evening", "Saturday", "before Ascension Day"],
)
def test_where_practice_goes_on(last: str, start: str) -> None:
    found = practice_start(datetime.fromisoformat(last + "+00:00"), CallingHours())
    assert found == datetime.fromisoformat(start + "+00:00")


def test_the_first_time_it_is_ten_o_clock_and_later_it_never_runs_back(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    build_demo(path, candidates=120, now=NOW)
    desk = open_desk(path)
    assert NOW <= practice_clock(desk.lane)() < NOW + SOON
    desk.close()

    later = NOW + timedelta(hours=2)
    desk = open_desk(path, clock_from(later))
    desk.users.sign_in_now("Kim", "caller")
    assert later <= practice_clock(desk.lane)() < later + SOON
    desk.close()


def test_a_file_that_is_no_practice_floor_has_the_time_of_day(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "desk.db")
    assert practice_clock(desk.lane) is system_clock
    desk.close()


def test_somebody_can_be_called_at_once(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    build_demo(path, candidates=300, now=NOW)
    desk = open_desk(path, clock_from(NOW))
    desk.users.sign_in_now("Kim", "caller")
    card = asyncio.run(desk.queue.next())
    assert isinstance(card, CardView)
    assert card.entry.kind == "callback"
    desk.close()
