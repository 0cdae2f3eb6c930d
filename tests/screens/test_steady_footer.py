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


class _Turning(_Footed):
    """Its keys change: other words, one that does nothing now, one more."""

    turned = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "do_a", "Before", tooltip="As it was"),
        Binding("b", "do_b", "After", tooltip="As it is"),
        Binding("c", "do_c", "Both"),
        Binding("d", "do_d", "Extra"),
        Binding("question_mark", "help", "More"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        seen: dict[str, bool | None] = {
            "do_a": not self.turned,
            "do_b": self.turned,
            "do_c": None if self.turned else True,
            "do_d": self.turned,
        }
        return seen.get(action, True)

    async def turn(self) -> None:
        self.turned = not self.turned
        self.refresh_bindings()


async def test_keys_that_change_say_so_where_they_stand() -> None:
    def said() -> list[tuple[str, str, str, str | None, bool, str]]:
        return [
            (key.key, key.description, key.action, str(key.tooltip), key.has_class("-disabled"), shown(key))
            for key in app.query(FooterKey)
        ]

    def shown(key: FooterKey) -> str:
        return "".join(strip.text for strip in key.render_lines(key.size.region)).strip()

    app = _Turning()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before, standing = said(), list(app.query(FooterKey))
        assert [word for _, word, *_ in before] == ["More", "Before", "Both"]
        await app.turn()
        await pilot.pause()
        assert list(app.query(FooterKey))[:3] == standing
        assert said()[1] == ("b", "After", "do_b", "As it is", False, "b After")
        assert [(word, disabled) for _, word, _, _, disabled, _ in said()] == [
            ("More", False),
            ("After", False),
            ("Both", True),
            ("Extra", False),
        ]
        await app.turn()
        await pilot.pause()
        assert said() == before
        assert list(app.query(FooterKey)) == standing
