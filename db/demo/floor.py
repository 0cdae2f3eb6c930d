"""The practice floor while it is being made: chance, the moment, and the rows of every table so far."""

import random
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from db.ids import id_from
from db.rules.calling_hours import CallingHours

Row = dict[str, Any]
FULL_SIZE = 22_500
DAYS = 52
"""Registration opened so many days before the practice begins: 16 March for 7 May."""


@cache
def _blank(model: type[SQLModel]) -> tuple[Row, frozenset[str]]:
    """What a row of this table holds when nothing else is said, and its columns that say when it came."""
    fields = {name: field for name, field in model.model_fields.items() if name != "id"}
    row = {name: field.get_default(call_default_factory=True) for name, field in fields.items()}
    return row, frozenset({"id", "at", "created_at", "updated_at"} & set(model.model_fields))


class Floor:
    """Everything that the makers of the practice floor share.

    `called` and the other figures of the field are given for 22,500 candidates; `share` scales them.
    """

    def __init__(self, seed: int, candidates: int, now: datetime) -> None:
        self.chance = random.Random(seed)
        self.candidates = candidates
        self.now = now.astimezone(UTC)
        self.hours = CallingHours()
        self.today: date = self.hours.local_day(self.now)
        self.first_day: date = self.today - timedelta(days=DAYS)
        self.rows: dict[type[SQLModel], list[Row]] = defaultdict(list)
        self._open = _OpenTime(self.hours, self.first_day, self.now)

    def share(self, figure: int) -> int:
        """The figure of the real desk at this floor's size; at least one, so that everything can be seen."""
        return max(1, round(figure * self.candidates / FULL_SIZE))

    def new_id(self, at: datetime) -> UUID:
        """An id of that moment, out of this floor's own chance."""
        return id_from(int(at.timestamp() * 1000), self.chance.randbytes(10))

    def add(self, model: type[SQLModel], at: datetime, **values: Any) -> Row:  # noqa: ANN401  # columns
        """Add a row that came to be at that moment; what is not said has its default."""
        blank, stamps = _blank(model)
        row = {**blank, **dict.fromkeys(stamps, at), **values}
        if "id" in stamps:
            row["id"] = self.new_id(at)
        self.rows[model].append(row)
        return row

    def calling_moment(self, after: datetime, before: datetime) -> datetime | None:
        """Some moment between the two at which the desk calls, or None when there is none."""
        return self._open.between(self.chance.random(), after, before)

    def days(self, low: float, high: float) -> timedelta:
        """Some duration between two numbers of days."""
        return timedelta(days=self.chance.uniform(low, high))

    def drawn(self, rows: Sequence[Row], weights: Sequence[int], count: int) -> list[Row]:
        """So many rows, each as often as its weight says."""
        return self.chance.choices(rows, cum_weights=list(accumulate(weights)), k=count)


class _OpenTime:
    """The seconds within calling hours since the first day, put end to end."""

    def __init__(self, hours: CallingHours, first_day: date, now: datetime) -> None:
        self._starts: list[float] = []
        self._before: list[float] = []
        self._length = 0.0
        day = first_day
        while day <= hours.local_day(now):
            span = hours.window(day)
            if span:
                start, end = (hours.moment(day, at).timestamp() for at in span)
                self._starts.append(start)
                self._before.append(self._length)
                self._length += end - start
            day += timedelta(days=1)

    def between(self, fraction: float, after: datetime, before: datetime) -> datetime | None:
        """The moment that lies at this fraction of the calling time between the two."""
        low, high = self._passed(after.timestamp()), self._passed(before.timestamp())
        if high - low < 1:
            return None
        wanted = low + fraction * (high - low)
        index = bisect_right(self._before, wanted) - 1
        return datetime.fromtimestamp(int(self._starts[index] + wanted - self._before[index]), UTC)

    def _passed(self, moment: float) -> float:
        """The calling time that lies before a moment."""
        index = bisect_right(self._starts, moment) - 1
        if index < 0:
            return 0.0
        end = self._before[index + 1] if index + 1 < len(self._before) else self._length
        return min(self._before[index] + moment - self._starts[index], end)
