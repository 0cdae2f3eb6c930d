"""Proposing the candidate in hand, from the list and from the request alike."""

from uuid import UUID

from db.errors import DeskError
from db.rules.names import show_name
from db.views.requests import ProposalView
from screens.base import DeskScreen

WARNINGS = {
    "filled": "requests.warning.filled",
    "over": "requests.warning.over",
    "booked": "requests.warning.booked",
    "elsewhere": "requests.warning.elsewhere",
    "too_far": "requests.warning.too_far",
    "no_distance": "requests.warning.no_distance",
}


async def propose(screen: DeskScreen[None], candidate_id: UUID | None, request_id: UUID | None) -> bool:
    """Propose at once and say so, or say why not; whether it was done."""
    if candidate_id is None:
        screen.tell("requests.nobody_in_hand", "warning")
        return False
    if request_id is None:
        return False
    try:
        made = await screen.desk.proposals.propose(candidate_id, request_id)
    except DeskError as error:
        screen.tell_error(error)
        return False
    _tell(screen, made)
    return True


def _tell(screen: DeskScreen[None], made: ProposalView) -> None:
    name = show_name(made.name)
    screen.tell("requests.proposed", name=name, organisation=made.organisation)
    for warning in made.warnings:
        screen.tell(WARNINGS[warning], "warning", name=name)
