"""Writing a plan: the batch, the rows, the account of every row of the file, and the file of rejects."""

from pathlib import Path
from typing import Any
from uuid import UUID

from db.desk.import_plan import CREATED, MERGED, REJECTED, UNCHANGED, OpenedFile, Plan, Steps
from db.desk.unit import Unit
from db.drafts.imports import ImportOrder
from db.files.rejects import write_rejects
from db.models import ImportBatch, ImportRow
from db.reference.lists import label
from db.rules.import_columns import REQUESTS
from db.stores import imports as store
from db.texts import Texts
from db.views.imports import ImportReport


def write_plan(
    unit: Unit,
    batch_id: UUID,
    order: ImportOrder,
    file: OpenedFile,
    plan: Plan,
    steps: Steps,
    written: list[Path],
    user_id: UUID | None,
    language: str,
) -> ImportReport:
    """Write everything, and note in `written` the file of rejects, which no rollback removes."""
    rejects = _write_rejects(order, file, plan, batch_id.hex[-8:], language)
    if rejects:
        written.append(rejects)
    report = _report(batch_id, order, file, plan, rejects)
    _write_batch(unit, report, order, file, user_id)
    for table, rows in plan.inserts.items():
        store.insert_rows(unit.session, table, rows, lambda _count: steps.check())
    for change in plan.changes:
        store.update_row(unit.session, change.table, change.id, change.values)
    accounts = [
        {
            "import_batch_id": batch_id,
            "row_number": item.row.number,
            "outcome": item.outcome,
            "reason": item.reason,
            "subject_id": item.subject_id,
            "before": item.before,
        }
        for item in plan.outcomes
    ]
    store.insert_rows(unit.session, ImportRow, accounts, steps.take)
    return report


def _report(
    batch_id: UUID, order: ImportOrder, file: OpenedFile, plan: Plan, rejects: Path | None
) -> ImportReport:
    return ImportReport(
        batch_id=batch_id,
        batch="",
        kind=order.kind,
        file_name=file.table.name,
        read=len(plan.outcomes),
        created=plan.count(CREATED),
        merged=plan.count(MERGED),
        unchanged=plan.count(UNCHANGED),
        rejected=plan.count(REJECTED),
        reasons=plan.reasons(),
        repairs=plan.repairs,
        questions=plan.questions,
        rejects_file=str(rejects) if rejects else None,
    )


def _write_batch(
    unit: Unit, report: ImportReport, order: ImportOrder, file: OpenedFile, user_id: UUID | None
) -> None:
    counts = {
        "rows_read": report.read,
        "rows_created": report.created,
        "rows_merged": report.merged,
        "rows_unchanged": report.unchanged,
        "rows_rejected": report.rejected,
    }
    batch = {
        "id": report.batch_id,
        "at": unit.now,
        "kind": order.kind,
        "file_name": file.table.name,
        "file_sha256": file.table.sha256,
        "source": "" if order.kind == REQUESTS else order.source,
        "user_id": user_id,
        "columns": dict(file.columns),
        "repairs": sum(report.repairs.values()),
        "reasons": dict(report.reasons),
        "rejects_file": report.rejects_file,
    }
    store.insert_rows(unit.session, ImportBatch, [batch | counts], lambda _count: None)
    summary: dict[str, Any] = {key.removeprefix("rows_"): value for key, value in counts.items()}
    unit.record("import.run", subject_id=report.batch_id, kind=order.kind, file=file.table.name, **summary)


def _write_rejects(
    order: ImportOrder, file: OpenedFile, plan: Plan, short: str, language: str
) -> Path | None:
    """Write the rejected rows as they were given, so that they can be put right there and imported again."""
    rejected = [item for item in plan.outcomes if item.reason]
    if not rejected:
        return None
    texts = Texts(language)
    reasons = "request_reject_reason" if order.kind == REQUESTS else "import_reject_reason"
    width = len(file.headings)
    rows = [
        [
            *item.row.cells,
            *[""] * (width - len(item.row.cells)),
            str(item.row.number),
            f"{item.reason}: {label(reasons, item.reason or '', language)}",
        ]
        for item in rejected
    ]
    heading = [*file.headings, texts("imports.rejects.row"), texts("imports.rejects.reason")]
    folder = order.rejects_folder or order.path.absolute().parent
    return write_rejects([folder, Path.cwd()], f"{order.path.stem}.rejects-{short}.csv", heading, rows)
