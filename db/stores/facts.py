"""Which facts still hold: whatever was taken back stays, but no longer counts."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from db.models import Consent, Retraction

SHARE = "share_with_care_organisations"


def stands(fact_id: Mapped[UUID]) -> sa.ColumnElement[bool]:
    """The condition that a fact, given by its id column, was not taken back."""
    taken_back = sa.select(sa.literal(1)).select_from(Retraction)
    return ~taken_back.where(
        col(Retraction.fact_id) == fact_id, sa.text("retraction.lifted_at IS NULL")
    ).exists()


def retracted_ids(session: Session, fact_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the facts that were taken back."""
    wanted = list(fact_ids)
    if not wanted:
        return set()
    taken_back = select(Retraction.fact_id).where(
        col(Retraction.fact_id).in_(wanted), sa.text("retraction.lifted_at IS NULL")
    )
    return set(session.exec(taken_back))


def newest_consents(session: Session, candidate_id: UUID) -> list[Consent]:
    """The fact that holds for each purpose, the newest that was not taken back."""
    facts = select(Consent).where(Consent.candidate_id == candidate_id, stands(col(Consent.id)))
    newest: dict[str, Consent] = {}
    for fact in session.exec(facts.order_by(col(Consent.at), col(Consent.id))):
        newest[fact.purpose] = fact
    return list(newest.values())


def may_share(session: Session, candidate_id: UUID) -> bool:
    """Whether the person agrees to be proposed to care organisations."""
    consents = newest_consents(session, candidate_id)
    return any(consent.purpose == SHARE and consent.state == "given" for consent in consents)
