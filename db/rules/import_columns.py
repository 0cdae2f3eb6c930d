"""Which column of a file holds what, by its heading."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache

from db.reference.files import read_rows
from db.rules.hygiene import clean
from db.rules.names import search_key

REGISTRATIONS = "registrations"
REQUESTS = "requests"

_HEADING_DEPTH = 10
_ENOUGH_TO_BE_A_HEADING = 2
_NAME_FIELDS = frozenset({"first_name", "last_name", "full_name"})
_CONTACT_FIELDS = frozenset({"email", "phone", "phone2"})


@cache
def fields_of(kind: str) -> tuple[str, ...]:
    """All fields that a file of this kind may hold, in the order in which they are shown."""
    return tuple(dict.fromkeys(field for field, _ in _patterns(kind)))


def guess_columns(kind: str, headings: Sequence[str]) -> dict[str, str]:
    """Give field → heading; a column serves one field, the first pattern of the table that fits decides."""
    keys = {heading: search_key(clean(heading, 300)) for heading in headings}
    columns: dict[str, str] = {}
    for field, pattern in _patterns(kind):
        if field in columns:
            continue
        taken = set(columns.values())
        found = (head for head, key in keys.items() if head not in taken and fnmatchcase(key, pattern))
        heading = next(found, None)
        if heading is not None:
            columns[field] = heading
    return {field: columns[field] for field in fields_of(kind) if field in columns}


def guess_kind(records: Sequence[Sequence[str]]) -> str:
    """Tell what a file holds by its first rows: requests name an organisation and a number of fte."""
    headings = (guess_columns(REQUESTS, unique_headings(record)) for record in records[:_HEADING_DEPTH])
    return (
        REQUESTS if any({"organisation", "fte"} <= columns.keys() for columns in headings) else REGISTRATIONS
    )


def find_heading(kind: str, records: Sequence[Sequence[str]]) -> int:
    """Give the index of the record that is the heading: the first in which fields are recognised."""
    for index, record in enumerate(records[:_HEADING_DEPTH]):
        if len(guess_columns(kind, unique_headings(record))) >= _ENOUGH_TO_BE_A_HEADING:
            return index
    return 0


def unique_headings(record: Sequence[str], width: int = 0) -> tuple[str, ...]:
    """Name every column: by its heading, by its letter when it has none, numbered when it has a namesake."""
    names: dict[str, None] = {}
    for index in range(max(len(record), width)):
        given = record[index].strip() if index < len(record) else ""
        name, count = given or column_letter(index), 1
        while name in names:
            count += 1
            name = f"{given or column_letter(index)} ({count})"
        names[name] = None
    return tuple(names)


def column_letter(index: int) -> str:
    """Give the letter by which a spreadsheet calls a column; 0 is A."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def match_heading(wanted: str, headings: Sequence[str]) -> str | None:
    """Find the column that somebody names: exactly, else whatever the case and punctuation."""
    if wanted in headings:
        return wanted
    key = search_key(clean(wanted, 300))
    return next((heading for heading in headings if key and search_key(clean(heading, 300)) == key), None)


def missing_fields(kind: str, columns: Mapping[str, str]) -> tuple[str, ...]:
    """Give the fields without which no row of such a file could be taken in."""
    if kind == REQUESTS:
        return tuple(field for field in ("organisation", "function", "fte") if field not in columns)
    missing = []
    if not _NAME_FIELDS & columns.keys():
        missing.append("last_name")
    if not _CONTACT_FIELDS & columns.keys():
        missing.append("phone")
    return tuple(missing)


@cache
def _patterns(kind: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (row["field"], row["pattern"]) for row in read_rows("import_columns.csv") if row["kind"] == kind
    )
