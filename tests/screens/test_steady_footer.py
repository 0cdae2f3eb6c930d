"""The footer of every screen."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets._footer import FooterKey

from screens.widgets.steady_footer import SteadyFooter


class _Footed(App[None]):
    def compose(self) -> ComposeResult:
        yield SteadyFooter()


async def test_a_footer_asked_to_draw_after_its_screen_closed_stays_quiet() -> None:
    """A change of keys asks for a new drawing after the refresh; by then the screen can be gone."""
    app = _Footed()
    async with app.run_test() as pilot:
        footer = app.query_one(SteadyFooter)
        await footer.remove()
        await footer.recompose()
        await pilot.pause()
        assert not footer.is_attached


class _Crowded(_Footed):
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(letter, f"do_{letter}", "Something to do") for letter in "abcdefghij"),
        Binding("question_mark", "help", "More"),
    ]


async def test_keys_are_shown_whole_or_not_at_all() -> None:
    """More keys than fit: none is cut in two, and what is left out can still be found."""
    app = _Crowded()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = {key.action: key.region for key in app.query(FooterKey)}
        assert "do_j" not in shown
        others = [region.right for action, region in shown.items() if action != "help"]
        assert max(others) <= shown["help"].x
        assert shown["help"].right <= 80


class _Brimful(_Footed):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "do_a", "Something"),
        Binding("b", "do_b", "Something"),
        Binding("question_mark", "help", "More"),
    ]


async def test_keys_that_fill_the_line_to_the_brim_all_stand_there() -> None:
    app = _Brimful()
    async with app.run_test(size=(len("a Something b Something ? More"), 24)) as pilot:
        await pilot.pause()
        shown = {key.action: key.region for key in app.query(FooterKey)}
        assert "do_b" in shown
        assert shown["do_b"].right - 1 <= shown["help"].x


async def test_a_wider_screen_shows_more_keys() -> None:
    """And a narrower one fewer again."""
    app = _Crowded()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        few = len(app.query(FooterKey))
        await pilot.resize_terminal(200, 24)
        await pilot.pause()
        assert len(app.query(FooterKey)) == 11
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert len(app.query(FooterKey)) == few
