"""A list under a cursor: people's words as text, the cursor stays with its row when it is redrawn."""

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from rich.text import Text
from textual.binding import BindingType
from textual.widgets import DataTable

from db.texts import Texts
from screens.base import key, speak

Row = tuple[UUID, Sequence[Text]]


class ListTable(DataTable[Text]):
    """Rows with an id."""

    DEFAULT_CSS = """
    ListTable { height: 1fr; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "select_cursor", "list.open"),
    ]

    def __init__(self, texts: Texts, *, id: str | None = None, opens: bool = True) -> None:
        super().__init__(id=id, cursor_type="row", zebra_stripes=True)
        speak(self, texts)
        self._opens = opens
        self._columns_shown: tuple[tuple[str, int], ...] = ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key is shown where nothing opens."""
        del parameters
        return action != "select_cursor" or self._opens

    def head(self, columns: Iterable[tuple[str, int]]) -> None:
        """Set the columns, a title and a width each; unchanged columns are left alone."""
        wanted = tuple(columns)
        if wanted == self._columns_shown:
            return
        self.clear(columns=True)
        for title, width in wanted:
            self.add_column(Text(title, no_wrap=True, overflow="ellipsis"), width=width)
        self._columns_shown = wanted

    def fill(self, rows: Iterable[Row]) -> None:
        """Draw the rows; the cursor stays on the row it was on, or near it."""
        chosen, at = self.chosen, self.cursor_row
        listed = list(rows)
        with self.prevent(DataTable.RowHighlighted):
            self.clear()
            for row_id, cells in listed:
                self.add_row(*map(_one_line, cells), key=row_id.hex)
        ids = [row_id for row_id, _ in listed]
        if ids:
            row = ids.index(chosen) if chosen in ids else min(at, len(ids) - 1)
            self.move_cursor(row=row, animate=False)

    def action_scroll_home(self) -> None:
        """To the first row: a row is chosen whole, so the first column means nothing."""
        self.action_scroll_top()

    def action_scroll_end(self) -> None:
        """To the last row."""
        self.action_scroll_bottom()

    def go_to(self, row_id: UUID) -> None:
        """Put the cursor on a row, when it is there."""
        if row_id.hex in self.rows:
            self.move_cursor(row=self.get_row_index(row_id.hex), animate=False)

    @property
    def chosen(self) -> UUID | None:
        """The id of the row under the cursor."""
        if not self.row_count or not self.is_valid_row_index(self.cursor_row):
            return None
        row_key, _ = self.coordinate_to_cell_key(self.cursor_coordinate)
        return UUID(row_key.value) if row_key.value else None


def _one_line(cell: Text) -> Text:
    cell.no_wrap, cell.overflow = True, "ellipsis"
    return cell
