"""Where the program's words go: any encoding, a closed stream, a full disk, a terminal that obeys."""

import io
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from ehvdz_tui.__main__ import main
from ehvdz_tui.streams import visible
from tests.front_door.conftest import ROOT

FULL = "/dev/full"


def run(shell: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Let a shell start the program (`$EHVDZ`)."""
    return subprocess.run(
        ["/bin/sh", "-c", shell],
        env={**os.environ, "PYTHONPATH": str(ROOT), "EHVDZ": f"{sys.executable} -m ehvdz_tui"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_no_character_is_too_much_for_an_old_encoding(encoding: str) -> None:
    ended = run("$EHVDZ where", PYTHONIOENCODING=encoding)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert len(ended.stdout.decode(encoding)) > 100


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
@pytest.mark.parametrize("command", ["--help", "keys"])
def test_no_word_is_too_much_for_an_old_encoding(
    command: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the one before, in a process that has read the code already."""
    written = io.BytesIO()
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding, errors="strict"))
    monkeypatch.setattr(sys, "argv", ["ehvdz", command])
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    assert ended_with(main) == 0
    assert len(written.getvalue().decode(encoding)) > 100


def ended_with(program: Callable[[], int]) -> int:
    """The exit code, also of what ends by itself."""
    try:
        code = program()
    except SystemExit as ended:
        code = int(ended.code or 0)
    sys.stdout.flush()
    return code


def test_what_goes_to_another_program_is_utf_8_whatever_the_system_speaks() -> None:
    ended = run("$EHVDZ keys", LC_ALL="POSIX", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ended.returncode == 0
    assert "`↓`" in ended.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("ending", "code"), [("where >&-", 0), ("where >&- 2>&-", 0), ("bogus 2>&-", 2), ("<&-", 2)]
)
def test_a_closed_stream_is_no_reason_to_stop(ending: str, code: int) -> None:
    ended = run(f"$EHVDZ {ending}")
    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("command", ["where", "keys", "--version"])
def test_a_full_disk_behind_the_output_is_told(command: str) -> None:
    ended = run(f"$EHVDZ {command} --lang en >{FULL}")
    assert ended.returncode == 2
    told = ended.stderr.decode()
    assert "the disk is full" in told
    assert len(told.splitlines()) == 1


def test_a_name_that_no_disk_takes_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "list", "--lang", "en", "--database", f"{'x' * 300}.db"]) == 2
    assert "the name is too long" in capsys.readouterr().err.lower()


@pytest.mark.parametrize(
    "arguments",
    [
        ["where", "--database", "\x1b[31mdesk.db"],
        ["import", "list", "--database", "\x1b]0;pwned\x07desk.db"],
        ["import", "requests", "\x1b[2Jlist.csv", "--create"],
        ["bogus\x1b[31m"],
        ["--lang", "\x1b[31m"],
    ],
)
def test_nothing_that_was_typed_steers_the_terminal(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(arguments)
    output = capsys.readouterr()
    assert "\x1b" not in output.out + output.err
    assert "\x07" not in output.out + output.err


def test_only_what_steers_is_marked() -> None:
    assert visible("Zoë\n\tJansen \x9b31m\u202e") == "Zoë\n\tJansen \ufffd31m\ufffd"
