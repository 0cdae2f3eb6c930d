"""How a few measures of one source are counted in one query."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from db.stores.reports.terms import Measure
from db.views.reports import ALL

TIMES = "times"
"""The column that says how many facts a row stands for, where facts that are alike lie in one row."""


def asking(fields: sa.Table, measures: list[Measure], by: sa.ColumnElement[Any] | None) -> sa.Select[Any]:
    """All measures at once, for each code of `by` or for everything together."""
    different = [measure.counts for measure in measures if counts_different(measure)]
    if len(set(different)) == 1 and (by is not None or len(different) > 1):
        return _sorted_once(fields, measures, different[0], by)
    counted = [_aggregate(measure, fields) for measure in measures]
    query = sa.select(by if by is not None else sa.literal(ALL), *counted).select_from(fields)
    return query.group_by(by) if by is not None else query


def counts_different(measure: Measure) -> bool:
    """Whether different values are counted, so that the rows of a table do not add up."""
    return measure.counts != "id" and measure.oldest is None and measure.sums is None


def _sorted_once(
    fields: sa.Table, measures: list[Measure], counts: str, by: sa.ColumnElement[Any] | None
) -> sa.Select[Any]:
    """Different values of one field by several conditions: the facts are sorted once, not for each."""
    of_each = [
        _aggregate(replace(measure, counts="id"), fields).label(f"n{number}")
        for number, measure in enumerate(measures)
    ]
    code = (by if by is not None else sa.literal(ALL)).label("code")
    divided = [by] if by is not None else []
    each = sa.select(code, *of_each).group_by(*divided, fields.c[counts]).subquery("each")

    def together(measure: Measure, number: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        if measure.oldest is not None:
            return sa.func.min(number)
        if counts_different(measure):
            return sa.func.count(sa.case((number > 0, 1)))
        return sa.func.coalesce(sa.func.sum(number), 0)

    code_of_each, *numbers = each.c
    totals = [together(measure, number) for measure, number in zip(measures, numbers, strict=True)]
    if by is None:
        return sa.select(sa.literal(ALL), *totals)
    return sa.select(code_of_each, *totals).group_by(code_of_each)


def _aggregate(measure: Measure, fields: sa.Table) -> sa.ColumnElement[Any]:
    holds, times = measure.holds(fields.c), fields.c.get(TIMES)
    if measure.oldest is not None:
        return sa.func.min(sa.case((holds, fields.c[measure.oldest])))
    if measure.sums is not None:
        return sa.func.coalesce(sa.func.sum(sa.case((holds, fields.c[measure.sums]), else_=0)), 0)
    if measure.counts == "id" and times is not None:
        return sa.func.coalesce(sa.func.sum(sa.case((holds, times), else_=0)), 0)
    if measure.counts == "id":
        return sa.func.count(sa.case((holds, 1)))
    return sa.func.count(sa.distinct(sa.case((holds, fields.c[measure.counts]))))
