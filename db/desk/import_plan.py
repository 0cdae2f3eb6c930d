"""What an import would do, row by row: worked out first, so that a preview and the run cannot differ."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from db.drafts.imports import ImportOrder
from db.errors import DeskError
from db.files.tables import Table, TableRow, read_table
from db.rules.import_columns import find_heading, guess_columns, match_heading, unique_headings

CREATED, MERGED, UNCHANGED, REJECTED = "created", "merged", "unchanged", "rejected"
_CHECK_EVERY = 100

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class ImportCancelledError(DeskError):
    """The person at the desk called it off; nothing was kept."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was read, with what each of its columns is taken for."""

    table: Table
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    columns: Mapping[str, str]

    def cells(self, row: TableRow) -> dict[str, str]:
        """The row as field → text."""
        given = dict(zip(self.headings, row.cells, strict=False))
        return {name: given.get(heading, "") for name, heading in self.columns.items()}

    def given(self, row: TableRow) -> dict[str, str]:
        """The row as heading → text; cells that are empty are left out."""
        named = zip(self.headings, row.cells, strict=False)
        return {heading: text for heading, text in named if text.strip()}


@dataclass(slots=True)
class RowOutcome:
    """What becomes of one row."""

    row: TableRow
    outcome: str
    who: str = ""
    reason: str | None = None
    subject_id: UUID | None = None
    before: dict[str, Any] | None = None
    repairs: tuple[tuple[str, str], ...] = ()
    question: str | None = None


@dataclass(frozen=True, slots=True)
class RowChange:
    """New values for a row that exists already."""

    table: type[SQLModel]
    id: UUID
    values: Mapping[str, Any]


@dataclass(slots=True)
class Plan:
    """All that an import would write, and the account of every row."""

    outcomes: list[RowOutcome] = field(default_factory=list)
    inserts: dict[type[SQLModel], list[dict[str, Any]]] = field(default_factory=dict)
    changes: list[RowChange] = field(default_factory=list)
    repairs: dict[str, int] = field(default_factory=dict)
    """How many things of each kind must be put right by hand."""
    questions: int = 0

    def count(self, outcome: str) -> int:
        """How many rows end so."""
        return sum(row.outcome == outcome for row in self.outcomes)

    def reasons(self) -> dict[str, int]:
        """How many rows are rejected for each reason."""
        return dict(Counter(row.reason for row in self.outcomes if row.reason).most_common())


class Steps:
    """Tells how far the work is, and stops it when the person has called it off."""

    def __init__(self, total: int, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._total = max(total, 1)
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0

    def take(self, count: int = 1) -> None:
        """Count what was done since; raises ImportCancelledError when it was called off."""
        before, self._done = self._done, self._done + count
        if before // _CHECK_EVERY == self._done // _CHECK_EVERY and self._done < self._total:
            return
        self.check()
        if self._progress:
            self._progress(min(self._done, self._total), self._total)

    def check(self) -> None:
        """Stop here when the person has called it off."""
        if self._cancelled and self._cancelled():
            raise ImportCancelledError("imports.cancelled")


def open_file(order: ImportOrder) -> OpenedFile:
    """Read the file and settle its columns; raises DeskError when a column is named that it does not have."""
    table = read_table(Path(order.path))
    head = find_heading(order.kind, [row.cells for row in table.rows])
    rows = table.rows[head + 1 :]
    width = max((len(row.cells) for row in rows), default=0)
    headings = unique_headings(table.rows[head].cells, width)
    return OpenedFile(table, headings, rows, _columns(order, headings))


def _columns(order: ImportOrder, headings: tuple[str, ...]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for name, wanted in order.columns.items():
        heading = match_heading(wanted, headings) if wanted else ""
        if heading is None:
            raise DeskError("imports.unknown_column", column=wanted, known=", ".join(headings))
        chosen[name] = heading
    guessed = guess_columns(order.kind, headings)
    kept = {
        name: head for name, head in guessed.items() if name not in chosen and head not in chosen.values()
    }
    return kept | {name: heading for name, heading in chosen.items() if heading}
