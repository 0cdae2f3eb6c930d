"""Starting a round of re-confirmation: who, how many, one key; and what came of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from db.desk.desk import Desk
from db.drafts.rounds import RoundDraft
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.queue.panels import OutcomeKeys
from screens.rounds.screen import RoundsScreen
from screens.widgets.list_table import ListTable
from tests.conftest import TestClock
from tests.desk.test_rounds import offering
from tests.screens.test_requests import press, settle


@asynccontextmanager
async def asking(desk: Desk, lang: str = "nl") -> AsyncIterator[Pilot[None]]:
    workplace = Workplace(desk, Texts(lang))
    app = EhvdzApp(workplace, start_place="candidates")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        app.push_screen(RoundsScreen(workplace))
        await settle(pilot)
        yield pilot


def title(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#ask-title", Static).render())


def cells(pilot: Pilot[None]) -> list[str]:
    return [cell.plain for cell in pilot.app.screen.query_one(ListTable).get_row_at(0)]


async def test_a_round_is_previewed_started_and_undone(sqlite_desk: Desk, clock: TestClock) -> None:
    for name in ("Anna", "[b]Bas"):
        offering(sqlite_desk, clock, days=40, first_name=name)
    offering(sqlite_desk, clock, days=40, entry="ready")
    async with asking(sqlite_desk) as pilot:
        await press(pilot, "n")
        assert "Enter gaat verder" in str(pilot.app.screen.query_one("#ask-hint", Static).content)
        await press(pilot, "enter", "0")
        assert title(pilot).startswith(
            "2 mensen (laatst bevestigd meer dan 28 dagen geleden) in de wachtrij?"
        )
        assert "[b]Bas" in title(pilot)
        assert "1 staat al in de wachtrij" in title(pilot)
        await press(pilot, "1")
        assert cells(pilot)[:2] == ["vandaag", "> 28 d"]
        assert "enter" not in pilot.app.screen.active_bindings
        assert cells(pilot)[2:] == ["2", "0", "0", "2", "0"]
        await press(pilot, "u")
        assert pilot.app.screen.query_one(ListTable).row_count == 0
        assert pilot.app.screen.has_class("-empty")


async def test_saying_no_starts_nothing(sqlite_desk: Desk, clock: TestClock) -> None:
    offering(sqlite_desk, clock, days=40)
    async with asking(sqlite_desk, "en") as pilot:
        await press(pilot, "n", "enter", "0", "escape")
        assert await sqlite_desk.rounds.list() == ()
        await press(pilot, "n", "x", "enter")
        assert title(pilot) == "Type a number of days, for example 28."
        await press(pilot, "escape")
        assert not pilot.app.screen.has_class("-asking")


async def test_nobody_to_ask_is_said(sqlite_desk: Desk) -> None:
    async with asking(sqlite_desk) as pilot:
        await press(pilot, "n", "enter", "0")
        assert not pilot.app.screen.has_class("-asking")
        told = [notice.message for notice in pilot.app._notifications]
        assert told == ["Er is niemand om opnieuw te vragen. Er is niets gewijzigd."]


async def test_the_call_card_offers_still_available_by_one_key(sqlite_desk: Desk, clock: TestClock) -> None:
    person = offering(sqlite_desk, clock, days=40)
    await sqlite_desk.rounds.start(RoundDraft(28), 1)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")), start_place="queue")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "n")
        assert "j Kan nog" in str(app.screen.query_one(OutcomeKeys).render())
        assert "Laatst bevestigd" in str(app.screen.query_one("#card-why", Static).render())
        app.queue_screen.shown_at -= 1
        await press(pilot, "j")
        card = await sqlite_desk.candidates.card(person)
        assert card.availability is not None
        assert card.availability.last_confirmed_at == clock.now
        (found,) = await sqlite_desk.rounds.list()
        assert found.still == 1
        assert clock.now - card.availability.last_confirmed_at < timedelta(days=1)


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_the_heads_and_the_day_fit_their_columns(
    sqlite_desk: Desk, clock: TestClock, language: str
) -> None:
    """On the smallest screen nothing of them is cut."""
    offering(sqlite_desk, clock, days=40)
    await sqlite_desk.rounds.start(RoundDraft(28, None), 1)
    clock.now += timedelta(days=2)
    async with asking(sqlite_desk, language) as pilot:
        columns = pilot.app.screen.query_one(ListTable).ordered_columns
        assert [column.label.plain for column in columns if len(column.label.plain) > column.width] == []
        assert len(cells(pilot)[0]) <= columns[0].width
