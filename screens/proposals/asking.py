"""Questions about work that more than one place asks, each answered with one key."""

from db.drafts.queue import FollowUpDraft
from screens.base import DeskScreen
from screens.widgets.ask_bar import AskBar, Option, options_of

YES = "yes"


async def ask_yes_no(screen: DeskScreen[None], title: str) -> bool | None:
    """Yes or no by their first letter; None when it was left."""
    words = {YES: screen.texts("proposals.yes"), "no": screen.texts("proposals.no")}
    options = [Option(label[0].casefold(), code, label) for code, label in words.items()]
    answer = await screen.query_one(AskBar).choose(title, options)
    return None if answer is None else answer == YES


async def ask_how_it_goes(screen: DeskScreen[None], name: str, organisation: str) -> FollowUpDraft | None:
    """Whether somebody is still there and wants to stay; None when it was left."""
    texts = screen.texts
    still = await ask_yes_no(screen, texts("proposals.ask.still_there", name=name, organisation=organisation))
    if still is None:
        return None
    title = texts("proposals.ask.wants_to_stay", name=name)
    stays = await screen.query_one(AskBar).choose(title, options_of("wants_to_stay", texts.language))
    return FollowUpDraft(still, stays) if stays is not None else None
