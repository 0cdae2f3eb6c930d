"""A file with rows, whatever program wrote it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from db.errors import DeskError

LARGEST_FILE = 200 * 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPREADSHEET_ENDINGS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as given; `number` is the one a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a file that hold anything, the heading among them."""

    name: str
    sha256: str
    rows: tuple[TableRow, ...]


def read_table(path: Path) -> Table:
    """Read a CSV, XLSX, XLS or ODS file whole.

    Raises DeskError, fit to show, when there is no such file or nothing can be read from it.
    """
    data = _read_bytes(path)
    rows = _rows_of(data, path)
    if not rows:
        raise DeskError("imports.file_empty", path=str(path))
    return Table(path.name, hashlib.sha256(data).hexdigest(), rows)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DeskError("imports.file_is_folder", path=str(path))
        if path.stat().st_size > LARGEST_FILE:
            raise DeskError("imports.file_too_large", path=str(path), limit=LARGEST_FILE // 1024 // 1024)
        return path.read_bytes()
    except FileNotFoundError:
        raise DeskError("imports.file_missing", path=str(path)) from None
    except (OSError, ValueError) as error:
        raise DeskError("imports.file_unreadable", path=str(path), reason=error) from error


def _rows_of(data: bytes, path: Path) -> tuple[TableRow, ...]:
    from db.files.delimited import read_delimited
    from db.files.sheets import read_sheet

    if data.startswith((_ZIP, _OLE)) or (path.suffix.lower() in _SPREADSHEET_ENDINGS and data):
        records: Iterable[list[str]] = read_sheet(data, path)
    else:
        records = read_delimited(data)
    numbered = (TableRow(number, tuple(cells)) for number, cells in enumerate(records, start=1))
    return tuple(row for row in numbered if any(cell.strip() for cell in row.cells))
