"""The name of an organisation where there is little room for it."""

from rich.cells import cell_len

LEAST = 4
"""Letters that always stay of what kind of organisation it is."""


def short_organisation(name: str, room: int, place: str = "") -> str:
    """The name in `room` cells: what kind it is gives way first, for that is what many have in common.

    A place that stands beside the name as well is left out of it. What is still too long is for the column
    to cut.
    """
    if place:
        name = name.removesuffix(f" {place}").rstrip(", ") or name
    kind, _, own = name.partition(" ")
    if cell_len(name) <= room or not own or len(kind) <= LEAST + 1:
        return name
    letters = max(LEAST, room - cell_len(own) - len(". "))
    return f"{kind[:letters]}. {own}" if letters < len(kind) - 1 else name
