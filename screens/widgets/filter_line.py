"""Filters as they stand in a line: each with its key, and what it is set to."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget

from db.reference.lists import code_list
from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option

ANY = "-"
ON = "■ "
LEAST = 8
"""Cells that a filter always has, its mark counted."""


def pressed_keys(widget: Widget) -> dict[str, str]:
    """The key of each binding that counts now, by the binding's name: those that are pressed today."""
    return {
        active.binding.id: widget.app.get_key_display(active.binding)
        for active in widget.screen.active_bindings.values()
        if active.binding.id
    }


def filter_line(filters: Iterable[tuple[str, str, bool]], room: int) -> Content:
    """Filters beside each other: key, words, whether it is on; where `room` lacks, the longest are cut."""
    shown = list(filters)
    for most in range(max((len(words) for _, words, _ in shown), default=0) + len(ON), LEAST, -1):
        line = Content("  ").join(filter_words(*each, most) for each in shown)
        if line.cell_length <= room:
            return line
    return Content("  ").join(filter_words(*each, LEAST) for each in shown)


def filter_words(pressed: str, words: str, is_on: bool, most: int | None = None) -> Content:
    """A filter with its key; one that is on stands out, and what is beyond `most` cells is cut."""
    mark, style = (ON, "bold $text-warning") if is_on else ("", "$text-muted")
    shown = Content(f"{mark}{words}")
    cut = shown if most is None else shown.truncate(most, ellipsis=True)
    return Content.assemble((pressed, "bold $text-accent"), " ", cut.stylize(style))


async def choose_code(ask: AskBar, title: str, every: str, list_name: str, language: str) -> str | None:
    """Ask for an active code of a list; empty for all of them, None when it was left."""
    codes = [code for code in code_list(list_name).values() if code.active]
    options: Iterable[Option] = (
        Option(pressed, code.code, code.label(language))
        for pressed, code in zip(SPARE_KEYS, codes, strict=False)
    )
    chosen = await ask.choose(title, [Option(ANY, ANY, every), *options])
    return "" if chosen == ANY else chosen
