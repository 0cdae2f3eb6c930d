"""`ehvdz report`: figures, each with its unit, period, reference date and filter."""

import argparse
import asyncio
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ehvdz_tui.front_door import FrontDoor

if TYPE_CHECKING:
    from db.desk.desk import Desk
    from db.drafts.reports import ReportFilter
    from db.texts import Texts
    from db.views.reports import FigureTable, Report

LIST = "list"
WIDEST = 28
SOON = 0.5
"""Seconds that a person waits without asking how long it will take."""


def report_command(door: FrontDoor, options: argparse.Namespace) -> int:
    """Print a report, or put it in a file; `list` tells which there are."""
    from db.files.reports import csv_text, json_text, markdown, render, write

    wanted = _filter(options)
    desk = door.open_desk()
    try:
        if options.report == LIST:
            sys.stdout.writelines(
                f"{name:<12}{door.texts(f'reports.title.{name}')}\n" for name in desk.reports.names()
            )
            return 0
        report = _count(desk, door.texts, options.report, wanted)
    finally:
        desk.close()
    if options.xlsx:
        path = write(Path(options.xlsx), render(report, "xlsx", door.texts))
        sys.stdout.write(door.texts("reports.written", path=path) + "\n")
        return 0
    formats = {"json": json_text, "csv": csv_text, "md": markdown}
    maker = next((make for name, make in formats.items() if getattr(options, name)), plain)
    sys.stdout.write(maker(report, door.texts))
    return 0


def _count(desk: "Desk", texts: "Texts", name: str, wanted: "ReportFilter") -> "Report":
    """The figures; a bar when it takes long, and ctrl+c ends it at once."""
    from ehvdz_tui.commands.progress import ProgressBar

    bar, begun = ProgressBar(texts("cli.report.progress")), time.monotonic()

    def tell(done: int, total: int) -> None:
        if time.monotonic() - begun > SOON:
            bar(done, total)

    try:
        return asyncio.run(desk.reports.run(name, wanted, tell))
    finally:
        bar.close()


def plain(report: "Report", texts: "Texts") -> str:
    """The tables as a terminal shows them."""
    page = [texts(report.title_key), report.scope.words(texts), ""]
    for table in report.tables:
        page += [texts(table.title_key), *_lines(table, texts)]
        page += [f"  {texts(f'reports.note.{note}')}" for note in table.notes]
        page.append("")
    return "\n".join(page)


def _lines(table: "FigureTable", texts: "Texts") -> list[str]:
    """One line a figure: on paper a unit stands beside every number."""
    told = []
    for row in table.rows:
        for column, figure in zip(table.columns, row.figures, strict=True):
            name = texts(f"reports.column.{column}") if column != "figure" else ""
            told.append(f"  {row.heading.words(texts)[:WIDEST]:<{WIDEST}} {name:<36} {figure.words(texts)}")
    return told


def _filter(options: argparse.Namespace) -> "ReportFilter":
    from db.drafts.reports import ReportFilter

    return ReportFilter(
        read_day(options.from_), read_day(options.to), read_day(options.as_of), options.region, options.wave
    ).checked()


def read_day(given: str | None) -> date | None:
    """A day as a person types it; DeskError when it is none."""
    from db.drafts.reports import day_of

    return day_of(given) if given else None
