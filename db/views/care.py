"""What was done to keep the database safe."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup that was read back: whole, and with every row."""

    path: Path
    rows: int
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """A backup that was put back, and where the database it replaced was kept."""

    database: Path
    rows: int
    kept: Path | None
