"""Where the invented words lie and how they are read."""

import csv
from functools import cache
from pathlib import Path


@cache
def read(name: str) -> tuple[dict[str, str], ...]:
    """Read one file of invented words whole, as one mapping of column to text per row."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def weights(rows: tuple[dict[str, str], ...]) -> list[int]:
    """How often each row is to be drawn, beside the others."""
    return [int(row["weight"]) for row in rows]
