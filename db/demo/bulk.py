"""Inserting hundreds of thousands of rows at once: the values are converted as always, but each only once."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from db.demo.floor import Row

Convert = Callable[[Any], Any]


class BulkInsert:
    """An insert into a table in the words of the driver, and what each of its columns must become for it."""

    def __init__(self, table: sa.Table, dialect: sa.Dialect) -> None:
        compiled = table.insert().compile(dialect=dialect)
        self.statement = str(compiled)
        self._names = tuple(compiled.positiontup or ())
        self._conversions = [
            (index, convert)
            for index, name in enumerate(self._names)
            if (convert := _conversion(table.c[name].type, dialect)) is not None
        ]

    def parameters(self, rows: Iterable[Row]) -> Iterator[list[Any]]:
        """The rows as the driver wants them."""
        values_of = itemgetter(*self._names)
        for row in rows:
            values = list(values_of(row))
            for index, convert in self._conversions:
                if values[index] is not None:
                    values[index] = convert(values[index])
            yield values


def bulk_insert(table: sa.Table, dialect: sa.Dialect) -> BulkInsert:
    """The insert of a whole row of a table."""
    return BulkInsert(table, dialect)


def _conversion(column_type: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Convert | None:
    convert: Convert | None = column_type.dialect_impl(dialect).bind_processor(dialect)
    if isinstance(column_type, sa.String) or convert is None:
        return convert
    if isinstance(column_type, sa.JSON):
        return lambda value: convert(value) if value else repr(value)  # an empty list or object, most often
    # The same few ids and moments come back in row after row.
    return cache(convert)
