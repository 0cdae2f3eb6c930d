"""What may become of a proposal: which step may follow which, and what each step demands."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from db.reference.files import read_rows
from db.reference.lists import Code, code_list

OPEN, BOOKED, DONE, ENDED = "open", "booked", "done", "ended"
MISMATCH = "mismatch_reason"
AT_WORK = frozenset({"started", "completed"})
"""Whoever has begun stays when the request ends."""
UNAVAILABLE = {
    "paused": "proposals.paused",
    "withdrawn": "proposals.withdrawn",
    "no_consent": "proposals.no_consent",
    "closed": "proposals.ended",
    "duplicate": "proposals.ended",
    "erased": "proposals.ended",
    "data_incorrect": "proposals.data_incorrect",
}
"""Statuses of a candidate in which nobody is proposed, and the text that says why."""
SHORTLISTED = "shortlisted"
"""Marked for the recruiter; nobody was proposed yet."""
DEMANDED = "demanded"


@dataclass(frozen=True, slots=True)
class Step:
    """One status that a proposal can take.

    `stage` is open (waits for the organisation), booked (the hours are taken), done (worked to the end) or
    ended; `side` is whose doing it is: employer | candidate | system. `reasons` names the code list of its
    reason, if it has one; `reason` is the one that goes without asking. `moment` is future (an appointment
    must be given) or day (a day may be given, else it is today). `feedback` asks a caller to tell the person.
    """

    status: str
    key: str
    follows: tuple[str, ...]
    stage: str
    side: str
    reasons: str
    reason: str
    reason_demanded: bool
    moment: str
    feedback: bool

    @property
    def is_live(self) -> bool:
        """Whether the proposal still goes on."""
        return self.stage in (OPEN, BOOKED)


@cache
def steps() -> Mapping[str, Step]:
    """Every step by its status, in the order in which they are shown."""
    return MappingProxyType({row["status"]: _read(row) for row in read_rows("proposal_steps.csv")})


def may_follow(status: str) -> tuple[Step, ...]:
    """The steps that a proposal of this status can take next."""
    return tuple(step for step in steps().values() if status in step.follows)


def statuses(*stages: str) -> tuple[str, ...]:
    """The statuses of these stages."""
    return tuple(step.status for step in steps().values() if step.stage in stages)


def reasons_of(step: Step) -> tuple[Code, ...]:
    """The reasons that may be given for a step: of the mismatches only those that its side can have."""
    if not step.reasons:
        return ()
    codes = [code for code in code_list(step.reasons).values() if code.active]
    if step.reasons != MISMATCH:
        return tuple(codes)
    sides = _sides()
    return tuple(code for code in codes if step.side in sides[code.code])


@cache
def _sides() -> Mapping[str, tuple[str, ...]]:
    return {row["code"]: tuple(row["sides"].split()) for row in read_rows(f"lists/{MISMATCH}.csv")}


def _read(row: dict[str, str]) -> Step:
    demanded = row["reason"] == DEMANDED
    return Step(
        status=row["status"],
        key=row["key"],
        follows=tuple(row["follows"].split()),
        stage=row["stage"],
        side=row["side"],
        reasons=row["reasons"],
        reason="" if demanded else row["reason"],
        reason_demanded=demanded,
        moment=row["moment"],
        feedback=row["feedback"] == "yes",
    )
