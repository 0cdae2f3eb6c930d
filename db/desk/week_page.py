"""The figures of the page that goes out on Monday."""

from datetime import datetime, timedelta

from sqlmodel import Session

from db.desk.calling_off import Progress
from db.rules.report_period import WEEK, Wave
from db.stores.floor_charts import balance
from db.stores.reports.calling import week_before, week_page
from db.stores.reports.figures import Counter
from db.stores.reports.terms import Frame, Table
from db.views.reports import FigureTable, Scope
from db.views.week_page import WeekLine, WeekPage

THIS_WEEK = 75
"""Of a hundred: the week itself is most of the work, the one before it the rest."""


def count_week(
    session: Session, scope: Scope, waves: tuple[Wave, ...], made_at: datetime, step: Progress
) -> WeekPage:
    """A week from Monday to Sunday, beside the week before it; `step` is told how far it is, of a hundred."""
    if scope.first is None or scope.last is None:
        raise ValueError(scope)
    frame = Frame(scope, waves, tuple(scope.first + timedelta(days=count) for count in range(WEEK.days)))
    earlier = Frame(Scope(scope.as_of, scope.first - WEEK, scope.last - WEEK, scope.region), waves)
    figures, days, unheard = _count(session, frame, week_page(frame), _part(step, 0, THIS_WEEK))
    (before,) = _count(session, earlier, week_before(earlier), _part(step, THIS_WEEK, 100))
    lines = tuple(
        WeekLine(now.heading.code, now.figures[0], then.figures[0], now.figures[1])
        for now, then in zip(figures.rows, before.rows, strict=True)
    )
    regions = balance(session, "region_code")
    wanted = tuple(line for line in regions if scope.region in (None, line.code))
    return WeekPage(scope, made_at, lines, days, unheard, wanted)


def _part(step: Progress, first: int, last: int) -> Progress:
    """A part of the way as a part of the whole, in per cent."""
    return lambda done, total: step(first + (last - first) * done // max(total, 1), 100)


def _count(
    session: Session, frame: Frame, tables: tuple[Table, ...], step: Progress
) -> tuple[FigureTable, ...]:
    with Counter(session, frame, tables, step) as counter:
        return tuple(counter.table(table) for table in tables)
