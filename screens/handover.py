"""Giving a candidate to a colleague, from the call card and from the candidate's own card."""

from typing import Any
from uuid import UUID

from db.errors import DeskError
from screens.base import DeskScreen
from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option


async def hand_over(screen: DeskScreen[Any], candidate_id: UUID, name: str) -> str | None:
    """Ask to whom and with what note, and do it; whose the call is now, None when it stays."""
    bar = screen.query_one(AskBar)
    if bar.asking:
        return None
    own = screen.desk.seat.user_id
    colleagues = [user for user in await screen.desk.users.everyone() if user.id != own]
    if not colleagues:
        screen.tell("handover.nobody", "warning")
        return None
    options = [
        Option(spare, user.id.hex, user.name) for spare, user in zip(SPARE_KEYS, colleagues, strict=False)
    ]
    chosen = await bar.choose(screen.texts("handover.ask.to", name=name), options)
    if chosen is None:
        return None
    to = next(user for user in colleagues if user.id.hex == chosen)
    note = await bar.note(screen.texts("handover.ask.note", name=name, to=to.name))
    if note is None:
        return None
    try:
        await screen.desk.handover.give(candidate_id, to.id, note)
    except DeskError as error:
        screen.tell_error(error)
        return None
    return to.name
