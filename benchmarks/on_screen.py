"""What a person feels: start-up, keys and memory, in a real pseudo-terminal."""

import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bare import READY
from benchmarks.databases import NOW_GIVEN, Databases
from benchmarks.results import Result
from benchmarks.terminal import Terminal

STARTS = 7
ROUNDS = 15
CARD = r"☎"
BARE = (sys.executable, "-m", "benchmarks.bare")
KEYS = (("?",), ("s",), ("4", "m"), ("ctrl+p",))
"""Keys that touch no database: help, the reason of a skip, a call-back and typing its moment, the palette."""
START_RATIO = 2.0
GROWTH = 1.1
KEY_LIMIT = 30.0
NEXT_LIMIT = 100.0
MEMORY_LIMIT = 150.0
MEMORY_GROWTH = 1.3


def app(database: Path) -> tuple[str, ...]:
    """The command that opens the desk for the benchmarks' own caller."""
    options = ("--database", str(database), "--as", "Benchmark", "--now", NOW_GIVEN, "--lang", "nl")
    return (sys.executable, "-m", "ehvdz_tui", *options)


def take_in_hand(database: Path) -> None:
    """Let the caller have a card in hand and lose the program: the next start shows that card."""
    with Terminal(app(database)) as terminal:
        terminal.wait("ehvdz|Wachtrij")
        terminal.settle()
        if "☎" not in terminal.text:
            terminal.press("n")
        terminal.wait(CARD)


def start_up(databases: Databases, sizes: list[int]) -> Iterator[Result]:
    """From the command to the first candidate on screen, taking turns with the bare app."""
    first: float | None = None
    for size in sizes:
        database = databases.of(size)
        take_in_hand(database)
        ours, bare = [], []
        for _ in range(STARTS):
            bare.append(_start(BARE, READY))
            ours.append(_start(app(database), CARD))
        measured, floor = (statistics.median(times) * 1000 for times in (ours, bare))
        yield Result("start to first candidate", size, measured, floor, "ms", START_RATIO, on_ratio=True)
        if first is None:
            first = measured
        else:
            yield Result("the same, against the smallest", size, measured, first, "ms", GROWTH, on_ratio=True)


def _start(command: tuple[str, ...], shown: str) -> float:
    with Terminal(command) as terminal:
        return terminal.wait(shown)


def keys(databases: Databases, sizes: list[int]) -> Iterator[Result]:
    """From a key to the settled screen, beside the same key in the bare app; then recording and serving."""
    with Terminal(BARE) as terminal:
        terminal.wait(READY)
        terminal.settle()
        bare = _times(terminal)
    for size in sizes:
        database = databases.of(size)
        take_in_hand(database)
        with Terminal(app(database)) as terminal:
            terminal.wait(CARD)
            terminal.settle()
            ours = _times(terminal)
            served = _served(terminal)
        for name in ours:
            for share, limit in ((50, None), (95, KEY_LIMIT)):
                what = f"key {name} to settled screen, p{share}"
                yield Result(what, size, _at(ours[name], share), _at(bare[name], share), "ms", limit)
        shown = [time for times in bare.values() for time in times]
        for share, limit in ((50, None), (95, NEXT_LIMIT)):
            what = f"record and serve next, p{share}"
            yield Result(what, size, _at(served, share), _at(shown, share), "ms", limit)


def _served(terminal: Terminal) -> list[float]:
    """How long it took each time; a new card takes no outcome for a moment, so every card is read first."""
    times = []
    for _ in range(ROUNDS):
        terminal.settle()
        taken = terminal.press("1")
        if taken is not None:
            times.append(taken)
    return times


def _times(terminal: Terminal) -> dict[str, list[float]]:
    """How long each key took; escape is not timed, for Textual waits whether it begins a sequence."""
    times: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for sequence in KEYS:
            for name in sequence:
                taken = terminal.press(name)
                if taken is not None:
                    times.setdefault(name, []).append(taken)
            terminal.press("esc", quiet=0.3)
    return times


def _at(times: list[float], share: int) -> float:
    """The milliseconds below which so many per cent lie."""
    return sorted(times)[min(len(times) - 1, len(times) * share // 100)] * 1000


def memory(databases: Databases, sizes: list[int]) -> Iterator[Result]:
    """What the program holds in memory with a card on screen and after some work."""
    bare = _resident(BARE, READY, ())
    first: float | None = None
    for size in sizes:
        database = databases.of(size)
        take_in_hand(database)
        measured = _resident(app(database), CARD, ("1", "1", "1", "?", "esc", "f3", "f2", "1"))
        if first is None:
            first = measured
            yield Result("memory", size, measured, bare, "MB", MEMORY_LIMIT)
        else:
            yield Result("memory", size, measured, bare, "MB")
            yield Result(
                "the same, against the smallest", size, measured, first, "MB", MEMORY_GROWTH, on_ratio=True
            )


def _resident(command: tuple[str, ...], shown: str, pressed: tuple[str, ...]) -> float:
    import psutil

    with Terminal(command) as terminal:
        terminal.wait(shown)
        for name in pressed:
            terminal.press(name)
        terminal.settle()
        return float(psutil.Process(terminal.pid).memory_info().rss) / 1_000_000
