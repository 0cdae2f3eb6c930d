"""The caller's queue: the next candidate, the lease, the outcome, the skip, the break."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from db.desk.lane import Lane
from db.desk.outcomes import close_unanswered_emails, lease_end, record_outcome, require_open
from db.desk.placing import ask_due_follow_ups
from db.desk.unit import Unit
from db.drafts.queue import Lease, OutcomeDraft
from db.errors import ConflictError, DeskError
from db.models import Candidate, Pause, QueueEntry, Skip, User
from db.reference.lists import code_list
from db.reference.outcomes import outcomes
from db.rules.calling_hours import CallingHours
from db.rules.groups import Groups
from db.rules.hygiene import clean
from db.rules.settings import DeskSettings
from db.stores import claims
from db.stores import queue as store
from db.stores.candidate_card import load_card
from db.stores.handover import handed_over
from db.stores.users import load_settings
from db.views.queue import BellView, CardView, DayView, EntryView, RecordedView, WaitingView

INTAKE_DONE = "reached_intake_done"
"""Recorded by completing the interview, never by itself."""
BLOCKED = ("no_number", "do_not_call", "escalated", "data_problem", "paused")


@dataclass(frozen=True, slots=True)
class HoursView:
    """Whether the desk may call now, until when, and when it may again."""

    open_now: bool
    closes_at: datetime | None
    next_open: datetime


class QueueDesk:
    """Use cases of whoever works the queue."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def held(self) -> tuple[CardView, ...]:
        """The cards that are still in this caller's hands: after a crash or restart the same ones again.

        Each lease starts anew.
        """
        return await self._lane.write(_held)

    async def next(self, outside_hours_reason: str | None = None) -> CardView | WaitingView:
        """Serve the next candidate, or say why there is none.

        Outside calling hours only call-backs are served, unless the caller gives a reason of list
        `outside_hours_reason`; it is recorded with the claim. Regions and groups hold as a supervisor left
        them last. Raises DeskError for somebody who works here no more.
        """
        return await self._lane.write(lambda unit: _next(unit, outside_hours_reason))

    async def open_candidate(self, candidate_id: UUID) -> CardView:
        """Take this very candidate in hand: they call back.

        Raises ConflictError when somebody else is speaking with them.
        """
        return await self._lane.write(lambda unit: _open(unit, candidate_id))

    async def renew(self, lease: Lease) -> datetime | None:
        """Keep the card: until when, or None when it is no longer this caller's."""
        return await self._lane.write(lambda unit: _renew(unit, lease))

    async def record(self, lease: Lease, draft: OutcomeDraft) -> RecordedView:
        """Write down what came of the call; durable when this returns, undoable by the caller.

        Raises DeskError when the draft lacks what its outcome demands, or claims an intake that was not held.
        """
        if draft.outcome == INTAKE_DONE:
            raise DeskError("queue.intake_missing")

        def work(unit: Unit) -> RecordedView:
            recorded = record_outcome(unit, lease, draft)
            unit.record(
                "queue.outcome",
                candidate_id=recorded.candidate_id,
                subject_id=lease.entry_id,
                undoable=not recorded.late,
                outcome=draft.outcome,
            )
            return recorded

        return await self._lane.write(work)

    async def keep_note(self, lease: Lease, note: str) -> None:
        """Keep what was typed on the card in hand: a crash loses nothing; the outcome takes it along."""

        def work(unit: Unit) -> None:
            entry = unit.get(QueueEntry, lease.entry_id)
            if entry.claim_epoch == lease.epoch:
                entry.note = clean(note, multiline=True)

        await self._lane.write(work)

    async def skip(self, lease: Lease, reason: str, note: str = "") -> bool:
        """Pass over the candidate, to the end of their group; True when it now goes to the supervisor."""
        return await self._lane.write(lambda unit: _skip(unit, lease, reason, note))

    async def release(self, *leases: Lease) -> None:
        """Give cards back untouched: on a break, and on leaving."""
        await self._lane.write(lambda unit: _release(unit, leases))

    async def begin_break(self, reason: str) -> None:
        """Stop for a while (list `pause_reason`); everything in hand goes back."""

        def work(unit: Unit) -> None:
            _release_all(unit)
            unit.session.add(Pause(at=unit.now, user_id=unit.user_id, reason=reason))
            unit.record("queue.break", reason=reason)

        await self._lane.write(work)

    async def end_break(self) -> None:
        """Back at work."""
        await self._lane.write(_end_break)

    async def waiting(self) -> WaitingView:
        """Who waits for what."""

        def work(session: Session) -> WaitingView:
            return _waiting(session, session.get_one(User, self._seat()), self._lane.clock())

        return await self._lane.read(work)

    async def today(self) -> DayView:
        """This caller's own counts of the day."""
        return await self._lane.read(lambda session: today_of(session, self._seat(), self._lane.clock()))

    async def bell(self) -> BellView:
        """The call-backs whose moment has come."""
        return await self._lane.read(lambda session: _bell(session, self._seat(), self._lane.clock()))

    async def hours(self) -> HoursView:
        """Whether the desk may call now."""

        def work(session: Session) -> HoursView:
            hours = _hours(load_settings(session))
            now = self._lane.clock()
            return HoursView(hours.is_open(now), hours.closes_at(now), hours.next_open(now))

        return await self._lane.read(work)

    async def calling_hours(self) -> CallingHours:
        """When this desk calls."""
        return await self._lane.read(lambda session: _hours(load_settings(session)))

    def _seat(self) -> UUID:
        if self._lane.seat.user_id is None:
            raise RuntimeError("nobody is signed in")
        return self._lane.seat.user_id


