"""Files that come in: looked at first, taken in whole or not at all, and taken back."""

import asyncio
import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlmodel import Session

from db.desk.import_plan import (
    CREATED,
    MERGED,
    REJECTED,
    UNCHANGED,
    Cancelled,
    ImportCancelledError,
    OpenedFile,
    Plan,
    Progress,
    RowOutcome,
    Steps,
    open_file,
)
from db.desk.import_registrations import RegistrationPlanner, RegistrationRows
from db.desk.import_requests import RequestPlanner, RequestRows
from db.desk.import_undo import undo_batch
from db.desk.import_write import write_plan
from db.desk.lane import Lane
from db.desk.unit import Unit
from db.drafts.imports import DEFAULT_SOURCE, ImportOrder
from db.errors import DeskError
from db.files.paths import complete_path, typed_path
from db.files.tables import read_table
from db.ids import new_id
from db.rules.import_columns import REGISTRATIONS, REQUESTS, fields_of, guess_kind, missing_fields
from db.stores import imports as store
from db.views.imports import (
    ImportBatchView,
    ImportPreview,
    ImportProblem,
    ImportReport,
    PathChoices,
    UndoImportReport,
)

__all__ = ["REGISTRATIONS", "REQUESTS", "ImportCancelledError", "ImportsDesk", "batch_short"]

SAMPLE_ROWS = 20
PROBLEM_ROWS = 50
GIVEN_IN = {"invalid_fte": "fte", "unknown_sector": "sector"}
"""The field that holds what a row was rejected for."""
_STEPS_PER_ROW = 3
"""Reading, settling, writing."""


class ImportsDesk:
    """Use cases about files that come in; `progress` is told (done, total) on the thread that works."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def preview(
        self,
        path: Path | str,
        columns: Mapping[str, str] | None = None,
        *,
        kind: str = REGISTRATIONS,
        source: str = DEFAULT_SOURCE,
    ) -> ImportPreview:
        """Say what an import would do, and write nothing.

        `columns` is field → heading, over what is guessed. Raises DeskError when the file cannot be read.
        """
        return await self._lane.run(lambda: self.preview_now(path, columns, kind=kind, source=source))

    async def run(
        self,
        path: Path | str,
        source: str = DEFAULT_SOURCE,
        columns: Mapping[str, str] | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
        *,
        kind: str = REGISTRATIONS,
        rejects_folder: Path | None = None,
        language: str = "nl",
    ) -> ImportReport:
        """Take a file in, in one transaction; `cancelled` is asked often, nothing is kept when it says so.

        Rejected rows are written beside the file, or into `rejects_folder`. Raises ImportCancelledError
        when called off, another DeskError when the file cannot be taken in.
        """
        return await self._lane.run(
            lambda: self.run_now(
                path,
                source,
                columns,
                progress,
                cancelled,
                kind=kind,
                rejects_folder=rejects_folder,
                language=language,
            )
        )

    async def undo(self, batch: UUID | str) -> UndoImportReport:
        """Take back what nobody has worked on since; `batch` is the id, or enough of its name."""
        return await self._lane.run(lambda: self.undo_now(batch))

    async def batches(self) -> tuple[ImportBatchView, ...]:
        """All files that came in, the newest first."""
        return await self._lane.read(_batches)

    async def kind_of(self, path: Path | str) -> str:
        """Tell whether a file holds registrations or requests; raises DeskError when it cannot be read."""
        return await self._lane.run(
            lambda: guess_kind([row.cells for row in read_table(typed_path(path)).rows[:10]])
        )

    async def paths(self, typed: str) -> PathChoices:
        """Give the files and folders that a path which is being typed may become."""
        return await asyncio.to_thread(complete_path, typed)

    def batches_now(self) -> tuple[ImportBatchView, ...]:
        """`batches` for callers that have no event loop."""
        return self._lane.read_now(_batches)

    def preview_now(
        self,
        path: Path | str,
        columns: Mapping[str, str] | None = None,
        *,
        kind: str = REGISTRATIONS,
        source: str = DEFAULT_SOURCE,
        progress: Progress | None = None,
    ) -> ImportPreview:
        """`preview` for callers that have no event loop."""
        order = ImportOrder(typed_path(path), kind, source, columns or {})
        file, now = open_file(order), self._lane.clock()
        steps = Steps(len(file.rows) * 2, progress, None)
        rows = _read(order, file, now, steps)
        plan = self._lane.read_now(lambda session: _plan(session, rows, new_id(), now, steps))
        return _preview(order, file, plan)

    def run_now(
        self,
        path: Path | str,
        source: str = DEFAULT_SOURCE,
        columns: Mapping[str, str] | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
        *,
        kind: str = REGISTRATIONS,
        rejects_folder: Path | None = None,
        language: str = "nl",
    ) -> ImportReport:
        """`run` for callers that have no event loop."""
        order = ImportOrder(typed_path(path), kind, source, columns or {}, rejects_folder)
        file = open_file(order)
        check_columns(order, file)
        steps = Steps(len(file.rows) * _STEPS_PER_ROW, progress, cancelled)
        written: list[Path] = []
        try:
            with collecting_paused():
                return self._run(order, file, steps, written, language)
        except BaseException:
            for rejects in written:
                rejects.unlink(missing_ok=True)
            raise

    def _run(
        self, order: ImportOrder, file: OpenedFile, steps: Steps, written: list[Path], language: str
    ) -> ImportReport:
        # What needs no database is done before the transaction begins, which keeps others waiting.
        rows = _read(order, file, self._lane.clock(), steps)

        def work(unit: Unit) -> ImportReport:
            store.one_at_a_time(unit.session)
            batch_id = new_id()
            plan = _plan(unit.session, rows, batch_id, unit.now, steps)
            report = write_plan(
                unit, batch_id, order, file, plan, steps, written, self._lane.seat.user_id, language
            )
            steps.check()
            return replace(report, batch=batch_short(batch_id))

        return self._lane.write_now(work)

    def undo_now(self, batch: UUID | str) -> UndoImportReport:
        """`undo` for callers that have no event loop."""
        report = self._lane.write_now(lambda unit: undo_batch(unit, batch, self._lane.seat.user_id))
        return replace(report, batch=batch_short(report.batch_id))


@contextmanager
def collecting_paused() -> Iterator[None]:
    """Leave the garbage alone: an import makes a million things and throws few away."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def batch_short(batch_id: UUID) -> str:
    """Give the short name of a batch: the end of its id, for the beginning is only its time."""
    return batch_id.hex[-8:]


