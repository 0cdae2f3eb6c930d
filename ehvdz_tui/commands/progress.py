"""A bar on the last line of the terminal while long work runs; nothing where nobody watches."""

import sys
from typing import TextIO

WIDTH = 30


class ProgressBar:
    """Call it with what is done and what there is; it draws only when something can be seen to change."""

    def __init__(self, label: str, stream: TextIO | None = None) -> None:
        self._label = label
        self._stream = stream or sys.stderr
        self._shown = -1

    def __call__(self, done: int, total: int) -> None:
        """Draw how far the work is."""
        percent = 100 if total <= 0 else min(100, done * 100 // total)
        if percent == self._shown or not self._stream.isatty():
            return
        self._shown = percent
        filled = WIDTH * percent // 100
        self._stream.write(f"\r{self._label} {'█' * filled}{'░' * (WIDTH - filled)} {percent:3d}%")
        self._stream.flush()

    def close(self) -> None:
        """Leave the terminal on a line of its own."""
        if self._shown >= 0:
            self._stream.write("\n")
            self._stream.flush()
