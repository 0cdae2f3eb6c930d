"""Whoever types fast presses enter before the list has followed: what happens next is for what was typed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, OptionList

from db.desk.desk import Desk
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.find import FindPerson
from screens.organisations.find import FindOrganisation
from screens.organisations.screen import OrganisationsScreen
from screens.proposals.screen import ProposalsScreen
from screens.requests.screen import RequestsScreen
from tests.screens.test_requests import rows, settle
from tests.support.people import add_candidate, add_request


class Slow:
    """A search that answers when it is let through."""

    def __init__(self, search: Callable[..., Any]) -> None:
        self.through = asyncio.Event()
        self._search = search

    async def __call__(self, *given: object, **named: object) -> object:
        await self.through.wait()
        return await self._search(*given, **named)


@asynccontextmanager
async def at(desk: Desk, place: str) -> AsyncIterator[Pilot[None]]:
    app = EhvdzApp(Workplace(desk, Texts("nl")), start_place=place)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        yield pilot


def focused(pilot: Pilot[None]) -> str | None:
    return pilot.app.focused.id if pilot.app.focused else None


@pytest.mark.parametrize(
    ("place", "group", "search", "opens", "box"),
    [
        ("candidates", "candidates", "search", "", "candidates-search"),
        ("requests", "requests", "open_requests", "f", "request-filter"),
    ],
)
async def test_enter_goes_to_the_list_that_belongs_to_what_was_typed(
    sqlite_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    group: str,
    search: str,
    opens: str,
    box: str,
) -> None:
    add_candidate(sqlite_desk)
    add_request(sqlite_desk)
    async with at(sqlite_desk, place) as pilot:
        await pilot.press(*opens)
        slow = Slow(getattr(getattr(sqlite_desk, group), search))
        monkeypatch.setattr(getattr(sqlite_desk, group), search, slow)
        await pilot.press(*"zzzz", "enter")
        assert focused(pilot) == box
        slow.through.set()
        await settle(pilot)
        assert rows(pilot) == []


async def test_who_calls_back_is_whoever_was_typed_last(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_candidate(sqlite_desk, "Anne", "Aarts", phone=None)
    wanted = add_candidate(sqlite_desk, "Bo", "Aalbers", phone=None)
    async with at(sqlite_desk, "queue") as pilot:
        answers: list[UUID | None] = []
        pilot.app.push_screen(FindPerson(Workplace(sqlite_desk, Texts("nl"))), answers.append)
        await settle(pilot)
        await pilot.press(*"aa")
        await settle(pilot)
        assert pilot.app.screen.query_one(OptionList).option_count == 2
        slow = Slow(sqlite_desk.candidates.search)
        monkeypatch.setattr(sqlite_desk.candidates, "search", slow)
        await pilot.press(*"lb", "enter")
        assert answers == []
        slow.through.set()
        await settle(pilot)
        assert answers == [wanted]


async def test_enter_is_not_for_what_is_typed_after_it(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_candidate(sqlite_desk, "Anne", "Aarts", phone=None)
    add_candidate(sqlite_desk, "Bo", "Aalbers", phone=None)
    async with at(sqlite_desk, "queue") as pilot:
        answers: list[UUID | None] = []
        pilot.app.push_screen(FindPerson(Workplace(sqlite_desk, Texts("nl"))), answers.append)
        await settle(pilot)
        slow = Slow(sqlite_desk.candidates.search)
        monkeypatch.setattr(sqlite_desk.candidates, "search", slow)
        await pilot.press(*"aar", "enter", "backspace", "l")
        slow.through.set()
        await settle(pilot)
        assert answers == []
        assert pilot.app.screen.query_one(OptionList).option_count == 1


@pytest.mark.parametrize(
    "make", [FindPerson, FindOrganisation, OrganisationsScreen, ProposalsScreen, RequestsScreen]
)
async def test_whoever_leaves_right_after_enter_leaves_quietly(
    sqlite_desk: Desk, make: Callable[[Workplace], Screen[Any]]
) -> None:
    async with at(sqlite_desk, "queue") as pilot:
        for turns in (0, 3, 6, 9):
            screen = make(Workplace(sqlite_desk, Texts("nl")))
            await pilot.app.push_screen(screen)
            await settle(pilot)
            box = next(box for box in screen.query(Input) if box.id != "ask-input")
            box.value = "aa"
            await box.action_submit()
            for _ in range(turns):
                await asyncio.sleep(0)
            if screen.is_current:  # one who is found quickly has closed it by then
                screen.dismiss(None)
            await settle(pilot)
        assert pilot.app.screen is pilot.app.screen_stack[0]
