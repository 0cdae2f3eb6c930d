"""What was measured, beside its floor and its budget."""

from collections.abc import Iterable
from dataclasses import dataclass

HEADINGS = ("what", "candidates", "measured", "floor", "ratio", "budget", "verdict")


@dataclass(frozen=True, slots=True)
class Result:
    """One measurement; `floor` is the same work done bare, in the same run.

    `limit` is the budget: what `measured` (or, with `on_ratio`, the ratio) may be at most, or at least when
    `more_is_better`. None: there is no budget, the figure is told for its own sake.
    """

    what: str
    size: int
    measured: float
    floor: float
    unit: str
    limit: float | None = None
    on_ratio: bool = False
    more_is_better: bool = False

    @property
    def ratio(self) -> float:
        """How many times the floor it costs; for rates, how many times slower than the floor it is."""
        return self.floor / self.measured if self.more_is_better else self.measured / self.floor

    @property
    def within(self) -> bool | None:
        """Whether the budget is met; None without one."""
        if self.limit is None:
            return None
        if self.on_ratio:
            return self.ratio <= self.limit
        return self.measured >= self.limit if self.more_is_better else self.measured <= self.limit

    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        within = {True: "met", False: "NOT MET", None: ""}[self.within]
        return (
            self.what,
            f"{self.size:,}" if self.size else "",
            f"{self._shown(self.measured)} {self.unit}",
            f"{self._shown(self.floor)} {self.unit}",
            f"{self.ratio:.2f}×",
            self._budget(),
            within,
        )

    def _budget(self) -> str:
        if self.limit is None:
            return ""
        sign = "≥" if self.more_is_better and not self.on_ratio else "≤"
        return f"{sign} {self.limit:g}×" if self.on_ratio else f"{sign} {self._shown(self.limit)} {self.unit}"

    @staticmethod
    def _shown(number: float) -> str:
        return f"{number:,.0f}" if number >= 100 else f"{number:.1f}"


def table(results: Iterable[Result]) -> str:
    """The results as an aligned table."""
    rows = [HEADINGS, *(result.cells() for result in results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])
