"""The settings on screen: a line a rule, what cannot be is told under it, every change undone by one key."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widgets import Input, Static

from db.desk.desk import Desk
from db.rules.settings_fields import setting_fields
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.desk_settings.screen import SettingsScreen
from tests.screens.test_requests import press, rows, settle

CODES = list(setting_fields())


@asynccontextmanager
async def changing(desk: Desk) -> AsyncIterator[Pilot[None]]:
    app = EhvdzApp(Workplace(desk, Texts("nl")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(SettingsScreen(app.workplace))
        await settle(pilot)
        yield pilot


async def go_to(pilot: Pilot[None], code: str) -> None:
    await press(pilot, "home", *["down"] * CODES.index(code))


def said(pilot: Pilot[None], widget: str) -> str:
    return str(pilot.app.screen.query_one(widget, Static).content)


def note(pilot: Pilot[None]) -> str:
    return said(pilot, "#top-note")


async def test_a_rule_is_changed_and_taken_back(sqlite_desk: Desk) -> None:
    async with changing(sqlite_desk) as pilot:
        await go_to(pilot, "lease_minutes")
        await press(pilot, "enter")
        assert pilot.app.screen.query_one(Input).value == "20"
        await press(pilot, "2", "5", "enter")
        assert note(pilot) == "Bewaard"
        assert rows(pilot)[CODES.index("lease_minutes")][2:] == ["25", "vandaag"]
        assert "Gewijzigd door Kim, zojuist. Ervoor: 20" in said(pilot, "#list-text")
        assert "Standaard: 20" in said(pilot, "#list-text")
        await press(pilot, "u")
        assert rows(pilot)[CODES.index("lease_minutes")][2:] == ["20", ""]
        assert note(pilot) == ""


async def test_what_cannot_be_is_told_under_the_line_and_can_be_mended(sqlite_desk: Desk) -> None:
    async with changing(sqlite_desk) as pilot:
        await go_to(pilot, "skip_limit")
        await press(pilot, "e", "x", "enter")
        assert "Vul een heel getal in van 1 tot en met 50" in said(pilot, "#ask-hint")
        assert pilot.app.screen.query_one(Input).value == "x"
        await press(pilot, "backspace", "7", "enter")
        assert rows(pilot)[CODES.index("skip_limit")][2] == "7"
        await press(pilot, "delete")
        assert rows(pilot)[CODES.index("skip_limit")][2] == "3"


async def test_one_key_a_source_and_one_key_a_yes(sqlite_desk: Desk) -> None:
    async with changing(sqlite_desk) as pilot:
        await go_to(pilot, "priority.first_sources")
        await press(pilot, "e", "1", "2", "1")
        ways_out = str(pilot.app.screen.query_one("#ask-hint", Static).content)
        assert "esc klaar" in ways_out, "what was chosen is kept already"
        await press(pilot, "escape")
        settings = sqlite_desk.users.settings_now()
        assert len(settings.priority["first_sources"]) == 1
        await go_to(pilot, "holidays_closed")
        await press(pilot, "e", "n")
        assert sqlite_desk.users.settings_now().calling_hours == {"holidays_closed": False}


async def test_words_of_the_script_are_no_markup(sqlite_desk: Desk) -> None:
    async with changing(sqlite_desk) as pilot:
        await go_to(pilot, "script.nl.new")
        await press(pilot, "e")
        pilot.app.screen.query_one(Input).value = "[b]Dag[/b] {name}"
        await press(pilot, "enter")
        assert rows(pilot)[CODES.index("script.nl.new")][2] == "[b]Dag[/b] {name}"
