"""Moving calls by key: marks, filters, a preview, one key, and one key back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from db.desk.desk import Desk
from db.drafts.moves import MoveFilter
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.moves.screen import MovesScreen
from screens.widgets.list_table import ListTable
from tests.conftest import NOW, TestClock
from tests.screens.test_requests import press, rows, settle, told
from tests.support.calls import add_calls, entry_of
from tests.support.people import add_attempt, add_candidate, add_user

BUDGET = 8
"""Keys for all open calls of one caller to another, counted from the Team place, its own key included."""


@asynccontextmanager
async def moving(
    desk: Desk, caller: UUID | None = None, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    app = EhvdzApp(Workplace(desk, Texts("nl")), start_place="team")
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await app.push_screen(MovesScreen(app.workplace, caller))
        await settle(pilot)
        yield pilot


def said(pilot: Pilot[None], name: str) -> str:
    return str(pilot.app.screen.query_one(f"#{name}", Static).content)


async def count(desk: Desk, user_id: UUID) -> int:
    return (await desk.moves.calls(MoveFilter(caller_id=user_id))).count


@pytest.mark.parametrize(
    ("opened_for_caller", "keys"),
    [
        (True, ["f5", "m", "a", "t", "2", "1"]),
        (False, ["f5", "m", "c", "3", "a", "t", "2", "1"]),
    ],
)
async def test_all_of_one_caller_to_another(
    sqlite_desk: Desk, opened_for_caller: bool, keys: list[str]
) -> None:
    assert len(keys) <= BUDGET
    noor, sam = add_user(sqlite_desk, "Noor"), add_user(sqlite_desk, "Sam")
    add_calls(sqlite_desk, 412, assigned_to=noor)
    async with moving(sqlite_desk, noor if opened_for_caller else None) as pilot:
        await press(pilot, *keys[2:-1])
        assert "412 gesprekken naar Sam: Tess de Vries0," in said(pilot, "ask-title")
        assert "en nog 407" in said(pilot, "ask-title")
        await press(pilot, keys[-1])
        assert (await count(sqlite_desk, noor), await count(sqlite_desk, sam)) == (0, 412)
        assert any("412 gesprekken zijn nu van Sam" in message for message in told(pilot))
        await press(pilot, "u")
        assert (await count(sqlite_desk, noor), await count(sqlite_desk, sam)) == (412, 0)
        if opened_for_caller:
            assert said(pilot, "moves-said").startswith("412 open gesprekken")


async def test_marked_calls_only(sqlite_desk: Desk) -> None:
    first, second, third = add_calls(sqlite_desk, 3)
    async with moving(sqlite_desk) as pilot:
        await press(pilot, "space", "down", "space")
        assert [row[0] for row in rows(pilot)] == ["✓", "", "✓"]
        assert "2 gekozen" in said(pilot, "moves-said")
        await press(pilot, "f", "1", "1")
    groups = [entry_of(sqlite_desk, key).priority_group for key in (first, second, third)]
    assert groups == [1, 3, 1]


async def test_no_means_no(sqlite_desk: Desk) -> None:
    (call,) = add_calls(sqlite_desk, 1)
    async with moving(sqlite_desk) as pilot:
        await press(pilot, "z", "escape")
        assert entry_of(sqlite_desk, call).state == "ready"
        await press(pilot, "z", "1")
        assert entry_of(sqlite_desk, call).blocked_reason == "paused"
        assert "gepauzeerd" in rows(pilot)[0][3]
        await press(pilot, "z")
        assert told(pilot)[-1].startswith("Hier valt niets te verplaatsen")
        await press(pilot, "v", "1")
    assert entry_of(sqlite_desk, call).state == "ready"


async def test_a_call_in_hand_is_told_and_can_be_taken_along(sqlite_desk: Desk) -> None:
    noor = add_user(sqlite_desk, "Noor")
    add_calls(sqlite_desk, 2)
    await sqlite_desk.queue.next()
    async with moving(sqlite_desk) as pilot:
        await press(pilot, "a", "t", "2")
        assert "Blijven zoals ze zijn: 1 nu in gesprek" in said(pilot, "ask-title")
        await press(pilot, "2", "1")
        assert await count(sqlite_desk, noor) == 2


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        (["r", "6"], ["sigra"]),
        (["c", "1"], ["sigra", "old"]),
        (["k", "2"], ["callback"]),
        (["k", "9"], ["callback"]),
        (["p", "1"], ["urgent"]),
        (["d", "3"], ["old"]),
        (["o", "1"], ["callback", "sigra", "old", "urgent"]),
        (["s", "1"], []),
        (["k", "2", "x"], ["callback", "sigra", "old", "urgent"]),
        (["k", "2", "k", "minus"], ["callback", "sigra", "old", "urgent"]),
    ],
)
async def test_each_filter_is_one_key_and_a_choice(
    sqlite_desk: Desk, keys: list[str], left: list[str]
) -> None:
    noor = add_user(sqlite_desk, "Noor")
    far = {"region_code": "transvorm"}
    made = {
        "callback": add_calls(
            sqlite_desk, 1, kind="callback", state="due", assigned_to=noor, vests_at=NOW, **far
        ),
        "urgent": add_calls(sqlite_desk, 1, priority_group=1, assigned_to=noor, **far),
        "sigra": add_calls(sqlite_desk, 1),
        "old": add_calls(sqlite_desk, 1, registered_at=NOW - timedelta(days=9), **far),
    }
    async with moving(sqlite_desk) as pilot:
        await press(pilot, *keys)
        screen = pilot.app.screen
        assert isinstance(screen, MovesScreen)
        shown = {line.entry_id for line in screen._found.lines}
    assert shown == {made[name][0] for name in left}


async def test_callers_at_work_are_offered_first(sqlite_desk: Desk) -> None:
    """Calls given to somebody who is not there would lie still again."""
    add_user(sqlite_desk, "Ada")
    add_attempt(sqlite_desk, add_candidate(sqlite_desk))
    add_calls(sqlite_desk, 1)
    async with moving(sqlite_desk) as pilot:
        await press(pilot, "t")
        assert "1 ● Kim" in said(pilot, "ask-hint")
        await press(pilot, "1")
        assert "gesprek naar Kim:" in said(pilot, "ask-title")
        await press(pilot, "escape")


async def test_more_callers_than_keys(sqlite_desk: Desk) -> None:
    for number in range(40):
        last = add_user(sqlite_desk, f"Naam {number:02}")
    add_calls(sqlite_desk, 1)
    async with moving(sqlite_desk, size=(120, 40)) as pilot:
        await press(pilot, "t", "plus", "5", "1")
    assert await count(sqlite_desk, last) == 1


async def test_enter_opens_the_person_and_escape_comes_back(sqlite_desk: Desk) -> None:
    add_calls(sqlite_desk, 1)
    async with moving(sqlite_desk) as pilot:
        await press(pilot, "enter")
        assert not isinstance(pilot.app.screen, MovesScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MovesScreen)
        await press(pilot, "a", "escape")
        assert isinstance(pilot.app.screen, MovesScreen)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, MovesScreen)


async def test_the_calls_of_one_caller_need_no_column_for_whose_they_are(sqlite_desk: Desk) -> None:
    """Its room goes to why and when, which is then told whole."""
    noor = add_user(sqlite_desk, "Noor")
    later = NOW + timedelta(days=6)
    add_calls(sqlite_desk, 1, assigned_to=noor, kind="callback", state="scheduled", vests_at=later)
    async with moving(sqlite_desk, noor) as pilot:
        assert "Noor" not in rows(pilot)[0]
        why = pilot.app.screen.query_one(ListTable).ordered_columns[3]
        assert why.width >= len(rows(pilot)[0][3]) == len("wo 13 mei 10:00 · Terugbelafspraak")
        await press(pilot, "c", "minus")
        assert "Noor" in rows(pilot)[0]


async def test_what_lay_with_somebody_is_told_before_and_after(sqlite_desk: Desk, clock: TestClock) -> None:
    """A card that comes free is not given back by undo, so nobody may take it for given back."""
    noor, kim = add_user(sqlite_desk, "Noor"), sqlite_desk.seat.user_id
    assert kim is not None
    add_calls(sqlite_desk, 3, assigned_to=kim)
    add_calls(sqlite_desk, 1)
    add_calls(sqlite_desk, 1, state="claimed", claimed_by=kim, claimed_until=clock.now)
    async with moving(sqlite_desk, kim) as pilot:
        assert any("kaart verlopen" in row[3] for row in rows(pilot))
        await press(pilot, "a", "t", "1")
        assert "c ■ Kim " in said(pilot, "move-filters")
        asked = said(pilot, "ask-title")
        assert "Nu van Kim (4)." in asked
        assert "Daarbij 1 kaart die nog bij een beller ligt" in asked
        await press(pilot, "1")
        assert said(pilot, "moves-empty").startswith("Klaar:")
        await press(pilot, "u")
        assert (await count(sqlite_desk, noor), await count(sqlite_desk, kim)) == (0, 3)
        assert pilot.app.screen.query_one(ListTable).has_focus
        assert any("De kaart die nog bij een beller lag, blijft vrij" in words for words in told(pilot))
        await press(pilot, "ctrl+r", "r", "1")
        assert said(pilot, "moves-empty").startswith("Geen open gesprekken")
    assert sum("blijft vrij" in words for words in told(pilot)) == 1


async def test_undo_names_what_was_done_and_is_offered_where_there_is_any(sqlite_desk: Desk) -> None:
    add_calls(sqlite_desk, 1)
    async with moving(sqlite_desk) as pilot:
        for keys, name in (("z1", "pauzeren"), ("f11", "andere groep"), ("t11", "verplaatsen")):
            await press(pilot, *keys, "u")
            assert told(pilot)[-1].startswith(f"Teruggedraaid: {name}")
        await sqlite_desk.queue.next()
        await press(pilot, "v", "1")
        assert told(pilot)[-1] == "1 gesprek is vrijgegeven."


async def test_a_move_that_changes_nothing_says_so_and_leaves_the_keys_to_the_list(sqlite_desk: Desk) -> None:
    add_calls(sqlite_desk, 1)
    async with moving(sqlite_desk) as pilot:
        await press(pilot, "w")
        assert told(pilot)[-1] == "Hier valt niets te verplaatsen.\nBlijven zoals ze zijn: 1 staat er al."
        await press(pilot, "z", "1")
        assert told(pilot)[-1].startswith("1 gesprek")


async def test_a_region_that_is_filtered_on_needs_no_column(sqlite_desk: Desk) -> None:
    """Its room goes to the names and to the why; and that filters are set, and how to clear them, is told."""
    noor = add_user(sqlite_desk, "Noor van den Bosch")
    add_calls(sqlite_desk, 1, assigned_to=noor)
    async with moving(sqlite_desk) as pilot:
        assert rows(pilot)[0][2] == "Sigra"
        assert "wis filters" not in said(pilot, "move-filters")
        await press(pilot, "r", "6")
        assert "Sigra" not in rows(pilot)[0]
        assert pilot.app.screen.query_one(ListTable).ordered_columns[4].width == 16
        assert "x wis filters" in said(pilot, "move-filters")
