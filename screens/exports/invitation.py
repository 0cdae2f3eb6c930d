"""Saving an interview as an appointment, from wherever a proposal is shown."""

from uuid import UUID

from db.errors import DeskError
from screens.base import DeskScreen


async def save_invitation(screen: DeskScreen[None], proposal_id: UUID) -> None:
    """Save it and say where, or say why not."""
    workplace = screen.workplace
    try:
        report = await screen.desk.exports.save_invitation(proposal_id, workplace.language, workplace.exports)
    except DeskError as error:
        screen.tell_error(error)
    else:
        screen.tell("exports.saved", path=report.path)
