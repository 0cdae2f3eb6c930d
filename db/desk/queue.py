"""The caller's queue: the next candidate, the lease, the outcome, the skip, the break."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from db.desk.lane import Lane
from db.desk.outcomes import record_outcome, require_open
from db.desk.serving import renew_lease, serve_next, serve_person, take_up_held
from db.desk.unit import Unit
from db.desk.waiting import INTAKE_DONE, HoursView, bell_of, hours_of, today_of, waiting_of
from db.drafts.queue import Lease, OutcomeDraft
from db.errors import ConflictError, DeskError
from db.models import Pause, QueueEntry, Skip, User
from db.reference.lists import code_list
from db.rules.calling_hours import CallingHours
from db.rules.hygiene import clean
from db.stores import claims
from db.stores import queue as store
from db.stores.users import load_settings
from db.views.queue import BellView, CardView, DayView, RecordedView, WaitingView


class QueueDesk:
    """Use cases of whoever works the queue."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def held(self) -> tuple[CardView, ...]:
        """The cards that are still in this caller's hands: after a crash or restart the same ones again.

        Each lease starts anew.
        """
        return await self._lane.write(take_up_held)

    async def next(self, outside_hours_reason: str | None = None) -> CardView | WaitingView:
        """Serve the next candidate, or say why there is none.

        Outside calling hours only call-backs are served, unless the caller gives a reason of list
        `outside_hours_reason`; it is recorded with the claim. Regions and groups hold as a supervisor left
        them last. Raises DeskError for somebody who works here no more.
        """
        return await self._lane.write(lambda unit: serve_next(unit, outside_hours_reason))

    async def open_candidate(self, candidate_id: UUID) -> CardView:
        """Take this very candidate in hand: they call back.

        Raises ConflictError when somebody else is speaking with them.
        """
        return await self._lane.write(lambda unit: serve_person(unit, candidate_id))

    async def renew(self, lease: Lease) -> datetime | None:
        """Keep the card: until when, or None when it is no longer this caller's."""
        return await self._lane.write(lambda unit: renew_lease(unit, lease))

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
            return waiting_of(session, session.get_one(User, self._seat()), self._lane.clock())

        return await self._lane.read(work)

    async def today(self) -> DayView:
        """This caller's own counts of the day."""
        return await self._lane.read(lambda session: today_of(session, self._seat(), self._lane.clock()))

    async def bell(self) -> BellView:
        """The call-backs whose moment has come."""
        return await self._lane.read(lambda session: bell_of(session, self._seat(), self._lane.clock()))

    async def hours(self) -> HoursView:
        """Whether the desk may call now."""

        def work(session: Session) -> HoursView:
            hours = hours_of(load_settings(session))
            now = self._lane.clock()
            return HoursView(hours.is_open(now), hours.closes_at(now), hours.next_open(now))

        return await self._lane.read(work)

    async def calling_hours(self) -> CallingHours:
        """When this desk calls."""
        return await self._lane.read(lambda session: hours_of(load_settings(session)))

    def _seat(self) -> UUID:
        if self._lane.seat.user_id is None:
            raise RuntimeError("nobody is signed in")
        return self._lane.seat.user_id


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
