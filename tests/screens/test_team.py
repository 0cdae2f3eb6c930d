"""The supervisor's lists: counts in the tabs, one key a decision."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Static, Tab

from db.desk.desk import Desk
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.team import screen as team_screen
from screens.team.screen import TeamScreen
from screens.team.wording import EMPTY, TABS
from screens.widgets.top_bar import TopBar
from tests.conftest import TestClock
from tests.screens.test_requests import press, rows, settle
from tests.support.people import add_attempt, add_candidate, add_likeness, add_repair, add_user, escalate


@asynccontextmanager
async def leading(desk: Desk, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    app = EhvdzApp(Workplace(desk, Texts("nl")), start_place="team")
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "l")
        yield pilot


def tab_title(pilot: Pilot[None], name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", Tab).label_text


@pytest.mark.parametrize(("number", "name"), list(enumerate(TABS, start=1)))
async def test_every_empty_list_explains_itself(sqlite_desk: Desk, number: int, name: str) -> None:
    async with leading(sqlite_desk) as pilot:
        await press(pilot, str(number))
        screen = pilot.app.screen
        assert isinstance(screen, TeamScreen)
        assert screen.tab == name
        assert str(screen.query_one("#list-empty", Static).content) == Texts("nl")(EMPTY[name])


async def test_a_skipped_call_goes_to_one_caller_and_back(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, entry="ready")
    escalate(sqlite_desk, person, "not_now", "known_person")
    add_user(sqlite_desk, "Noor")
    async with leading(sqlite_desk) as pilot:
        assert tab_title(pilot, "escalated") == "Overgeslagen 1"
        assert "Ik ken deze persoon" in rows(pilot)[0][1]
        await press(pilot, "a", "2")
        why = (await sqlite_desk.candidates.card(person)).why
        assert why is not None
        assert why.assigned_to == "Noor"
        assert tab_title(pilot, "escalated") == "Overgeslagen"
        await press(pilot, "u", "r")
        assert rows(pilot) == []
    why = (await sqlite_desk.candidates.card(person)).why
    assert why is not None
    assert (why.state, why.assigned_to) == ("ready", "")


@pytest.mark.parametrize(("pressed", "status"), [("m", "duplicate"), ("h", "available"), ("d", "available")])
async def test_two_cards_that_look_alike(
    sqlite_desk: Desk, clock: TestClock, pressed: str, status: str
) -> None:
    older = add_candidate(sqlite_desk, registered_at=clock.now - timedelta(days=2))
    newer = add_candidate(sqlite_desk, "T.")
    add_likeness(sqlite_desk, newer, older)
    async with leading(sqlite_desk) as pilot:
        await press(pilot, "2", pressed)
        assert tab_title(pilot, "likenesses") == "Dubbel?"
    assert (await sqlite_desk.candidates.card(newer)).status == status


async def test_keys_of_another_list_do_nothing(sqlite_desk: Desk, clock: TestClock) -> None:
    person = add_candidate(sqlite_desk, entry="ready")
    escalate(sqlite_desk, person, "not_now")
    async with leading(sqlite_desk) as pilot:
        await press(pilot, "m", "k", "s", "v", "g")
        assert tab_title(pilot, "escalated") == "Overgeslagen 1"


async def test_a_repair_is_made_from_the_list(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, email=None, email_given="tris@")
    add_repair(sqlite_desk, person, "email_invalid", "tris@")
    add_repair(sqlite_desk, person, "name_suspect", "X")
    async with leading(sqlite_desk) as pilot:
        await press(pilot, "3", "e", *"live.nl", "enter")
        assert tab_title(pilot, "repairs") == "Herstellen 1"
        await press(pilot, "k")
        assert tab_title(pilot, "repairs") == "Herstellen"
    assert (await sqlite_desk.candidates.card(person)).email == "tris@live.nl"


async def test_a_suggested_region_is_taken_over_with_a_reason(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, pc4=1114)
    async with leading(sqlite_desk) as pilot:
        await press(pilot, "4")
        assert rows(pilot)[0][2] == "Sigra"
        await press(pilot, "g", *"dichtbij", "enter")
        assert rows(pilot) == []
    card = await sqlite_desk.candidates.card(person)
    assert (card.region_code, card.region_source) == ("sigra", "manual")


async def test_a_hanging_card_is_released(sqlite_desk: Desk, clock: TestClock) -> None:
    add_candidate(sqlite_desk, entry="ready")
    await sqlite_desk.queue.next()
    async with leading(sqlite_desk) as pilot:
        await press(pilot, "6")
        assert rows(pilot)[0][1:] == ["Kim", "vandaag 10:20"]
        clock.forward(minutes=20)
        await press(pilot, "v")
        assert rows(pilot) == []


async def test_a_card_in_use_is_released_only_when_somebody_says_so(sqlite_desk: Desk) -> None:
    add_candidate(sqlite_desk, entry="ready")
    await sqlite_desk.queue.next()
    async with leading(sqlite_desk) as pilot:
        await press(pilot, "6", "v")
        asked = str(pilot.app.screen.query_one("#ask-title", Static).content)
        assert asked.startswith("Kim heeft Tristan van der Luinenburg in gesprek, tot vandaag 10:20.")
        await press(pilot, "escape")
        assert len(rows(pilot)) == 1
        await press(pilot, "v", "1")
        assert rows(pilot) == []


async def test_callers_are_offered_first_and_who_is_none_is_marked(
    sqlite_desk: Desk, clock: TestClock
) -> None:
    person = add_candidate(sqlite_desk, entry="ready")
    add_attempt(sqlite_desk, person)
    clock.forward(days=6)
    escalate(sqlite_desk, person, "not_now")
    add_user(sqlite_desk, "Ada", role="recruiter")
    add_user(sqlite_desk, "Noor")
    async with leading(sqlite_desk) as pilot:
        await press(pilot, "a")
        offered = str(pilot.app.screen.query_one("#ask-hint", Static).content)
    assert offered.startswith("1 Kim (belde 6 dagen geleden)   2 Noor   3 Ada (recruiter)")


async def test_a_list_goes_on_at_its_end(sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team_screen, "LIMIT", 4)
    person = add_candidate(sqlite_desk)
    for given in range(23):
        add_repair(sqlite_desk, person, "email_bounced", str(given))
    async with leading(sqlite_desk) as pilot:
        await press(pilot, "3")
        screen = pilot.app.screen
        assert isinstance(screen, TeamScreen)
        assert len(rows(pilot)) == 4
        assert screen.query_one(TopBar).query_one("#top-note", Static).content == (
            "de eerste 4 van 23; end toont meer"
        )
        await press(pilot, "end")
        assert (len(rows(pilot)), screen.table.cursor_row) == (20, 3)
        await press(pilot, "end")
        assert (len(rows(pilot)), screen.table.cursor_row) == (23, 19)
