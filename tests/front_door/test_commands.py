"""The commands that open something: what they choose, remember and refuse."""

import argparse
import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from db.demo import build_demo
from db.desk.desk import Desk
from db.errors import DeskError, StorageError
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from ehvdz_tui.commands import demo, first_run, run
from ehvdz_tui.commands.progress import ProgressBar
from ehvdz_tui.first_run import FirstRunApp
from ehvdz_tui.front_door import FrontDoor
from ehvdz_tui.loud_app import LoudApp, run_app
from ehvdz_tui.settings import Given, Settings, load_settings
from ehvdz_tui.themes import CONTRAST
from screens.base import Workplace
from screens.first_run import FirstRunChoice

OPTIONS = argparse.Namespace(command="run")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[FrontDoor, str | None]]:
    """What was opened, instead of opening it."""
    floors: list[tuple[FrontDoor, str | None]] = []

    def open_floor(door: FrontDoor, import_file: str | None = None) -> int:
        floors.append((door, import_file))
        return 0

    def practise(door: FrontDoor, _options: argparse.Namespace) -> int:
        floors.append((door, "practice"))
        return 0

    monkeypatch.setattr(first_run, "open_floor", open_floor)
    monkeypatch.setattr(demo, "demo_command", practise)
    return floors


def remembered(door: FrontDoor) -> Settings:
    """What the settings file says now."""
    return load_settings({}, {}, door.paths.settings)


@pytest.mark.parametrize(
    ("choice", "import_file"),
    [
        (FirstRunChoice("Noor", "empty"), None),
        (FirstRunChoice("Noor", "enter"), None),
        (FirstRunChoice("Noor", "import", "/lists/march.csv"), "/lists/march.csv"),
        (FirstRunChoice("Noor", "practise"), "practice"),
    ],
)
def test_first_choice_is_done_and_the_name_kept(
    door: FrontDoor,
    opened: list[tuple[FrontDoor, str | None]],
    choice: FirstRunChoice,
    import_file: str | None,
) -> None:
    assert first_run.begin(door, OPTIONS, choice) == 0
    assert [(floor.settings.name, file) for floor, file in opened] == [("Noor", import_file)]
    assert (remembered(door).name, remembered(door).database) == ("Noor", None)


def test_other_database_is_kept_only_when_it_opens(
    door: FrontDoor, opened: list[tuple[FrontDoor, str | None]], tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Beste Kim, " * 100, encoding="utf-8")
    with pytest.raises(DeskError):
        first_run.begin(door, OPTIONS, FirstRunChoice("Noor", "open", str(letter)))
    assert not door.paths.settings.exists()
    door.at(database=str(tmp_path / "team.db")).open_desk(create=True).close()
    first_run.begin(door, OPTIONS, FirstRunChoice("Noor", "open", str(tmp_path / "team.db")))
    assert remembered(door).database == str(tmp_path / "team.db")
    assert [floor.database for floor, _ in opened] == [str(tmp_path / "team.db")]


def test_settings_that_cannot_be_kept_do_not_stop_anybody(
    door: FrontDoor, opened: list[tuple[FrontDoor, str | None]], capsys: pytest.CaptureFixture[str]
) -> None:
    door.paths.settings.mkdir(parents=True)
    assert first_run.begin(door, OPTIONS, FirstRunChoice("Noor", "empty")) == 0
    assert len(opened) == 1
    assert str(door.paths.settings) in capsys.readouterr().err


async def test_first_run_app_hands_over_the_choice(door: FrontDoor) -> None:
    app = FirstRunApp(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        await pilot.pause()
    assert app.return_value == FirstRunChoice("Kim", "empty")


def test_opening_makes_only_what_may_be_made(door: FrontDoor, tmp_path: Path) -> None:
    with pytest.raises(DeskError) as caught:
        door.open_desk()
    assert caught.value.key == "cli.no_database"
    assert not door.paths.database.parent.exists()
    door.open_desk(create=True).close()
    assert door.paths.database.exists()
    astray = door.at(database=str(tmp_path / "typo" / "desk.db"))
    with pytest.raises(DeskError):
        astray.open_desk(create=True)
    assert not (tmp_path / "typo").exists()


def test_theme_and_keys_of_this_person(door: FrontDoor) -> None:
    app = FirstRunApp(door)
    keys = {"first_run.empty": Given("9", "here")}
    run.dress(app, Settings("nl", theme=Given("textual-light", "here"), keys=keys))
    assert app.theme == "textual-light"


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        (Settings("nl", theme=Given("pink", "--theme")), "cli.theme_unknown"),
        (Settings("nl", keys={"queue.nxt": Given("x", "settings.toml:3 (queue.nxt)")}), "cli.keys_unknown"),
    ],
)
def test_unknown_theme_or_key_is_named(door: FrontDoor, settings: Settings, key: str) -> None:
    with pytest.raises(DeskError) as caught:
        run.dress(FirstRunApp(door), settings)
    assert caught.value.key == key
    assert str(caught.value.params["origin"]) in Texts("en").error(caught.value)


