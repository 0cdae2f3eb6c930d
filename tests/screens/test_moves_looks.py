"""How moving calls and one caller look, at both sizes."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from db.desk.desk import Desk
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.callers.screen import CallerScreen
from screens.moves.screen import MovesScreen
from tests.conftest import NOW
from tests.screens.test_looks import SIZES, keys
from tests.support.calls import add_calls
from tests.support.people import add_user, change_user

SnapCompare = Callable[..., bool]
Step = Callable[[Pilot[None]], Awaitable[None]]
PRESSED = {"moves": (), "moves_preview": ("a", "t", "3"), "caller": (), "caller_groups": ("g",)}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("look", PRESSED)
def test_look(
    snap_compare: SnapCompare,
    sqlite_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    look: str,
    size: tuple[int, int],
) -> None:
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    noor = add_user(sqlite_desk, "Noor [b]van den Hoogenband")
    add_user(sqlite_desk, "Sam")
    add_calls(sqlite_desk, 40, assigned_to=noor, registered_at=NOW - timedelta(days=20))
    soon = NOW + timedelta(minutes=12)
    add_calls(sqlite_desk, 2, assigned_to=noor, kind="callback", state="scheduled", vests_at=soon)
    add_calls(sqlite_desk, 1, state="claimed", claimed_by=noor, claimed_until=soon, priority_group=1)
    change_user(sqlite_desk, noor, trainee=True, regions=["sigra"], serves={"not_kinds": ["wish"]})
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")), "reports")

    async def step(pilot: Pilot[None]) -> None:
        screen = MovesScreen if look.startswith("moves") else CallerScreen
        await app.push_screen(screen(app.workplace, noor))
        await keys(*PRESSED[look])(pilot)

    assert snap_compare(app, terminal_size=size, run_before=step)
