"""The footer of every screen."""

from textual.app import App, ComposeResult

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
