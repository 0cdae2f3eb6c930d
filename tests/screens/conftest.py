"""What every test of a screen stands on."""

import asyncio
from asyncio.base_events import BaseEventLoop
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import textual.app
from textual import constants
from textual.app import App
from textual.css.model import RuleSet
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen

from screens.queue.screen import QueueScreen
from tests.support.idle import Elsewhere, until_frame, until_idle
from tests.support.keys import bursts, typed

Read = dict[tuple[object, ...], list[RuleSet]]


@pytest.fixture(autouse=True)
def _no_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test presses keys on purpose, and how soon after a new card depends on its machine."""
    monkeypatch.setattr(QueueScreen, "GRACE", 0.0)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing slides or fades: every step in between would be drawn, and no test looks at one."""
    replace = Stylesheet.replace_rules

    def replace_at_once(node: DOMNode, rules: RulesMap, animate: bool = False) -> None:
        if not animate or rules != node.styles.base.get_rules():
            replace(node, rules)

    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr(Stylesheet, "replace_rules", staticmethod(replace_at_once))


@pytest.fixture(autouse=True)
def _begun_as_in_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks begin at once, as they do in the program from Python 3.12 on; `run_test` leaves that out."""
    run_test = App.run_test

    def run_eagerly(self: App[Any], **options: Any) -> Any:  # noqa: ANN401
        if hasattr(asyncio, "eager_task_factory"):
            asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        return run_test(self, **options)

    monkeypatch.setattr(App, "run_test", run_eagerly)


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
    # Rules are told apart by what they are, as before, but without a line of Python for each look.
    monkeypatch.setattr(RuleSet, "__hash__", object.__hash__)


@pytest.fixture(scope="session")
def _elsewhere() -> Iterator[Elsewhere]:
    """What any event loop of this run has given to threads."""
    elsewhere, run = Elsewhere(), BaseEventLoop.run_in_executor

    def run_and_remember(self: BaseEventLoop, *work: Any) -> asyncio.Future[Any]:  # noqa: ANN401
        return elsewhere.add(run(self, *work))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseEventLoop, "run_in_executor", run_and_remember)
        yield elsewhere


@pytest.fixture(autouse=True)
def _work_is_waited_for(monkeypatch: pytest.MonkeyPatch, _elsewhere: Elsewhere) -> None:
    """A pause and a key end when all that follows is done.

    Textual looks whether the process uses little time, which an app on a slow machine or a busy disk does
    as well, and a quick one has to wait for.

    A screen is drawn where a test pauses to look, and not three times for each key on the way there. Nobody
    sees what a screen without a terminal draws, but what cannot be drawn must fail its test.
    """
    draw = Screen._compositor_refresh

    def draw_later(self: Screen[Any]) -> None:
        if self.app.is_headless and self is self.app.screen:
            self._dirty_widgets.clear()
        else:
            draw(self)

    async def wait(self: Pilot[Any], *_seconds: float) -> bool:
        await until_idle(self.app, _elsewhere)
        return True

    async def pause(self: Pilot[Any], delay: float | None = None) -> None:
        if delay:
            await asyncio.sleep(delay)
        await until_frame(self.app, _elsewhere)
        draw(self.app.screen)

    monkeypatch.setattr(Screen, "_compositor_refresh", draw_later)
    monkeypatch.setattr(Pilot, "_wait_for_screen", wait)
    monkeypatch.setattr(Pilot, "pause", pause)


@pytest.fixture(autouse=True)
def _typed_in_one_go(monkeypatch: pytest.MonkeyPatch, _elsewhere: Elsewhere) -> None:
    """Letters into a line are not waited for one by one."""
    press = App._press_keys

    async def press_bursts(self: App[Any], keys: Iterable[str]) -> None:
        async def idle(*_seconds: float) -> None:
            await until_idle(self, _elsewhere)

        monkeypatch.setattr(textual.app, "wait_for_idle", idle)
        for burst in bursts(self, keys):
            for letter in burst[:-1]:
                self.post_message(typed(letter))
            await press(self, burst[-1:])

    monkeypatch.setattr(App, "_press_keys", press_bursts)
