"""The candidates: find somebody, read the card, put the data right."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO

import pytest
from rich.console import Console
from sqlmodel import select
from textual.pilot import Pilot
from textual.widgets import Static

from db.desk.desk import Desk
from db.models import AuditEvent
from db.rules.intake import Answer
from db.texts import Texts
from db.views.candidates import SearchResult
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.candidates.one_candidate import OneCandidate
from screens.candidates.wording import CandidateText
from screens.find import FindPerson
from screens.queue.screen import QueueScreen
from screens.requests.screen import RequestsScreen
from tests.conftest import NOW
from tests.screens.test_requests import press, rows, settle, told
from tests.support.people import add_attempt, add_candidate, add_repair, add_request


@asynccontextmanager
async def searching(desk: Desk, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    app = EhvdzApp(Workplace(desk, Texts("nl")), start_place="candidates")
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield pilot


def focused(pilot: Pilot[None]) -> str | None:
    return pilot.app.focused.id if pilot.app.focused else None


async def test_type_and_read_the_card(sqlite_desk: Desk) -> None:
    wanted = add_candidate(sqlite_desk)
    add_candidate(sqlite_desk, "Naomi", "Linschoten", prefix="de", phone=None)
    async with searching(sqlite_desk) as pilot:
        await press(pilot, *"8932")
        assert [row[0] for row in rows(pilot)] == ["Tristan van der Luinenburg"]
        await press(pilot, "enter", "enter")
        assert isinstance(pilot.app.screen, OneCandidate)
        assert pilot.app.screen.subject == wanted
        await press(pilot, "escape", "escape")
        assert "laatste drie" in str(pilot.app.screen.query_one("#candidates-hint", Static).content)


@pytest.mark.parametrize("way", [("f3",), ("f4", "f3")])
async def test_a_name_typed_after_the_key_of_the_place_is_looked_for(
    sqlite_desk: Desk, way: tuple[str, ...]
) -> None:
    add_candidate(sqlite_desk)
    add_candidate(sqlite_desk, "Rex", "Coppens", prefix="")
    async with searching(sqlite_desk) as pilot:
        await press(pilot, *"8932", "enter")
        assert focused(pilot) == "candidates-table"
        await press(pilot, *way, *"coppens")
        assert [row[0] for row in rows(pilot)] == ["Rex Coppens"]


async def test_too_few_digits_are_told_how_many_it_takes(sqlite_desk: Desk) -> None:
    wanted = "laatste drie of meer cijfers"
    async with searching(sqlite_desk) as pilot:
        assert wanted in str(pilot.app.screen.query_one("#candidates-hint", Static).content)
        await press(pilot, *"58")
        assert wanted in str(pilot.app.screen.query_one("#candidates-hint", Static).content)
        await pilot.app.push_screen(FindPerson(Workplace(sqlite_desk, Texts("nl"))))
        await press(pilot, *"58")
        assert wanted in str(pilot.app.screen.query_one("#find-hint", Static).content)


async def test_enter_waits_for_the_list_that_belongs_to_what_was_typed(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_candidate(sqlite_desk)
    found, search = asyncio.Event(), sqlite_desk.candidates.search

    async def slow_search(text: str) -> SearchResult:
        await found.wait()
        return await search(text)

    async with searching(sqlite_desk) as pilot:
        monkeypatch.setattr(sqlite_desk.candidates, "search", slow_search)
        await pilot.press(*"8932", "enter")
        assert focused(pilot) == "candidates-search"
        found.set()
        await settle(pilot)
        assert focused(pilot) == "candidates-table"


async def test_nobody_found_says_what_to_try(sqlite_desk: Desk) -> None:
    async with searching(sqlite_desk) as pilot:
        await press(pilot, *"xyz")
        assert "Niemand gevonden" in str(pilot.app.screen.query_one("#candidates-hint", Static).content)


async def test_a_refused_value_is_asked_again_and_a_good_one_kept(sqlite_desk: Desk) -> None:
    wanted = add_candidate(sqlite_desk, phone=None)
    add_repair(sqlite_desk, wanted, "phone_missing")
    async with searching(sqlite_desk) as pilot:
        await press(pilot, *"luin", "enter", "e", "1", *"12", "enter")
        assert "geen nummer" in str(pilot.app.screen.query_one("#ask-title", Static).content)
        await press(pilot, "backspace", "backspace", *"0612345678", "enter")
        assert rows(pilot)[0][1] == "06 12345678"
        await press(pilot, "u")
        assert rows(pilot)[0][1] == ""
    assert len((await sqlite_desk.candidates.card(wanted)).repairs) == 1


async def test_a_region_asks_its_reason(sqlite_desk: Desk) -> None:
    wanted = add_candidate(sqlite_desk, pc4=None)
    async with searching(sqlite_desk) as pilot:
        await press(pilot, *"luin", "enter", "e", "6", "6", *"verhuisd", "enter")
        assert any("Hersteld" in message for message in told(pilot))
    assert (await sqlite_desk.candidates.card(wanted)).region_code == "sigra"


async def test_p_looks_for_a_request_and_c_takes_in_hand(sqlite_desk: Desk) -> None:
    wanted = add_candidate(sqlite_desk, entry="ready")
    add_request(sqlite_desk)
    async with searching(sqlite_desk) as pilot:
        await press(pilot, *"luin", "enter", "p")
        choosing = pilot.app.screen
        assert isinstance(choosing, RequestsScreen)
        assert choosing.candidate_id == wanted
        await press(pilot, "p", "escape", "c")
        calling = pilot.app.screen
        assert isinstance(calling, QueueScreen)
        front = calling.hand.front
        assert front is not None
        assert front.candidate_id == wanted
        assert not front.called_us


async def test_reading_beside_the_list_is_logged_as_reading(sqlite_desk: Desk) -> None:
    wanted = add_candidate(sqlite_desk, remarks="[bold]niet vet[/x]")
    async with searching(sqlite_desk, (120, 40)) as pilot:
        await press(pilot, *"luin")
        await settle(pilot)
        assert pilot.app.screen.query_one("#candidate-text", Static).size.height > 5
    reads = sqlite_desk.lane.read_now(
        lambda session: session.exec(select(AuditEvent).where(AuditEvent.action == "candidate.read")).all()
    )
    assert {event.candidate_id for event in reads} == {wanted}


async def test_the_card_shows_what_people_wrote_as_they_wrote_it(sqlite_desk: Desk) -> None:
    wanted = add_candidate(sqlite_desk, remarks="[bold]niet vet[/x]", work_limits=["no_lifting"])
    add_attempt(sqlite_desk, wanted, "voicemail_left", "[red]")
    card = await sqlite_desk.candidates.card(wanted)
    console = Console(width=100, file=StringIO())
    with console.capture() as captured:
        console.print(CandidateText(card, Texts("nl"), NOW).everything())
    shown = captured.get()
    assert "[bold]niet vet[/x]" in shown
    assert "[red]" in shown
    assert "▲ Niet tillen" in shown
    assert "✓ Gegeven" in shown


async def test_the_card_says_the_answers_of_the_intake_in_words(sqlite_desk: Desk) -> None:
    wanted = add_candidate(sqlite_desk)
    draft = await sqlite_desk.interviews.open(wanted, None)
    answers = {
        "educations": Answer([{"level": "mbo4_nurse", "year": 1990, "is_care": True, "completed": "yes"}]),
        "care_experience": Answer(True),
        "experiences": Answer([{"function_profile": "icu_nurse", "sector": "hospital", "years": 2.5}]),
    }
    await sqlite_desk.interviews.save_fields(draft.id, answers, "experiences", draft.version)
    card = await sqlite_desk.candidates.card(wanted)
    console = Console(width=120, file=StringIO())
    with console.capture() as captured:
        console.print(CandidateText(card, Texts("nl"), NOW).everything())
    shown = captured.get()
    assert "Mbo 4 verpleegkundige · 1990" in shown
    assert "IC-verpleegkundige · Ziekenhuis/medisch-specialistisch · 2,5 jaar" in shown
    assert "hospital" not in shown
