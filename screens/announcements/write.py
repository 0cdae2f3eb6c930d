"""Writing the message of the day, from any screen that has a line for questions."""

from datetime import timedelta
from typing import Any

from db.errors import DeskError
from db.rules.times import local, show_day
from screens.base import DeskScreen
from screens.widgets.ask_bar import AskBar

ONE_DAY = timedelta(days=1)


async def write_announcement(screen: DeskScreen[Any]) -> None:
    """Ask for the message in the screen's own line, with what stands there now; empty takes it away."""
    bar = screen.query_one(AskBar)
    if bar.asking:
        return
    standing = await screen.desk.announcements.current()
    before = standing.text if standing else ""
    text = await bar.note(screen.texts("announcements.ask"), before)
    if text is None or text.strip() == before:
        return
    try:
        written = await screen.desk.announcements.write(text)
    except DeskError as error:
        screen.tell_error(error)
        return
    if written is None or written.until is None:
        screen.tell("announcements.taken_away")
        return
    now = screen.workplace.now()
    last = local(written.until).date() - ONE_DAY
    screen.tell("announcements.written", day=show_day(last, local(now).date(), screen.texts.language))