def _read(
    order: ImportOrder, file: OpenedFile, now: datetime, steps: Steps
) -> RegistrationRows | RequestRows:
    return (
        RequestRows(file, steps)
        if order.kind == REQUESTS
        else RegistrationRows(file, order.source, now, steps)
    )


def _plan(
    session: Session, rows: RegistrationRows | RequestRows, batch_id: UUID, now: datetime, steps: Steps
) -> Plan:
    if isinstance(rows, RequestRows):
        return RequestPlanner(session, rows, batch_id, now).work(steps)
    return RegistrationPlanner(session, rows, batch_id, now).work(steps)


def check_columns(order: ImportOrder, file: OpenedFile) -> None:
    """Raise DeskError when a field without which no row can be taken in has no column."""
    missing = missing_fields(order.kind, file.columns)
    if missing:
        raise DeskError("imports.columns_missing", fields=", ".join(missing), known=", ".join(file.headings))


def _preview(order: ImportOrder, file: OpenedFile, plan: Plan) -> ImportPreview:
    told = (item for item in plan.outcomes if item.reason or item.repairs or item.question)
    return ImportPreview(
        kind=order.kind,
        file_name=file.table.name,
        fields=fields_of(order.kind),
        headings=file.headings,
        columns=file.columns,
        missing=missing_fields(order.kind, file.columns),
        read=len(plan.outcomes),
        created=plan.count(CREATED),
        merged=plan.count(MERGED),
        unchanged=plan.count(UNCHANGED),
        rejected=plan.count(REJECTED),
        reasons=plan.reasons(),
        repairs=plan.repairs,
        questions=plan.questions,
        problems=tuple(_problem(item, file) for _, item in zip(range(PROBLEM_ROWS), told, strict=False)),
        sample=tuple(file.cells(row) for row in file.rows[:SAMPLE_ROWS]),
    )


def _problem(item: RowOutcome, file: OpenedFile) -> ImportProblem:
    problems = item.repairs
    if item.reason:
        given = file.cells(item.row).get(GIVEN_IN.get(item.reason, ""), "")
        problems = ((item.reason, given),)
    return ImportProblem(item.row.number, item.who, item.outcome, problems, item.question)


def _batches(session: Session) -> tuple[ImportBatchView, ...]:
    return tuple(
        ImportBatchView(
            id=batch.id,
            batch=batch_short(batch.id),
            kind=batch.kind,
            file_name=batch.file_name,
            source=batch.source,
            at=batch.at,
            by=by,
            read=batch.rows_read,
            created=batch.rows_created,
            merged=batch.rows_merged,
            unchanged=batch.rows_unchanged,
            rejected=batch.rows_rejected,
            repairs=batch.repairs,
            rejects_file=batch.rejects_file,
            undone_at=batch.undone_at,
        )
        for batch, by in store.find_batches(session)
    )
