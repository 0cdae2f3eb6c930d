"""All tables of a report under one cursor: the headings of a table stand above its rows."""

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import BindingType
from textual.widgets import DataTable

from db.texts import Texts
from db.views.reports import ALL, Figure, FigureRow, FigureTable, Report
from screens.base import key, speak

NAME_WIDTH, NAME_MOST = 26, 48
"""Names take more than the least where few figures stand beside them, but the eye must find these."""
FIGURE_WIDTH = 13
"""At least: a longer word above the figures makes all of a report wider."""
GAP, BAR = 2, 1
"""What stands between columns, and what the scroll bar takes."""
HEAD_LINES = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """A figure, what it is called, and the table it stands in."""

    table: FigureTable
    called: str
    figure: Figure


class FigureGrid(DataTable[Text]):
    """A cell is a figure; the first column stays in sight."""

    DEFAULT_CSS = """
    FigureGrid { height: 1fr; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "select_cursor", "list.open")]

    def __init__(self, texts: Texts, *, id: str | None = None) -> None:
        super().__init__(id=id, cursor_type="cell", show_header=False, fixed_columns=1, zebra_stripes=False)
        speak(self, texts)
        self._texts = texts
        self._figures: dict[tuple[int, int], Chosen] = {}
        self._report: Report | None = None
        self._fit, self._name_width, self._figure_width, self._most = 1, NAME_WIDTH, FIGURE_WIDTH, 1

    def on_resize(self) -> None:
        """As many columns as fit are seen whole, and none in part."""
        if self._report is not None and self._room() != (self._fit, self._name_width):
            self.show(self._report)

    def _room(self) -> tuple[int, int]:
        """How many figures fit beside the names, and the width that is left for these."""
        width, each = self.container_size.width - BAR - GAP, self._figure_width + GAP
        fit = max(1, (width - NAME_WIDTH) // each)
        left = width - min(fit, self._most) * each
        return fit, max(NAME_WIDTH, min(left, NAME_MOST))

    def show(self, report: Report) -> None:
        """Draw a report; the cursor stays where it was when the same one is drawn again."""
        self._report = report
        words = (word for table in report.tables for head in self._heads(table) for word in head.split())
        self._figure_width = max([FIGURE_WIDTH, *map(cell_len, words)])
        self._most = most = max((len(table.columns) for table in report.tables), default=1)
        self._fit, self._name_width = self._room()
        at = self.cursor_coordinate
        self.clear(columns=True)
        self._figures.clear()
        self.add_column("", width=self._name_width)
        for _ in range(most):
            self.add_column("", width=self._figure_width)
        for table in report.tables:
            self._head(table, most)
            for row in table.rows:
                self._row(table, row, most)
        first = next(iter(self._figures), (0, 0))
        wanted = (at.row, at.column) if (at.row, at.column) in self._figures else first
        self.move_cursor(row=wanted[0], column=wanted[1], animate=False, scroll=True)
        if wanted == first:
            self.scroll_home(animate=False)

    @property
    def chosen(self) -> Chosen | None:
        """What is under the cursor."""
        at = self.cursor_coordinate
        return self._figures.get((at.row, at.column))

    def _head(self, table: FigureTable, most: int) -> None:
        texts = self._texts
        cells = [Text(texts(table.title_key), style="bold underline")]
        if len(table.columns) > self._fit:
            beyond = texts("reports.beyond", count=len(table.columns) - self._fit)
            cells[0].append(f"\n{beyond}", style="not bold not underline dim")
        cells += [Text(head, style="bold", justify="right") for head in self._heads(table)]
        self.add_row(*_filled(cells, most), height=HEAD_LINES)

    def _heads(self, table: FigureTable) -> list[str]:
        """What stands above the figures: the column, and beneath it the unit unless each row has its own."""
        units = [figure.unit for figure in table.rows[0].figures] if table.rows else []
        return [
            self._texts(f"reports.column.{column}") + ("" if _listed(table) else f"\n({self._unit(unit)})")
            for column, unit in zip(table.columns, units, strict=False)
        ]

    def _row(self, table: FigureTable, row: FigureRow, most: int) -> None:
        style = "bold" if row.heading.code == ALL else ""
        words = row.heading.words(self._texts)
        title = f"{words} ({self._unit(row.figures[0].unit)})" if _listed(table) else words
        cells = [Text(title, style=style)]
        for number, figure in enumerate(row.figures, start=1):
            dim = "" if figure.value else "dim"
            cells.append(Text(figure.number(self._texts), style=style or dim, justify="right"))
            column = self._texts(f"reports.column.{table.columns[number - 1]}")
            called = words if table.columns[number - 1] == "figure" else f"{words} · {column}"
            self._figures[self.row_count, number] = Chosen(table, called, figure)
        lines = 1 + (len(title) - 1) // self._name_width
        longest = max((len(cell.plain) for cell in cells[1:]), default=0)
        self.add_row(*_filled(cells, most), height=max(lines, 1 + (longest - 1) // self._figure_width))

    def _unit(self, unit: str) -> str:
        return self._texts(f"reports.unit.{unit}", count=2)


def _listed(table: FigureTable) -> bool:
    """Whether every row has a unit of its own."""
    return table.columns[0] in ("figure", "period")


def _filled(cells: list[Text], most: int) -> list[Text]:
    return cells + [Text("")] * (most + 1 - len(cells))
