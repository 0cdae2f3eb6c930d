"""Keys with their words, packed into lines."""

from collections.abc import Iterable

from textual.content import Content


def packed(items: Iterable[Content], width: int, gap: str) -> Content:
    """As few lines of this width as they fit in; no item is ever parted."""
    rows: list[Content] = []
    for item in items:
        if rows and rows[-1].cell_length + len(gap) + item.cell_length <= width:
            rows[-1] = Content.assemble(rows[-1], gap, item)
        else:
            rows.append(item)
    return Content("\n").join(rows)
