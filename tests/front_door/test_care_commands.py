"""Backup and restore as they are typed."""

import os
from pathlib import Path

import pytest

from ehvdz_tui.__main__ import main
from ehvdz_tui.front_door import FrontDoor
from ehvdz_tui.paths import find_paths


def test_backup_and_restore_there_and_back(door: FrontDoor, capsys: pytest.CaptureFixture[str]) -> None:
    door.open_desk(create=True).close()
    assert main(["backup", "--lang", "en", "--as", "Kim"]) == 0
    (backup,) = door.paths.backups.iterdir()
    assert str(backup) in capsys.readouterr().out
    door.paths.database.write_bytes(b"")
    assert main(["restore", str(backup), "--lang", "en"]) == 0
    assert str(door.paths.database) in capsys.readouterr().out
    desk = door.open_desk()
    desk.close()


def test_restore_where_there_was_nothing(door: FrontDoor, tmp_path: Path) -> None:
    door.open_desk(create=True).close()
    assert main(["backup", str(tmp_path / "copy.db")]) == 0
    for file in door.paths.database.parent.iterdir():
        file.unlink()
    door.paths.database.parent.rmdir()
    assert main(["restore", str(tmp_path / "copy.db")]) == 0
    assert find_paths(os.environ).database.exists()


@pytest.mark.parametrize("arguments", [["backup"], ["restore", "no-such.db"], ["restore", os.devnull]])
def test_what_cannot_be_done_is_a_sentence_and_exit_code_2(
    arguments: list[str], door: FrontDoor, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert not door.paths.database.exists()


def test_backup_does_not_overwrite(
    door: FrontDoor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    door.open_desk(create=True).close()
    (tmp_path / "copy.db").write_text("mine", encoding="utf-8")
    assert main(["backup", str(tmp_path / "copy.db")]) == 2
    assert (tmp_path / "copy.db").read_text(encoding="utf-8") == "mine"
    assert str(tmp_path / "copy.db") in capsys.readouterr().err


def test_backup_of_a_server_names_its_own_tools(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["restore", "copy.db", "--database", "postgresql://kim:geheim@server/desk"]) == 2
    told = capsys.readouterr().err
    assert "pg_restore" in told
    assert "geheim" not in told


@pytest.mark.parametrize("content", [b"Beste Kim, " * 100, b"SQLite format 3\x00" + b"\x00" * 20_000])
def test_file_that_is_no_desk_is_left_alone(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = tmp_path / "stranger.db"
    stranger.write_bytes(content)
    assert main(["backup", str(tmp_path / "copy.db"), "--database", str(stranger)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert stranger.read_bytes() == content
    assert [path.name for path in tmp_path.glob("*.db*")] == ["stranger.db"]


def test_folder_is_no_desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "--database", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err
