"""A report as a file: JSON for programs, CSV and XLSX for spreadsheets, Markdown for mail."""

import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten

from db.errors import DeskError
from db.ids import new_id
from db.reference.lists import label
from db.rules.hygiene import safe_cell
from db.rules.times import local, show_date, show_time
from db.texts import Texts
from db.views.reports import ALL, HUNDREDTHS, Figure, FigureTable, Report

FORMATS = ("md", "csv", "xlsx", "json")
PLOTTED = frozenset({"weeks"})
"""Tables that are drawn as well as printed."""
BAR = 24
LONGEST_TAB = 31
NO_TAB = str.maketrans("", "", "[]:*?/\\'")


def render(report: Report, kind: str, texts: Texts) -> bytes:
    """The whole report in one of the formats."""
    makers = {"md": markdown, "csv": csv_text, "json": json_text}
    if kind == "xlsx":
        return _workbook(report, texts)
    return makers[kind](report, texts).encode("utf-8-sig" if kind == "csv" else "utf-8")


def write(path: Path, data: bytes) -> Path:
    """Put a file there and say where that is; DeskError when it cannot be, and what stood there stays."""
    target = path.expanduser().absolute()
    try:
        if target.exists() and not target.is_file():
            # A device or a pipe takes the bytes as they come; a folder says that it is one.
            target.write_bytes(data)
        else:
            _replace(target.resolve(), data)
    except OSError as error:
        raise DeskError("reports.unwritable", path=str(target), why=error) from error
    return target


def _replace(target: Path, data: bytes) -> None:
    # A name that is nobody's, and no longer than a name may be.
    unfinished = target.with_name(f".{new_id().hex}.tmp")
    try:
        unfinished.write_bytes(data)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def json_text(report: Report, texts: Texts) -> str:
    """Every figure with its unit, period, reference date and filter."""
    tables = [
        {
            "key": table.key,
            "title": texts(table.title_key),
            "notes": [texts(f"reports.note.{note}") for note in table.notes],
            "figures": [
                {"row": row.heading.words(texts)} | _account(figure)
                for row in table.rows
                for figure in row.figures
            ],
        }
        for table in report.tables
    ]
    made = {"name": report.name, "title": texts(report.title_key), "made_at": report.made_at.isoformat()}
    return json.dumps(made | {"tables": tables}, ensure_ascii=False, indent=2) + "\n"


def _account(figure: Figure) -> dict[str, object]:
    scope = figure.scope
    value = figure.value / 100 if figure.value is not None and figure.unit in HUNDREDTHS else figure.value
    return {
        "id": figure.id,
        "value": value,
        "unit": figure.unit,
        "from": scope.first.isoformat() if scope.first else None,
        "to": scope.last.isoformat() if scope.last else None,
        "as_of": scope.as_of.isoformat(),
        "region": scope.region,
        "wave": scope.wave,
    }


HEADINGS = ("table", "row", "figure", "value", "unit", "from", "to", "as_of", "region", "wave")


def headings(texts: Texts) -> list[str]:
    """What stands above the columns of a spreadsheet."""
    return [texts(f"reports.sheet.{name}") for name in HEADINGS]


def lines(report: Report, texts: Texts) -> Iterator[tuple[str, ...]]:
    """One line a figure, each complete in itself."""
    for table in report.tables:
        for row in table.rows:
            for column, figure in zip(table.columns, row.figures, strict=True):
                region = figure.scope.region
                told = _account(figure) | {
                    "unit": texts(f"reports.unit.{figure.unit}", count=2),
                    "as_of": f"{local(figure.scope.as_of):%Y-%m-%d %H:%M}",
                    "region": label("region", region, texts.language) if region else None,
                }
                yield (
                    texts(table.title_key),
                    row.heading.words(texts),
                    texts(f"reports.column.{column}"),
                    *("" if told[name] is None else str(told[name]) for name in HEADINGS[3:]),
                )


def csv_text(report: Report, texts: Texts) -> str:
    """A file that Excel opens by itself; no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if texts.language == "nl" else ",")
    writer.writerow(headings(texts))
    for line in lines(report, texts):
        writer.writerow([safe_cell(cell) for cell in line])
    return text.getvalue()


def _workbook(report: Report, texts: Texts) -> bytes:
    from xlsxwriter import Workbook

    data = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(data, {"in_memory": True, **never})
    sheet = book.add_worksheet(_sheet_name(texts(report.title_key)))
    bold = book.add_format({"bold": True})
    sheet.write_string(0, 0, texts(report.title_key), bold)
    sheet.write_string(1, 0, report.scope.words(texts))
    for column, heading in enumerate(headings(texts)):
        sheet.write_string(3, column, heading, bold)
        sheet.set_column(column, column, 28 if column < 3 else 14)
    for number, line in enumerate(lines(report, texts), start=4):
        for column, cell in enumerate(line):
            if HEADINGS[column] == "value" and cell:
                sheet.write_number(number, column, float(cell))
            else:
                sheet.write_string(number, column, cell)
    sheet.freeze_panes(4, 0)
    book.close()
    return data.getvalue()


def _sheet_name(title: str) -> str:
    """As much of a title as the tab of a sheet holds."""
    return shorten(title.translate(NO_TAB), LONGEST_TAB, placeholder="…")


def markdown(report: Report, texts: Texts) -> str:
    """One page to mail: the figures with their units, and small plots of what went up or down."""
    page = [f"# {texts(report.title_key)}", "", report.scope.words(texts) + ".", ""]
    for table in report.tables:
        page += [f"## {texts(table.title_key)}", "", *_table(table, texts), ""]
        if table.key in PLOTTED:
            page += [*_plots(table, texts)]
        page += [line for note in table.notes for line in (f"_{texts(f'reports.note.{note}')}_", "")]
    moment = report.made_at
    made = f"{show_date(local(moment).date(), texts.language)} {show_time(moment, texts.language)}"
    return "\n".join([*page, texts("reports.made", moment=made), ""])


def _table(table: FigureTable, texts: Texts) -> Iterator[str]:
    columns = [texts(f"reports.column.{column}") for column in table.columns]
    yield "| | " + " | ".join(map(_plain, columns)) + " |"
    yield "|---|" + "---:|" * len(columns)
    for row in table.rows:
        mark = "**" if row.heading.code == ALL else ""
        figures = [f"{mark}{figure.words(texts)}{mark}" for figure in row.figures]
        yield f"| {mark}{_plain(row.heading.words(texts))}{mark} | " + " | ".join(figures) + " |"


def _plots(table: FigureTable, texts: Texts) -> Iterator[str]:
    """A bar a row for every column, oldest on top; the numbers stand beside them."""
    for number, column in enumerate(table.columns):
        figures = [(row.heading.words(texts), row.figures[number]) for row in reversed(table.rows)]
        most = max((figure.value or 0 for _, figure in figures), default=0)
        yield texts("reports.plot", table=texts(table.title_key), column=texts(f"reports.column.{column}"))
        yield ""
        yield "```text"
        for words, figure in figures:
            yield f"{words}  {bar(figure.value or 0, most).ljust(BAR)}  {figure.words(texts)}"
        yield "```"
        yield ""


def bar(value: int, most: int, width: int = BAR) -> str:
    """A bar as long as the value is of the largest; something that is not nothing is always seen."""
    if value <= 0 or most <= 0:
        return ""
    return "█" * max(1, round(width * value / most))


def _plain(words: str) -> str:
    return words.replace("|", "\\|")
