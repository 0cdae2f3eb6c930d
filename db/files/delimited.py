"""Comma separated text as forms, spreadsheets and databases write it."""

import codecs
import csv
import sys
from collections import Counter
from collections.abc import Iterator

DELIMITERS = (",", ";", "\t", "|")
_BYTE_ORDER_MARKS = (
    # Before UTF-16, whose mark is the first half of this one.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_LINES = 200
_SAMPLE_BYTES = 4000
_LONGEST_RECORD = 100
"""A quote that is not closed within so many lines was never meant as one."""
_SEPARATOR_LINE = "sep="


def read_delimited(data: bytes) -> list[list[str]]:
    """Read every record, ragged ones too; an empty line is a record without cells."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    lines = _lines(decode(data).replace("\0", ""))
    stated = lines[0].strip().lower() if lines else ""
    if stated.startswith(_SEPARATOR_LINE) and len(stated) == len(_SEPARATOR_LINE) + 1:
        return _parse(lines[1:], stated[-1])
    return _parse(lines, sniff(lines[:_SAMPLE_LINES]))


def decode(data: bytes) -> str:
    """Give the text: as its mark or its zeros say, else UTF-8, else the Windows of Western Europe."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if wide := _wide_encoding(data[:_SAMPLE_BYTES]):
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _wide_encoding(start: bytes) -> str | None:
    """UTF-16 that lost its mark: every other byte of Western text is a zero."""
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if zeros and zeros.count(0) > len(zeros) * 0.8 and start.count(0) < len(start) * 0.6:
            return encoding
    return None


def sniff(lines: list[str]) -> str:
    """Find the delimiter by which most records have as many cells as most others, and as many as can be."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _evenness(lines: list[str], delimiter: str) -> tuple[float, int]:
    widths = Counter(len(record) for record in _parse(lines, delimiter) if record)
    if not widths:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]))
    return (count / sum(widths.values()), width) if width > 1 else (0.0, 1)


def _lines(text: str) -> list[str]:
    """Split at line ends alone: people's remarks hold the other breaks that `splitlines` knows."""
    lines = [f"{line}\n" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    if lines[-1] == "\n":
        lines.pop()
    return lines


class _Feed:
    """Hands lines to the reader and knows where the record began, to go back there after a stray quote."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.next = 0
        self.start = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.next >= len(self.lines) or self.next - self.start >= _LONGEST_RECORD:
            raise StopIteration
        self.next += 1
        return self.lines[self.next - 1]


def _parse(lines: list[str], delimiter: str) -> list[list[str]]:
    feed, records = _Feed(lines), list[list[str]]()
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while feed.start < len(lines):
        try:
            record = next(reader, None)
        except csv.Error:
            record = _parse_loosely(lines[feed.start], delimiter)
            feed.next = feed.start + 1
            reader = csv.reader(feed, delimiter=delimiter, strict=True)
        if record is None:
            break
        records.append(record)
        feed.start = feed.next
    return records


def _parse_loosely(line: str, delimiter: str) -> list[str]:
    """Read a line whose quotes do not add up as one record of its own."""
    text = line.rstrip("\n")
    if text.count('"') % 2 == 0:
        return next(csv.reader([text], delimiter=delimiter))
    return text.split(delimiter)
