"""When a candidate is tried again after a call, and when trying ends."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from db.reference.outcomes import Outcome, outcomes
from db.rules.calling_hours import CallingHours
from db.rules.times import DAY_PARTS, PART_STARTS

Kind = Literal["retry", "callback", "email", "close"]
LOOK_AHEAD_DAYS = 14
SOONEST = timedelta(hours=2)
"""From five to twelve to noon is another part of the day, but no other moment."""


@dataclass(frozen=True, slots=True)
class AttemptFact:
    """An earlier attempt: when, and the code of what came of it."""

    at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class NextTry:
    """What follows from an outcome.

    `at` is None when the date that the outcome demanded decides (kind `callback`); for `close` it is when the
    candidate leaves the queue. `day_part` is the part of the day for which a retry was chosen.
    """

    kind: Kind
    at: datetime | None
    day_part: str | None
    attempts_left: int


@dataclass(frozen=True, slots=True)
class Cooling:
    """How counted tries are spread: at most so many on a day, over at least so many days."""

    tries_a_day: int = 2
    spread_days: int = 3


STANDARD_COOLING = Cooling()


@dataclass(frozen=True, slots=True)
class _Slot:
    """A part of a day within calling hours."""

    day: date
    part: str
    start: datetime


def next_try(
    outcome: Outcome,
    earlier: Sequence[AttemptFact],
    now: datetime,
    hours: CallingHours,
    maximum: int = 5,
    email_wait_days: int = 7,
    cooling: Cooling = STANDARD_COOLING,
) -> NextTry:
    """Say what follows when this outcome is recorded now, after the earlier attempts.

    Only unanswered tries since the person was last reached count towards the maximum; the last of them makes
    it an e-mail, and an e-mail without reaction closes the candidate after `email_wait_days`.
    """
    tries = _unanswered(earlier) + ([AttemptFact(now, outcome.code)] if outcome.unanswered else [])
    left = maximum if outcome.family == "reached" else max(0, maximum - len(tries))
    if outcome.retry == "none" or _used_up(outcome, earlier):
        return NextTry("close", now, None, left)
    if outcome.retry == "callback":
        return NextTry("callback", None, None, left)
    if outcome.effect == "wait_for_reply":
        return _after_message(outcome, now, hours, left, email_wait_days)
    if outcome.unanswered and left == 0:
        return NextTry("email", now, None, 0)
    at = _again(outcome, tries, now, hours, left, cooling)
    return NextTry("retry", at, hours.day_part(at), left)


def _unanswered(earlier: Sequence[AttemptFact]) -> list[AttemptFact]:
    """The counted tries since the person was last on the line."""
    known = outcomes()
    counted: list[AttemptFact] = []
    for fact in sorted(earlier, key=lambda fact: fact.at):
        outcome = known.get(fact.outcome)
        if outcome and outcome.family == "reached":
            counted.clear()
        elif outcome and outcome.unanswered:
            counted.append(fact)
    return counted


def _used_up(outcome: Outcome, earlier: Sequence[AttemptFact]) -> bool:
    same = sum(fact.outcome == outcome.code for fact in earlier)
    return 0 < outcome.maximum <= same + 1


def _after_message(
    outcome: Outcome, now: datetime, hours: CallingHours, left: int, email_wait_days: int
) -> NextTry:
    if outcome.code == "emailed":
        return NextTry("close", now + timedelta(days=email_wait_days), None, left)
    at = hours.next_open(now + timedelta(minutes=outcome.delay_minutes))
    return NextTry("retry", at, hours.day_part(at), left)


def _again(
    outcome: Outcome,
    tries: Sequence[AttemptFact],
    now: datetime,
    hours: CallingHours,
    left: int,
    cooling: Cooling,
) -> datetime:
    """The moment of the next try: after a fixed delay, or in the day part that was tried least."""
    delay = timedelta(minutes=outcome.delay_minutes)
    if outcome.retry != "other_day_part":
        soon = hours.next_open(now + delay)
        same_day = hours.local_day(soon) == hours.local_day(now)
        if not outcome.counts or not same_day or _may_try_again_today(tries, now, hours, left, cooling):
            return soon
    return _best_slot(tries, now, hours, left, cooling).start


def _may_try_again_today(
    tries: Sequence[AttemptFact], now: datetime, hours: CallingHours, left: int, cooling: Cooling
) -> bool:
    """Whether another try today leaves enough tries to reach the days over which they are spread."""
    days = Counter(hours.local_day(fact.at) for fact in tries)
    spread = min(cooling.spread_days, len(tries) + left)
    return days[hours.local_day(now)] < cooling.tries_a_day and len(days) + left - 1 >= spread


def _best_slot(
    tries: Sequence[AttemptFact], now: datetime, hours: CallingHours, left: int, cooling: Cooling
) -> _Slot:
    tried = Counter(hours.day_part(fact.at) for fact in tries)
    today = hours.local_day(now)
    first = 0 if _may_try_again_today(tries, now, hours, left, cooling) else 1
    slots = [
        slot
        for offset in range(first, LOOK_AHEAD_DAYS)
        for slot in _slots(today + timedelta(days=offset), hours, now + SOONEST)
        if slot.day > today or slot.part != hours.day_part(now)
    ]
    if not slots:
        at = hours.next_open(hours.moment(today + timedelta(days=1), time(0)))
        return _Slot(hours.local_day(at), hours.day_part(at), at)
    near = sorted({slot.day for slot in slots})[:3]
    turn = DAY_PARTS.index(hours.day_part(now)) + 1
    return min(
        (slot for slot in slots if slot.day in near),
        key=lambda slot: (tried[slot.part], slot.day, (DAY_PARTS.index(slot.part) - turn) % len(DAY_PARTS)),
    )


def _slots(day: date, hours: CallingHours, soonest: datetime) -> list[_Slot]:
    """The day parts of a day that fall within its calling window, each from where calling may start."""
    span = hours.window(day)
    if span is None:
        return []
    parts = [(part, time(PART_STARTS[part])) for part in DAY_PARTS]
    ends = [*(start for _, start in parts[1:]), time.max]
    found = []
    for (part, start), end in zip(parts, ends, strict=True):
        begin = max(hours.moment(day, max(start, span[0])), soonest)
        if begin < hours.moment(day, min(end, span[1])):
            found.append(_Slot(day, part, begin))
    return found
