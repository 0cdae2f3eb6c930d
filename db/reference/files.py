"""Where the reference data lies and how its rows are read."""

import csv
from pathlib import Path


def reference_path(name: str) -> Path:
    """Give the path of one reference file, which is package data beside this module."""
    return Path(__file__).parent / name


def read_rows(name: str) -> list[dict[str, str]]:
    """Read a reference file whole, as one mapping of column to text per row."""
    with reference_path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
