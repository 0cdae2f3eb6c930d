"""What the program says, fit for wherever it goes: a terminal, a file, another program, or nowhere at all."""

import io
import os
import re
import sys
from typing import IO

GIVEN_ENCODING = "PYTHONIOENCODING"
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def steady_streams() -> None:
    """Let no character that somewhere cannot be written, and no stream that was closed, end the program.

    What goes to a file or to another program is UTF-8, as all files of the program are; a terminal keeps its
    own encoding.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            # It also takes the number of the closed stream, so that no file of the desk can.
            setattr(sys, name, _nowhere("r" if name == "stdin" else "w"))
    if isinstance(sys.stdout, io.TextIOWrapper):
        own = sys.stdout.isatty() or GIVEN_ENCODING in os.environ
        sys.stdout.reconfigure(encoding=None if own else "utf-8", errors="replace")


def visible(text: str) -> str:
    """The text with a mark for whatever would steer the terminal: a path or a word may hold anything."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def forget_output() -> None:
    """Let what is still buffered for a stream that takes nothing more not complain at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _nowhere(mode: str) -> IO[str]:
    return open(os.devnull, mode, encoding="utf-8")  # open as long as the program runs