def _hours(settings: DeskSettings) -> CallingHours:
    return CallingHours.from_settings(settings.calling_hours)


def _held(unit: Unit) -> tuple[CardView, ...]:
    connection = unit.session.connection()
    settings = load_settings(unit.session)
    until = lease_end(unit.now, settings)
    cards = []
    for claim in claims.my_claims(connection, unit.user_id):
        claims.renew(connection, claim.entry_id, claim.epoch, until)
        cards.append(_card(unit, claim, settings))
    return tuple(cards)


def _next(unit: Unit, outside_hours_reason: str | None) -> CardView | WaitingView:
    user = unit.session.get_one(User, unit.user_id)
    if not user.active:
        raise DeskError("users.inactive", name=user.name)
    settings = load_settings(unit.session)
    connection = unit.session.connection()
    overdue = unit.now - timedelta(minutes=settings.callback_release_minutes)
    claims.promote(connection, unit.now, overdue)
    if close_unanswered_emails(unit):
        unit.session.flush()
    if ask_due_follow_ups(unit):
        unit.session.flush()
    open_hours = outside_hours_reason is not None or _hours(settings).is_open(unit.now)
    claim = claims.claim_next(
        connection,
        user_id=unit.user_id,
        regions=user.regions,
        open_hours=open_hours,
        now=unit.now,
        until=lease_end(unit.now, settings),
        groups=Groups.from_mapping(user.serves),
    )
    if claim is None:
        return _waiting(unit.session, user, unit.now)
    if outside_hours_reason is not None:
        unit.record(
            "queue.outside_hours",
            candidate_id=claim.candidate_id,
            subject_id=claim.entry_id,
            reason=outside_hours_reason,
        )
    return _card(unit, claim, settings)


def _card(unit: Unit, claim: claims.Claim, settings: DeskSettings) -> CardView:
    """The card of a claim; opening it is a read that the audit trail knows of."""
    unit.note_read("candidate.read", claim.candidate_id)
    entry = unit.session.get_one(QueueEntry, claim.entry_id, populate_existing=True)
    candidate = load_card(unit.session, claim.candidate_id)
    view = _entry_view(entry, unit.user_id, settings, unit.now)
    return CardView(view, candidate, settings.script, handed_over(unit.session, entry, unit.user_id))


def _entry_view(entry: QueueEntry, user_id: UUID, settings: DeskSettings, now: datetime) -> EntryView:
    return EntryView(
        id=entry.id,
        candidate_id=entry.candidate_id,
        kind=entry.kind,
        epoch=entry.claim_epoch,
        claimed_until=entry.claimed_until or now,
        priority_group=entry.priority_group,
        vests_at=entry.vests_at,
        day_part=entry.day_part,
        registered_at=entry.registered_at,
        attempts=entry.counted_attempts,
        maximum_attempts=settings.maximum_attempts,
        skips=entry.skips,
        mine=entry.assigned_to == user_id,
        note=entry.note,
    )


def _open(unit: Unit, candidate_id: UUID) -> CardView:
    settings = load_settings(unit.session)
    entry = store.open_entry(unit.session, candidate_id) or _new_entry(unit, candidate_id)
    claim = claims.claim_entry(
        unit.session.connection(), entry.id, unit.user_id, unit.now, lease_end(unit.now, settings)
    )
    if claim is None:
        raise ConflictError("queue.in_other_hands")
    return _card(unit, claim, settings)


