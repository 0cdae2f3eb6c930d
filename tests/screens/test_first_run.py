"""The first run: a name, one key, and nothing lost on the way."""

from pathlib import Path

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, Label

from db.texts import LANGUAGES, Texts
from screens.first_run import FirstRunChoice, FirstRunScreen
from tests.support.keys import typed


class Door(App[FirstRunChoice | None]):
    """The first-run screen alone."""

    def __init__(self, language: str = "nl", *, name: str = "", name_only: bool = False) -> None:
        super().__init__()
        self._screen_asked = FirstRunScreen(
            Texts(language), database="/home/kim/ehvdz.db", name=name, name_only=name_only
        )

    def on_mount(self) -> None:
        self.push_screen(self._screen_asked, self.exit)


async def press(pilot: Pilot[FirstRunChoice | None], text: str, *then: str) -> None:
    """Type a text, then press keys."""
    await pilot.press(*("space" if letter == " " else letter for letter in text), *then)
    await pilot.pause()


def wrong(app: Door, field: str) -> str:
    """What stands under a field."""
    label = app.screen.query_one(f"#first-{field}-wrong", Label)
    return str(label.content) if label.display else ""


@pytest.mark.parametrize(("digit", "action"), [("2", "practise"), ("4", "empty")])
async def test_name_and_one_key(digit: str, action: str) -> None:
    app = Door()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "Kim", digit)
    assert app.return_value is not None
    assert (app.return_value.name, app.return_value.action) == ("Kim", action)


async def test_no_name_is_asked_again() -> None:
    app = Door()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        assert wrong(app, "name") == Texts("nl")("first_run.name_missing")
        assert app.focused is app.screen.query_one("#first-name")
        await press(pilot, "K")
        assert wrong(app, "name") == ""
        await pilot.press("escape")
    assert app.return_value is None


async def test_enter_after_the_name_says_what_comes_next() -> None:
    app = Door()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "Kim", "enter")
        assert wrong(app, "name") == Texts("nl")("first_run.choose")
        await press(pilot, "1")
        assert wrong(app, "name") == ""


async def test_file_to_import_has_digits_and_must_exist(tmp_path: Path) -> None:
    file = tmp_path / "lijst 2020.csv"
    file.write_text("naam\n", encoding="utf-8")
    app = Door(name="Kim [b]\x1b[31m")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await press(pilot, "2", "enter")
        assert wrong(app, "path") == Texts("nl")("first_run.no_file")
        app.screen.query_one("#first-path", Input).value = f'"{file}"'
        await pilot.press("enter")
        await pilot.pause()
    assert app.return_value == FirstRunChoice("Kim [b]", "import", str(file))


@pytest.mark.parametrize(("choice", "found"), [("1", "lijst.csv"), ("3", "lijst.db")])
async def test_tab_completes_the_path_by_what_is_asked(tmp_path: Path, choice: str, found: str) -> None:
    for name in ("lijst.csv", "lijst.db"):
        (tmp_path / name).touch()
    app = Door(name="Kim")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(choice)
        app.screen.query_one("#first-path", Input).value = str(tmp_path / "li")
        await pilot.press("tab")
        await app.workers.wait_for_complete()
        assert app.screen.query_one("#first-path", Input).value == str(tmp_path / found)
        assert app.focused is app.screen.query_one("#first-path")


async def test_no_digit_overtakes_the_name_that_is_still_being_typed() -> None:
    app = Door()
    async with app.run_test(size=(80, 24)) as pilot:
        for character in "Kim1":
            app.post_message(events.Key(character, character))
        await pilot.pause()
        await press(pilot, "x")
        assert app.screen.query_one("#first-path", Input).value == "x"
        assert app.screen.query_one("#first-name", Input).value == "Kim"


async def test_a_digit_behind_a_space_belongs_to_the_name() -> None:
    app = Door()
    async with app.run_test(size=(80, 24)) as pilot:
        for character in "Huize Nijenrode 32":
            app.post_message(typed("space" if character == " " else character))
        for pressed in ("enter", "4"):
            app.post_message(events.Key(pressed, pressed if pressed == "4" else "\r"))
        await pilot.pause()
    assert app.return_value == FirstRunChoice("Huize Nijenrode 32", "empty")


async def test_a_digit_chooses_behind_a_name_that_was_known() -> None:
    app = Door(name="Huize Nijenrode 3")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
    assert app.return_value == FirstRunChoice("Huize Nijenrode 3", "empty")


async def test_a_digit_chooses_anew_where_another_path_was_asked() -> None:
    app = Door(name="Ria")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3")
        await press(pilot, "weg", "enter")
        assert wrong(app, "path") == Texts("nl")("first_run.no_file")
        await pilot.press("shift+tab", "1")
        await press(pilot, "regi")
        assert app.screen.query_one("#first-name", Input).value == "Ria"
        assert app.screen.query_one("#first-path", Input).value == "regi"
        assert wrong(app, "path") == ""
        await pilot.press("escape", "1")
        assert app.screen.query_one("#first-path", Input).value == "regi"


async def test_the_footer_says_that_escape_ends_it() -> None:
    app = Door(name="Ria")
    async with app.run_test(size=(80, 24)) as pilot:
        said = []
        for pressed in ("end", "3", "escape"):
            await pilot.press(pressed)
            said.append(app.screen.active_bindings["escape"].binding.description)
        assert said == ["Stoppen", "Terug", "Stoppen"]


async def test_database_of_the_team_is_not_looked_for_on_disk() -> None:
    app = Door(name="Kim")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        app.screen.query_one("#first-path", Input).value = "postgresql://desk@server/ehvdz"
        await pilot.press("enter")
        await pilot.pause()
    assert app.return_value == FirstRunChoice("Kim", "open", "postgresql://desk@server/ehvdz")


async def test_escape_goes_back_one_step_at_a_time() -> None:
    app = Door(name="Kim")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "escape")
        assert app.focused is app.screen.query_one("#first-name")
        await pilot.press("4")
        await pilot.pause()
    assert app.return_value == FirstRunChoice("Kim", "empty")


async def test_only_the_name_is_asked_when_there_is_a_database() -> None:
    app = Door(name_only=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "Kim", "enter")
    assert app.return_value == FirstRunChoice("Kim", "enter")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_everything_fits_on_the_smallest_terminal(language: str) -> None:
    app = Door(language, name="Kim")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await pilot.pause()
        page = app.screen.query_one("#first-page")
        assert page.max_scroll_y == 0
        assert page.virtual_size.width <= 80
