"""A tab that says how many stand in its list."""

from textual.widgets import Tab


class CountedTab(Tab):
    """Its line is as long as its words, also once a count has made them longer.

    Textual measures the line when the words change, which may be before the tab has its new width.
    """

    def on_resize(self) -> None:
        """Measured anew, now that the width is known."""
        self.post_message(self.Relabelled(self))
