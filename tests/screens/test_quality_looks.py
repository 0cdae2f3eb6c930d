"""How the settings, the reviews, the news and the notices look, at both sizes."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from db.desk.desk import Desk
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.desk_settings.screen import SettingsScreen
from screens.news.screen import NewsScreen
from screens.quality.screen import ReviewsScreen
from tests.conftest import TestClock
from tests.screens.test_looks import NASTY, SIZES, SnapCompare, calm, fill
from tests.screens.test_quality import to_review
from tests.support.people import add_attempt, add_candidate, add_request
from tests.support.work import add_availability

Opened = Callable[[Workplace], Screen[Any]]


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that blinks or moves."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture
def desk_with_news(sqlite_desk: Desk, clock: TestClock) -> Desk:
    """A floor with a message, an interview that came back, one to review, and news of somebody."""
    fill(sqlite_desk, clock)
    asyncio.run(happen(sqlite_desk, clock))
    return sqlite_desk


async def happen(desk: Desk, clock: TestClock) -> None:
    await desk.reviews.hand_back(to_review(desk, "Anne"), "De uren kloppen niet met het rooster")
    to_review(desk, NASTY)
    person = add_candidate(desk, NASTY, "Vries", prefix="de")
    add_availability(desk, person, hours=24)
    add_attempt(desk, person, "reached_intake_done")
    clock.forward(minutes=3)
    made = await desk.proposals.propose(person, add_request(desk, "Thuiszorg [b]Oost"))
    clock.forward(minutes=2)
    await desk.proposals.step(made.id, "declined_employer", "experience_missing")
    await desk.announcements.write("Vandaag eerst Limburg; om drie uur is er [b]taart[/b]")
    await desk.settings.change("review_percent", "25")


SCREENS: dict[str, tuple[Opened, tuple[str, ...]]] = {
    "settings": (SettingsScreen, ("down", "down", "e")),
    "settings_codes": (SettingsScreen, (*["down"] * 19, "e")),
    "reviews": (ReviewsScreen, ()),
    "news": (NewsScreen, ()),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("look", SCREENS)
def test_look_of_a_list(
    snap_compare: SnapCompare, desk_with_news: Desk, look: str, size: tuple[int, int]
) -> None:
    opened, pressed = SCREENS[look]
    app = EhvdzApp(Workplace(desk_with_news, Texts("nl")))

    async def step(pilot: Pilot[None]) -> None:
        await calm(pilot)
        pilot.app.push_screen(opened(app.workplace))
        await calm(pilot)
        for key in pressed:
            await pilot.press(key)
            await calm(pilot)

    assert snap_compare(app, terminal_size=size, run_before=step)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("pressed", ["", "n"], ids=["start", "card"])
def test_look_of_the_notices(
    snap_compare: SnapCompare, desk_with_news: Desk, pressed: str, size: tuple[int, int]
) -> None:
    async def step(pilot: Pilot[None]) -> None:
        await calm(pilot)
        for key in pressed:
            await pilot.press(key)
            await calm(pilot)

    app = EhvdzApp(Workplace(desk_with_news, Texts("nl")))
    assert snap_compare(app, terminal_size=size, run_before=step)
