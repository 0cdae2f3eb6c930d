"""How a few measures of one source are counted in one query."""

from typing import Any

import sqlalchemy as sa

from db.stores.reports.terms import Measure
from db.views.reports import ALL

TIMES = "times"
"""The column that says how many facts a row stands for, where facts that are alike lie in one row."""


def asking(fields: sa.Table, measures: list[Measure], by: sa.ColumnElement[Any] | None) -> sa.Select[Any]:
    """All measures at once, for each code of `by` or for everything together."""
    different = [measure.counts for measure in measures if counts_different(measure)]
    if len(different) > 1 and len(set(different)) == 1:
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
    of_each = [_of_each(measure, fields).label(f"n{number}") for number, measure in enumerate(measures)]
    code = (by if by is not None else sa.literal(ALL)).label("code")
    divided = [by] if by is not None else []
    each = sa.select(code, *of_each).group_by(*divided, fields.c[counts]).subquery("each")

    def together(measure: Measure, number: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        if measure.oldest is not None:
            return sa.func.min(number)
        if counts_different(measure):
            return sa.func.count().filter(number > 0)
        return sa.func.coalesce(sa.func.sum(number), 0)

    code_of_each, *numbers = each.c
    totals = [together(measure, number) for measure, number in zip(measures, numbers, strict=True)]
    if by is None:
        return sa.select(sa.literal(ALL), *totals)
    return sa.select(code_of_each, *totals).group_by(code_of_each)


def _of_each(measure: Measure, fields: sa.Table) -> sa.ColumnElement[Any]:
    """What is added up of one value, or by how many rows it is there at all."""
    if counts_different(measure):
        return _of_those(measure, fields, sa.func.count())
    return _aggregate(measure, fields)


def _aggregate(measure: Measure, fields: sa.Table) -> sa.ColumnElement[Any]:
    times = fields.c.get(TIMES)
    if measure.oldest is not None:
        return _of_those(measure, fields, sa.func.min(fields.c[measure.oldest]))
    if measure.sums is not None:
        return sa.func.coalesce(_of_those(measure, fields, sa.func.sum(fields.c[measure.sums])), 0)
    if measure.counts == "id" and times is not None:
        return sa.func.coalesce(_of_those(measure, fields, sa.func.sum(times)), 0)
    if measure.counts == "id":
        return _of_those(measure, fields, sa.func.count())
    return _of_those(measure, fields, sa.func.count(sa.distinct(fields.c[measure.counts])))


def _of_those(
    measure: Measure, fields: sa.Table, counted: sa.sql.functions.FunctionElement[Any]
) -> sa.ColumnElement[Any]:
    """Of what fulfils the condition only: to pass the rest by is cheaper than to count nothing for it."""
    return counted.filter(measure.holds(fields.c)) if measure.when else counted
