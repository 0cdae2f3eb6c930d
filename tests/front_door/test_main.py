"""The program as it is started: exit codes, sentences, and nothing touched where it refuses."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from db.texts import LANGUAGES, Texts
from ehvdz_tui.__main__ import main
from ehvdz_tui.cli import UsageError, parse
from ehvdz_tui.paths import find_paths
from tests.front_door.conftest import ROOT, Program

COMMANDS = ("run", "demo", "import", "backup", "restore", "where", "keys")


@pytest.mark.parametrize("arguments", [["--version"], ["--version", "--lang", "en"], ["where", "--version"]])
def test_version(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out == f"ehvdz {version('ehvdz-tui')}\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_command(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--lang", language, "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert all(f"    {command} " in shown for command in COMMANDS)
    assert Texts(language)("cli.usage") in shown
    assert "show this help message" not in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["bogus"],
        ["--zz"],
        ["--as"],
        ["import"],
        ["import", "registrations"],
        ["where", "more"],
        ["demo", "--seed", "x"],
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_understood_gets_help_and_exit_code_2(
    arguments: list[str], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", language, *arguments]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert Texts(language)("cli.usage") in output.err
    assert output.err.rstrip().splitlines()[-1].endswith(".")


def test_whoever_stops_it_is_told_what_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_door: object, _options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("ehvdz_tui.commands.where.where_command", stopped)
    assert main(["where", "--lang", "en"]) == 130
    assert capsys.readouterr().err.strip() == Texts("en")("cli.interrupted")


def test_the_wrong_word_is_named() -> None:
    with pytest.raises(UsageError) as caught:
        parse(["bogus"], Texts("nl"))
    assert caught.value.params == {"what": "bogus"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--as", "Kim", "--role", "recruiter", "import", "registrations", "list.csv"],
        ["import", "--as", "Kim", "registrations", "--role", "recruiter", "list.csv"],
        ["import", "registrations", "list.csv", "--as", "Kim", "--role=recruiter"],
    ],
)
def test_options_stand_before_and_after_the_command(arguments: list[str]) -> None:
    options = parse(arguments, Texts("nl"))
    assert (options.command, options.kind, options.file) == ("import", "registrations", "list.csv")
    assert (options.name, options.role) == ("Kim", "recruiter")


def test_the_last_word_counts() -> None:
    assert parse(["--lang", "nl", "where", "--lang", "en"], Texts("nl")).lang == "en"


def test_where_prints_every_path_and_no_password(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["where", "--database", "postgresql://kim:geheim@server/desk"]) == 0
    shown = capsys.readouterr().out
    paths = find_paths(os.environ)
    for place in (paths.settings, paths.practice, paths.backups, paths.log):
        assert str(place) in shown
    assert "geheim" not in shown
    assert all(word in shown for word in ("Python", "Textual", "SQLite"))
    assert not paths.settings.parent.exists()


def test_where_says_what_exists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "desk.db").write_bytes(b"")
    main(["where", "--lang", "en", "--database", str(tmp_path / "desk.db")])
    lines = capsys.readouterr().out.splitlines()
    assert next(line for line in lines if line.startswith("database")).endswith("desk.db")
    assert next(line for line in lines if line.startswith("settings")).endswith("(not there yet)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_database_is_a_sentence_and_nothing_is_made(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none" / "desk.db"
    assert main(["--lang", language, "--as", "Kim", "--database", str(missing)]) == 2
    assert str(missing) in capsys.readouterr().err
    assert not missing.parent.exists()


def test_language_of_the_settings_file_is_spoken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = find_paths(os.environ)
    paths.settings.parent.mkdir(parents=True)
    paths.settings.write_text('lang = "en"\n', encoding="utf-8")
    assert main(["--database", str(tmp_path / "desk.db")]) == 2
    assert "There is no database" in capsys.readouterr().err


def test_wrong_settings_do_not_stand_in_the_way_of_help(capsys: pytest.CaptureFixture[str]) -> None:
    paths = find_paths(os.environ)
    paths.settings.parent.mkdir(parents=True)
    paths.settings.write_text("nonsense", encoding="utf-8")
    assert main(["where"]) == 2
    assert f"{paths.settings}:1" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["where", "--help"])
    assert ended.value.code == 0


def test_without_a_terminal_the_desk_says_so(python: Program) -> None:
    ended = python("import sys; from ehvdz_tui.__main__ import main; sys.exit(main())")
    assert ended.returncode == 2
    assert ended.stderr == f"{Texts('nl')('cli.no_terminal')}\n"
    assert not find_paths(os.environ).database.parent.exists()


def test_reader_that_leaves_is_no_crash() -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "ehvdz_tui", "where"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    complaint = program.stderr.read()
    program.stderr.close()
    assert program.wait(60) == 141
    assert complaint == b""


def test_bug_crashes_loudly_into_the_log(python: Program) -> None:
    ended = python(
        "import sys\n"
        "import ehvdz_tui.commands.where as where\n"
        "from ehvdz_tui.__main__ import main\n"
        "where.where_command = lambda door, options: {}['the bug']\n"
        "sys.argv = ['ehvdz', 'where']\n"
        "sys.exit(main())"
    )
    log = find_paths(os.environ).log
    assert ended.returncode == 1
    assert str(log) in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "KeyError: 'the bug'" in log.read_text(encoding="utf-8")
