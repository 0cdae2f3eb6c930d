"""How every screen looks, at the smallest size that must work and at the size where it is at its best."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import Worker

from db.desk.desk import Desk
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.widgets.ask_bar import AskBar
from tests.conftest import TestClock
from tests.support.keys import bursts
from tests.support.people import (
    add_attempt,
    add_candidate,
    add_likeness,
    add_repair,
    add_request,
    add_user,
    escalate,
)

SIZES = [(80, 24), (120, 40)]
SnapCompare = Callable[..., bool]
Step = Callable[[Pilot[None]], Awaitable[None]]

NASTY = "[bold]Ans[/bold] \x1b[31mO'Neil [/b]"


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that blinks or moves."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture
def floor(sqlite_desk: Desk, clock: TestClock) -> Desk:
    """A small floor with one of everything."""
    fill(sqlite_desk, clock)
    return sqlite_desk


def fill(desk: Desk, clock: TestClock) -> None:
    start = datetime(2020, 3, 20, 9, 0, tzinfo=UTC)
    add_user(desk, "Noor")
    called = waiting(
        desk,
        "Willemijn",
        "Berge-Hoogland",
        prefix="ten",
        registered_at=start,
        function_given="IC-verpleegkundige",
        function_profile="icu_nurse",
        care_background=True,
        hours_given="24",
        big_given="9911009730",
        big_number="09911009730",
        remarks="Bel liever na 17 uur; heb 30 jaar op de IC gewerkt, BIG verlopen in 2018",
        best_time="na 17u",
        email="willemijn@example.org",
        phone2="+31201234567",
        work_limits=["no_lifting", "no_nights"],
    )
    now = clock.now
    clock.now = now - timedelta(days=2, hours=3)
    add_attempt(desk, called, "no_answer")
    clock.now = now - timedelta(days=1)
    add_attempt(desk, called, "voicemail_left", "Spreekt [in] met haar [b]voornaam[/b]")
    clock.now = now
    add_repair(desk, called, "phone_invalid", "0612345")
    a_day_later = start + timedelta(days=1)
    second = waiting(desk, NASTY, "Ghoerle", prefix="van", registered_at=a_day_later, consent="refused")
    escalated = waiting(desk, "Mick", "Jansse", registered_at=start + timedelta(days=2), phone="+31612345678")
    escalate(desk, escalated, "not_now", "known_person", "details_unclear")
    add_likeness(desk, called, second)
    add_request(desk, "Verpleeghuis Zonnehof", pc4=8011, deadline=date(2020, 5, 11))
    add_request(desk, "Ziekenhuis [red]Sint Jozef", pc4=6811, profile="icu_nurse", fte=1267)
    add_request(desk, "Thuiszorg De Linde", pc4=3511, profile="hostess", fte=50)


def waiting(desk: Desk, first_name: str, last_name: str, **columns: object) -> UUID:
    return add_candidate(
        desk,
        first_name,
        last_name,
        entry="ready",
        intake=None,
        **({"status": "new", "prefix": "", "pc4": 8011} | columns),  # type: ignore[arg-type]
    )


async def calm(pilot: Pilot[None]) -> None:
    """Wait until the desk has answered and all is drawn; a question that is open is not waited for."""
    for _ in range(200):
        await pilot.pause()
        if not any(
            worker.is_running and not waits_for_a_person(pilot, worker) for worker in pilot.app.workers
        ):
            break
        await pilot.pause(0.01)
    for _ in range(3):
        await pilot.pause()


def waits_for_a_person(pilot: Pilot[None], worker: Worker[object]) -> bool:
    asked = any(bar.asking for bar in pilot.app.screen.query(AskBar))
    asks = worker.name.startswith(("action_", "_hold"))
    return asks and (asked or len(pilot.app.screen_stack) > 1)


def keys(*pressed: str) -> Step:
    async def step(pilot: Pilot[None]) -> None:
        await calm(pilot)
        for burst in bursts(pilot.app, pressed):
            await pilot.press(*burst)
            await calm(pilot)

    return step


LOOKS: dict[str, tuple[str, Step]] = {
    "ready": ("queue", keys()),
    "call_card": ("queue", keys("n")),
    "refused_consent": ("queue", keys("n", "s", "1")),
    "ask_moment": ("queue", keys("n", "4", *"morgen", "space", *"14")),
    "ask_reason": ("queue", keys("n", "6")),
    "break": ("queue", keys("b", "2")),
    "find": ("queue", keys("slash", *"ghoe")),
    "qr": ("queue", keys("n", "q")),
    "help": ("queue", keys("question_mark")),
    "interview": ("queue", keys("n", "i")),
    "requests": ("requests", keys()),
    "requests_for": ("queue", keys("n", "p")),
    "candidates": ("candidates", keys(*"will")),
    "team": ("team", keys()),
    "lists": ("team", keys("l")),
    "charts": ("team", keys("g", "2")),
    "map": ("team", keys("k")),
    "imports": ("queue", keys("f6")),
    "batches": ("queue", keys("f6", "ctrl+l")),
    "likeness": ("team", keys("l", "2", "enter")),
    "rounds": ("team", keys("o")),
    "round_asked": ("team", keys("o", "n", "enter")),
    "reports": ("team", keys("f7")),
    "report_figures": ("team", keys("f7", "down", "down", "enter", "right")),
    "report_rows": ("team", keys("f7", "enter", "enter")),
    "report_filter": ("team", keys("f7", "f")),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("look", LOOKS)
def test_look(snap_compare: SnapCompare, floor: Desk, look: str, size: tuple[int, int]) -> None:
    place, step = LOOKS[look]
    app = EhvdzApp(Workplace(floor, Texts("nl")), place)
    assert snap_compare(app, terminal_size=size, run_before=step)


@pytest.mark.parametrize("theme", ["textual-light", "ehvdz-contrast"])
def test_look_in_other_colours(snap_compare: SnapCompare, floor: Desk, theme: str) -> None:
    app = EhvdzApp(Workplace(floor, Texts("nl"), practice=True))
    app.theme = theme
    assert snap_compare(app, terminal_size=(120, 40), run_before=keys("n"))


@pytest.mark.parametrize("look", ["call_card", "interview", "requests", "team"])
def test_look_in_english(snap_compare: SnapCompare, floor: Desk, look: str) -> None:
    place, step = LOOKS[look]
    app = EhvdzApp(Workplace(floor, Texts("en")), place)
    assert snap_compare(app, terminal_size=(80, 24), run_before=step)
