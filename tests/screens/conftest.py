"""What every test of a screen stands on."""

import pytest

from screens.queue.screen import QueueScreen


@pytest.fixture(autouse=True)
def _no_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test presses keys on purpose, and how soon after a new card depends on its machine."""
    monkeypatch.setattr(QueueScreen, "GRACE", 0.0)
