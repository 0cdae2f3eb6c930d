"""Words that change in their place: the screen is laid out anew only when they need other lines."""

from textual.app import App, ComposeResult
from textual.widgets import Static

from screens.widgets.steady_text import put_in_place


class _Two(App[None]):
    """One part above another."""

    def compose(self) -> ComposeResult:
        """Both as high as their words."""
        yield Static("a few words", id="above", markup=False)
        yield Static("below", id="below", markup=False)


async def test_more_lines_move_what_stands_below_and_fewer_bring_it_back() -> None:
    async with _Two().run_test(size=(20, 10)) as pilot:
        above, below = (pilot.app.query_one(f"#{name}", Static) for name in ("above", "below"))
        for words, line in (("others", 1), ("word " * 10, 3), ("few", 1), ("one\ntwo", 2), ("[b]", 1)):
            put_in_place(above, words)
            await pilot.pause()
            assert (below.region.y, str(above.render())) == (line, words)


async def test_words_that_take_the_same_lines_lay_nothing_out() -> None:
    async with _Two().run_test(size=(20, 10)) as pilot:
        await pilot.pause()
        laid_out: list[object] = []
        pilot.app.screen.screen_layout_refresh_signal.subscribe(pilot.app.screen, laid_out.append)
        put_in_place(pilot.app.query_one("#above", Static), "some other words")
        await pilot.pause()
        assert not laid_out
        put_in_place(pilot.app.query_one("#above", Static), "words that take two lines")
        await pilot.pause()
        assert laid_out


async def test_words_for_a_part_without_a_place_wait_for_it() -> None:
    async with _Two().run_test(size=(20, 10)) as pilot:
        above = pilot.app.query_one("#above", Static)
        above.styles.text_wrap, above.styles.text_overflow, above.styles.width = "nowrap", "fold", 0
        await pilot.pause()
        assert not above.content_size.width
        put_in_place(above, "some other words")
        above.styles.width = "auto"
        await pilot.pause()
        assert (str(above.render()), above.content_size.width) == ("some other words", 16)
