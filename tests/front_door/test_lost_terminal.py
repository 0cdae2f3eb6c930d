"""A terminal that goes away takes the program along: nothing may go on working where nobody looks."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from db.desk.desk import Desk

ROOT = Path(__file__).parents[2]
PATIENCE = 60


def start(database: Path, *, controlling: bool) -> tuple[subprocess.Popen[bytes], int]:
    """Start the program in a terminal, by somebody who ignores that terminals are closed."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def sit_down() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        if controlling:
            fcntl.ioctl(its, termios.TIOCSCTTY, 0)

    command = [sys.executable, "-m", "ehvdz_tui", "--database", str(database), "--as", "Kim", "--lang", "nl"]
    program = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
        preexec_fn=sit_down,  # noqa: PLW1509  # no thread of a test holds a lock here
    )
    os.close(its)
    return program, ours


@pytest.mark.parametrize("controlling", [True, False], ids=["hang_up", "no_signal"])
def test_it_ends_with_its_terminal(sqlite_desk: Desk, tmp_path: Path, *, controlling: bool) -> None:
    sqlite_desk.close()
    program, terminal = start(tmp_path / "desk.db", controlling=controlling)
    seen = b""
    while b"Wachtrij" not in seen:
        seen += os.read(terminal, 65536)
    os.close(terminal)
    assert program.wait(PATIENCE) in (-signal.SIGHUP, 129)
