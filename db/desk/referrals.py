"""Where people go next: referrals with what became of them, and closing a card."""

from uuid import UUID

from sqlmodel import col, select

from db.desk.lane import Lane
from db.desk.outcomes import close_entry, write_consent
from db.desk.unit import Unit
from db.errors import ConflictError, DeskError
from db.models import Candidate, Proposal, Referral, ReferralOutcome
from db.reference.lists import code_list
from db.rules.hygiene import clean
from db.rules.names import show_name
from db.rules.proposal_steps import BOOKED, DONE, statuses
from db.stores.candidate_card import name_of, referrals_of
from db.stores.proposals import live_proposals
from db.stores.queue import open_entry

NOWHERE = "none"
"""Explicitly not referred to anywhere."""
ENDED = ("closed", "duplicate", "erased")
STAYS = ("available", "proposed", "placed")
"""Whoever can be proposed or works is not done when referred to a course."""


class ReferralsDesk:
    """Use cases about where people go when, or beside what, this desk can offer."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def refer(self, candidate_id: UUID, destination: str, note: str = "") -> UUID:
        """Refer somebody (list `referral_destination`); undoable. DeskError when a note is missing."""
        return await self._lane.write(lambda unit: _refer_alone(unit, candidate_id, destination, note))

    async def set_outcome(self, referral_id: UUID, outcome: str, note: str = "") -> None:
        """Say what became of a referral (list `referral_outcome`); undoable."""
        await self._lane.write(lambda unit: _set_outcome(unit, referral_id, outcome, note))

    async def close(
        self, candidate_id: UUID, reason: str, referral: str | None = None, note: str = ""
    ) -> None:
        """Close a card (list `close_reason`); undoable.

        Who never worked through this desk is not closed without a referral: an earlier one, or
        `referral` now, which may be `none`. Raises DeskError without one, or when proposals still run;
        ConflictError when somebody is speaking with the person.
        """
        await self._lane.write(lambda unit: _close(unit, candidate_id, reason, referral, note))


def _refer_alone(unit: Unit, candidate_id: UUID, destination: str, note: str) -> UUID:
    candidate = unit.get(Candidate, candidate_id)
    if candidate.status in ENDED:
        raise DeskError("referrals.ended", name=_name(candidate))
    fact = _refer(unit, candidate, destination, note)
    if candidate.status not in STAYS:
        candidate.status = "referred"
    unit.record(
        "referrals.refer",
        candidate_id=candidate_id,
        subject_id=fact.id,
        undoable=True,
        name=_name(candidate),
        destination=destination,
    )
    return fact.id


def _refer(unit: Unit, candidate: Candidate, destination: str, note: str) -> Referral:
    if code_list("referral_destination")[destination].note_required and not clean(note):
        raise DeskError("proposals.note_missing")
    fact = Referral(
        at=unit.now,
        candidate_id=candidate.id,
        user_id=unit.user_id,
        destination=destination,
        note=clean(note),
    )
    unit.session.add(fact)
    return fact


def _set_outcome(unit: Unit, referral_id: UUID, outcome: str, note: str) -> None:
    if outcome not in code_list("referral_outcome"):
        raise KeyError(outcome)
    referral = unit.get(Referral, referral_id)
    candidate = unit.get(Candidate, referral.candidate_id)
    unit.session.add(
        ReferralOutcome(
            at=unit.now, referral_id=referral_id, user_id=unit.user_id, outcome=outcome, note=clean(note)
        )
    )
    unit.record(
        "referrals.outcome",
        candidate_id=candidate.id,
        subject_id=referral_id,
        undoable=True,
        name=_name(candidate),
    )


def _close(unit: Unit, candidate_id: UUID, reason: str, referral: str | None, note: str) -> None:
    candidate = unit.get(Candidate, candidate_id)
    if candidate.status in ENDED:
        raise DeskError("referrals.ended", name=_name(candidate))
    if code_list("close_reason")[reason].note_required and not clean(note):
        raise DeskError("proposals.note_missing")
    if live_proposals(unit.session, candidate_id):
        raise DeskError("referrals.still_proposed", name=_name(candidate))
    if referral is not None:
        _refer(unit, candidate, referral, note)
        unit.session.flush()
    _check_referred(unit, candidate, reason)
    _close_call(unit, candidate)
    candidate.status, candidate.status_reason = "closed", reason
    if reason == "do_not_call":
        candidate.do_not_call = True
        text = "consent.withdrawn.do_not_call"
        write_consent(unit, candidate_id, "contact_by_phone_mail", "withdrawn", text)
    unit.record(
        "referrals.close",
        candidate_id=candidate_id,
        undoable=True,
        name=_name(candidate),
        reason=reason,
        note=clean(note),
    )


def _check_referred(unit: Unit, candidate: Candidate, reason: str) -> None:
    """Nobody is let go without a word on where to go next, unless they worked through this desk."""
    worked = select(Proposal.id).where(
        Proposal.candidate_id == candidate.id, col(Proposal.status).in_(statuses(BOOKED, DONE))
    )
    given = {view.destination for view in referrals_of(unit.session, candidate.id, {})}
    if reason == "referred" and not given - {NOWHERE}:
        raise DeskError("referrals.destination_needed", name=_name(candidate))
    if not given and unit.session.exec(worked).first() is None:
        raise DeskError("referrals.needed", name=_name(candidate))


def _close_call(unit: Unit, candidate: Candidate) -> None:
    entry = open_entry(unit.session, candidate.id)
    if entry is None:
        return
    if entry.state == "claimed" and entry.claimed_by != unit.user_id:
        raise ConflictError("queue.in_other_hands")
    close_entry(entry, "closed")


def _name(candidate: Candidate) -> str:
    return show_name(name_of(candidate))
