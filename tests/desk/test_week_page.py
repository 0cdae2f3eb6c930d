"""The page of last week: what it counts, what it is compared with, and what it looks like on paper."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from db.desk.desk import Desk
from db.drafts.reports import ReportFilter
from db.errors import DeskError
from db.files.week_page import week_markdown
from db.texts import Texts
from db.views.floor import BalanceLine
from db.views.week_page import WeekPage
from tests.conftest import TestClock
from tests.support.people import add_attempt, add_candidate, add_request

MONDAY = date(2020, 4, 27)


async def page_of(desk: Desk, clock: TestClock) -> WeekPage:
    """Two calls on the Monday, one of them reached; one call in the week before."""
    now = clock.now
    person = add_candidate(desk, pc4=1011, registered_at=now - timedelta(days=30))
    other = add_candidate(desk, pc4=1011, registered_at=now - timedelta(days=8))
    add_request(desk, pc4=1011)
    clock.now = now - timedelta(days=15)
    add_attempt(desk, person, "no_answer")
    clock.now = now - timedelta(days=10)
    add_attempt(desk, person, "reached_withdrawn")
    add_attempt(desk, other, "no_answer")
    clock.now = now
    return await desk.reports.week()


async def test_it_tells_the_week_the_change_and_the_days(desk: Desk, clock: TestClock) -> None:
    page = await page_of(desk, clock)
    assert (page.scope.first, page.scope.last) == (MONDAY, MONDAY + timedelta(days=6))
    lines = {line.code: line for line in page.lines}
    called = lines["called"]
    assert (called.this.value, called.before.value, called.whole.value) == (2, 1, 2)
    assert called.change(Texts("nl")) == "+1"
    assert lines["registered"].change(Texts("en")) == "+1"
    assert lines["accepted"].change(Texts("en")) == "="
    days = [tuple(figure.value for figure in row.figures) for row in page.days.rows]
    assert days == [(2, 1), *[(0, 0)] * 6]
    assert [line.code for line in page.balance if line.left] == ["sigra"]


async def test_its_figures_are_those_of_the_report(desk: Desk, clock: TestClock) -> None:
    page = await page_of(desk, clock)
    report = await desk.reports.run("weekly")
    for line in page.lines:
        assert line.this.value == report.figure(f"weekly.all.{line.code}").value
        assert line.whole.value == report.figure(f"weekly.whole.all.{line.code}").value


async def test_another_reference_date_is_another_week(sqlite_desk: Desk, clock: TestClock) -> None:
    await page_of(sqlite_desk, clock)
    page = await sqlite_desk.reports.week(ReportFilter(as_of=MONDAY, region="sigra"))
    assert page.scope.first == MONDAY - timedelta(days=7)
    assert {line.code: line.this.value for line in page.lines}["called"] == 1


@pytest.mark.parametrize(("language", "told"), [("nl", "week 18 van 2020"), ("en", "week 18 of 2020")])
async def test_it_is_one_page_in_both_languages(
    sqlite_desk: Desk, clock: TestClock, tmp_path: Path, language: str, told: str
) -> None:
    page, texts = await page_of(sqlite_desk, clock), Texts(language)
    text = week_markdown(page, texts)
    assert told in text.splitlines()[0]
    assert "█" in text
    saved = await sqlite_desk.reports.save_week(page, "pdf", str(tmp_path / "week.pdf"), texts)
    data = saved.read_bytes()
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == 1


async def test_a_folder_that_takes_nothing_is_explained(sqlite_desk: Desk, clock: TestClock) -> None:
    page = await page_of(sqlite_desk, clock)
    with pytest.raises(DeskError) as caught:
        await sqlite_desk.reports.save_week(page, "md", "/nowhere/week.md", Texts("nl"))
    assert caught.value.key == "reports.unwritable"


async def test_a_long_name_goes_on_in_the_next_line(sqlite_desk: Desk, clock: TestClock) -> None:
    page = await page_of(sqlite_desk, clock)
    long = replace(page, balance=(BalanceLine("wgv_zhz", left=300), BalanceLine("sigra", left=100)))
    lines = week_markdown(long, Texts("nl")).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("WGV"))
    begun = [line[:25].strip() for line in lines[at : at + 4]]
    assert begun == ["WGV Zorg en Welzijn", "Zuid-Holland Zuid", "Sigra", ""]
