"""The page of a week as text to mail: Markdown with bars of letters."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

from db.files.reports import BAR, bar, write
from db.reference.lists import label
from db.rules.times import local, show_date, show_time
from db.texts import Texts
from db.views.floor import BalanceLine
from db.views.reports import NO_SCOPE, Figure, FigureTable
from db.views.week_page import WeekPage

FORMATS = ("md", "pdf")
COLUMNS = ("this_week", "week_before", "change", "whole")
PLOT_NAME = 24


def render_week(page: WeekPage, kind: str, texts: Texts) -> bytes:
    """The page in one of the formats."""
    if kind == "pdf":
        from db.files.week_pdf import render_pdf

        return render_pdf(page, texts)
    return week_markdown(page, texts).encode("utf-8")


def week_file(page: WeekPage, kind: str) -> str:
    """The name of its file: the Monday of the week."""
    return f"ehvdz-week-{page.scope.first}.{kind}"


def title_of(page: WeekPage, texts: Texts) -> str:
    """What stands on top: which week of which year."""
    year, week, _ = page.scope.first.isocalendar() if page.scope.first else (0, 0, 0)
    return texts("reports.week.title", week=week, year=year)


def footing(page: WeekPage, texts: Texts) -> tuple[str, ...]:
    """How it was counted, and when."""
    moment = page.made_at
    made = f"{show_date(local(moment).date(), texts.language)} {show_time(moment, texts.language)}"
    return (
        texts("reports.note.cohort"),
        texts("reports.week.supply_note"),
        texts("reports.made", moment=made),
    )


def whole_fte(value: int, texts: Texts) -> str:
    """Hundredths of fte, rounded to whole ones, as this language writes them."""
    return Figure("", round(value / 100), "requests", NO_SCOPE).number(texts)


def week_markdown(page: WeekPage, texts: Texts) -> str:
    """One page to put in a mail."""
    told = [f"# {title_of(page, texts)}", "", page.scope.words(texts) + ".", ""]
    told += [*_figures(page, texts), ""]
    told += [f"## {texts('reports.week.days')}", "", "```text", *_days(page.days, texts), "```", ""]
    told += [f"## {texts('reports.table.weekly_unheard')}", "", *_unheard(page.unheard, texts), ""]
    told += [f"## {texts('reports.week.supply')}", "", "```text", *_supply(page, texts), "```", ""]
    return "\n".join([*told, *(f"{line}\n" for line in footing(page, texts))])


def _figures(page: WeekPage, texts: Texts) -> Iterator[str]:
    yield "| | " + " | ".join(texts(f"reports.column.{column}") for column in COLUMNS) + " |"
    yield "|---|" + "---:|" * len(COLUMNS)
    for line in page.lines:
        yield "| " + " | ".join(line.cells(texts)) + " |"


def _days(table: FigureTable, texts: Texts) -> Iterator[str]:
    most = max((figure.value or 0 for row in table.rows for figure in row.figures), default=0)
    for row in table.rows:
        for column, figure, name in zip(
            table.columns, row.figures, (row.heading.words(texts), ""), strict=True
        ):
            drawn = bar(figure.value or 0, most).ljust(BAR)
            yield f"{name:<14} {texts(f'reports.column.{column}'):<12} {drawn} {figure.number(texts):>7}"


def _unheard(table: FigureTable, texts: Texts) -> Iterator[str]:
    yield "| | " + " | ".join(texts(f"reports.column.{column}") for column in table.columns) + " |"
    yield "|---|" + "---:|" * len(table.columns)
    for row in table.rows:
        figures = " | ".join(figure.words(texts) for figure in row.figures)
        yield f"| {row.heading.words(texts)} | {figures} |"


def _supply(page: WeekPage, texts: Texts) -> Iterator[str]:
    most = max((max(line.offered, line.left) for line in page.balance), default=0)
    for line in page.balance:
        first, rest = [*wrap(region_name(line, texts), PLOT_NAME, max_lines=2, placeholder="…"), ""][:2]
        for name, words, value in (
            (first, "reports.column.offered", line.offered),
            (rest, "reports.column.left", line.left),
        ):
            drawn = bar(value, most).ljust(BAR)
            yield f"{name:<{PLOT_NAME}} {texts(words):<12} {drawn} {whole_fte(value, texts):>7} fte"


def region_name(line: BalanceLine, texts: Texts) -> str:
    """The region in words."""
    return (
        texts("reports.row.unknown") if line.code == "unknown" else label("region", line.code, texts.language)
    )


def save_week(page: WeekPage, kind: str, path: str, texts: Texts) -> Path:
    """Write the page to a file and say where it is; DeskError when it cannot be."""
    return write(Path(path), render_week(page, kind, texts))
