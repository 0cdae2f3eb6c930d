"""Rounds of re-confirmation: who would be asked, and what came of asking. Codes, never labels."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from db.rules.names import PersonName


@dataclass(frozen=True, slots=True)
class RoundPreview:
    """Who would be asked: how many, the first of them, and how many are left out because…"""

    count: int
    names: tuple[PersonName, ...]
    """The first to be called, the longest unconfirmed first."""
    waiting: int
    """… they are to be called already."""
    no_number: int
    """… there is no number to call."""


@dataclass(frozen=True, slots=True)
class RoundView:
    """One round and how far it is: asked = still + no_longer + no_answer + unreachable."""

    id: UUID
    at: datetime
    by: str
    older_than_days: int
    region_code: str | None
    asked: int
    still: int
    """Still available."""
    no_longer: int
    no_answer: int
    """Nobody heard yet; they are still to be called."""
    unreachable: int
    """Closed without an answer: never reached, or the number was wrong."""
