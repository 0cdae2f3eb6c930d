"""Sources about files: what came in, row by row, and what went out."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.models import Candidate, Export, ImportBatch, ImportRow, Request
from db.stores.reports.terms import UNKNOWN, Frame


def files(frame: Frame) -> sa.Subquery:
    """Every file that came in; one that was taken back says so."""
    batch = ImportBatch
    at, undone = col(batch.at), col(batch.undone_at)
    fields = (
        col(batch.id),
        at,
        col(batch.kind),
        sa.case((col(batch.source) == "", sa.literal(UNKNOWN)), else_=col(batch.source)).label("source"),
        col(batch.rows_read),
        col(batch.rows_created),
        col(batch.rows_merged),
        col(batch.rows_unchanged),
        col(batch.rows_rejected),
        sa.and_(undone.is_not(None), undone <= frame.scope.as_of).label("undone"),
    )
    return sa.select(*fields).where(*frame.within(at)).subquery("files")


def file_rows(frame: Frame) -> sa.Subquery:
    """Every row of every file that stands; a row is known by its file and its number."""
    row, batch = ImportRow, ImportBatch
    at, undone = col(batch.at), col(batch.undone_at)
    fields: tuple[Any, ...] = (
        col(row.import_batch_id).label("id"),
        col(row.row_number),
        col(row.subject_id),
        at,
        col(batch.kind),
        col(row.outcome),
        sa.func.coalesce(col(row.reason), "no_reason").label("reason"),
    )
    joined = sa.join(row, batch, col(batch.id) == row.import_batch_id)
    stands = sa.or_(undone.is_(None), undone > frame.scope.as_of)
    return sa.select(*fields).select_from(joined).where(stands, *frame.within(at)).subquery("file_rows")


def imported(frame: Frame) -> sa.Subquery:
    """Everyone in the desk, by whether a file brought them; records that were merged away as well."""
    person = Candidate
    at = col(person.created_at)
    came = sa.case(
        (col(person.import_batch_id).is_(None), sa.literal("by_hand")), else_=sa.literal("by_file")
    )
    kept = sa.case((col(person.status) == "duplicate", sa.literal("merged_away")), else_=sa.literal("kept"))
    fields: tuple[Any, ...] = (col(person.id), at.label("at"), came.label("came"), kept.label("stays"))
    limits = (*frame.within(at), *frame.in_region(col(person.region_code)))
    return sa.select(*fields).where(*limits).subquery("imported")


def exports(frame: Frame) -> sa.Subquery:
    """Every file that went out, and whether it was destroyed."""
    sent = Export
    at, gone, due = col(sent.at), col(sent.destroyed_at), col(sent.destroy_by)
    now = frame.scope.as_of
    state = sa.case(
        (sa.and_(gone.is_not(None), gone <= now), sa.literal("destroyed")),
        (sa.and_(due.is_not(None), due < now), sa.literal("overdue")),
        else_=sa.literal("kept_until"),
    )
    fields: tuple[Any, ...] = (
        col(sent.id),
        at,
        col(sent.kind),
        col(sent.delivery),
        col(sent.rows),
        state.label("state"),
    )
    joined = sa.join(sent, Request, col(Request.id) == sent.request_id, isouter=True)
    limits = (*frame.within(at), *frame.in_region(col(Request.region_code)))
    went = col(sent.failed_at).is_(None)
    return sa.select(*fields).select_from(joined).where(went, *limits).subquery("exports")
