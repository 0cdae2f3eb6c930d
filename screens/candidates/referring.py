"""Where somebody goes next: a referral, what came of it, and closing the card."""

from uuid import UUID

from db.errors import DeskError
from db.reference.lists import code_list, label
from db.rules.names import show_name
from db.views.candidates import CandidateView
from screens.base import DeskScreen
from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option, options_of

NEW = "new"
NOWHERE = "none"
ENDED = ("closed", "duplicate", "erased")
SHOWN = 5
"""So many earlier referrals are offered to say what came of them."""
ASKS_WHERE = ("referrals.needed", "referrals.destination_needed")


async def ask_referral(screen: DeskScreen[None], candidate_id: UUID) -> bool:
    """Refer somebody, or say what came of an earlier referral; whether anything was written."""
    if screen.query_one(AskBar).asking:
        return False
    card = await screen.desk.candidates.card(candidate_id, log_read=False)
    chosen = await _which(screen, card)
    if chosen is None:
        return False
    if chosen == NEW:
        return await _refer(screen, card)
    return await _ask_outcome(screen, card, UUID(chosen))


async def ask_close(screen: DeskScreen[None], candidate_id: UUID) -> bool:
    """Close a card with a reason, and where the person goes next when nobody said yet; whether it was."""
    ask = screen.query_one(AskBar)
    if ask.asking:
        return False
    card = await screen.desk.candidates.card(candidate_id, log_read=False)
    name = show_name(card.name)
    if card.status in ENDED:
        screen.tell_error(DeskError("referrals.ended", name=name))
        return False
    reason = await ask.reason(screen.texts("referrals.ask.close", name=name), "close_reason")
    if reason is None:
        return False
    note = await _note(screen, "close_reason", reason)
    if note is None:
        return False
    try:
        await _close(screen, card, reason, note)
    except DeskError as error:
        screen.tell_error(error)
        return False
    return True


async def _close(screen: DeskScreen[None], card: CandidateView, reason: str, note: str) -> None:
    """Close at once when that may be, else ask where to first."""
    name = show_name(card.name)
    try:
        await screen.desk.referrals.close(card.id, reason, note=note)
    except DeskError as error:
        if error.key not in ASKS_WHERE:
            raise
        destination = await _ask_destination(screen, name, with_nowhere=error.key == ASKS_WHERE[0])
        if destination is None:
            return
        word = note or await _note(screen, "referral_destination", destination)
        if word is None:
            return
        await screen.desk.referrals.close(card.id, reason, destination, word)
    screen.tell("referrals.closed", name=name)


async def _which(screen: DeskScreen[None], card: CandidateView) -> str | None:
    """A new referral, or which of the earlier ones."""
    earlier = [view for view in card.referrals if view.destination != NOWHERE][:SHOWN]
    if not earlier:
        return NEW
    texts, language = screen.texts, screen.texts.language
    options = [Option("1", NEW, texts("referrals.new"))]
    for key, view in zip(SPARE_KEYS[1:], earlier, strict=False):
        destination = label("referral_destination", view.destination, language)
        options.append(Option(key, view.id.hex, texts("referrals.outcome_of", destination=destination)))
    title = texts("referrals.ask.which", name=show_name(card.name))
    return await screen.query_one(AskBar).choose(title, options)


async def _refer(screen: DeskScreen[None], card: CandidateView) -> bool:
    name = show_name(card.name)
    destination = await _ask_destination(screen, name, with_nowhere=False)
    if destination is None:
        return False
    note = await _note(screen, "referral_destination", destination)
    if note is None:
        return False
    try:
        await screen.desk.referrals.refer(card.id, destination, note)
    except DeskError as error:
        screen.tell_error(error)
        return False
    words = label("referral_destination", destination, screen.texts.language)
    screen.tell("referrals.referred", name=name, destination=words)
    return True


async def _ask_outcome(screen: DeskScreen[None], card: CandidateView, referral_id: UUID) -> bool:
    name, language = show_name(card.name), screen.texts.language
    view = next(view for view in card.referrals if view.id == referral_id)
    destination = label("referral_destination", view.destination, language)
    title = screen.texts("referrals.ask.outcome", name=name, destination=destination)
    outcome = await screen.query_one(AskBar).reason(title, "referral_outcome")
    if outcome is None:
        return False
    await screen.desk.referrals.set_outcome(referral_id, outcome)
    screen.tell("referrals.outcome_set", name=name)
    return True


async def _ask_destination(screen: DeskScreen[None], name: str, *, with_nowhere: bool) -> str | None:
    options = options_of("referral_destination", screen.texts.language)
    if with_nowhere:
        words = label("referral_destination", NOWHERE, screen.texts.language)
        options = [Option("z", NOWHERE, words), *options]
    title = screen.texts("referrals.ask.destination", name=name)
    return await screen.query_one(AskBar).choose(title, options)


async def _note(screen: DeskScreen[None], list_name: str, code: str) -> str | None:
    """A word of explanation where the list demands it; None when it was left."""
    entry = code_list(list_name)[code]
    if not entry.note_required:
        return ""
    what = entry.label(screen.texts.language)
    return await screen.query_one(AskBar).word(screen.texts("referrals.ask.note", what=what))
