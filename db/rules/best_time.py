"""When to try somebody again: the person's own history first, what holds for everyone besides."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.rules.calling_hours import CallingHours
from db.rules.times import PART_STARTS, local, part_of_hour

Slot = tuple[int, str]
"""A weekday, Monday being 0, and a day part."""
Rates = Mapping[tuple[int, int], tuple[int, int]]
"""By weekday and hour: how many calls there were and how many reached somebody."""
USUAL_RATE = 0.35
OWN_WEIGHT = 2
"""So many attempts of the person weigh as much as what holds for everyone."""
DAYS = 7
SHOWN = 2


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt: when, and whether it reached the person."""

    at: datetime
    reached: bool


@dataclass(frozen=True, slots=True)
class BestTime:
    """Where the person was reached, where not, most often first, and when to try."""

    reached: tuple[Slot, ...]
    missed: tuple[Slot, ...]
    advice: Slot | None
    """The best slot of the coming week; None when the desk is closed all week."""


def best_time(
    tries: Sequence[Try], rates: Rates, now: datetime, hours: CallingHours | None = None
) -> BestTime | None:
    """What the history says; None without one."""
    if not tries:
        return None
    reached = Counter(slot_of(item.at) for item in tries if item.reached)
    missed = Counter(slot_of(item.at) for item in tries if not item.reached)
    general = _by_part(rates)

    def promise(slot: Slot) -> float:
        own, other = reached[slot], missed[slot]
        # The same part of another day says something too, but less than the very same slot.
        own_part = sum(count for (_, part), count in reached.items() if part == slot[1])
        other_part = sum(count for (_, part), count in missed.items() if part == slot[1])
        hits, all_of_them = own + own_part, own + own_part + other + other_part
        return (OWN_WEIGHT * general.get(slot, USUAL_RATE) + hits) / (OWN_WEIGHT + all_of_them)

    slots = _coming(now, hours or CallingHours())
    # Of equal slots the first to come: max keeps the first.
    return BestTime(_most(reached), _most(missed), max(slots, key=promise, default=None))


def slot_of(moment: datetime) -> Slot:
    """The slot in which a moment falls, on the clock here."""
    wall = local(moment)
    return wall.weekday(), part_of_hour(wall.hour)


def _most(counted: Counter[Slot]) -> tuple[Slot, ...]:
    return tuple(slot for slot, _ in counted.most_common(SHOWN))


def _by_part(rates: Rates) -> dict[Slot, float]:
    """The rate of each slot, drawn a little towards the usual one where there were few calls."""
    sums: dict[Slot, list[int]] = {}
    for (weekday, hour), (calls, reached) in rates.items():
        both = sums.setdefault((weekday, part_of_hour(hour)), [0, 0])
        both[0], both[1] = both[0] + calls, both[1] + reached
    return {slot: (reached + 10 * USUAL_RATE) / (calls + 10) for slot, (calls, reached) in sums.items()}


def _coming(now: datetime, hours: CallingHours) -> list[Slot]:
    """The slots of the coming week in which the desk calls, the first to come first."""
    found: list[Slot] = []
    for offset in range(DAYS):
        day = hours.local_day(now) + timedelta(days=offset)
        window = hours.window(day)
        if window is None:
            continue
        for part, starts in PART_STARTS.items():
            ends = min((later for later in PART_STARTS.values() if later > starts), default=24)
            opens = max(window[0].hour * 60 + window[0].minute, starts * 60)
            closes = min(window[1].hour * 60 + window[1].minute, ends * 60)
            wall = hours.local(now)
            passed = offset == 0 and wall.hour * 60 + wall.minute >= closes
            # Half an hour at the edge of a day part is no slot to advise.
            if closes - opens > 30 and not passed:
                found.append((day.weekday(), part))
    return found
