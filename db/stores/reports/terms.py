"""What a report is made of: sources of facts, measures with one condition each, and tables of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import SQLModel, col

from db.models import (
    CallAttempt,
    Candidate,
    Export,
    FollowUp,
    ImportBatch,
    ImportRow,
    Organisation,
    Proposal,
    Referral,
    Request,
    Retraction,
)
from db.rules.report_period import Wave, months_before, start_of, weeks_before
from db.views.reports import Scope

Fields = sa.sql.base.ReadOnlyColumnCollection[str, sa.ColumnElement[Any]]
Condition = Callable[[Fields], sa.ColumnElement[bool]]
Column = sa.ColumnElement[Any] | Mapped[Any]
Source = Callable[["Frame"], sa.Subquery]
"""Every fact of one kind that stands at the reference moment, with the fields that conditions speak of."""
UNKNOWN, OUTSIDE, EARLIER = "unknown", "outside", "earlier"
STRETCHES = 12
"""So many weeks or months are told apart; what was before is together."""
SUBJECTS: Mapping[str, Any] = {
    "candidates": Candidate,
    "proposals": Proposal,
    "attempts": CallAttempt,
    "requests": Request,
    "organisations": Organisation,
    "files": ImportBatch,
    "file_rows": ImportRow,
    "exports": Export,
    "referrals": Referral,
    "follow_ups": FollowUp,
}
SUBJECT_OF_UNIT = {
    "candidates": "candidates",
    "proposals": "proposals",
    "placements": "proposals",
    "attempts": "attempts",
    "requests": "requests",
    "fte": "requests",
    "organisations": "organisations",
    "referrals": "referrals",
    "days": "candidates",
}


class Unindexed(sa.sql.functions.ReturnTypeFromArgs[Any]):
    """A column whose index SQLite leaves alone.

    It would walk through the index of a moment for every period, and look each row up: four times the work of
    reading all of them where the period holds most of them. PostgreSQL knows how many there are. And it would
    try to read a number in every moment that it compares with a column of dates, which costs as much again.
    """

    name = "unindexed"
    inherit_cache = True


@compiles(Unindexed, "sqlite")
def _unindexed_sqlite(element: Any, compiler: Any, **options: Any) -> str:  # noqa: ANN401  # SQLAlchemy's own
    return f"+{compiler.process(element.clauses, **options)}"


@compiles(Unindexed)
def _unindexed(element: Any, compiler: Any, **options: Any) -> str:  # noqa: ANN401  # SQLAlchemy's own
    return str(compiler.process(element.clauses, **options))


def still_stands(fact_id: Column) -> sa.ColumnElement[bool]:
    """The condition that a fact was not taken back, for many facts at once: the list is made once."""
    taken_back = sa.select(col(Retraction.fact_id)).where(sa.text("retraction.lifted_at IS NULL"))
    return fact_id.not_in(taken_back)


def another(model: type[SQLModel]) -> Any:  # noqa: ANN401  # its columns are what is asked of it
    """A table under a name of its own, where it is named twice in one query."""
    return aliased(model)


@dataclass(frozen=True, slots=True)
class Frame:
    """What sources are limited to, and the waves that the desk tells apart."""

    scope: Scope
    waves: tuple[Wave, ...]
    days: tuple[date, ...] = ()
    """The days that are told apart, one after another; of all that came after them the last one is said."""
    laid_out: Mapping[Source, sa.FromClause] = field(default_factory=dict, compare=False)
    """What was laid out before of all time, for sources that are made of others."""

    asked: frozenset[str] | None = field(default=None, compare=False)
    """The fields of a source that are spoken of; None is all of them."""

    def asks(self, *fields: str) -> bool:
        """Whether any of these fields is spoken of: what is not need not be looked up."""
        return self.asked is None or not self.asked.isdisjoint(fields)

    def whole(self) -> "Frame":
        """The same without a period."""
        return replace(self, scope=self.scope.whole())

    def within(self, moment: Column) -> list[sa.ColumnElement[bool]]:
        """In the period, and not after the reference moment."""
        scope, at = self.scope, Unindexed(moment)
        limits = [at <= scope.as_of]
        limits += [at >= scope.start] if scope.start else []
        limits += [at < scope.end] if scope.end else []
        return limits

    def in_region(self, region: Column) -> list[sa.ColumnElement[bool]]:
        """In the region that was asked for."""
        return [region == self.scope.region] if self.scope.region else []

    def standing(self, fact: Any) -> list[sa.ColumnElement[bool]]:  # noqa: ANN401  # a mapped fact
        """Known by the reference moment and not taken back."""
        return [Unindexed(fact.at) <= self.scope.as_of, still_stands(fact.id)]

    def day(self, moment: Column) -> sa.ColumnElement[str]:
        """On which of these days a moment falls."""
        at = Unindexed(moment)
        ends = [(at >= start_of(day), sa.literal(day.isoformat())) for day in reversed(self.days)]
        return sa.case(*ends, else_=sa.literal(EARLIER)) if ends else sa.literal(OUTSIDE)

    def month(self, moment: Column) -> sa.ColumnElement[str]:
        """In which month a moment falls."""
        return _stretch(moment, list(months_before(self.scope.as_of, STRETCHES)))

    def week(self, moment: Column) -> sa.ColumnElement[str]:
        """In which week a moment falls, by its Monday."""
        return _stretch(moment, list(weeks_before(self.scope.as_of, STRETCHES)))

    def wave(self, moment: Column) -> sa.ColumnElement[str]:
        """In which wave a moment falls."""
        cases = []
        for wave in self.waves:
            scope = Scope(self.scope.as_of, wave.first, wave.last)
            limits = [moment >= scope.start] + ([moment < scope.end] if scope.end else [])
            cases.append((sa.and_(*limits), sa.literal(wave.code)))
        return sa.case(*cases, else_=sa.literal(OUTSIDE)) if cases else sa.literal(OUTSIDE)


def _stretch(moment: Column, starts: list[tuple[str, Any]]) -> sa.ColumnElement[str]:
    at = Unindexed(moment)
    cases = [(at >= start, sa.literal(code)) for code, start in starts]
    return sa.case(*cases, else_=sa.literal(EARLIER))


@dataclass(frozen=True, slots=True)
class Dimension:
    """By what a table is divided: a field of its sources, and where its codes get their words.

    `codes` are shown always and in this order; without them the codes that occur, in the order of the list.
    """

    field: str
    kind: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One condition on one source, and what is counted of what fulfils it.

    `counts` names the field whose different values are counted, `sums` one that is added up instead, `oldest`
    one whose age in days is wanted; `whole` leaves the period out. `subject` is what its rows are.
    """

    key: str
    unit: str
    source: Source
    when: Condition | None = None
    counts: str = "id"
    sums: str | None = None
    oldest: str | None = None
    whole: bool = False
    subject: str = ""

    @property
    def subject_name(self) -> str:
        """What the rows behind it are."""
        return self.subject or SUBJECT_OF_UNIT[self.unit]

    def holds(self, fields: Fields) -> sa.ColumnElement[bool]:
        """The condition, for counting and for the rows alike."""
        return self.when(fields) if self.when else sa.true()


@dataclass(frozen=True, slots=True)
class Ratio:
    """One measure per other measure of the same table, in hundredths; it has no rows of its own."""

    key: str
    over: str
    under: str
    unit: str = "ratio"


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A figure that nothing is recorded of: a fixed value (0 where no such thing exists), or None."""

    key: str
    unit: str
    value: int | None = None


Part = Measure | Ratio | Unrecorded


@dataclass(frozen=True, slots=True)
class Table:
    """Measures together: as columns beside the rows of a dimension, or as a list without one.

    `both` shows a list in the period and since the first day. `most` keeps only so many rows, the largest
    of the first measure first. `needs` names a source; while it is empty all figures are not recorded.
    """

    key: str
    parts: tuple[Part, ...]
    by: Dimension | None = None
    both: bool = False
    most: int | None = None
    total: bool = True
    notes: tuple[str, ...] = ()
    needs: Source | None = None
    needs_note: str = ""
    status_now: bool = False
    """It speaks of what the records say now, also when the reference date is past."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Those parts that are counted."""
        return tuple(part for part in self.parts if isinstance(part, Measure))
