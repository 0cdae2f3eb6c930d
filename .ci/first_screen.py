"""Start the installed program in a pseudo-terminal, as a person would, and wait for its screens."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Sequence

import pyte

PATIENCE = 120.0
COLUMNS, ROWS = 100, 30


class Terminal:
    """A program in a pseudo-terminal with a home of its own."""

    def __init__(self, arguments: Sequence[str], home: str) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        environment = {"PATH": os.environ["PATH"], "HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        self.process, self._end = pty.fork()
        if self.process == 0:
            os.execve(arguments[0], list(arguments), environment)
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, *words: str) -> None:
        """Read until all these words are on the screen."""
        end = time.monotonic() + PATIENCE
        while not all(word in self.text() for word in words):
            if time.monotonic() > end or not self._read():
                raise SystemExit(f"never saw {words}; the screen was:\n{self.text()}")

    def _read(self) -> bool:
        if not select.select([self._end], [], [], 0.2)[0]:
            return True
        try:
            printed = os.read(self._end, 65536)
        except OSError:
            return False
        self._stream.feed(printed)
        return bool(printed)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._end, keys.encode())

    def leave(self, keys: str) -> None:
        """Press keys, see the program end, and see that it ended well."""
        self.type(keys)
        while self._read():
            pass
        _, status = os.waitpid(self.process, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            raise SystemExit(f"ended with {os.waitstatus_to_exitcode(status)}:\n{self.text()}")

    def kill(self) -> None:
        """End it if it still runs."""
        try:
            os.kill(self.process, signal.SIGKILL)
        except ProcessLookupError:
            return


def try_out(program: str) -> None:
    """The first run, an empty desk, and the practice floor."""
    with tempfile.TemporaryDirectory() as home:
        first = Terminal([program], home)
        first.wait_for("Onder welke naam", "Leeg beginnen")
        first.type("Kim")
        first.wait_for("Kim")
        first.type("4")
        first.wait_for("Wachtrij", "Kim")
        first.leave("\x11")
        floor = Terminal([program, "demo", "--lang", "en"], home)
        floor.wait_for("PRACTICE")
        floor.leave("\x11")
    sys.stdout.write("the first run, the desk and the practice floor were seen\n")


if __name__ == "__main__":
    try_out(sys.argv[1])
