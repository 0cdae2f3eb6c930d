"""Places on the machine."""

from pathlib import Path

import pytest

from ehvdz_tui.paths import database_file, find_paths, shown_database


def test_every_place_is_below_the_person_s_own_folders(tmp_path: Path) -> None:
    paths = find_paths({})
    places = (paths.settings, paths.database, paths.practice, paths.backups, paths.log)
    assert len(set(places)) == len(places)
    assert not any(place.exists() for place in places)


def test_other_settings_file(tmp_path: Path) -> None:
    assert find_paths({"EHVDZ_CONFIG": str(tmp_path / "mine.toml")}).settings == tmp_path / "mine.toml"


@pytest.mark.parametrize(
    ("database", "file"),
    [
        ("/data/desk.db", Path("/data/desk.db")),
        ("sqlite:////data/desk.db", Path("/data/desk.db")),
        ("desk.db", Path.cwd() / "desk.db"),
        ("~/desk.db", Path.home() / "desk.db"),
        ("postgresql://server/desk", None),
    ],
)
def test_file_behind_a_database(database: str, file: Path | None) -> None:
    assert database_file(database) == file


@pytest.mark.parametrize(
    ("database", "shown"),
    [
        ("postgresql://kim:geheim@server/desk", "postgresql://kim:***@server/desk"),
        ("postgresql://kim:ge@heim@server/desk", "postgresql://kim:***@server/desk"),
        (
            "postgresql+psycopg://kim@server/desk?password=geheim&x=1",
            "postgresql+psycopg://kim@server/desk?password=***&x=1",
        ),
        ("postgresql:///desk?sslpassword=geheim", "postgresql:///desk?sslpassword=***"),
        ("/data/desk.db", "/data/desk.db"),
    ],
)
def test_passwords_are_never_shown(database: str, shown: str) -> None:
    assert shown_database(database) == shown
