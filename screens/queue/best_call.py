"""One line on the card: when this person is usually reached, and when to try."""

from datetime import datetime

from db.reference.outcomes import outcomes
from db.rules.best_time import Rates, Slot, Try, best_time
from db.rules.calling_hours import CallingHours
from db.rules.times import day_part_label, weekday_label
from db.texts import Texts
from db.views.candidates import CandidateView


def best_call(
    person: CandidateView, rates: Rates, now: datetime, texts: Texts, hours: CallingHours | None = None
) -> str:
    """What the attempts on the card say; empty for somebody who was never called."""
    known = outcomes()
    tries = [
        Try(attempt.at, known[attempt.outcome].family == "reached")
        for attempt in person.attempts
        if not attempt.retracted and attempt.outcome in known and known[attempt.outcome].family != "message"
    ]
    found = best_time(tries, rates, now, hours)
    if found is None:
        return ""
    words = []
    if found.reached:
        words.append(texts("floor.best.reached", slots=_slots(found.reached, texts)))
    else:
        words.append(texts("floor.best.missed", slots=_slots(found.missed, texts)))
    if found.advice is not None and found.advice not in found.reached[:1]:
        words.append(texts("floor.best.advice", slot=_slots((found.advice,), texts)))
    return " · ".join(words)


def _slots(slots: tuple[Slot, ...], texts: Texts) -> str:
    language = texts.language
    named = [f"{weekday_label(day, language)} {day_part_label(part, language)}" for day, part in slots]
    return ", ".join(named)
