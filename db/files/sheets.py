"""Spreadsheets: XLSX, XLS and ODS, every cell as the text somebody would have typed."""

import io
import math
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import DeskError

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MOST_EXACT = 2**53
MOST_CELLS = 50_000_000
"""More than any list of people has; each costs the reader some thirty bytes."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_DIMENSION = re.compile(rb"<dimension ref=\"(?:[A-Z]+[0-9]+:)?([A-Z]{1,3})([0-9]{1,7})\"")
_HEAD_BYTES = 4000


def read_sheet(data: bytes, path: Path) -> Iterator[list[str]]:
    """Read the first sheet that holds anything; raises DeskError when the file is locked or broken."""
    return ([cell_text(value) for value in row] for row in _first_filled(data, path))


def cell_text(value: object) -> str:
    """Give a cell as text; a number that stands for a code or a phone number keeps all its digits."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, time | timedelta):
        return str(value)
    return "" if value is None else str(value).replace("\0", "")


def _number_text(value: float) -> str:
    if math.isfinite(value) and value.is_integer() and abs(value) < _MOST_EXACT:
        return str(int(value))
    return str(value)


def _first_filled(data: bytes, path: Path) -> list[list[object]]:
    from python_calamine import CalamineError, PasswordError, XmlError, ZipError

    if _ENCRYPTED_PACKAGE in data:
        raise DeskError("imports.file_encrypted", path=str(path))
    if (cells := _most_cells(data)) > MOST_CELLS:
        raise DeskError("imports.sheet_too_wide", path=str(path), cells=cells)
    try:
        return _sheet_rows(data)
    except PasswordError:
        raise DeskError("imports.file_encrypted", path=str(path)) from None
    except (CalamineError, ZipError, XmlError, OSError) as error:
        raise DeskError("imports.file_broken", path=str(path)) from error


def _most_cells(data: bytes) -> int:
    """How many cells the largest sheet of an XLSX file spans by its own word; 0 when it gives none.

    The reader fills up everything between the first cell and the last: one stray cell in the far corner
    would take more memory than there is, and end the program.
    """
    largest = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if _SHEET.fullmatch(name):
                    with archive.open(name) as sheet:
                        largest = max(largest, _cells_of(sheet.read(_HEAD_BYTES)))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        # The reader itself says what is wrong with such a file.
        return largest
    return largest


def _cells_of(head: bytes) -> int:
    if not (found := _DIMENSION.search(head)):
        return 0
    width = 0
    for letter in found[1]:
        width = width * 26 + letter - 64
    return width * int(found[2])


def _sheet_rows(data: bytes) -> list[list[object]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        rows = _rows_of_sheet(book, name)
        if any(cell not in ("", None) for row in rows for cell in row):
            return rows
    return []


def _rows_of_sheet(book: "CalamineWorkbook", name: str) -> list[list[object]]:
    rows: list[list[object]] = [
        list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    ]
    return rows
