"""Finding a file by typing its path."""

import os
from pathlib import Path

from db.views.imports import PathChoices

READABLE = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
DATABASES = frozenset({".db", ".sqlite", ".sqlite3"})
MOST_CHOICES = 200
_QUOTES = "'\" \t"


def typed_path(text: str | Path) -> Path:
    """Give the path that was typed, or dropped on the terminal with quotes around it."""
    return text if isinstance(text, Path) else Path(text.strip(_QUOTES)).expanduser()


def complete_path(text: str, suffixes: frozenset[str] = READABLE) -> PathChoices:
    """Give the folders, and the files of these kinds, that begin as typed; a folder ends in a separator."""
    typed = text.lstrip(_QUOTES)
    head, start = os.path.split(typed)
    try:
        found = Path(head or ".").expanduser().iterdir()
        names = sorted(_name(path) for path in found if _fits(path, start, suffixes))
    except OSError:
        names = []
    choices = tuple(os.path.join(head, name) if head else name for name in names[:MOST_CHOICES])
    completed = os.path.commonprefix([choice.casefold() for choice in choices])  # noqa: RUF071  # letter by letter is how one types
    longer = choices[0][: len(completed)] if choices and len(completed) > len(typed) else typed
    return PathChoices(longer, choices)


def _fits(path: Path, start: str, suffixes: frozenset[str]) -> bool:
    if path.name.startswith(".") and not start.startswith("."):
        return False
    return path.name.casefold().startswith(start.casefold()) and (
        path.is_dir() or path.suffix.lower() in suffixes
    )


def _name(path: Path) -> str:
    return f"{path.name}{os.sep}" if path.is_dir() else path.name
