"""Serving a card: the next candidate or a chosen one, the lease on it, and what stands on it."""

from datetime import datetime, timedelta
from uuid import UUID

from db.desk.outcomes import close_unanswered_emails, lease_end
from db.desk.placing import ask_due_follow_ups
from db.desk.unit import Unit
from db.desk.waiting import hours_of, promised_since, waiting_of
from db.drafts.queue import Lease
from db.errors import ConflictError, DeskError
from db.models import Candidate, QueueEntry, User
from db.rules.groups import Groups
from db.rules.settings import DeskSettings
from db.stores import claims, promotion
from db.stores import queue as store
from db.stores.candidate_card import load_card
from db.stores.handover import handed_over
from db.stores.users import load_settings
from db.views.queue import CardView, EntryView, WaitingView


def take_up_held(unit: Unit) -> tuple[CardView, ...]:
    """What is still in this caller's hands; each lease starts anew."""
    connection = unit.session.connection()
    settings = load_settings(unit.session)
    until = lease_end(unit.now, settings)
    if not hours_of(settings).is_open(unit.now):
        claims.give_back_ended(connection, unit.user_id, unit.now)
    cards = []
    for claim in claims.my_claims(connection, unit.user_id):
        claims.renew(connection, claim.entry_id, claim.epoch, until)
        cards.append(_card(unit, claim, settings))
    return tuple(cards)


def serve_next(unit: Unit, outside_hours_reason: str | None) -> CardView | WaitingView:
    """The next candidate of this caller, or why there is none."""
    user = unit.session.get_one(User, unit.user_id)
    if not user.active:
        raise DeskError("users.inactive", name=user.name)
    settings = load_settings(unit.session)
    connection = unit.session.connection()
    overdue = unit.now - timedelta(minutes=settings.callback_release_minutes)
    promotion.promote(connection, unit.now, overdue)
    if close_unanswered_emails(unit):
        unit.session.flush()
    if ask_due_follow_ups(unit):
        unit.session.flush()
    since = None if outside_hours_reason is not None else promised_since(settings, unit.now)
    claim = claims.claim_next(
        connection,
        user_id=unit.user_id,
        regions=user.regions,
        promised_since=since,
        now=unit.now,
        until=lease_end(unit.now, settings),
        groups=Groups.from_mapping(user.serves),
    )
    if claim is None:
        return waiting_of(unit.session, user, unit.now)
    if outside_hours_reason is not None:
        unit.record(
            "queue.outside_hours",
            candidate_id=claim.candidate_id,
            subject_id=claim.entry_id,
            reason=outside_hours_reason,
        )
    return _card(unit, claim, settings)


def serve_person(unit: Unit, candidate_id: UUID) -> CardView:
    """This very candidate: they call back."""
    settings = load_settings(unit.session)
    entry = store.open_entry(unit.session, candidate_id) or _new_entry(unit, candidate_id)
    claim = claims.claim_entry(
        unit.session.connection(), entry.id, unit.user_id, unit.now, lease_end(unit.now, settings)
    )
    if claim is None:
        raise ConflictError("queue.in_other_hands")
    return _card(unit, claim, settings)


def renew_lease(unit: Unit, lease: Lease) -> datetime | None:
    """Until when the lease lasts now; None when it is no longer this caller's."""
    until = lease_end(unit.now, load_settings(unit.session))
    kept = claims.renew(unit.session.connection(), lease.entry_id, lease.epoch, until)
    return until if kept else None


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
