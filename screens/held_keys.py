"""Keys that are pressed before a list stands: they wait their turn, so that none is lost or done by half."""

from typing import TypeVar

from textual.events import Key, ScreenSuspend
from textual.worker import Worker

from screens.list_screen import BesideScreen
from screens.widgets.ask_bar import FUNCTION_KEYS, AskBar

Line = TypeVar("Line")


class PatientScreen(BesideScreen[Line]):
    """Until its list stands, and as long as it is at work, every key waits; then all come in order.

    The app asks `takes` before it looks for what a key does. What leads away at once (a function key, a key
    with control, and escape when nothing waits before it) does not wait.
    """

    _waiting: tuple[Key, ...] = ()

    def takes(self, event: Key) -> bool:
        """Whether the key waits here, or belongs to the question that was opened after it was pressed."""
        if event.key in FUNCTION_KEYS or event.key.startswith("ctrl+"):
            return False
        if not self._waiting and (event.key == "escape" or not (self._is_busy or self._listens)):
            return False
        self._waiting = (*self._waiting, event)
        self.call_later(self._let_through)
        return True

    def ask_soon(self) -> None:
        """To be called right before a question is asked: what waits is for that question."""
        self.call_later(self._let_through)

    async def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What was at work is done: on with what waits."""
        if event.worker.is_finished:
            await self._let_through()

    def on_screen_suspend(self, event: ScreenSuspend) -> None:
        """Whoever leaves leaves the keys behind."""
        del event
        self._waiting = ()

    @property
    def _listens(self) -> bool:
        return self._was_read and self.query_one(AskBar).listening

    @property
    def _is_busy(self) -> bool:
        at_work = any(worker.node is self and not worker.is_finished for worker in self.workers)
        return not self._was_read or (at_work and not self._listens)

    async def _let_through(self) -> None:
        while self._waiting and self.is_here and not self._is_busy:
            event, *rest = self._waiting
            self._waiting = tuple(rest)
            await self._press(event)

    async def _press(self, event: Key) -> None:
        ask = self.query_one(AskBar)
        if ask.listening:
            ask.on_key(Key(event.key, event.character))
            return
        active = self.active_bindings.get(event.key)
        if active is not None and active.enabled:
            await self.app.run_action(active.binding.action, active.node)
