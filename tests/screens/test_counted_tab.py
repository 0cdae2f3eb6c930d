"""The line under a tab is as long as the tab, however late its width is known."""

from textual.app import App, ComposeResult
from textual.widgets import Tabs
from textual.widgets._tabs import Underline

from screens.widgets.counted_tab import CountedTab


class Lists(App[None]):
    """Two tabs and nothing else."""

    def compose(self) -> ComposeResult:
        """The first is in front."""
        yield Tabs(CountedTab("1 New", id="new"), CountedTab("2 Asked", id="asked"))


async def test_the_line_follows_a_width_that_comes_after_the_words() -> None:
    async with Lists().run_test() as pilot:
        await pilot.pause()
        tab, line = pilot.app.query_one("#new"), pilot.app.query_one(Underline)
        beside = tab.outer_size.width - line.highlight_end
        tab.styles.width = 20
        await pilot.pause()
        assert line.highlight_end == 20 - beside
