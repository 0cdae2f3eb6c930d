"""What follows from a call: the fact, the entry's next turn, and what becomes of the candidate."""

from datetime import datetime, timedelta
from uuid import UUID

from db.desk.placing import forget_follow_ups, write_follow_ups
from db.desk.unit import Unit
from db.drafts.queue import Lease, OutcomeDraft
from db.errors import ConflictError, DeskError
from db.models import (
    Availability,
    CallAttempt,
    Candidate,
    Conflict,
    Consent,
    QueueEntry,
    Referral,
    RepairTask,
)
from db.reference.outcomes import Outcome
from db.rules.calling_hours import CallingHours
from db.rules.hygiene import clean
from db.rules.phone import show_phone
from db.rules.retry import AttemptFact, Cooling, NextTry, next_try
from db.rules.settings import DeskSettings
from db.rules.settings_fields import tuned
from db.stores import queue as store
from db.stores.users import load_settings
from db.texts import Texts
from db.views.queue import RecordedView

CONSENT_VERSION = "2020-05"
SETTLED = frozenset({"available", "proposed", "placed", "intake_complete"})
"""Not reaching somebody does not undo what was already settled with them."""

KEEPS_ITS_KIND = frozenset({"follow_up", "reconfirm"})
"""What these calls are about does not change by not reaching somebody."""

UNHEARD = frozenset({"new", "to_call", "in_call", "callback", "intake_partial"})
"""With these the conversation itself is still to come."""


def record_outcome(unit: Unit, lease: Lease, draft: OutcomeDraft) -> RecordedView:
    """Write the attempt and carry out what its outcome means, in this unit.

    Written under a lease that somebody else holds by now, the fact is kept, marked late, and becomes a
    conflict for the supervisor; nothing else changes.
    """
    outcome = draft.checked(unit.now)
    entry = unit.get(QueueEntry, lease.entry_id)
    candidate = unit.get(Candidate, entry.candidate_id)
    earlier = store.attempts_of(unit.session, candidate.id)
    attempt = _attempt(unit, entry, candidate, draft, lease)
    unit.session.add(attempt)
    if attempt.late:
        _set_aside(unit, attempt, entry)
        return _recorded(attempt, NextTry("close", None, None, 0))
    settings = load_settings(unit.session)
    follows = _follows(unit, settings, outcome, draft, [AttemptFact(a.at, a.outcome) for a in earlier])
    _move_entry(unit, entry, outcome, draft, follows, settings)
    _move_candidate(unit, candidate, entry, outcome, draft)
    if draft.follow_up is not None:
        write_follow_ups(unit, candidate.id, draft.follow_up, clean(draft.note))
    if entry.state == "done":
        forget_follow_ups(unit, candidate.id)
    return _recorded(attempt, follows)


def _attempt(
    unit: Unit, entry: QueueEntry, candidate: Candidate, draft: OutcomeDraft, lease: Lease
) -> CallAttempt:
    return CallAttempt(
        at=unit.now,
        candidate_id=candidate.id,
        entry_id=entry.id,
        user_id=unit.user_id,
        outcome=draft.outcome,
        number=candidate.phone,
        note=clean(draft.note or entry.note, multiline=True),
        reason=draft.choice,
        callback_at=draft.moment,
        seconds=draft.seconds,
        claim_epoch=lease.epoch,
        late=not _holds(unit, entry, lease),
        outside_hours_reason=draft.outside_hours_reason,
    )


def _holds(unit: Unit, entry: QueueEntry, lease: Lease) -> bool:
    """Whether the lease still stands: same epoch, and not closed meanwhile; running out takes nothing."""
    mine = entry.claim_epoch == lease.epoch and entry.claimed_by in (unit.user_id, None)
    return mine and entry.state != "done"


def _set_aside(unit: Unit, attempt: CallAttempt, entry: QueueEntry) -> None:
    unit.session.add(
        Conflict(
            candidate_id=attempt.candidate_id,
            kind="late_fact",
            mine=attempt.outcome,
            theirs=entry.state,
            fact_id=attempt.id,
            user_id=unit.user_id,
            created_at=unit.now,
            updated_at=unit.now,
        )
    )


