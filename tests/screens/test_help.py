"""What the keys are called, and which of them answer the question in hand."""

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList, Static

from db.desk.desk import Desk
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace, spoken_key
from screens.help import KeyHelp, answer_keys
from screens.requests.request_form import RequestForm
from screens.widgets.day_grid import DayGrid
from tests.support.people import add_candidate, add_request


@pytest.mark.parametrize(
    ("shown", "language", "said"),
    [
        ("space", "nl", "spatie"),
        ("space", "en", "space"),
        ("ctrl+space", "nl", "ctrl+spatie"),
        ("+", "nl", "+"),
        ("⏎", "nl", "⏎"),
    ],
)
def test_a_key_is_called_what_people_call_it(shown: str, language: str, said: str) -> None:
    assert spoken_key(shown, Texts(language)) == said


def test_the_week_tells_its_days_and_day_parts() -> None:
    texts = Texts("nl")
    [(title, rows)] = answer_keys(DayGrid(texts), texts)
    assert title == "Antwoorden op deze vraag"
    assert len(rows) == 7 + 4 + 1
    assert rows[7] == ("o", "ochtend, alle dagen tegelijk")
    assert answer_keys(Static(), texts) == []


async def test_the_help_over_a_form_has_the_choices_of_the_question(sqlite_desk: Desk) -> None:
    request = add_request(sqlite_desk)
    home = (await sqlite_desk.requests.request(request)).organisation_id
    assert home is not None
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")), start_place="requests")
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(RequestForm(app.workplace, home))
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, KeyHelp)
        first = str(app.screen.query(Static).first().content)
        assert "Antwoorden op deze vraag" in first
        assert "1  Gastvrouw/-heer" in first


async def test_the_palette_says_in_dutch_that_nothing_was_found(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CommandPalette, "_NO_MATCHES_COUNTDOWN", 0.01)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")), start_place="requests")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        app.screen.query_one(Input).value = "qqqq"
        listed = app.screen.query_one(OptionList)
        for _ in range(300):
            await pilot.pause(0.01)
            if listed.option_count == 1:
                break
        assert [str(option.prompt) for option in listed.options] == ["Niets gevonden"]


async def test_the_palette_teaches_the_key_and_says_nothing_twice(sqlite_desk: Desk) -> None:
    add_candidate(sqlite_desk, intake=None, entry="ready", status="new")
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")), start_place="queue")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("n")
        await app.workers.wait_for_complete()
        await pilot.pause()
        told = {command.title: command.help for command in app.get_system_commands(app.screen)}
        assert told["Geen gehoor"] == "toets 1"
        assert told["Bel"].endswith(" · toets t")
