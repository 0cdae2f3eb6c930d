"""What a caller writes down."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from db.errors import DeskError
from db.reference.lists import code_list
from db.reference.outcomes import Outcome, outcomes
from db.rules.hygiene import clean

NOTE_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class Lease:
    """The card in hand, as it came with the card."""

    entry_id: UUID
    epoch: int


@dataclass(frozen=True, slots=True)
class FollowUpDraft:
    """What somebody said of the work they began: whether they are still there, and want to stay."""

    still_there: bool
    wants_to_stay: str = "not_asked"
    """Code of list `wants_to_stay`."""


@dataclass(frozen=True, slots=True)
class OutcomeDraft:
    """What came of a call. `choice` is the reason, destination or channel that the outcome demands."""

    outcome: str
    note: str = ""
    choice: str | None = None
    moment: datetime | None = None
    """When to call back, or from when the person is available."""
    mine: bool = True
    seconds: int | None = None
    outside_hours_reason: str | None = None
    follow_up: FollowUpDraft | None = None

    def checked(self, now: datetime) -> Outcome:
        """The outcome; DeskError when something that it demands is missing."""
        outcome = outcomes()[self.outcome]
        if {"callback_at", "available_from"} & set(outcome.demands) and self.moment is None:
            raise DeskError("queue.moment_missing")
        if self.moment is not None and self.moment <= now:
            raise DeskError("queue.moment_passed")
        choices = choice_list(outcome)
        if choices and self.choice not in code_list(choices):
            raise DeskError("queue.choice_missing")
        needs_note = "note" in outcome.demands or (
            choices is not None and self.choice is not None and code_list(choices)[self.choice].note_required
        )
        if needs_note and not clean(self.note):
            raise DeskError("queue.note_missing")
        return outcome


def choice_list(outcome: Outcome) -> str | None:
    """The code list from which an outcome demands a choice, if it does."""
    for demand in outcome.demands:
        if demand == "reason":
            return outcome.reason_list
        if demand in ("referral_destination", "employment_channel"):
            return demand
    return None
