"""What is written in a practice floor about itself, and whether one is still good."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.stores.users import PRACTICE

DEMO_VERSION = 7
"""Goes up when the practice floor changes, so that an older one is built again."""
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What was built: how many rows of each table, how many candidates were called, when practice begins."""

    path: Path
    seed: int
    now: datetime
    candidates: int
    called: int
    rows: Mapping[str, int]


def demo_is_current(path: Path, seed: int | None = None) -> bool:
    """Whether a practice floor of this program (and of this seed) lies there, to be opened at once."""
    if not path.is_file():
        return False
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return False
    try:
        found = connection.execute("SELECT value FROM setting WHERE key = ?", (PRACTICE,)).fetchone()
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    stored = json.loads(found[0]) if found else {}
    return stored.get("version") == DEMO_VERSION and seed in (None, stored.get("seed"))
