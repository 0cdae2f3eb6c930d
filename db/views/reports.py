"""Figures, each with its unit, its period, its reference date and its filter, and the rows behind them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from db.reference.lists import label
from db.reference.outcomes import outcomes
from db.rules.report_period import end_of, start_of
from db.rules.times import local, show_date, show_time, weekday_label
from db.texts import Texts

ALL = "all"
"""The row of everything together."""
HUNDREDTHS = ("fte", "ratio")
"""Units whose figures are kept in hundredths."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a figure was counted in: a period of whole days, a reference moment, a region, a wave."""

    as_of: datetime
    first: date | None = None
    last: date | None = None
    region: str | None = None
    wave: str | None = None

    @property
    def start(self) -> datetime | None:
        """When the period begins; None is since the first day."""
        return start_of(self.first) if self.first else None

    @property
    def end(self) -> datetime | None:
        """When the period is over; None is the reference moment."""
        return end_of(self.last) if self.last else None

    def whole(self) -> "Scope":
        """The same without a period."""
        return Scope(self.as_of, region=self.region)

    def words(self, texts: Texts) -> str:
        """The period, the reference date and the filter as a sentence."""
        if self.first is None and self.last is None:
            period = texts("reports.scope.whole")
        elif self.last is None:
            period = texts("reports.scope.since", first=_day(self.first))
        elif self.first is None:
            period = texts("reports.scope.until", last=_day(self.last))
        else:
            period = texts("reports.scope.between", first=_day(self.first), last=_day(self.last))
        moment = f"{_day(local(self.as_of).date())} {show_time(self.as_of, texts.language)}"
        region = (
            label("region", self.region, texts.language)
            if self.region
            else texts("reports.scope.all_regions")
        )
        parts = [period, texts("reports.scope.as_of", moment=moment), region]
        parts += [texts("reports.scope.wave", wave=self.wave)] if self.wave else []
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `value` is None when it is not recorded; fte and ratios are in hundredths."""

    id: str
    value: int | None
    unit: str
    scope: Scope
    traceable: bool = True
    """Whether there are rows behind it."""

    def number(self, texts: Texts) -> str:
        """The number as this language writes it, or that it is not recorded."""
        if self.value is None:
            return texts("reports.not_recorded")
        point, group = (",", ".") if texts.language == "nl" else (".", ",")
        whole, rest = divmod(self.value, 100) if self.unit in HUNDREDTHS else (self.value, 0)
        shown = f"{whole:,}".replace(",", group)
        return f"{shown}{point}{rest:02d}" if self.unit in HUNDREDTHS else shown

    def words(self, texts: Texts) -> str:
        """The number with its unit."""
        if self.value is None:
            return self.number(texts)
        return f"{self.number(texts)} {texts(f'reports.unit.{self.unit}', count=self.value)}"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a row is called: a code of a list, a text, or a week or a month."""

    code: str
    kind: str
    """A list's name, or text | column | week | month | wave."""

    def words(self, texts: Texts) -> str:
        """The heading in words."""
        if self.kind in TIMES and self.code[:1].isdigit():
            return self._time(texts)
        if self.kind == "column":
            return texts(f"reports.column.{self.code}")
        if self.kind == "text" or self.code in OWN_WORDS:
            return texts(f"reports.row.{self.code}")
        if self.kind in STRETCHES:
            return texts("reports.scope.wave", wave=self.code)
        return label(self.kind, self.code, texts.language)

    def _time(self, texts: Texts) -> str:
        if self.kind == "month":
            year, month = self.code.split("-")
            return f"{label('month_short', month, texts.language)} {year}"
        day = date.fromisoformat(self.code)
        if self.kind == "day":
            return f"{weekday_label(day.weekday(), texts.language)} {_day(day)}"
        return texts("reports.week", day=_day(day))


TIMES = ("day", "week", "month")
STRETCHES = ("week", "month", "wave")
OWN_WORDS = frozenset({ALL, "unknown", "earlier", "outside", "no_reason"})
"""Rows that are called the same in every table."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A line of a table."""

    heading: Heading
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures that belong together; `columns` are codes of `reports.column`."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    notes: tuple[str, ...] = ()
    """Codes of `reports.note`: how it was counted, or why it is not recorded."""

    @property
    def title_key(self) -> str:
        """The text that says what the table shows."""
        return f"reports.table.{self.key}"


@dataclass(frozen=True, slots=True)
class Report:
    """An answer, as figures."""

    name: str
    scope: Scope
    made_at: datetime
    tables: tuple[FigureTable, ...]

    @property
    def title_key(self) -> str:
        """The text with the question that it answers."""
        return f"reports.title.{self.name}"

    def figures(self) -> Iterator[Figure]:
        """Every figure, table by table."""
        for table in self.tables:
            for row in table.rows:
                yield from row.figures

    def figure(self, figure_id: str) -> Figure:
        """One figure by its id; KeyError when there is none."""
        for figure in self.figures():
            if figure.id == figure_id:
                return figure
        raise KeyError(figure_id)


NO_SCOPE: Scope = Scope(datetime.fromtimestamp(0, tz=start_of(date(2020, 1, 1)).tzinfo))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: words of people, a code of a list, a day, a moment or a number."""

    kind: str
    """words | date | moment | number | fte | days | outcome, or the name of a code list."""
    value: Any

    def words(self, texts: Texts) -> str:
        """The cell as it is shown."""
        if self.value is None:
            return ""
        show = SHOWN.get(self.kind)
        return show(self.value, texts) if show else label(self.kind, str(self.value), texts.language)


def _show_day(value: Any, texts: Texts) -> str:  # noqa: ANN401  # a day or a moment
    day = local(value).date() if isinstance(value, datetime) else value
    return show_date(day, texts.language)


def _show_moment(value: datetime, texts: Texts) -> str:
    return f"{_show_day(value, texts)} {show_time(value, texts.language)}"


def _show_plain(value: object, texts: Texts) -> str:
    del texts
    return str(value)


SHOWN: Mapping[str, Callable[[Any, Texts], str]] = {
    "words": _show_plain,
    "number": _show_plain,
    "days": _show_plain,
    "fte": lambda value, texts: Figure("", int(value), "fte", NO_SCOPE).number(texts),
    "date": _show_day,
    "moment": _show_moment,
    "outcome": lambda value, texts: outcomes()[value].label(texts.language),
}


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One of the rows that a figure counted."""

    id: UUID
    cells: tuple[Cell, ...]
    candidate_id: UUID | None = None
    request_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class BehindFigure:
    """The rows behind a figure: `total` of them, of which the first are here."""

    figure_id: str
    subject: str
    """What the rows are: candidates, proposals, attempts, requests, organisations, files …"""
    columns: tuple[str, ...]
    """Codes of `reports.cell`."""
    rows: tuple[BehindRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PutFirst:
    """What became of a wish to call people first: how many were put at the head, and why others were not."""

    moved: int
    left: tuple[tuple[str, int], ...]
    """Codes of `reports.left` with how many."""

    @property
    def left_count(self) -> int:
        """How many stayed where they were."""
        return sum(count for _, count in self.left)


def _day(day: date | None) -> str:
    return show_date(day, "nl") if day else ""
