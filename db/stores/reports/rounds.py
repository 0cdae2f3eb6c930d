"""The source about re-confirmation: what everybody said who was asked again."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.models import Candidate, ReconfirmationRound
from db.stores.reports.terms import Frame
from db.stores.rounds import answers


def round_answers(frame: Frame) -> sa.Subquery:
    """Everybody who was asked in the period, with the answer to the last round that asked them."""
    begun, person, told = ReconfirmationRound, Candidate, answers()
    last = sa.func.row_number().over(
        partition_by=told.c.candidate_id, order_by=(col(begun.at).desc(), col(begun.id).desc())
    )
    fields: tuple[Any, ...] = (
        col(person.id),
        col(person.registered_at).label("registered_at"),
        col(begun.at),
        told.c.answer,
        last.label("latest"),
    )
    joined = sa.join(told, begun, col(begun.id) == told.c.round_id)
    joined = sa.join(joined, person, col(person.id) == told.c.candidate_id)
    limits = (*frame.within(col(begun.at)), *frame.standing(begun), *frame.in_region(col(person.region_code)))
    found = sa.select(*fields).select_from(joined).where(*limits).subquery()
    return sa.select(found).where(found.c.latest == 1).subquery("round_answers")
