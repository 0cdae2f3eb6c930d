"""The lease on the card in hand, counting down quietly."""

from datetime import datetime

from textual.content import Content
from textual.widgets import Static

from screens.base import Workplace

SOON_SECONDS = 180


class LeaseClock(Static):
    """Minutes left; seconds, and louder, when the lease is about to end."""

    DEFAULT_CSS = """
    LeaseClock { width: auto; height: 1; color: $text-muted; padding: 0 1; }
    """

    def __init__(self, workplace: Workplace) -> None:
        super().__init__("", markup=False)
        self._workplace = workplace
        self.until: datetime | None = None
        self._shown = Content("")

    def on_mount(self) -> None:
        """Count."""
        self.set_interval(1.0, self.show)

    def show(self) -> None:
        """Say how long the card stays, when that is not what stands there: a minute has sixty seconds."""
        words = self._words()
        if not words.is_same(self._shown):
            self._shown = words
            self.update(words)

    def _words(self) -> Content:
        if self.until is None:
            return Content("")
        texts = self._workplace.texts
        left = int((self.until - self._workplace.now()).total_seconds())
        if left <= 0:
            return Content.styled(texts("queue.lease.over"), "bold $text-warning")
        if left <= SOON_SECONDS:
            clock = f"{left // 60}:{left % 60:02d}"
            return Content.styled(texts("queue.lease.soon", clock=clock), "bold $text-warning")
        return Content(texts("queue.lease", minutes=-(-left // 60)))
