"""What a recruiter writes down about a proposal."""

from dataclasses import dataclass
from datetime import datetime

from db.errors import ConflictError, DeskError
from db.reference.lists import code_list
from db.rules.hygiene import clean
from db.rules.proposal_steps import Step, reasons_of, steps


@dataclass(frozen=True, slots=True)
class ProposalFilter:
    """Which proposals are wanted; empty is any.

    Every word of `search` must be in the candidate's or the organisation's name; `overdue` are those whose
    answer, or whose question how it goes, was due before now.
    """

    search: str = ""
    overdue: bool = False
    region: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.search.strip() or self.overdue or self.region)


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step: the status it leads to, with what that demands.

    `moment` is when the interview is, or the day on which the work began or ended. `override` is why hours
    are booked that clash. `withdraw_competing` withdraws what can no longer be accepted beside this job.
    `language` is that of the words for the caller who tells the person.
    """

    status: str
    reason: str | None = None
    note: str = ""
    moment: datetime | None = None
    override: str = ""
    withdraw_competing: bool = False
    language: str = "nl"

    def checked(self, current: str, now: datetime) -> Step:
        """The step; ConflictError when it may not follow now, DeskError when it lacks what it demands."""
        step = steps()[self.status]
        if current not in step.follows:
            raise ConflictError("proposals.step_not_now")
        reason = self.coded_reason()
        if step.reason_demanded and reason is None:
            raise DeskError("proposals.reason_missing")
        if reason is not None:
            if reason not in {code.code for code in reasons_of(step)}:
                raise DeskError("proposals.reason_missing")
            if code_list(step.reasons)[reason].note_required and not clean(self.note):
                raise DeskError("proposals.note_missing")
        self._check_moment(step, now)
        return step

    def coded_reason(self) -> str | None:
        """The reason that was given, or the one that goes without asking."""
        return self.reason or steps()[self.status].reason or None

    def _check_moment(self, step: Step, now: datetime) -> None:
        if step.moment == "future" and (self.moment is None or self.moment <= now):
            raise DeskError("proposals.moment_missing")
        if step.moment == "day" and self.moment is not None and self.moment > now:
            raise DeskError("proposals.day_ahead")
