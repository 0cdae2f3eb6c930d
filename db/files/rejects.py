"""The file of rows that were refused, with the reason beside each."""

import csv
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from db.errors import DeskError
from db.rules.hygiene import safe_cell


def write_rejects(
    folders: Iterable[Path], name: str, heading: Sequence[str], rows: Iterable[Sequence[str]]
) -> Path:
    """Write the refused rows into the first folder that takes them, readable by their owner alone.

    The temporary folder is the last resort. Raises DeskError when no folder takes the file.
    """
    content = [heading, *rows]
    failure: OSError | None = None
    for folder in [*folders, Path(tempfile.gettempdir())]:
        try:
            return _write(folder / name, content)
        except OSError as error:
            failure = error
    raise DeskError("imports.rejects_unwritable", name=name) from failure


def _write(path: Path, rows: Iterable[Sequence[str]]) -> Path:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with open(descriptor, "w", encoding="utf-8-sig", newline="", errors="replace") as file:
            csv.writer(file).writerows([safe_cell(cell) for cell in row] for row in rows)
    except OSError:
        # The rows go to another folder; half of them stay in none.
        path.unlink(missing_ok=True)
        raise
    return path
