"""Giving a candidate to a colleague, from the call card and from the candidate's own card."""

from typing import Any
from uuid import UUID

from db.errors import DeskError
from screens.base import DeskScreen
from screens.moves.asking import choose_caller
from screens.widgets.ask_bar import AskBar


async def hand_over(screen: DeskScreen[Any], candidate_id: UUID, name: str) -> str | None:
    """Ask to whom and with what note, and do it; whose the call is now, None when it stays."""
    bar = screen.query_one(AskBar)
    if bar.asking:
        return None
    own = screen.desk.seat.user_id
    colleagues = [one for one in (await screen.desk.moves.choices()).callers if one.id != own]
    if not colleagues:
        screen.tell("handover.nobody", "warning")
        return None
    title = screen.texts("handover.ask.to", name=name)
    to = await choose_caller(bar, screen.workplace, title, colleagues)
    if to is None:
        return None
    note = await bar.note(screen.texts("handover.ask.note", name=name, to=to.name))
    if note is None:
        return None
    try:
        await screen.desk.handover.give(candidate_id, to.id, note)
    except DeskError as error:
        screen.tell_error(error)
        return None
    return to.name
