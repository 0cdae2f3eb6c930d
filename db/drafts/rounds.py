"""Whom a round of re-confirmation is to ask."""

from dataclasses import dataclass

from db.errors import DeskError
from db.reference.lists import code_list

MOST_DAYS = 3650


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """Everybody available who was last confirmed more than so many days ago, in one region or in all."""

    older_than_days: int
    region_code: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.older_than_days <= MOST_DAYS:
            raise DeskError("rounds.days_wrong", given=self.older_than_days)
        if self.region_code is not None and self.region_code not in code_list("region"):
            raise KeyError(self.region_code)
