"""Reports about the record itself: files in and out, money, what an import lost."""

import sqlalchemy as sa

from db.stores.reports.outcomes import is_
from db.stores.reports.terms import Dimension, Fields, Frame, Measure, Table, Unrecorded
from db.stores.reports.traffic import exports, file_rows, files, imported

OUTCOMES = ("created", "merged", "unchanged", "rejected")


def _stands(fields: Fields) -> sa.ColumnElement[bool]:
    return sa.not_(fields.undone)


def _rows(key: str, field: str) -> Measure:
    return Measure(key, "rows", files, _stands, sums=field, subject="files")


def spread(frame: Frame) -> tuple[Table, ...]:
    """RP1: which files came in and went out, and which of them were destroyed."""
    del frame
    came_in = (
        Measure("files", "files", files, _stands, subject="files"),
        _rows("rows_read", "rows_read"),
        Measure("files_undone", "files", files, lambda fields: fields.undone, subject="files"),
    )
    states = ("destroyed", "kept_until", "overdue")
    went_out = (
        Measure("exports", "files", exports, subject="exports"),
        Measure("rows_sent", "rows", exports, sums="rows", subject="exports"),
        *(
            Measure(f"exports_{state}", "files", exports, is_("state", state), subject="exports")
            for state in states
        ),
    )
    return (
        Table("came_in", came_in, Dimension("source", "registration_source"), notes=("no_region",)),
        Table("went_out", went_out, notes=("destroyed",)),
    )


def money(frame: Frame) -> tuple[Table, ...]:
    """RP2: whether money was asked: no such thing can be recorded."""
    del frame
    return (Table("money", (Unrecorded("euro_asked", "euro", 0),), notes=("money",)),)


def losses(frame: Frame) -> tuple[Table, ...]:
    """RP11: every row that came in is accounted for, and everyone whom a file brought is still here."""
    del frame
    account = (
        _rows("rows_read", "rows_read"),
        *(_rows(f"rows_{outcome}", f"rows_{outcome}") for outcome in OUTCOMES),
    )
    reasons = (Measure("rejected", "rows", file_rows, is_("outcome", "rejected"), subject="file_rows"),)
    people = (
        Measure("records", "candidates", imported),
        Measure("records_kept", "candidates", imported, is_("stays", "kept")),
        Measure("records_merged", "candidates", imported, is_("stays", "merged_away")),
    )
    return (
        Table(
            "account",
            account,
            Dimension("kind", "text", ("registrations", "requests")),
            notes=("account", "no_region"),
        ),
        Table("row_reasons", reasons, Dimension("reason", "import_reject_reason")),
        Table("records", people, Dimension("came", "text", ("by_file", "by_hand")), status_now=True),
    )
