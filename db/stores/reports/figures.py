"""Counting: one query for each source of a table, every figure by its own condition."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.reference.lists import code_list
from db.stores.reports.asking import asking, counts_different
from db.stores.reports.laying_out import INSIDE, Layouts
from db.stores.reports.terms import Condition, Frame, Measure, Part, Ratio, Source, Table, Unrecorded
from db.views.reports import ALL, STRETCHES, Figure, FigureRow, FigureTable, Heading

Values = dict[tuple[str, str], int | None]
"""By row and part."""
PERIOD, WHOLE = "period", "whole"


@dataclass(slots=True)
class Counter:
    """Counts tables within one frame; use it as a context, so that what it laid out goes again."""

    session: Session
    frame: Frame
    tables: tuple[Table, ...]
    step: Callable[[int, int], None] | None = None
    """Called before and between the queries, with how many are done of how many."""
    _done: int = 0
    _layouts: Layouts = field(init=False)
    _totals: dict[tuple[str, tuple[Measure, ...]], Values] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._layouts = Layouts(self.session, self.frame, self.tables, self._step)

    def __enter__(self) -> "Counter":
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        if failed is not None:  # the transaction is rolled back, and they with it
            return
        self._layouts.drop()

    def table(self, table: Table) -> FigureTable:
        """All figures of a table."""
        notes = [*table.notes]
        if table.status_now:
            notes.append("status_now")
        known = table.needs is None or self._any(table.needs)
        if not known:
            notes.append(table.needs_note)
        rows = self._divided(table) if table.by else self._listed(table)
        if not known:
            rows = [FigureRow(row.heading, tuple(map(_forget, row.figures))) for row in rows]
        columns = tuple(part.key for part in table.parts) if table.by else self._columns(table)
        return FigureTable(table.key, columns, tuple(rows), tuple(notes))

    def _step(self) -> None:
        if self.step:
            asked = sum(len({measure.source for measure in table.measures}) for table in self.tables)
            laid_out = len(self._layouts.sources())
            self.step(min(self._done, asked + laid_out), asked + laid_out)
        self._done += 1

    def _columns(self, table: Table) -> tuple[str, ...]:
        return (PERIOD, WHOLE) if table.both else ("figure",)

    def _any(self, source: Source) -> bool:
        found = source(self.frame.whole())
        return self.session.execute(sa.select(found.c.id).limit(1)).first() is not None

    def _listed(self, table: Table) -> list[FigureRow]:
        values = self._count_both(table) if table.both else {False: self._count(table, whole=False)}
        rows = []
        for part in table.parts:
            figures = []
            for whole, found in reversed(values.items()):
                suffix = f"{WHOLE}." if whole else ""
                figures.append(self._figure(table, f"{suffix}{ALL}", part, found.get((ALL, part.key)), whole))
            rows.append(FigureRow(Heading(part.key, "column"), tuple(figures)))
        return rows

    def _divided(self, table: Table) -> list[FigureRow]:
        values = self._count(table, whole=False)
        codes = [code for code in _codes(table, values) if code != ALL]
        rows = [self._row(table, code, values) for code in codes]
        return [*rows, self._row(table, ALL, values)] if table.total else rows

    def _row(self, table: Table, code: str, values: Values) -> FigureRow:
        kind = table.by.kind if table.by else "text"
        figures = tuple(
            self._figure(table, code, part, values.get((code, part.key), _nothing(part)), whole=False)
            for part in table.parts
        )
        return FigureRow(Heading(code, kind), figures)

    def _figure(self, table: Table, code: str, part: Part, value: int | None, whole: bool) -> Figure:
        left_out = whole or (isinstance(part, Measure) and part.whole)
        scope = self.frame.whole().scope if left_out else self.frame.scope
        traceable = isinstance(part, Measure) and bool(value)
        return Figure(f"{table.key}.{code}.{part.key}", value, part.unit, scope, traceable)

    def _count(self, table: Table, *, whole: bool) -> Values:
        values: Values = {}
        for source, without_period, measures in _by_source(table.measures, whole=whole):
            fields = self._layouts.source(source, whole=without_period)
            if table.by is None:
                values |= self._ask(fields, measures, None)
                continue
            found = self._ask(fields, measures, fields.c[table.by.field])
            values |= found
            if table.total:
                values |= self._total(fields, measures, found)
        self._derive(table, values)
        return values

    def _count_both(self, table: Table) -> dict[bool, Values]:
        """Of all time and of the period, in one walk through the facts of all time."""
        values: dict[bool, Values] = {True: {}, False: {}}
        for source, _, measures in _by_source(table.measures, whole=True):
            fields = self._layouts.source(source, whole=True)
            inside = [replace(measure, key=f"{PERIOD}.{measure.key}") for measure in measures]
            inside = [replace(measure, when=_inside(measure)) for measure in inside]
            for (code, name), number in self._ask(fields, measures + inside, None).items():
                key = name.removeprefix(f"{PERIOD}.")
                values[key == name][code, key] = number
        for found in values.values():
            self._derive(table, found)
        return values

    def _total(self, fields: sa.Table, measures: list[Measure], divided: Values) -> Values:
        """The row of everything: the rows added up, and asked again where one may be in several of them."""
        several = [measure for measure in measures if counts_different(measure)]
        total = self._of_everything(fields, tuple(several)) if several else {}
        for measure in measures:
            if measure not in several:
                numbers = [number or 0 for (_, key), number in divided.items() if key == measure.key]
                total[ALL, measure.key] = sum(numbers) if measure.oldest is None else max(numbers, default=0)
        return total

    def _of_everything(self, fields: sa.Table, measures: tuple[Measure, ...]) -> Values:
        """What tables that are divided by different fields have in common is asked once."""
        asked = (fields.name, measures)
        if asked not in self._totals:
            self._totals[asked] = self._ask(fields, list(measures), None)
        return dict(self._totals[asked])

    def _ask(self, fields: sa.Table, measures: list[Measure], by: sa.ColumnElement[Any] | None) -> Values:
        self._step()
        found: Values = {}
        for code, *numbers in self.session.execute(asking(fields, measures, by)):
            for measure, number in zip(measures, numbers, strict=True):
                found[str(code), measure.key] = self._number(measure, number)
        return found

    def _number(self, measure: Measure, number: Any) -> int | None:  # noqa: ANN401  # what an engine gives
        if measure.oldest is None:
            return int(number or 0)
        return age(number, self.frame.scope.as_of) if number is not None else 0

    def _derive(self, table: Table, values: Values) -> None:
        rows = {code for code, _ in values} or {ALL}
        for part in table.parts:
            for code in rows:
                if isinstance(part, Unrecorded):
                    values[code, part.key] = part.value
                elif isinstance(part, Ratio):
                    under = values.get((code, part.under)) or 0
                    over = values.get((code, part.over)) or 0
                    values[code, part.key] = round(100 * over / under) if under else None


def age(moment: datetime, now: datetime) -> int:
    """Whole days since a moment."""
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, (now - known).days)


def _inside(measure: Measure) -> Condition:
    return lambda fields: sa.and_(measure.holds(fields), fields[INSIDE] == 1)


def _by_source(measures: Iterable[Measure], *, whole: bool) -> Iterator[tuple[Source, bool, list[Measure]]]:
    together: dict[tuple[Source, bool], list[Measure]] = {}
    for measure in measures:
        together.setdefault((measure.source, whole or measure.whole), []).append(measure)
    for (source, without_period), found in together.items():
        yield source, without_period, found


def _codes(table: Table, values: Values) -> list[str]:
    """The rows of a table in their order, as many of them as it shows."""
    by = table.by
    if by is None:
        return [ALL]
    found = {code for code, _ in values}
    if by.codes:
        return list(by.codes)
    if by.kind in STRETCHES:
        ordered = sorted((code for code in found if code[:1].isdigit()), reverse=True)
        ordered += sorted(code for code in found if not code[:1].isdigit())
    else:
        listed = [code for code in code_list(by.kind) if code in found]
        ordered = listed + sorted(found - set(listed))
    if table.most is None:
        return ordered
    if by.kind not in STRETCHES:
        first = table.measures[0].key
        ordered = [code for code in ordered if code != ALL]
        ordered.sort(key=lambda code: -(values.get((code, first)) or 0))
    return ordered[: table.most]


def _nothing(part: Part) -> int | None:
    return 0 if isinstance(part, Measure) else None


def _forget(figure: Figure) -> Figure:
    return Figure(figure.id, None, figure.unit, figure.scope, traceable=False)
