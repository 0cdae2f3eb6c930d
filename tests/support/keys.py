"""Keys as people press them: letters into a line come quicker than a screen is drawn."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from textual.app import App
from textual.events import Key
from textual.keys import _character_to_key
from textual.widgets import Input

Burst = tuple[str, ...]


def bursts(app: App[Any], keys: Iterable[str]) -> Iterator[Burst]:
    """One key at a time, except that letters in a row come together where a line is typed on.

    Each burst is to be pressed before the next is asked for: the focus may move with it.
    """
    for is_typed, row in groupby(keys, _is_typed):
        waiting = list(row)
        while waiting:
            together = len(waiting) if is_typed and isinstance(app.focused, Input) else 1
            yield tuple(waiting[:together])
            del waiting[:together]


def _is_typed(key: str) -> bool:
    return len(key) == 1 or key == "space"


def typed(key: str) -> Key:
    """What the terminal sends for a letter."""
    character = " " if key == "space" else key
    return Key(key if key.isalnum() else _character_to_key(character), character)
