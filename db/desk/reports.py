"""Figures: the questions that are asked of the desk, each traceable to its rows."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlmodel import Session

from db.desk.calling_off import Progress, Question
from db.desk.head_of_queue import put_first
from db.desk.lane import Lane
from db.desk.unit import Unit
from db.desk.week_page import count_week
from db.drafts.reports import ReportFilter
from db.errors import DeskError
from db.files.reports import render, write
from db.files.week_page import save_week
from db.rules.report_period import Wave, end_of, last_week, waves_of
from db.rules.times import local
from db.stores.reports.behind import rows_behind, subject_ids
from db.stores.reports.catalogue import NUMBERS, OF_LAST_WEEK, REPORTS
from db.stores.reports.figures import Counter
from db.stores.reports.terms import Frame, Table
from db.stores.users import load_settings
from db.texts import Texts
from db.views.reports import BehindFigure, PutFirst, Report, Scope
from db.views.week_page import WeekPage

LIMIT = 500
WEEK = "week"
"""The page of last week goes by a name as the reports do."""
NO_FILTER = ReportFilter()


class ReportsDesk:
    """Use cases of whoever answers for the figures."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    def names(self) -> tuple[str, ...]:
        """All reports."""
        return tuple(REPORTS)

    async def waves(self) -> tuple[Wave, ...]:
        """The waves that this desk tells apart."""
        return await self._lane.read(lambda session: waves_of(load_settings(session).waves))

    async def run(
        self, name: str, wanted: ReportFilter = NO_FILTER, progress: Progress | None = None
    ) -> Report:
        """Every figure of a report; raises DeskError for a name, a wave or a region that there is not.

        Whoever stops awaiting it stops the counting. `progress` is called on the thread that counts.
        """
        question = Question()
        try:
            return await self._lane.read(lambda session: self._run(session, name, wanted, question, progress))
        except asyncio.CancelledError:
            question.call_off()
            raise

    def run_now(self, name: str, wanted: ReportFilter = NO_FILTER) -> Report:
        """`run` for callers that have no event loop."""
        return self._lane.read_now(lambda session: self._run(session, name, wanted))

    async def rows(
        self, name: str, figure_id: str, wanted: ReportFilter = NO_FILTER, limit: int = LIMIT
    ) -> BehindFigure:
        """The rows behind a figure, by the condition that counted it; that somebody looked is logged."""

        def work(session: Session) -> BehindFigure:
            frame, tables = self._define(session, name, wanted)
            return rows_behind(session, frame, tables, figure_id, limit)

        behind = await self._lane.read(work)
        if any(row.candidate_id for row in behind.rows):
            await self._lane.write(lambda unit: _note_rows(unit, _known(name), behind))
        return behind

    async def people(self, name: str, figure_id: str, wanted: ReportFilter = NO_FILTER) -> tuple[UUID, ...]:
        """Everyone behind a figure that counts candidates, the longest waiting first."""

        def work(session: Session) -> tuple[UUID, ...]:
            frame, tables = self._define(session, name, wanted)
            return tuple(subject_ids(session, frame, tables, figure_id))

        return await self._lane.read(work)

    async def put_first(self, candidate_ids: Sequence[UUID]) -> PutFirst:
        """Put people at the head of the queue, in the order given; undoable, one event for all of them.

        Appointments, calls in hand and calls that cannot be made stay as they are and are counted.
        """
        wanted = tuple(candidate_ids)
        return await self._lane.write(lambda unit: put_first(unit, wanted))

    async def week(self, wanted: ReportFilter = NO_FILTER, progress: Progress | None = None) -> WeekPage:
        """The page of the last whole week before the reference date; only its date and region count.

        Whoever stops awaiting it stops the counting. `progress` is called on the thread that counts.
        """
        question = Question()
        try:
            return await self._lane.read(lambda session: self._week(session, wanted, question, progress))
        except asyncio.CancelledError:
            question.call_off()
            raise

    async def save_week(self, page: WeekPage, kind: str, path: str, texts: Texts) -> Path:
        """Write the page of a week as md or pdf; where it is now. DeskError when it cannot be."""
        return await self._lane.run(lambda: save_week(page, kind, path, texts))

    async def save(self, report: Report, kind: str, path: str, texts: Texts) -> Path:
        """Write a report to a file as md, csv, xlsx or json; where it is now. DeskError when it cannot be."""
        return await self._lane.run(lambda: write(Path(path), render(report, kind, texts)))

    def _run(
        self,
        session: Session,
        name: str,
        wanted: ReportFilter,
        question: Question | None = None,
        progress: Progress | None = None,
    ) -> Report:
        asked = question or Question()
        frame, tables = self._define(session, name, wanted)
        step = _checked(asked, progress)
        with asked.over(session), Counter(session, frame, tables, step) as counter:
            counted = tuple(counter.table(table) for table in tables)
        return Report(_known(name), frame.scope, self._lane.clock(), counted)

    def _week(
        self, session: Session, wanted: ReportFilter, question: Question, progress: Progress | None
    ) -> WeekPage:
        waves, now = waves_of(load_settings(session).waves), self._lane.clock()
        first, last = last_week(_as_of(wanted.as_of, now))
        week = replace(wanted, from_=first, to=last, wave=None).checked()
        with question.over(session):
            return count_week(session, _scope(week, waves, now), waves, now, _checked(question, progress))

    def _define(self, session: Session, name: str, wanted: ReportFilter) -> tuple[Frame, tuple[Table, ...]]:
        known = _known(name)
        waves = waves_of(load_settings(session).waves)
        now = self._lane.clock()
        if known in OF_LAST_WEEK and not (wanted.from_ or wanted.to or wanted.wave):
            first, last = last_week(_as_of(wanted.as_of, now))
            wanted = replace(wanted, from_=first, to=last)
        frame = Frame(_scope(wanted.checked(), waves, now), waves)
        return frame, REPORTS[known](frame)


def _checked(question: Question, progress: Progress | None) -> Progress:
    """Progress that ends the counting when nobody waits for it any more."""

    def step(done: int, total: int) -> None:
        question.check()
        if progress:
            progress(done, total)

    return step


def _note_rows(unit: Unit, report: str, behind: BehindFigure) -> None:
    unit.record("reports.rows", report=report, figure=behind.figure_id, count=len(behind.rows))


def _known(name: str) -> str:
    code = NUMBERS.get(name.lower(), name.lower())
    if code not in REPORTS:
        raise DeskError("reports.unknown", name=name, known=", ".join((*REPORTS, WEEK)))
    return code


def _as_of(day: date | None, now: datetime) -> datetime:
    """The end of a day that is over, else now."""
    return now if day is None else min(now, end_of(day) - timedelta(microseconds=1))


def _scope(wanted: ReportFilter, waves: Sequence[Wave], now: datetime) -> Scope:
    as_of = _as_of(wanted.as_of, now)
    first, last = wanted.from_, wanted.to
    if wanted.wave:
        wave = next((item for item in waves if item.code == wanted.wave), None)
        if wave is None:
            raise DeskError(
                "reports.wave_unknown", wave=wanted.wave, known=", ".join(item.code for item in waves)
            )
        first = max(wave.first, first) if first else wave.first
        last = min(day for day in (wave.last, last, local(as_of).date()) if day)
    return Scope(as_of, first, last, wanted.region, wanted.wave)
