"""Building the practice floor in a process of its own: half a gigabyte of memory leaves with it."""

import multiprocessing
import sys
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from db.demo.stamp import Progress
from db.errors import DeskError, StorageError

Failure = tuple[type[DeskError], str, dict[str, Any]]
SECONDS_TO_END = 10.0


def build_demo_apart(
    path: Path, *, seed: int = 1, candidates: int = 22_500, now: datetime, progress: Progress | None = None
) -> None:
    """Do what `build_demo` does, and keep no memory of it.

    Raises StorageError `demo.stopped` when the building process was ended from outside.
    """
    processes = multiprocessing.get_context("spawn")
    here, there = processes.Pipe(duplex=False)
    builder = processes.Process(target=_build, args=(there, path, seed, candidates, now), daemon=True)
    builder.start()
    there.close()
    try:
        failure = _follow(here, progress)
    finally:
        here.close()  # a builder that nobody follows any more throws its half floor away and ends
        builder.join(SECONDS_TO_END)
        builder.terminate()
    if failure is not None:
        kind, key, params = failure
        raise kind(key, **params)
    if builder.exitcode:
        raise StorageError("demo.stopped")


def _follow(builder: Connection, progress: Progress | None) -> Failure | None:
    """Pass on how far it is until it ends; gives what it says has failed."""
    while True:
        try:
            told, *rest = builder.recv()
        except EOFError:
            return None
        if told == "failed":
            kind, key, params = rest
            return kind, key, params
        if progress is not None:
            progress(*rest)


def _build(watcher: Connection, path: Path, seed: int, candidates: int, now: datetime) -> None:
    """What the building process does; a bug is told on its own stderr, by its own traceback."""
    from db.demo import build_demo

    try:
        build_demo(
            path,
            seed=seed,
            candidates=candidates,
            now=now,
            progress=lambda done, total: watcher.send(("progress", done, total)),
        )
    except DeskError as error:
        watcher.send(("failed", type(error), error.key, error.params))
    except (KeyboardInterrupt, BrokenPipeError):
        # Whoever asked for the floor has left, and says so; half a floor was thrown away already.
        sys.exit(1)
