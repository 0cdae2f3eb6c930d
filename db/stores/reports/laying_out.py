"""The facts of a source as a temporary table, laid out once a report: its figures are counted from that."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.sql.visitors import iterate
from sqlmodel import Session, col

from db.models import CallAttempt
from db.stores.reports.asking import TIMES, counts_different
from db.stores.reports.people import PERSON, attempts, heard, tried
from db.stores.reports.terms import Frame, Measure, Source, Table

INSIDE = "inside_period"
"""Said of each fact once, where figures of the period stand beside those of all time."""
MADE_OF = {heard: tried, tried: attempts}
"""What is laid out before a source that is made of it, of all time."""
Key = tuple[Source, bool]
"""A source, and whether its facts are those of all time."""


@dataclass(slots=True)
class Layouts:
    """What was laid out for the tables of one report."""

    session: Session
    frame: Frame
    tables: tuple[Table, ...]
    step: Callable[[], None]
    """Called before each layout."""
    _made: dict[Key, sa.Table] = field(default_factory=dict)

    def drop(self) -> None:
        """Let all of it go again."""
        for laid_out in self._made.values():
            self.session.execute(sa.schema.DropTable(laid_out))

    def sources(self) -> set[Source]:
        """Everything that this report will lay out."""
        found = {measure.source for table in self.tables for measure in table.measures}
        if heard in found:
            found |= {tried, attempts}
        return found

    def source(self, source: Source, *, whole: bool) -> sa.Table:
        """The facts that a measure speaks of."""
        key = (source, whole or self._unlimited)
        if key not in self._made:
            if source in MADE_OF:
                self.source(MADE_OF[source], whole=True)
            self.step()
            self._made[key] = self._lay_out(key, f"figures_{len(self._made)}")
        return self._made[key]

    @property
    def _unlimited(self) -> bool:
        return self.frame.scope == self.frame.whole().scope

    def _lay_out(self, key: Key, name: str) -> sa.Table:
        facts = self._facts(key)
        if self._on_sqlite and key[0] is tried:
            return self._keyed(name, facts, (PERSON,))
        if self._on_sqlite and self._sorts_people(key):
            return self._counted_by_person(name, facts)
        if self._adds_up(key):
            facts = _alike_together(facts, {measure.oldest for _, measure in self._asked(key)})
        layout = facts.into(name, temporary=True)
        self.session.execute(layout)
        return layout.table

    @property
    def _on_sqlite(self) -> bool:
        return self.session.get_bind().dialect.name == "sqlite"

    def _asked(self, key: Key) -> Iterator[tuple[Table, Measure]]:
        """The measures that are counted from this layout."""
        source, whole = key
        for table in self.tables:
            for measure in table.measures:
                of_all = table.both or measure.whole or self._unlimited
                if measure.source is source and of_all == whole:
                    yield table, measure

    def _facts(self, key: Key) -> sa.Select[Any]:
        """Only the fields that this report speaks of: what is not asked need not be reckoned."""
        source, whole = key
        frame = self.frame.whole() if whole else self.frame
        known = {made: table for (made, of_all), table in self._made.items() if of_all}
        spoken_of = self._spoken_of(key, source(frame))
        facts: Any = source(replace(frame, laid_out=known, asked=frozenset(spoken_of))).element
        fields = facts.selected_columns
        kept = [field for name, field in fields.items() if name in spoken_of]
        if any(table.both for table, _ in self._asked(key)):
            inside = sa.and_(*self.frame.within(fields.at))
            kept.append(sa.case((inside, 1), else_=0).label(INSIDE))
        layout: sa.Select[Any] = facts.with_only_columns(*kept)
        return layout

    def _spoken_of(self, key: Key, facts: sa.Subquery) -> set[str]:
        """The fields of a source that any figure is divided by, limited by or made of."""
        if key[0] is tried:
            return set(facts.c.keys())
        spoken_of = {"person_id", "marks"} if self._is_tried(key) else set()
        for table, measure in self._asked(key):
            named = (measure.counts, measure.sums, measure.oldest, table.by.field if table.by else None)
            # Facts are counted by their conditions: the id of each is never looked at.
            spoken_of.update(name for name in named if name and name != "id")
            spoken_of |= _limited_by(measure, facts)
        return spoken_of or {"at"}

    def _is_tried(self, key: Key) -> bool:
        """Whether it is told from these how far somebody got with each person."""
        return key == (attempts, True) and tried in self.sources()

    def _sorts_people(self, key: Key) -> bool:
        """Whether these are asked by person; PostgreSQL groups without sorting."""
        different = [measure for _, measure in self._asked(key) if counts_different(measure)]
        return key[0] is attempts and bool(self._is_tried(key) or different)

    def _adds_up(self, key: Key) -> bool:
        """Whether each fact is only counted, and all of them are grouped for that anyway."""
        asked, facts = list(self._asked(key)), key[0](self.frame)
        moments = {"at"} | {measure.oldest for _, measure in asked}
        plain = not any(
            measure.sums or counts_different(measure) or moments & _limited_by(measure, facts)
            for _, measure in asked
        )
        return plain and any(table.by for table, _ in asked)

    def _counted_by_person(self, name: str, facts: sa.Select[Any]) -> sa.Table:
        """What no figure tells apart of one person as one row, those of a person together.

        They are read in the order of an index, which is nearly the order in which they lie here: nothing need
        be sorted, and whatever groups by person finds them so.
        """
        fields = facts.selected_columns
        others = [key for key, _ in fields.items() if key != PERSON]
        # What a table is divided by stands before the numbers, so that these rows lie together too.
        others.sort(key=lambda key: isinstance(fields[key].type, sa.Integer))
        told = (PERSON, *others)
        once = facts.with_only_columns(*(fields[key] for key in told), sa.literal(1).label(TIMES))
        return self._keyed(name, once.order_by(col(CallAttempt.candidate_id)), told)

    def _keyed(self, name: str, facts: sa.Select[Any], keys: tuple[str, ...]) -> sa.Table:
        """Facts in the order of what tells them apart; where they are counted, alike ones are one row."""
        columns = [
            sa.Column(field.key, field.type, primary_key=field.key in keys)
            for field in facts.selected_columns
        ]
        laid_out = sa.Table(name, sa.MetaData(), *columns, prefixes=["TEMPORARY"], sqlite_with_rowid=False)
        self.session.execute(sa.schema.CreateTable(laid_out))
        put: Any = insert(laid_out).from_select(list(laid_out.c.keys()), facts)
        if TIMES in laid_out.c:
            put = put.on_conflict_do_update(index_elements=keys, set_={TIMES: laid_out.c[TIMES] + 1})
        self.session.execute(put)
        return laid_out


def _limited_by(measure: Measure, facts: sa.Subquery) -> set[str]:
    """The fields that a condition speaks of."""
    parts = iterate(measure.holds(facts.c))
    return {part.key for part in parts if isinstance(part, sa.ColumnClause) and part.table is facts}


def _alike_together(facts: sa.Select[Any], oldest: set[str | None]) -> sa.Select[Any]:
    """What no figure tells apart as one row: how many facts that are, and the oldest of them."""
    fields = facts.selected_columns
    told = [field for name, field in fields.items() if name not in oldest]
    firsts = [sa.func.min(field).label(name) for name, field in fields.items() if name in oldest]
    places = sa.text(", ".join(str(place) for place in range(1, len(told) + 1)))
    return facts.with_only_columns(*told, *firsts, sa.func.count().label(TIMES)).group_by(places)
