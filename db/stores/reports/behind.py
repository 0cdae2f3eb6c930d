"""The rows behind a figure: the very condition that counted them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from db.models import (
    CallAttempt,
    Candidate,
    Export,
    ImportBatch,
    Organisation,
    Referral,
    Request,
    User,
)
from db.rules.hygiene import clean
from db.rules.names import show_name
from db.stores.candidate_card import name_of
from db.stores.reports.figures import WHOLE, age
from db.stores.reports.terms import Frame, Measure, Table
from db.views.reports import ALL, BehindFigure, BehindRow, Cell

COLUMNS = {
    "candidates": ("name", "place", "region", "status", "registered", "age"),
    "proposals": ("name", "organisation", "step", "sent", "reason"),
    "attempts": ("name", "moment", "outcome", "by"),
    "requests": ("organisation", "place", "profile", "fte", "status", "came_in"),
    "organisations": ("organisation", "sector", "place", "region"),
    "files": ("file", "moment", "read", "created", "merged", "unchanged", "rejected"),
    "file_rows": ("file", "row", "reason", "moment"),
    "exports": ("file", "moment", "recipient", "purpose", "rows", "destroy_by", "destroyed"),
    "referrals": ("name", "destination", "moment", "became"),
}
"""What is shown of each subject; codes of `reports.cell`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The rows of one figure, as a query of its source."""

    measure: Measure
    fields: sa.Subquery
    holds: sa.ColumnElement[bool]
    frame: Frame

    def ids(self) -> sa.Select[Any]:
        """The subjects, each once."""
        key = self.fields.c[self.measure.counts]
        return sa.select(key).where(self.holds).distinct()


Show = Callable[[Session, Asked, int], Iterable[BehindRow]]


def rows_behind(
    session: Session, frame: Frame, tables: tuple[Table, ...], figure_id: str, limit: int
) -> BehindFigure:
    """The rows that a figure counted, oldest first; KeyError for a figure that there is not."""
    asked = _asked(frame, tables, figure_id)
    subject = asked.measure.subject_name
    counted = sa.select(sa.func.count()).select_from(asked.ids().subquery())
    if subject == "file_rows":
        counted = sa.select(sa.func.count()).select_from(asked.fields).where(asked.holds)
    total = session.execute(counted).scalar() or 0
    rows = tuple(SHOWN[subject](session, asked, limit))
    return BehindFigure(figure_id, subject, COLUMNS[subject], rows, total)


def _asked(frame: Frame, tables: tuple[Table, ...], figure_id: str) -> Asked:
    table_key, _, rest = figure_id.partition(".")
    code, _, part_key = rest.rpartition(".")
    table = next(table for table in tables if table.key == table_key)
    measure = next((part for part in table.measures if part.key == part_key), None)
    if measure is None:
        raise KeyError(figure_id)
    whole = measure.whole or code.startswith(f"{WHOLE}.")
    code = code.removeprefix(f"{WHOLE}.")
    fields = measure.source(frame.whole() if whole else frame)
    holds = measure.holds(fields.c)
    if code != ALL:
        if table.by is None:
            raise KeyError(figure_id)
        holds = sa.and_(holds, fields.c[table.by.field] == code)
    return Asked(measure, fields, holds, frame)


def _candidates(session: Session, asked: Asked, limit: int) -> Iterable[BehindRow]:
    found = sa.select(Candidate).where(col(Candidate.id).in_(asked.ids()))
    found = found.order_by(col(Candidate.registered_at), col(Candidate.id)).limit(limit)
    now = asked.frame.scope.as_of
    for person in session.execute(found).scalars():
        cells = (
            _name(person),
            Cell("words", person.place),
            Cell("region", person.region_code),
            Cell("candidate_status", person.status),
            Cell("date", person.registered_at),
            Cell("days", age(person.registered_at, now)),
        )
        yield BehindRow(person.id, cells, candidate_id=person.id)


def _proposals(session: Session, asked: Asked, limit: int) -> Iterable[BehindRow]:
    fields = asked.fields.c
    found = (
        sa.select(
            fields.id, fields.status, fields.at, fields.reason, fields.request_id, Candidate, Organisation
        )
        .join(Candidate, col(Candidate.id) == fields.person_id)
        .join(Organisation, col(Organisation.id) == fields.organisation_id)
        .where(asked.holds)
    )
    for key, status, at, reason, request_id, person, home in session.execute(
        found.order_by(fields.at, fields.id).limit(limit)
    ):
        cells = (
            _name(person),
            Cell("words", home.name),
            Cell("proposal_status", status),
            Cell("date", at),
            Cell(_reasons_of(status), None if reason == "no_reason" else reason),
        )
        yield BehindRow(key, cells, candidate_id=person.id, request_id=request_id)


def _reasons_of(status: str) -> str:
    return "leave_reason" if status in ("completed", "stopped") else "mismatch_reason"


def _attempts(session: Session, asked: Asked, limit: int) -> Iterable[BehindRow]:
    fields = asked.fields.c
    found = (
        sa.select(CallAttempt, Candidate, col(User.name))
        .join(asked.fields, fields.id == col(CallAttempt.id))
        .join(Candidate, col(Candidate.id) == fields.person_id)
        .join(User, col(User.id) == CallAttempt.user_id)
        .where(asked.holds)
    )
    for attempt, person, by in session.execute(found.order_by(fields.at, fields.id).limit(limit)):
        cells = (
            _name(person),
            Cell("moment", attempt.at),
            Cell("outcome", attempt.outcome),
            Cell("words", by),
        )
        yield BehindRow(attempt.id, cells, candidate_id=person.id)


def _requests(session: Session, asked: Asked, limit: int) -> Iterable[BehindRow]:
    found = (
        sa.select(Request, Organisation)
        .join(Organisation, col(Organisation.id) == Request.organisation_id)
        .where(col(Request.id).in_(asked.ids()))
    )
    for request, home in session.execute(
        found.order_by(col(Request.created_at), col(Request.id)).limit(limit)
    ):
        cells = (
            Cell("words", home.name),
            Cell("words", request.place),
            Cell("function_profile", request.function_profile),
            Cell("fte", request.fte_asked),
            Cell("request_status", request.status),
            Cell("date", request.created_at),
        )
        yield BehindRow(request.id, cells, request_id=request.id)


def _organisations(session: Session, asked: Asked, limit: int) -> Iterable[BehindRow]:
    found = sa.select(Organisation).where(col(Organisation.id).in_(asked.ids()))
    for home in session.execute(
        found.order_by(Organisation.name, col(Organisation.id)).limit(limit)
    ).scalars():
        cells = (
            Cell("words", home.name),
            Cell("care_sector", home.sector),
            Cell("words", home.place),
            Cell("region", home.region_code),
        )
        yield BehindRow(home.id, cells)


def _files(session: Session, asked: Asked, limit: int) -> Iterable[BehindRow]:
    found = sa.select(ImportBatch).where(col(ImportBatch.id).in_(asked.ids()))
    for batch in session.execute(found.order_by(col(ImportBatch.at)).limit(limit)).scalars():
        numbers = (
            batch.rows_read,
            batch.rows_created,
            batch.rows_merged,
            batch.rows_unchanged,
            batch.rows_rejected,
        )
        cells = (Cell("words", clean(batch.file_name, 200)), Cell("moment", batch.at))
        yield BehindRow(batch.id, (*cells, *(Cell("number", number) for number in numbers)))


def _file_rows(session: Session, asked: Asked, limit: int) -> Iterable[BehindRow]:
    fields = asked.fields.c
    found = sa.select(fields.id, fields.row_number, fields.reason, fields.at, col(ImportBatch.file_name))
    found = found.join(ImportBatch, col(ImportBatch.id) == fields.id).where(asked.holds)
    for key, number, reason, at, file_name in session.execute(
        found.order_by(fields.at, fields.row_number).limit(limit)
    ):
        cells = (
            Cell("words", clean(file_name, 200)),
            Cell("number", number),
            Cell("import_reject_reason", reason),
            Cell("moment", at),
        )
        yield BehindRow(key, cells)


def _exports(session: Session, asked: Asked, limit: int) -> Iterable[BehindRow]:
    found = sa.select(Export).where(col(Export.id).in_(asked.ids()))
    for sent in session.execute(found.order_by(col(Export.at)).limit(limit)).scalars():
        cells = (
            Cell("words", sent.file_name),
            Cell("moment", sent.at),
            Cell("words", sent.recipient),
            Cell("words", sent.purpose),
            Cell("number", sent.rows),
            Cell("date", sent.destroy_by),
            Cell("date", sent.destroyed_at),
        )
        yield BehindRow(sent.id, cells, request_id=sent.request_id)


def _referrals(session: Session, asked: Asked, limit: int) -> Iterable[BehindRow]:
    fields = asked.fields.c
    found = (
        sa.select(Referral, Candidate, fields.outcome)
        .join(asked.fields, fields.id == col(Referral.id))
        .join(Candidate, col(Candidate.id) == fields.person_id)
        .where(asked.holds)
    )
    for referral, person, outcome in session.execute(found.order_by(fields.at, fields.id).limit(limit)):
        cells = (
            _name(person),
            Cell("referral_destination", referral.destination),
            Cell("date", referral.at),
            Cell("referral_outcome", None if outcome == "not_told" else outcome),
        )
        yield BehindRow(referral.id, cells, candidate_id=person.id)


def _name(person: Candidate) -> Cell:
    return Cell("words", show_name(name_of(person)))


SHOWN: dict[str, Show] = {
    "candidates": _candidates,
    "proposals": _proposals,
    "attempts": _attempts,
    "requests": _requests,
    "organisations": _organisations,
    "files": _files,
    "file_rows": _file_rows,
    "exports": _exports,
    "referrals": _referrals,
}


def subject_ids(session: Session, frame: Frame, tables: tuple[Table, ...], figure_id: str) -> list[UUID]:
    """The ids of everyone behind a figure of candidates, the longest waiting first."""
    asked = _asked(frame, tables, figure_id)
    found = sa.select(col(Candidate.id)).where(col(Candidate.id).in_(asked.ids()))
    return list(session.execute(found.order_by(col(Candidate.registered_at), col(Candidate.id))).scalars())
