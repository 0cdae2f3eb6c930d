"""Asking for one of many in the line at the bottom: as many pages as it takes."""

from collections.abc import Sequence

from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option

MORE = "+"
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
