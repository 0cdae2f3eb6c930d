"""One caller by key: stop, trainee, regions, groups."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from db.desk.desk import Desk
from db.rules.groups import EVERYTHING, KINDS, TRAINEE, Groups
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.callers.groups import turned
from screens.callers.screen import CallerScreen
from screens.moves.screen import MovesScreen
from tests.screens.test_requests import press, settle, told
from tests.support.calls import add_calls
from tests.support.people import add_user


@asynccontextmanager
async def looking_at(
    desk: Desk, caller: UUID, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    app = EhvdzApp(Workplace(desk, Texts("nl")), start_place="team")
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await app.push_screen(CallerScreen(app.workplace, caller))
        await settle(pilot)
        yield pilot


def asked(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#ask-title", Static).content)


async def test_a_caller_stops_after_a_look_and_comes_back_with_one_key(sqlite_desk: Desk) -> None:
    noor = add_user(sqlite_desk, "Noor")
    add_calls(sqlite_desk, 12, assigned_to=noor)
    async with looking_at(sqlite_desk, noor) as pilot:
        await press(pilot, "w")
        assert "12 open gesprekken gaan naar de gewone wachtrij" in asked(pilot)
        await press(pilot, "escape")
        assert (await sqlite_desk.callers.caller(noor)).active
        await press(pilot, "w", "1")
        caller = await sqlite_desk.callers.caller(noor)
        assert (caller.active, caller.open_count) == (False, 0)
        assert any("Noor is gestopt; 12 gesprekken" in message for message in told(pilot))
        assert "NIET MEER" in str(pilot.app.screen.query_one("#caller-name", Static).content)
        await press(pilot, "u")
        caller = await sqlite_desk.callers.caller(noor)
        assert (caller.active, caller.open_count) == (True, 12)
        await press(pilot, "w", "1", "w")
        assert (await sqlite_desk.callers.caller(noor)).active


async def test_trainee_on_and_off(sqlite_desk: Desk) -> None:
    noor = add_user(sqlite_desk, "Noor")
    async with looking_at(sqlite_desk, noor) as pilot:
        await press(pilot, "t")
        caller = await sqlite_desk.callers.caller(noor)
        assert (caller.trainee, caller.groups) == (True, TRAINEE)
        await press(pilot, "t")
        caller = await sqlite_desk.callers.caller(noor)
        assert (caller.trainee, caller.groups) == (False, EVERYTHING)


async def test_regions_are_turned_on_and_off(sqlite_desk: Desk) -> None:
    noor = add_user(sqlite_desk, "Noor")
    async with looking_at(sqlite_desk, noor) as pilot:
        await press(pilot, "r", "1", "3", "1", "6", "0")
        assert (await sqlite_desk.callers.caller(noor)).regions == ("wzw", "sigra")
        await press(pilot, "r", "1", "escape")
        assert (await sqlite_desk.callers.caller(noor)).regions == ("wzw", "sigra")


async def test_groups_are_turned_on_and_off(sqlite_desk: Desk) -> None:
    noor = add_user(sqlite_desk, "Noor")
    async with looking_at(sqlite_desk, noor) as pilot:
        await press(pilot, "g", "e", "1", "0")
        expected = Groups(not_kinds=("wish",), not_priorities=(1,))
        assert (await sqlite_desk.callers.caller(noor)).groups == expected
        await press(pilot, "g", *"234", "0")
        assert (await sqlite_desk.callers.caller(noor)).groups == expected
        assert any("Zo blijft er niemand over" in message for message in told(pilot))


async def test_their_calls_are_one_key_away(sqlite_desk: Desk) -> None:
    noor = add_user(sqlite_desk, "Noor")
    add_calls(sqlite_desk, 2, assigned_to=noor)
    add_calls(sqlite_desk, 1)
    async with looking_at(sqlite_desk, noor) as pilot:
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, MovesScreen)
        await press(pilot, "a", "w", "1", "escape")
        assert isinstance(pilot.app.screen, CallerScreen)
    assert (await sqlite_desk.callers.caller(noor)).open_count == 0


@pytest.mark.parametrize(
    ("groups", "code", "expected"),
    [
        (EVERYTHING, "kind wish", Groups(not_kinds=("wish",))),
        (Groups(not_kinds=("wish",)), "kind wish", EVERYTHING),
        (EVERYTHING, "priority 2", Groups(not_priorities=(2,))),
        (Groups(not_callbacks=(1,)), "callback 1", EVERYTHING),
        (EVERYTHING, "language", Groups(not_languages=("other",))),
        (EVERYTHING, "trainee", TRAINEE),
        (TRAINEE, "all", EVERYTHING),
        (Groups(only_kinds=("new", "retry")), "kind retry", Groups(not_kinds=("retry", *KINDS[2:]))),
    ],
)  # fmt: skip
def test_one_key_turns_one_group(groups: Groups, code: str, expected: Groups) -> None:
    assert turned(groups, code) == expected
