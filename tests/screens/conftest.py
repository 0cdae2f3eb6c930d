"""What every test of a screen stands on."""

from collections.abc import Iterable
from typing import Any

import pytest
from textual import constants
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen

from screens.queue.screen import QueueScreen
from tests.support.keys import bursts, typed

Read = dict[tuple[object, ...], list[RuleSet]]


@pytest.fixture(autouse=True)
def _no_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test presses keys on purpose, and how soon after a new card depends on its machine."""
    monkeypatch.setattr(QueueScreen, "GRACE", 0.0)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing slides or fades: every step in between would be drawn, and no test looks at one."""
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")


@pytest.fixture(scope="session")
def _read_rules() -> Read:
    """The rules of style that any app read so far."""
    return {}


@pytest.fixture(autouse=True)
def _rules_read_once(monkeypatch: pytest.MonkeyPatch, _read_rules: Read) -> None:
    """All apps of a run read the same rules of style: one of them is enough to have read each."""
    parse = Stylesheet._parse_rules

    def parse_once(self: Stylesheet, css: str, *place: Any, **options: Any) -> list[RuleSet]:  # noqa: ANN401
        known = (css, *place, *options.values(), *sorted(self._variables.items()))
        if known not in _read_rules:
            _read_rules[known] = parse(self, css, *place, **options)
        return _read_rules[known]

    monkeypatch.setattr(Stylesheet, "_parse_rules", parse_once)


@pytest.fixture(autouse=True)
def _drawn_when_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen is drawn where a test pauses to look, and not three times for each key on the way there.

    Nobody sees what a screen without a terminal draws, but what cannot be drawn must fail its test.
    """
    draw, pause = Screen._compositor_refresh, Pilot.pause

    def draw_later(self: Screen[Any]) -> None:
        if self.app.is_headless and self is self.app.screen:
            self._dirty_widgets.clear()
        else:
            draw(self)

    async def pause_and_draw(self: Pilot[Any], delay: float | None = None) -> None:
        await pause(self, delay)
        draw(self.app.screen)

    monkeypatch.setattr(Screen, "_compositor_refresh", draw_later)
    monkeypatch.setattr(Pilot, "pause", pause_and_draw)


@pytest.fixture(autouse=True)
def _typed_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters into a line are not waited for one by one."""
    press = App._press_keys

    async def press_bursts(self: App[Any], keys: Iterable[str]) -> None:
        for burst in bursts(self, keys):
            for letter in burst[:-1]:
                self.post_message(typed(letter))
            await press(self, burst[-1:])

    monkeypatch.setattr(App, "_press_keys", press_bursts)
