"""Putting a file that goes out where its owner alone can read it."""

import hashlib
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from db.errors import DeskError


def put(folder: Path, stem: str, ending: str, content: bytes) -> Path:
    """Write a new file, never over another; raises DeskError when the folder does not take it."""
    target = folder.expanduser().absolute()
    try:
        target.mkdir(parents=True, exist_ok=True)
        for path in _names(target, stem, ending):
            try:
                _write(path, content)
            except FileExistsError:
                continue
            return path
    except OSError as error:
        raise DeskError("exports.unwritable", folder=str(target)) from error
    raise AssertionError("names never end")


def digest(content: bytes) -> str:
    """What the content is known by."""
    return hashlib.sha256(content).hexdigest()


def remove_if_same(path: Path, expected: str) -> bool:
    """Remove the file if it is still there and still what was written; whether it was."""
    try:
        if digest(path.read_bytes()) != expected:
            return False
        path.unlink()
    except OSError:
        return False
    return True


def _names(folder: Path, stem: str, ending: str) -> Iterator[Path]:
    yield folder / f"{stem}.{ending}"
    for number in count(2):
        yield folder / f"{stem}-{number}.{ending}"


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        # Half a list of people helps nobody and would lie about.
        path.unlink(missing_ok=True)
        raise
