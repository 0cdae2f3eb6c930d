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

LIST, WEEK = "list", "week"
WIDEST = 28
SOON = 0.5
"""Seconds that a person waits without asking how long it will take."""


def report_command(door: FrontDoor, options: argparse.Namespace) -> int:
    """Print a report, or put it in a file; `list` tells which there are, `week` is the page to mail."""
    wanted = _filter(options)
    desk = door.open_desk()
    try:
        if options.report == LIST:
            names = (*desk.reports.names(), WEEK)
            sys.stdout.writelines(f"{name:<12}{door.texts(f'reports.title.{name}')}\n" for name in names)
            return 0
        if options.report == WEEK:
            return _week(desk, door.texts, wanted, options)
        report = _count(desk, door.texts, options.report, wanted)
    finally:
        desk.close()
    return _deliver(report, door.texts, options)


def _deliver(report: "Report", texts: "Texts", options: argparse.Namespace) -> int:
    from db.errors import DeskError
    from db.files.reports import csv_text, json_text, markdown, render

    if options.pdf:
        raise DeskError("reports.pdf_of_week")
    if options.xlsx:
        return _keep(options.xlsx, render(report, "xlsx", texts), texts)
    formats = {"json": json_text, "csv": csv_text, "md": markdown}
    kind = next((name for name in formats if getattr(options, name)), "")
    told = formats.get(kind, plain)(report, texts)
    if options.output:
        return _keep(options.output, render(report, kind, texts) if kind else told.encode(), texts)
    sys.stdout.write(told)
    return 0


def _keep(path: str, data: bytes, texts: "Texts") -> int:
    from db.files.reports import write

    sys.stdout.write(texts("reports.written", path=write(Path(path), data)) + "\n")
    return 0


def _week(desk: "Desk", texts: "Texts", wanted: "ReportFilter", options: argparse.Namespace) -> int:
    """The page of last week: Markdown to read along, or a file."""
    from db.errors import DeskError
    from db.files.week_page import render_week, week_file

    if options.json or options.csv or options.xlsx:
        raise DeskError("reports.week_forms")
    page = asyncio.run(desk.reports.week(wanted))
    kind = "pdf" if options.pdf else "md"
    told = render_week(page, kind, texts)
    if options.output or options.pdf:
        return _keep(options.output or week_file(page, kind), told, texts)
    sys.stdout.write(told.decode())
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