def _follows(
    unit: Unit, settings: DeskSettings, outcome: Outcome, draft: OutcomeDraft, earlier: list[AttemptFact]
) -> NextTry:
    hours = CallingHours.from_settings(settings.calling_hours)
    found = next_try(
        tuned(outcome, settings),
        earlier,
        unit.now,
        hours,
        settings.maximum_attempts,
        settings.email_wait_days,
        Cooling(settings.tries_a_day, settings.spread_days),
    )
    if found.kind == "callback":
        return NextTry("callback", draft.moment, None, found.attempts_left)
    return found


def _move_entry(
    unit: Unit,
    entry: QueueEntry,
    outcome: Outcome,
    draft: OutcomeDraft,
    follows: NextTry,
    settings: DeskSettings,
) -> None:
    """Give the entry its next turn; the lease ends with the outcome, and its note went into the attempt."""
    entry.note = ""
    entry.claimed_by = entry.claimed_until = None
    entry.counted_attempts = max(0, settings.maximum_attempts - follows.attempts_left)
    entry.day_part, entry.vests_at, entry.blocked_reason = follows.day_part, follows.at, None
    entry.assigned_to = unit.user_id if follows.kind == "callback" and draft.mine else None
    if outcome.effect == "pause":
        entry.kind, entry.state, entry.assigned_to = "reconfirm", "scheduled", None
    elif follows.kind == "callback":
        entry.kind, entry.state = "callback", "scheduled"
    elif follows.kind == "retry":
        entry.kind = entry.kind if entry.kind in KEEPS_ITS_KIND else "retry"
        entry.state, entry.is_retry = "scheduled", 1
    elif follows.kind == "email":
        entry.kind, entry.state, entry.is_retry = "email", "ready", 1
    elif outcome.effect == "wait_for_reply":
        entry.kind, entry.state = "email_sent", "scheduled"
    elif outcome.effect in ("data_problem", "verify_number"):
        entry.state, entry.blocked_reason = "blocked", "data_problem"
    else:
        close_entry(entry, outcome.code)


def close_entry(entry: QueueEntry, reason: str) -> None:
    """The call is done: nobody need call for this any more."""
    entry.state, entry.closed_reason = "done", reason
    entry.claimed_by = entry.claimed_until = entry.vests_at = None


def _move_candidate(
    unit: Unit, candidate: Candidate, entry: QueueEntry, outcome: Outcome, draft: OutcomeDraft
) -> None:
    effect = outcome.effect
    if effect == "inform" and candidate.status in UNHEARD:
        raise DeskError("queue.nothing_to_tell")
    if effect == "confirm":
        _confirm(unit, candidate)
    _move_status(unit, candidate, outcome)
    if effect in ("withdraw", "close"):
        candidate.status_reason = draft.choice or ""
    elif effect == "pause":
        candidate.paused_until = draft.moment
    elif effect == "refer":
        _refer(unit, candidate, draft)
    elif effect == "do_not_call":
        candidate.do_not_call = True
        text = "consent.withdrawn.do_not_call"
        write_consent(unit, candidate.id, "contact_by_phone_mail", "withdrawn", text)
    elif effect == "refuse_consent":
        write_consent(unit, candidate.id, "share_with_care_organisations", "refused", "consent.refused.share")
    elif effect in ("data_problem", "verify_number"):
        _number_is_wrong(unit, candidate, entry, outcome)


def _move_status(unit: Unit, candidate: Candidate, outcome: Outcome) -> None:
    """Whoever is proposed or at work stays so, whatever else is agreed or confirmed."""
    kept = not outcome.candidate_status or (
        outcome.effect in ("callback", "confirm") and candidate.status in ("proposed", "placed")
    )
    if not kept and (outcome.family == "reached" or candidate.status not in SETTLED):
        candidate.status = outcome.candidate_status
    if outcome.family == "reached" and outcome.final:
        candidate.last_feedback_at = unit.now


