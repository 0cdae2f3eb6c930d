"""What an outcome demands, asked for on one line: a reason, a moment, a note, how a job goes."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from db.drafts.queue import OutcomeDraft, choice_list
from db.reference.lists import code_list
from db.reference.outcomes import Outcome
from db.rules.names import show_name
from screens.base import DeskScreen
from screens.queue.hand import HeldCard
from screens.widgets.ask_bar import AskBar, Promise

MOMENTS = frozenset({"callback_at", "available_from"})


async def ask_demands(screen: DeskScreen[Any], card: HeldCard, outcome: Outcome) -> OutcomeDraft | None:
    """Everything that must be known to record this outcome; None when the caller thought better of it."""
    ask = screen.query_one(AskBar)
    title = outcome.label(screen.workplace.language)
    choice, promise, note = None, None, card.note
    choices = choice_list(outcome)
    if choices and (choice := await ask.reason(title, choices)) is None:
        return None
    if MOMENTS & set(outcome.demands):
        promise = await _ask_moment(screen, title, owned="callback_at" in outcome.demands)
        if promise is None:
            return None
    must_explain = bool(choices and choice and code_list(choices)[choice].note_required)
    if ("note" in outcome.demands or must_explain) and not note:
        note = await ask.note(f"{title}: {screen.texts('queue.ask.why')}") or ""
        if not note:
            return None
    draft = _draft(card, outcome, choice, promise, note, screen.workplace.now())
    due = _job_to_ask_about(card, screen.workplace.now()) if outcome.effect == "inform" else None
    return draft if due is None else await _ask_how_it_goes(screen, card, draft, due)


async def _ask_moment(screen: DeskScreen[Any], title: str, *, owned: bool) -> Promise | None:
    ask = screen.query_one(AskBar)
    ask.hours = await screen.desk.queue.calling_hours()
    when = screen.texts("queue.ask.when" if owned else "queue.ask.from")
    return await ask.moment(f"{title}: {when}", owned=owned)


def _job_to_ask_about(card: HeldCard, now: datetime) -> str | None:
    """The organisation where this person began, when it is time to ask how it goes."""
    jobs = card.view.candidate.proposals
    due = (job.organisation for job in jobs if job.follow_up_at is not None and job.follow_up_at <= now)
    return next(due, None)


async def _ask_how_it_goes(
    screen: DeskScreen[Any], card: HeldCard, draft: OutcomeDraft, organisation: str
) -> OutcomeDraft | None:
    from screens.proposals.asking import ask_how_it_goes

    told = await ask_how_it_goes(screen, show_name(card.view.candidate.name), organisation)
    return None if told is None else replace(draft, follow_up=told)


def _draft(
    card: HeldCard, outcome: Outcome, choice: str | None, promise: Promise | None, note: str, now: datetime
) -> OutcomeDraft:
    return OutcomeDraft(
        outcome=outcome.code,
        note=note,
        choice=choice,
        moment=promise.at if promise else None,
        mine=promise.mine if promise else True,
        seconds=int((now - card.since).total_seconds()),
        outside_hours_reason=card.outside_hours_reason,
    )
