"""A list that is renewed in place: what did not change is not drawn again, and nothing jumps."""

from collections.abc import Sequence

from rich.text import Text
from textual.coordinate import Coordinate

from screens.widgets.list_table import ListTable, Row


class SteadyTable(ListTable):
    """Rows with an id whose cells change now and then."""

    def renew(self, rows: Sequence[Row]) -> int:
        """Write what changed, and say how many cells that were; other rows than before are filled anew."""
        shown = [row.key.value for row in self.ordered_rows]
        if shown != [row_id.hex for row_id, _ in rows]:
            at = self.scroll_offset.y
            self.fill(rows)
            self.scroll_to(y=at, animate=False)
            return sum(len(cells) for _, cells in rows)
        changed = 0
        for number, (_, cells) in enumerate(rows):
            for column, (old, new) in enumerate(zip(self.get_row_at(number), cells, strict=True)):
                if not _same(old, new):
                    new.no_wrap, new.overflow = True, "ellipsis"
                    self.update_cell_at(Coordinate(number, column), new)
                    changed += 1
        return changed


def _same(old: Text, new: Text) -> bool:
    return old == new and str(old.style) == str(new.style)
