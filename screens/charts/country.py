"""The Netherlands out of postcode points: which cell of the map is which region, and how full it is."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import hypot

from db.rules.region import flat_point, known_postcodes, region_of

LEVELS = "⠂⠒⠶⠿⣿"
"""From next to nothing to much: told by the dots of a cell, so that colour only adds to it."""
WALKED_ROWS = 20
"""The size at which the regions' places are compared: a small screen must not be walked differently."""
STEPS = (0.4, 0.7, 0.9)
Cell = tuple[int, int]
"""A column and a row of the terminal."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The country on so many rows: the region of each cell of land, and where each region has its middle."""

    columns: int
    rows: int
    regions: Mapping[Cell, str]
    middles: Mapping[str, Cell]
    cells: Mapping[int, Cell]
    """By postcode."""


@cache
def outline(rows: int) -> Outline:
    """The country drawn on so many rows of cells that are twice as high as they are wide."""
    points = {pc4: point for pc4 in known_postcodes() if (point := flat_point(pc4)) is not None}
    west, east = min(x for x, _ in points.values()), max(x for x, _ in points.values())
    south, north = min(y for _, y in points.values()), max(y for _, y in points.values())
    high = (north - south) / (rows - 1)
    wide = high / 2
    cells = {pc4: (round((x - west) / wide), round((north - y) / high)) for pc4, (x, y) in points.items()}
    votes: dict[Cell, Counter[str]] = defaultdict(Counter)
    for pc4, cell in cells.items():
        if region := region_of(pc4):
            votes[cell][region] += 1
    regions = _whole({cell: counted.most_common(1)[0][0] for cell, counted in votes.items()})
    return Outline(round((east - west) / wide) + 1, rows, regions, _middles(regions), cells)


def _whole(regions: Mapping[Cell, str]) -> dict[Cell, str]:
    """Land that happens to have no postcode point; open water is wider than one cell."""
    filled = dict(regions)
    for x, y in regions:
        hole = (x + 1, y)
        beside, above, below = (
            regions.get((x + 2, y)),
            regions.get((x + 1, y - 1)),
            regions.get((x + 1, y + 1)),
        )
        if hole not in regions and beside and (above or below):
            filled[hole] = above or below or beside
    return filled


def _middles(regions: Mapping[Cell, str]) -> dict[str, Cell]:
    """The cell of each region that lies nearest to its middle: always within it."""
    own: dict[str, list[Cell]] = defaultdict(list)
    for cell, region in regions.items():
        own[region].append(cell)
    return {region: _middle(cells) for region, cells in own.items()}


def _middle(cells: list[Cell]) -> Cell:
    x, y = (sum(cell[axis] for cell in cells) / len(cells) for axis in (0, 1))
    return min(cells, key=lambda cell: (hypot(cell[0] - x, 2 * (cell[1] - y)), cell))


def level(value: float, all_of_them: Sequence[float]) -> int:
    """How full a cell is among those that hold anything, 0 to 4: each next level is for fewer of them.

    `all_of_them` are those values in ascending order. A few big towns do not empty the rest of the country.
    """
    if value <= 0:
        return 0
    part = bisect_right(all_of_them, value) / len(all_of_them)
    return 1 + sum(part > step for step in STEPS)


def neighbour(region: str, across: int, down: int) -> str:
    """The region that lies nearest in a direction, the same on every screen; itself when there is none."""
    middles = outline(WALKED_ROWS).middles
    here = middles[region]
    ways: list[tuple[float, str]] = []
    for other, middle in middles.items():
        x, y = middle[0] - here[0], 2 * (middle[1] - here[1])
        ahead, aside = (x * across, abs(y)) if across else (y * down, abs(x))
        if other != region and ahead > 0:
            ways.append((ahead + 2 * max(0, aside - ahead / 2), other))
    return min(ways)[1] if ways else region