def _confirm(unit: Unit, candidate: Candidate) -> None:
    """What the person offered still holds; whoever refused to be shared is asked by an intake."""
    offer = unit.session.get(Availability, candidate.id)
    if offer is None or candidate.status == "no_consent":
        raise DeskError("queue.nothing_to_confirm")
    offer.last_confirmed_at = unit.now
    candidate.paused_until = None


def _refer(unit: Unit, candidate: Candidate, draft: OutcomeDraft) -> None:
    unit.session.add(
        Referral(
            at=unit.now,
            candidate_id=candidate.id,
            user_id=unit.user_id,
            destination=draft.choice or "other",
            note=clean(draft.note),
        )
    )


def write_consent(unit: Unit, candidate_id: UUID, purpose: str, state: str, text_key: str) -> None:
    """Refusing is as easy as agreeing: one key, and the words that were recorded with it."""
    unit.session.add(
        Consent(
            at=unit.now,
            candidate_id=candidate_id,
            purpose=purpose,
            state=state,
            text=Texts("nl")(text_key),
            text_version=CONSENT_VERSION,
            channel="phone",
            recorded_by=unit.user_id,
            recorded_at=unit.now,
        )
    )


def _number_is_wrong(unit: Unit, candidate: Candidate, entry: QueueEntry, outcome: Outcome) -> None:
    """Ask for a better number; a second number is tried at once."""
    kind = "verify_number" if outcome.effect == "verify_number" else outcome.code
    unit.session.add(
        RepairTask(
            candidate_id=candidate.id,
            kind=kind,
            given=show_phone(candidate.phone) if candidate.phone else candidate.phone_given,
            created_at=unit.now,
            updated_at=unit.now,
        )
    )
    if not candidate.phone2:
        return
    candidate.phone, candidate.phone2 = candidate.phone2, candidate.phone
    candidate.phone_given, candidate.phone2_given = candidate.phone2_given, candidate.phone_given
    candidate.phone_reversed, candidate.phone2_reversed = candidate.phone2_reversed, candidate.phone_reversed
    candidate.status = "to_call"
    already_swapped = store.attempts_of(unit.session, candidate.id)
    wrong = {a.number for a in already_swapped if a.outcome in ("wrong_number", "number_not_in_service")}
    if candidate.phone not in wrong:
        entry.state, entry.kind, entry.blocked_reason, entry.is_retry = "ready", "retry", None, 1


def _recorded(attempt: CallAttempt, follows: NextTry) -> RecordedView:
    return RecordedView(
        attempt_id=attempt.id,
        candidate_id=attempt.candidate_id,
        outcome=attempt.outcome,
        kind=follows.kind,
        again_at=follows.at,
        day_part=follows.day_part,
        attempts_left=follows.attempts_left,
        late=attempt.late,
    )


def close_unanswered_emails(unit: Unit) -> int:
    """Whoever did not react to the e-mail in time is unreachable; how many that were."""
    waits = store.vested_email_waits(unit.session, unit.now)
    for entry in waits:
        candidate = unit.get(Candidate, entry.candidate_id)
        unit.session.add(
            CallAttempt(
                at=unit.now,
                candidate_id=candidate.id,
                entry_id=entry.id,
                user_id=unit.user_id,
                outcome="emailed_no_response",
                claim_epoch=entry.claim_epoch,
            )
        )
        if candidate.status not in SETTLED:
            candidate.status = "unreachable"
        close_entry(entry, "emailed_no_response")
        forget_follow_ups(unit, candidate.id)
    return len(waits)


def require_open(entry: QueueEntry) -> None:
    """Refuse what makes no sense on a call that is done."""
    if entry.state == "done":
        raise ConflictError("queue.already_done")


def lease_end(now: datetime, settings: DeskSettings) -> datetime:
    """Until when a lease that is taken or renewed now lasts."""
    return now + timedelta(minutes=settings.lease_minutes)
