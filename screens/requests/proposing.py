"""Proposing the candidate in hand, from the list and from the request alike."""

from uuid import UUID

from db.errors import DeskError
from db.rules.names import show_name
from db.views.requests import ProposalView
from screens.base import DeskScreen
from screens.matching_words import fails_on
from screens.widgets.ask_bar import AskBar, Option

WARNINGS = {
    "filled": "requests.warning.filled",
    "over": "requests.warning.over",
    "booked": "requests.warning.booked",
    "elsewhere": "requests.warning.elsewhere",
    "too_far": "requests.warning.too_far",
    "no_distance": "requests.warning.no_distance",
}

YES, NO = "yes", "no"


async def propose(screen: DeskScreen[None], candidate_id: UUID | None, request_id: UUID | None) -> bool:
    """Propose at once and say so, or say why not; whether it was done.

    Whoever does not fit is proposed only after a question that says on what they fail.
    """
    if candidate_id is None:
        screen.tell("requests.nobody_in_hand", "warning")
        return False
    if request_id is None:
        return False
    try:
        await screen.desk.proposals.require_proposable(candidate_id, request_id)
        if not await _agrees(screen, candidate_id, request_id):
            return False
        made = await screen.desk.proposals.propose(candidate_id, request_id)
    except DeskError as error:
        screen.tell_error(error)
        return False
    _tell(screen, made)
    return True


async def _agrees(screen: DeskScreen[None], candidate_id: UUID, request_id: UUID) -> bool:
    """Whether somebody is proposed who does not fit; without a question for whoever fits."""
    ask, texts = screen.query_one(AskBar), screen.texts
    if ask.asking:
        return False
    found = await screen.desk.matching.fit_of(candidate_id, request_id)
    if found is None or found.fits:
        return True
    card = await screen.desk.candidates.card(candidate_id, log_read=False)
    view = await screen.desk.requests.request(request_id)
    title = texts(
        "requests.ask.not_fitting",
        name=show_name(card.name),
        organisation=view.line.organisation,
        reasons=fails_on(found, texts),
    )
    keys = [Option("p", YES, texts("requests.ask.propose_yes")), Option("n", NO, texts("matching.ask.no"))]
    focused = screen.focused
    answer = await ask.choose(title, keys)
    screen.set_focus(focused)
    return answer == YES


def _tell(screen: DeskScreen[None], made: ProposalView) -> None:
    name = show_name(made.name)
    screen.tell("requests.proposed", name=name, organisation=made.organisation)
    for warning in made.warnings:
        screen.tell(WARNINGS[warning], "warning", name=name)