def test_practice_never_replaces_a_desk(door: FrontDoor) -> None:
    door.open_desk(create=True).close()
    before = door.paths.database.read_bytes()
    options = argparse.Namespace(command="demo", database=str(door.paths.database), fresh=True)
    with pytest.raises(DeskError) as caught:
        demo.build_floor(door, options, seed=1)
    assert caught.value.key == "cli.demo_file"
    assert door.paths.database.read_bytes() == before


def test_practice_is_built_once_for_each_seed(door: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[int] = []

    def small(path: Path, *, seed: int, **others: object) -> None:
        built.append(seed)
        build_demo(path, seed=seed, candidates=20, now=demo.practice_start())

    monkeypatch.setattr("db.demo.apart.build_demo_apart", small)
    options = argparse.Namespace(command="demo")
    first = demo.build_floor(door, options, seed=1)
    assert demo.build_floor(door, options, seed=1) == first
    other = demo.build_floor(door, options, seed=2)
    assert built == [1, 2]
    assert first != other
    assert door.paths.practice in first.parents
    assert demo.build_floor(door, argparse.Namespace(command="demo", fresh=True), seed=1) == first
    assert built == [1, 2, 1]


def test_practice_seats_somebody_of_the_team(door: FrontDoor, sqlite_desk: Desk) -> None:
    assert demo.seated(door.at(name=None), sqlite_desk).settings.name == "Kim"
    assert demo.seated(door.at(name="Noor"), sqlite_desk).settings.name == "Noor"


def test_a_practice_floor_is_one_by_whatever_way_it_is_opened(
    door: FrontDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = tmp_path / "floor.db"
    build_demo(floor, candidates=20, now=demo.practice_start())
    opened: list[Workplace] = []

    def open_app(app: EhvdzApp, _door: FrontDoor) -> int:
        opened.append(app.workplace)
        return 0

    monkeypatch.setattr("ehvdz_tui.loud_app.run_app", open_app)
    assert run.open_floor(door.at(database=str(floor), name="Kim")) == 0
    (workplace,) = opened
    assert workplace.practice
    assert workplace.mail is None
    assert door.paths.practice in workplace.exports.parents
    assert workplace.now() - demo.practice_start() < timedelta(hours=1)


def test_a_practice_floor_can_be_given_another_moment(door: FrontDoor, tmp_path: Path) -> None:
    floor, moment = tmp_path / "floor.db", datetime(2020, 6, 1, 10, tzinfo=UTC)
    build_demo(floor, candidates=20, now=demo.practice_start())
    desk = door.at(database=str(floor), now=moment).open_desk()
    try:
        assert desk.is_practice()
        assert desk.clock() - moment < timedelta(hours=1)
    finally:
        desk.close()


class Screen(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        """Always."""
        return True


def test_progress_is_drawn_only_where_it_changes() -> None:
    screen = Screen()
    bar = ProgressBar("Bouwen", screen)
    for done in (0, 1, 500, 501, 1000):
        bar(done, 1000)
    bar.close()
    drawn = screen.getvalue()
    assert drawn.count("\r") == 3
    assert drawn.endswith("100%\n")


def test_progress_is_silent_where_nobody_watches() -> None:
    stream = io.StringIO()
    bar = ProgressBar("Bouwen", stream)
    bar(5, 10)
    bar.close()
    assert stream.getvalue() == ""


class Broken(LoudApp[None]):
    """An app with a bug, while it knows somebody's name."""

    def on_mount(self) -> None:
        """Fail."""
        somebody = "Anna de Vries"
        raise RuntimeError(f"bug of length {len(somebody)}")


def test_bug_in_the_app_is_logged_and_tells_nothing_of_anybody(
    door: FrontDoor, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_app(Broken(driver_class=HeadlessDriver), door) == 1
    shown = capsys.readouterr()
    assert str(door.paths.log) in shown.err
    assert "Anna" not in shown.out + shown.err
    assert "RuntimeError: bug of length 13" in door.paths.log.read_text(encoding="utf-8")
    assert os.path.getsize(door.paths.log) > 0


class Damaged(LoudApp[None]):
    """An app whose database turns out to be damaged when it is first read."""

    def on_mount(self) -> None:
        """Read."""
        raise StorageError("storage.corrupt")


def test_a_database_that_fails_under_the_screen_is_told_and_is_no_bug(door: FrontDoor) -> None:
    with pytest.raises(StorageError, match="corrupt"):
        run_app(Damaged(driver_class=HeadlessDriver), door)
    assert not door.paths.log.exists()


def test_our_own_colours_are_there_from_the_first_screen_on() -> None:
    assert CONTRAST.name in LoudApp[None]().available_themes
