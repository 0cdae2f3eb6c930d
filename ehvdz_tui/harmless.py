"""The last gate before the terminal: what was stored by whatever way, no control character passes."""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Harmless(LineFilter):
    """Takes the control characters out of all text that is drawn; words come in clean, a file may not."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Give the segments as they are, but for those that hold a control character."""
        del background
        return [_harmless(segment) if _CONTROLS.search(segment.text) else segment for segment in segments]


def _harmless(segment: Segment) -> Segment:
    # A control character is no cell wide for the layout, so nothing moves when it goes.
    return Segment(_CONTROLS.sub("", segment.text), segment.style, segment.control)
