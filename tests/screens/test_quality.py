"""A second look at interviews: one key a verdict, and the caller sees what came back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from sqlmodel import select
from textual.pilot import Pilot
from textual.widgets import Static

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.models import Interview
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.interview.screen import InterviewScreen
from screens.quality.screen import ReviewsScreen
from screens.queue.notices import Notices
from tests.screens.test_requests import press, rows, settle, told
from tests.support.people import add_candidate


def to_review(desk: Desk, first_name: str = "Anne") -> UUID:
    person = add_candidate(desk, first_name, status="available")

    def work(unit: Unit) -> UUID:
        held = unit.session.exec(select(Interview).where(Interview.candidate_id == person)).one()
        held.review_state, held.review_reason = "pending", "trainee"
        held.answers = {"hours_max": {"value": 24}, "motivation": {"value": "[b]helpen[/b]"}}
        return held.id

    return desk.lane.write_now(work)


@asynccontextmanager
async def reviewing(desk: Desk, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    app = EhvdzApp(Workplace(desk, Texts("nl")))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.push_screen(ReviewsScreen(app.workplace))
        await settle(pilot)
        yield pilot


def notices(pilot: Pilot[None]) -> str:
    app = pilot.app
    assert isinstance(app, EhvdzApp)
    found = app.queue_screen.query_one(Notices)
    return str(found.content) if found.has_class("-on") else ""


async def test_an_empty_list_says_where_the_share_is_set(sqlite_desk: Desk) -> None:
    async with reviewing(sqlite_desk) as pilot:
        assert "instellingen" in str(pilot.app.screen.query_one("#list-empty", Static).content)


async def test_one_key_approves_and_undo_asks_again(sqlite_desk: Desk) -> None:
    to_review(sqlite_desk)
    async with reviewing(sqlite_desk) as pilot:
        assert rows(pilot)[0][:3] == ["kijk na", "Anne van der Luinenburg", "Kim"]
        assert "enter" not in pilot.app.screen.active_bindings
        await press(pilot, "a")
        assert rows(pilot) == []
        assert told(pilot) == ["Goedgekeurd: Anne van der Luinenburg. Terugdraaien: u"]
        await press(pilot, "u")
        assert len(rows(pilot)) == 1


async def test_handed_back_reaches_its_caller_who_opens_it_with_one_key(sqlite_desk: Desk) -> None:
    to_review(sqlite_desk)
    async with reviewing(sqlite_desk) as pilot:
        await press(pilot, "h", *"uren", "enter")
        assert rows(pilot)[0][0] == "terug"
        answers = pilot.app.screen.query_one("#list-text", Static).content
        assert "Teruggegeven: uren" in [str(part) for part in answers.renderables]  # type: ignore[union-attr]
        await press(pilot, "escape")
        assert "kwam terug van Kim: “uren”" in notices(pilot)
        await press(pilot, "less_than_sign")
        assert isinstance(pilot.app.screen, InterviewScreen)


async def test_after_handing_back_the_next_one_is_shown(sqlite_desk: Desk) -> None:
    """The one handed back goes to the end of the list, and the cursor does not go with it."""
    for name in ("Anne", "Bo", "Cas"):
        to_review(sqlite_desk, name)
    async with reviewing(sqlite_desk) as pilot:
        first = rows(pilot)[0][1]
        await press(pilot, "h", *"uren", "enter")
        assert rows(pilot)[-1][1] == first
        screen = pilot.app.screen
        assert isinstance(screen, ReviewsScreen)
        assert screen.line is not None
        assert screen.line.state == "pending"


async def test_the_line_stands_above_the_next_card(sqlite_desk: Desk) -> None:
    held = to_review(sqlite_desk)
    await sqlite_desk.reviews.hand_back(held, "uren")
    add_candidate(sqlite_desk, "Bo", entry="ready", intake=None, status="new")
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "n")
        assert "kwam terug van Kim: “uren”" in notices(pilot)
        assert app.queue_screen.query_one(Notices).size.height == 1
