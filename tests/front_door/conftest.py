"""A front door of one's own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db.texts import Texts
from ehvdz_tui.front_door import FrontDoor
from ehvdz_tui.paths import find_paths
from ehvdz_tui.settings import Settings

Program = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[2]
# A console of Windows has no pseudo-terminal and no hang-up: there is nothing to hold there.
collect_ignore = ["test_lost_terminal.py"] if sys.platform == "win32" else []
# Only Linux has a device that is always full.
collect_ignore += [] if Path("/dev/full").exists() else ["test_streams.py"]


@pytest.fixture
def door() -> FrontDoor:
    """Kim, in Dutch, with no database yet."""
    return FrontDoor(Settings("nl", name="Kim"), find_paths(os.environ), Texts("nl"))


@pytest.fixture
def python() -> Program:
    """Run a piece of Python in a process of its own, with the program on its path and no terminal."""

    def run(code: str) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "EHVDZ_LANG": "nl"}
        return subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run
