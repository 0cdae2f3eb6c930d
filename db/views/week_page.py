"""The page of one week: its figures beside those of the week before, its days, supply against demand."""

from dataclasses import dataclass
from datetime import datetime

from db.texts import Texts
from db.views.floor import BalanceLine
from db.views.reports import Figure, FigureTable, Scope

SAME, LESS, MORE = "=", "−", "+"


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One figure of the week, of the week before, and of all time; `code` is one of `reports.column`."""

    code: str
    this: Figure
    before: Figure
    whole: Figure

    def change(self, texts: Texts) -> str:
        """How much more or less than the week before, with its sign."""
        more = (self.this.value or 0) - (self.before.value or 0)
        if not more:
            return SAME
        size = Figure("", abs(more), self.this.unit, self.this.scope)
        return f"{MORE if more > 0 else LESS}{size.number(texts)}"

    def cells(self, texts: Texts) -> tuple[str, ...]:
        """The name with its unit, the week, the week before, the change, since the first day."""
        unit = texts(f"reports.unit.{self.this.unit}", count=2)
        called = texts(f"reports.column.{self.code}")
        name = called if unit in called.lower() else f"{called} ({unit})"
        numbers = (self.this.number(texts), self.before.number(texts), self.change(texts))
        return (name, *numbers, self.whole.number(texts))


@dataclass(frozen=True, slots=True)
class WeekPage:
    """What a coordinator mails on Monday."""

    scope: Scope
    made_at: datetime
    lines: tuple[WeekLine, ...]
    days: FigureTable
    unheard: FigureTable
    balance: tuple[BalanceLine, ...]
    """Supply against demand as they are when the page is made, the most wanted first."""
