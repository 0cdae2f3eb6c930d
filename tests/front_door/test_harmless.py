"""No escape sequence reaches the terminal, whatever a database holds."""

import re

from rich.segment import Segment
from textual.app import ComposeResult
from textual.color import Color
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, Static

from ehvdz_tui.harmless import Harmless
from ehvdz_tui.loud_app import LoudApp

NASTY = "Ans\x1b[31m\x1b]0;mine\x07\x9b2J\x00 O'Neil"
SHOWN = "Ans[31m]0;mine2J O'Neil"


class Page(LoudApp[None]):
    """Hostile words in every kind of widget."""

    def compose(self) -> ComposeResult:
        """A label, styled words, a table and a line that is typed on."""
        yield Static(NASTY, markup=False)
        yield Static(Content.styled(NASTY, "bold"))
        yield Input(NASTY)
        yield DataTable[str]()

    def on_mount(self) -> None:
        """Fill the table, and raise a toast."""
        table = self.query_one(DataTable[str])
        table.add_columns("naam")
        table.add_row(NASTY)
        self.notify(NASTY, markup=False, timeout=60)


def drawn(pilot: Pilot[None]) -> str:
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def test_no_control_character_is_drawn() -> None:
    async with Page().run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        shown = drawn(pilot)
    assert shown.count(SHOWN) == 5
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)


def test_what_is_harmless_stays_the_same() -> None:
    segments = [Segment("Zoë 👩‍⚕️ – 06"), Segment("\x1b[2K")]
    assert Harmless().apply(segments, Color(0, 0, 0)) == [segments[0], Segment("[2K")]
