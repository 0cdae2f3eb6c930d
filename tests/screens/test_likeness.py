"""Two records side by side: every difference is marked, and a choice is one arrow."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from db.desk.desk import Desk
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.likeness.screen import LikenessScreen, PairTable
from tests.conftest import TestClock
from tests.screens.test_requests import press, settle
from tests.support.people import add_attempt, add_candidate, add_likeness


@pytest.fixture
def pair(sqlite_desk: Desk, clock: TestClock) -> tuple[UUID, UUID, UUID]:
    earlier = clock.now - timedelta(days=9)
    older = add_candidate(
        sqlite_desk, email="oud@example.org", registered_at=earlier, status="to_call", intake=None
    )
    newer = add_candidate(
        sqlite_desk, "T.", email="nieuw@example.org", remarks="[b]nachten[/b]", status="to_call", intake=None
    )
    add_attempt(sqlite_desk, newer)
    return older, newer, add_likeness(sqlite_desk, newer, older)


@asynccontextmanager
async def comparing(desk: Desk, likeness: UUID, lang: str = "nl") -> AsyncIterator[Pilot[None]]:
    workplace = Workplace(desk, Texts(lang))
    app = EhvdzApp(workplace, start_place="candidates")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        app.push_screen(LikenessScreen(workplace, likeness))
        await settle(pilot)
        yield pilot


def table(pilot: Pilot[None]) -> list[list[str]]:
    found = pilot.app.screen.query_one(PairTable)
    return [[cell.plain for cell in found.get_row_at(number)] for number in range(found.row_count)]


def row(pilot: Pilot[None], field: str) -> list[str]:
    return next(cells for cells in table(pilot) if cells[1] == field)


async def test_differences_are_marked_with_a_sign(sqlite_desk: Desk, pair: tuple[UUID, UUID, UUID]) -> None:
    async with comparing(sqlite_desk, pair[2]) as pilot:
        assert row(pilot, "Naam")[0] == "≠"
        assert row(pilot, "Telefoon")[0] == "="
        assert row(pilot, "E-mailadres")[2:] == ["  oud@example.org", "▶ nieuw@example.org"]
        assert row(pilot, "Opmerking")[3] == "▶ [b]nachten[/b]"
        assert row(pilot, "Belpogingen")[2:] == ["  0", "  1, laatste zojuist"]
        why = str(pilot.app.screen.query_one("#likeness-why", Static).render())
        assert "zelfde telefoonnummer" in why
        assert "namen" in why


async def test_an_arrow_chooses_and_a_key_merges(sqlite_desk: Desk, pair: tuple[UUID, UUID, UUID]) -> None:
    older, newer, likeness = pair
    async with comparing(sqlite_desk, likeness) as pilot:
        await press(pilot, "down", "down", "left")
        assert row(pilot, "E-mailadres")[2:] == ["▶ oud@example.org", "  nieuw@example.org"]
        await press(pilot, "right", "left", "m")
        assert not isinstance(pilot.app.screen, LikenessScreen)
        kept = await sqlite_desk.candidates.card(older)
        assert (kept.email, kept.remarks, len(kept.attempts)) == ("oud@example.org", "[b]nachten[/b]", 1)
        await press(pilot, "f5", "u")
        assert (await sqlite_desk.candidates.card(newer)).status == "to_call"


async def test_what_goes_along_offers_no_choice(sqlite_desk: Desk, pair: tuple[UUID, UUID, UUID]) -> None:
    async with comparing(sqlite_desk, pair[2]) as pilot:
        before = table(pilot)
        await press(pilot, "end", "left")
        assert table(pilot) == before
        assert [notice.message for notice in pilot.app._notifications][-1].startswith("Dit gaat altijd mee")


async def test_an_obstacle_is_told_and_nothing_is_merged(
    sqlite_desk: Desk, pair: tuple[UUID, UUID, UUID]
) -> None:
    await sqlite_desk.queue.open_candidate(pair[1])
    async with comparing(sqlite_desk, pair[2]) as pilot:
        told = str(pilot.app.screen.query_one("#likeness-obstacles", Static).render())
        assert told.startswith("▲ Kim heeft")
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, LikenessScreen)
        assert (await sqlite_desk.team.lists()).counts["likenesses"] == 1


async def test_two_people_stay_two_by_one_key(sqlite_desk: Desk, pair: tuple[UUID, UUID, UUID]) -> None:
    async with comparing(sqlite_desk, pair[2], "en") as pilot:
        await press(pilot, "d")
        assert not isinstance(pilot.app.screen, LikenessScreen)
        assert (await sqlite_desk.candidates.card(pair[1])).status == "to_call"
        assert (await sqlite_desk.team.lists()).counts["likenesses"] == 0


async def test_what_tells_two_apart_is_not_cut_away(sqlite_desk: Desk, clock: TestClock) -> None:
    address = "humphrey.van.soekhai4396@example"
    older = add_candidate(
        sqlite_desk, email=f"{address}.org", registered_at=clock.now - timedelta(days=9), status="to_call"
    )
    newer = add_candidate(sqlite_desk, email=f"{address}.net", status="available")
    async with comparing(sqlite_desk, add_likeness(sqlite_desk, newer, older)) as pilot:
        said = row(pilot, "E-mailadres")[2:]
        assert [words[-6:] for words in said] == ["…e.org", "…e.net"]
        assert row(pilot, "Status") == ["≠", "Status", "  Te bellen", "▶ Beschikbaar"]


async def test_the_name_that_results_is_told(sqlite_desk: Desk, pair: tuple[UUID, UUID, UUID]) -> None:
    async with comparing(sqlite_desk, pair[2]) as pilot:
        columns = pilot.app.screen.query_one(PairTable).ordered_columns
        assert [column.label.plain for column in columns][2:] == ["Oudste kaart", "Nieuwste kaart"]
        await press(pilot, "right", "m")
        assert [notice.message for notice in pilot.app._notifications][-1] == (
            "Samengevoegd op de oudste kaart: T. van der Luinenburg. Terugdraaien: u"
        )
