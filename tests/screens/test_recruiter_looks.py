"""How the recruiter's screens look, at the smallest size that must work and at the size where it is best."""

import asyncio
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from textual.widgets import Input

from db.desk.desk import Desk
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from tests.screens.test_looks import SIZES, SnapCompare, Step, keys
from tests.support.offers import carer, give_offer
from tests.support.people import add_candidate, add_request
from tests.support.shortlists import add_asked, add_nurse


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that blinks or moves."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture
def work(sqlite_desk: Desk) -> Desk:
    """Two requests, one with somebody proposed, and carers who fit, half fit and nearly fit the other."""
    asked = add_asked(sqlite_desk, "Ziekenhuis [red]Sint Jozef")
    asyncio.run(_propose(sqlite_desk, add_nurse(sqlite_desk, "[bold]Tristan"), asked))
    add_request(sqlite_desk, "Thuiszorg De Linde", grid=0x11111, fte=200, deadline=date(2020, 5, 11))
    offers = {
        "Anna": carer(),
        "Berend": carer(grid=0x1111, hours_max=12),
        "Cas": carer(hours_min=4, hours_max=6),
    }
    for name, offer in offers.items():
        give_offer(sqlite_desk, add_candidate(sqlite_desk, name, "Kok", prefix=""), offer)
    return sqlite_desk


async def _propose(desk: Desk, person: UUID, request: UUID) -> None:
    await desk.proposals.propose(person, request)


LOOKS: dict[str, Step] = {
    "request": keys("down", "enter"),
    "request_form": keys("e"),
    "who_fits": keys("m", "f"),
    "proposals": keys("w"),
    "plan": keys("P"),
    "exports": keys("down", "x"),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("look", LOOKS)
def test_look(snap_compare: SnapCompare, work: Desk, look: str, size: tuple[int, int]) -> None:
    app = EhvdzApp(Workplace(work, Texts("nl"), exports=Path("/exports")), "requests")
    assert snap_compare(app, terminal_size=size, run_before=LOOKS[look])
