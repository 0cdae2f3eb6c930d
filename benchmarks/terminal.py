"""A program in a pseudo-terminal of its own, driven and read as a person would (POSIX only)."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

COLUMNS, ROWS = 120, 40
KEYS = {
    "enter": "\r",
    "tab": "\t",
    "esc": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
}
ANSWERS = {b"\x1b[c": b"\x1b[?62;c", b"\x1b[6n": b"\x1b[1;1R"}
"""What a terminal says when it is asked what it is and where its cursor stands."""
UNDRAWN = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]")
"""Private sequences that draw nothing, and that the terminal emulator would take for text."""
PARTED = re.compile(rb"(?=\x1b(?:\[[<>=0-9;]*)?\Z)")
"""Where the last sequence begins when the rest of it is still to come."""


class TerminalError(Exception):
    """The program did not show what was waited for; the message has its screen."""


class Terminal:
    """A running program and the screen that it has drawn; a context manager that ends it at once."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._printed = b""
        variables = (
            os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | dict(environment or {})
        )
        self._started = time.perf_counter()
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), variables)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait(self, pattern: str, seconds: float = 60) -> float:
        """The seconds from the start until the screen showed the pattern."""
        end = time.perf_counter() + seconds
        shown = time.perf_counter()
        while not re.search(pattern, self.text):
            while not self._take(0.1):
                if time.perf_counter() > end:
                    raise TerminalError(f"never saw {pattern!r}:\n{self.text}")
            shown = time.perf_counter()
            self._draw()
        return shown - self._started

    def press(self, name: str, quiet: float = 0.06, patience: float = 1.0) -> float | None:
        """Press a key; the seconds until the screen last changed before it was quiet, None if never."""
        begin = time.perf_counter()
        os.write(self._file, KEYS.get(name, name).encode())
        last: float | None = None
        while self._take(patience if last is None else quiet):
            last = time.perf_counter() - begin
        self._draw()
        return last

    def settle(self, quiet: float = 0.4) -> None:
        """Let the program draw until it is quiet."""
        while self._take(quiet):
            pass
        self._draw()

    def kill(self) -> None:
        """End the program at once, as a power cut would."""
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            return
        finally:
            os.close(self._file)

    def _take(self, seconds: float) -> bool:
        """Take what the program printed, if anything within the time; it is drawn later."""
        if not select.select([self._file], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._file, 65536)
        except OSError as error:
            raise TerminalError(f"the program ended:\n{self.text}") from error
        for question, answer in ANSWERS.items():
            if question in data:
                os.write(self._file, answer)
        self._printed += data
        return True

    def _draw(self) -> None:
        """Show on the screen what was taken; half a sequence waits for its end."""
        whole = PARTED.split(self._printed, maxsplit=1)[0]
        self._stream.feed(UNDRAWN.sub(b"", whole))
        self._printed = self._printed[len(whole) :]
