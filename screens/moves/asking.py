"""Asking for one of many in the line at the bottom: as many pages as it takes."""

from collections.abc import Sequence
from datetime import datetime

from db.reference.lists import label
from db.rules.times import show_ago
from db.texts import Texts
from db.views.floor import STOPPED_AFTER
from db.views.moves import MoveChoice
from screens.base import Workplace
from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option

MORE = "+"
AT_WORK = "●"
CALLER = "caller"
Named = tuple[str, str]
"""A code and what it is called."""


async def choose_named(
    ask: AskBar, title: str, named: Sequence[Named], more: str, *, leading: Sequence[Option] = ()
) -> str | None:
    """The chosen code; `more` names the key that turns to those for whom there was no key left.

    `leading` stand in front on every page, with keys of their own.
    """
    size = len(SPARE_KEYS)
    pages = [named[start : start + size] for start in range(0, len(named), size)] or [()]
    at = 0
    while True:
        options = [*leading]
        options += [
            Option(pressed, code, label)
            for pressed, (code, label) in zip(SPARE_KEYS, pages[at], strict=False)
        ]
        if len(pages) > 1:
            options.append(Option(MORE, MORE, more))
        chosen = await ask.choose(title, options)
        if chosen != MORE:
            return chosen
        at = (at + 1) % len(pages)


async def choose_caller(
    ask: AskBar, workplace: Workplace, title: str, people: Sequence[MoveChoice]
) -> MoveChoice | None:
    """One of these people, in the order given; whoever does not call, or not lately, is marked."""
    texts, now = workplace.texts, workplace.now()
    named = [
        (one.id.hex, " ".join([AT_WORK] * one.at_work + [caller_words(one, texts, now)])) for one in people
    ]
    asked = " ".join([title, texts("moves.ask.at_work", mark=AT_WORK)])
    chosen = await choose_named(ask, asked, named, texts("moves.ask.more"))
    return next((one for one in people if one.id.hex == chosen), None)


def caller_words(one: MoveChoice, texts: Texts, now: datetime) -> str:
    """A name, with what one must know before calls are given to that person."""
    if one.role != CALLER:
        role = label("user_role", one.role, texts.language).lower()
        return texts("moves.other_role", name=one.name, role=role)
    if one.at is not None and now - one.at >= STOPPED_AFTER:
        return texts("moves.not_seen", name=one.name, ago=show_ago(one.at, now, texts.language))
    return one.name
