"""Who waits for what, when the desk may call, and what a caller did today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlmodel import Session

from db.models import Candidate, User
from db.reference.outcomes import outcomes
from db.rules.calling_hours import CallingHours
from db.rules.settings import DeskSettings
from db.stores import queue as store
from db.stores.users import load_settings
from db.views.queue import BellView, DayView, WaitingView

INTAKE_DONE = "reached_intake_done"
"""Recorded by completing the interview, never by itself."""
PROMISE_HOLDS = timedelta(hours=1)
"""So late may a promised call still be when the calling hours have ended."""
BLOCKED = ("no_number", "do_not_call", "escalated", "data_problem", "paused")


@dataclass(frozen=True, slots=True)
class HoursView:
    """Whether the desk may call now, until when, and when it may again."""

    open_now: bool
    closes_at: datetime | None
    next_open: datetime


def hours_of(settings: DeskSettings) -> CallingHours:
    """When this desk calls."""
    return CallingHours.from_settings(settings.calling_hours)


def promised_since(settings: DeskSettings, now: datetime) -> datetime | None:
    """Outside calling hours, from when on a promise to call is still kept; None while the desk calls.

    Who was promised a call within the hours and missed it is called when they begin again.
    """
    closed = hours_of(settings).closed_since(now)
    return None if closed is None else closed - PROMISE_HOLDS


def waiting_of(session: Session, user: User, now: datetime) -> WaitingView:
    """Who waits for what, as this user sees it."""
    settings = load_settings(session)
    hours, since = hours_of(settings), promised_since(settings, now)
    counts: dict[str, int] = {}
    for (state, kind, blocked, assigned), count in store.entry_counts(session).items():
        reason = _waits_for(state, kind, blocked, assigned=assigned, open_now=hours.is_open(now))
        counts[reason] = counts.get(reason, 0) + count
    if since is not None:
        _tell_apart(counts, "closed_hours", {"callback_now": store.due_before(session, since)})
    _tell_apart(counts, "groups", store.kept_away(session, user, since))
    frees = [moment for moment in (store.next_vesting(session), store.next_expiry(session)) if moment]
    return WaitingView(
        counts=counts,
        holders=store.holders(session, now),
        open_now=hours.is_open(now),
        next_open=hours.next_open(now),
        next_free=min(frees, default=None),
    )


def _tell_apart(counts: dict[str, int], instead: str, among: Mapping[str, int]) -> None:
    """Count these, who are among those that wait for something else, under another reason instead.

    Others may have come in since those were counted: nobody is counted twice, and none are fewer than none.
    """
    for reason, count in among.items():
        if moved := min(count, counts.get(reason, 0)):
            counts[reason] -= moved
            counts[instead] = counts.get(instead, 0) + moved


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


def bell_of(session: Session, user_id: UUID, now: datetime) -> BellView:
    """The call-backs whose moment has come, this user's and anyone's."""
    mine, oldest, candidate_id = store.due_callbacks(session, user_id, now)
    anyone, _, _ = store.due_callbacks(session, None, now)
    person = session.get(Candidate, candidate_id) if candidate_id else None
    name = f"{person.first_name} {person.prefix} {person.last_name}" if person else ""
    return BellView(mine=mine, anyone=anyone, oldest=oldest, name=" ".join(name.split()))
