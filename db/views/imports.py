"""What came of a file: before it is taken in, after, and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """A row with something to tell: its outcome, and the codes of what is wrong with what was given.

    Codes are of list `import_reject_reason` or `request_reject_reason` for a rejected row, else of
    `repair_kind`; `question` says that it may be somebody who is known already.
    """

    row_number: int
    who: str
    outcome: str
    problems: tuple[tuple[str, str], ...]
    question: str | None = None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do, computed exactly as it would, with nothing written.

    `columns` is field → heading, `missing` are the fields without which no row can be taken in; `sample`
    holds the first rows as field → text.
    """

    kind: str
    file_name: str
    fields: tuple[str, ...]
    headings: tuple[str, ...]
    columns: Mapping[str, str]
    missing: tuple[str, ...]
    read: int
    created: int
    merged: int
    unchanged: int
    rejected: int
    reasons: Mapping[str, int]
    repairs: Mapping[str, int]
    questions: int
    problems: tuple[ImportProblem, ...]
    sample: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: read = created + merged + unchanged + rejected.

    `questions` counts people who may be known already, for a supervisor to decide.
    """

    batch_id: UUID
    batch: str
    """The short name by which the batch can be taken back."""
    kind: str
    file_name: str
    read: int
    created: int
    merged: int
    unchanged: int
    rejected: int
    reasons: Mapping[str, int]
    repairs: Mapping[str, int]
    questions: int
    rejects_file: str | None


@dataclass(frozen=True, slots=True)
class ImportBatchView:
    """One file that came in."""

    id: UUID
    batch: str
    kind: str
    file_name: str
    source: str
    at: datetime
    by: str
    read: int
    created: int
    merged: int
    unchanged: int
    rejected: int
    repairs: int
    rejects_file: str | None
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A record that an undo left as it is, and why: a code of list `import_left_reason`."""

    subject_id: UUID
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class UndoImportReport:
    """What taking back a batch did."""

    batch_id: UUID
    batch: str
    kind: str
    file_name: str
    removed: int
    put_back: int
    """Merges whose changes were put back."""
    left: tuple[LeftBehind, ...]
    with_them: int = 0
    """Rows that had been merged with those who were removed."""


@dataclass(frozen=True, slots=True)
class PathChoices:
    """What a path that is being typed may become; `completed` is as far as all choices agree."""

    completed: str
    choices: tuple[str, ...]