def _new_entry(unit: Unit, candidate_id: UUID) -> QueueEntry:
    """Somebody calls who need not be called any more: the conversation still needs its place."""
    candidate = unit.get(Candidate, candidate_id)
    entry = QueueEntry(
        candidate_id=candidate.id,
        kind="wish",
        registered_at=candidate.registered_at,
        region_code=candidate.region_code,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(entry)
    unit.session.flush()
    return entry


def _renew(unit: Unit, lease: Lease) -> datetime | None:
    until = lease_end(unit.now, load_settings(unit.session))
    kept = claims.renew(unit.session.connection(), lease.entry_id, lease.epoch, until)
    return until if kept else None


def _skip(unit: Unit, lease: Lease, reason: str, note: str) -> bool:
    if code_list("skip_reason")[reason].note_required and not clean(note):
        raise DeskError("queue.note_missing")
    entry = unit.get(QueueEntry, lease.entry_id)
    require_open(entry)
    if entry.claim_epoch != lease.epoch:
        raise ConflictError("queue.lease_lost")
    unit.session.add(
        Skip(
            at=unit.now,
            candidate_id=entry.candidate_id,
            entry_id=entry.id,
            user_id=unit.user_id,
            reason=reason,
        )
    )
    entry.skips += 1
    entry.note = clean(note) or entry.note
    entry.claimed_by = entry.claimed_until = None
    settings = load_settings(unit.session)
    escalated = entry.skips >= settings.skip_limit
    if escalated:
        entry.state, entry.blocked_reason = "blocked", "escalated"
    elif entry.kind == "callback":
        later = unit.now + timedelta(minutes=settings.skipped_callback_minutes)
        entry.state, entry.assigned_to, entry.vests_at = "scheduled", None, later
    else:
        entry.state = "ready"
        entry.rank = store.last_rank(unit.session, entry.priority_group) + 1
    unit.record(
        "queue.skip",
        candidate_id=entry.candidate_id,
        subject_id=entry.id,
        undoable=True,
        reason=reason,
    )
    return escalated


def _release(unit: Unit, leases: tuple[Lease, ...]) -> None:
    for lease in leases:
        claims.release(unit.session.connection(), lease.entry_id, lease.epoch, unit.now)


def _release_all(unit: Unit) -> None:
    connection = unit.session.connection()
    for claim in claims.my_claims(connection, unit.user_id):
        claims.release(connection, claim.entry_id, claim.epoch, unit.now)


def _end_break(unit: Unit) -> None:
    own = select(Pause).where(Pause.user_id == unit.user_id, col(Pause.ended_at).is_(None))
    for pause in unit.session.exec(own):
        pause.ended_at = unit.now


def _waiting(session: Session, user: User, now: datetime) -> WaitingView:
    hours = _hours(load_settings(session))
    counts: dict[str, int] = {}
    for (state, kind, blocked, assigned), count in store.entry_counts(session).items():
        reason = _waits_for(state, kind, blocked, assigned=assigned, open_now=hours.is_open(now))
        counts[reason] = counts.get(reason, 0) + count
    _tell_kept_away(counts, store.kept_away(session, user, open_hours=hours.is_open(now)))
    frees = [moment for moment in (store.next_vesting(session), store.next_expiry(session)) if moment]
    return WaitingView(
        counts=counts,
        holders=store.holders(session, now),
        open_now=hours.is_open(now),
        next_open=hours.next_open(now),
        next_free=min(frees, default=None),
    )


def _tell_kept_away(counts: dict[str, int], kept_away: Mapping[str, int]) -> None:
    """Count apart what the groups of this caller keep away, among what could be called now."""
    for reason, count in kept_away.items():
        counts[reason] = max(counts.get(reason, 0) - count, 0)
        counts["groups"] = counts.get("groups", 0) + count


def _waits_for(state: str, kind: str, blocked: str | None, *, assigned: bool, open_now: bool) -> str:
    if state == "blocked":
        return blocked if blocked in BLOCKED else "data_problem"
    if state == "claimed":
        return "in_hand"
    if state == "due":
        return "callback_now"
    if state == "scheduled":
        waits = {"callback": "callback_later", "email_sent": "email", "reconfirm": "paused"}
        return waits.get(kind, "cooling_down")
    if assigned:
        return "assigned"
    return "ready_elsewhere" if open_now else "closed_hours"


def today_of(session: Session, user_id: UUID, now: datetime) -> DayView:
    """What somebody did today."""
    hours = CallingHours()
    midnight = hours.moment(hours.local_day(now), time(0))
    rows = store.outcomes_since(session, user_id, midnight)
    known = outcomes()
    return DayView(
        calls=sum(count for code, count, _, _ in rows if known[code].family != "message"),
        reached=sum(count for code, count, _, _ in rows if known[code].family == "reached"),
        intakes=sum(count for code, count, _, _ in rows if code == INTAKE_DONE),
        seconds=sum(seconds or 0 for _, _, seconds, _ in rows),
        first_at=min((first for _, _, _, first in rows), default=None),
    )


def _bell(session: Session, user_id: UUID, now: datetime) -> BellView:
    mine, oldest, candidate_id = store.due_callbacks(session, user_id, now)
    anyone, _, _ = store.due_callbacks(session, None, now)
    person = session.get(Candidate, candidate_id) if candidate_id else None
    name = f"{person.first_name} {person.prefix} {person.last_name}" if person else ""
    return BellView(mine=mine, anyone=anyone, oldest=oldest, name=" ".join(name.split()))
