"""Who fits: the reckoning in sight, widening, choosing and proposing in a few keys."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from db.desk.desk import Desk
from db.rules.intake import Answer
from db.texts import Texts
from db.views.matching import MatchResult
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.interview.screen import InterviewScreen
from screens.matching.requests import WhatFits
from screens.matching.screen import WhoFits
from screens.queue.screen import QueueScreen
from screens.widgets.ask_bar import AskBar
from screens.widgets.list_table import ListTable
from tests.conftest import NOW
from tests.support.keys import bursts, typed
from tests.support.offers import carer, give_offer
from tests.support.people import add_candidate, add_request

CARER: dict[str, Any] = {
    "educations": [{"level": "mbo3_vig"}],
    "care_experience": True,
    "experiences": [{"function_profile": "verzorgende_ig", "years": 3}],
    "employment_forms": ["any"],
    "available_from": "2020-05-07",
    "hours_min": 8,
    "hours_max": 24,
    "grid": {"available": 0x11111, "preferred": 0},
    "max_travel_km": 40,
    "consent_share": True,
}


@asynccontextmanager
async def looking(
    desk: Desk, request: UUID, language: str = "nl", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    app = EhvdzApp(Workplace(desk, Texts(language)))
    async with app.run_test(size=size, notifications=True) as pilot:
        app.push_screen(WhoFits(app.workplace, request))
        await settle(pilot)
        yield pilot


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(100):
        await pilot.pause()
        asking = any(bar.asking for bar in pilot.app.screen.query(AskBar))
        if asking or not any(worker.is_running for worker in pilot.app.workers):
            return
        await pilot.pause(0.01)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for burst in bursts(pilot.app, keys):
        await pilot.press(*burst)
        await settle(pilot)


def rows(pilot: Pilot[None]) -> list[list[str]]:
    table = pilot.app.screen.query_one(ListTable)
    return [[cell.plain for cell in table.get_row_at(number)] for number in range(table.row_count)]


def told(pilot: Pilot[None]) -> str:
    return "\n".join(toast.message for toast in pilot.app._notifications)


def shown(pilot: Pilot[None], part: str) -> str:
    from rich.console import Console

    console = Console(width=200, color_system=None)
    with console.capture() as capture:
        console.print(pilot.app.screen.query_one(part, Static).content)
    return capture.get()


def asked(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#ask-title", Static).content)


def three(desk: Desk) -> list[UUID]:
    people = []
    for number, name in enumerate(("Anna", "Bram", "Cees")):
        told_at = NOW - timedelta(days=9 - number)
        person = add_candidate(desk, name, "Kok", prefix="", phone=None, last_feedback_at=told_at)
        give_offer(desk, person, carer())
        people.append(person)
    return people


async def test_from_the_list_of_requests_three_people_in_eight_keys(sqlite_desk: Desk) -> None:
    people, request = three(sqlite_desk), add_request(sqlite_desk, grid=0x11111, fte=300)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")), start_place="requests")
    keys = ["m", "space", "space", "space", "p", "p"]
    assert len(keys) <= 8
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        assert "Anna Kok, Bram Kok, Cees Kok" in told(pilot)
        assert rows(pilot) == []
        proposed = (await sqlite_desk.requests.request(request)).proposals
        assert {proposal.candidate_id for proposal in proposed} == set(people)
        await press(pilot, "u")
        assert len(rows(pilot)) == 3
    assert not any(item.is_live for item in (await sqlite_desk.requests.request(request)).proposals)


async def test_from_an_opened_request_one_key_shows_who_fits(sqlite_desk: Desk) -> None:
    people, _ = three(sqlite_desk), add_request(sqlite_desk, grid=0x11111, fte=300)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")), start_place="requests")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "m")
        assert len(rows(pilot)) == len(people)
        await press(pilot, "end", "space")
        assert rows(pilot)[-1][0].strip()
        await press(pilot, "home", "space")
        assert rows(pilot)[0][0].strip()


async def test_every_row_explains_itself_and_the_cursor_the_rest(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, "Anna [b]", "Kok", prefix="")
    give_offer(sqlite_desk, person, carer(grid=0x1111, hours_max=12))
    async with looking(sqlite_desk, add_request(sqlite_desk, grid=0x11111)) as pilot:
        row = rows(pilot)[0]
        assert row[2] == "T◐ P● K●"
        assert row[3] == "Kok, Anna [b]"
        assert row[4].split() == ["4/5", "d", "12/16", "u", "0/15", "km"]
        reckoning = shown(pilot, "#list-text")
        assert (
            "Past op 4 van 5 diensten, niet op vr ochtend. Biedt 12 uur per week, gevraagd 16–24" in reckoning
        )
        assert "4 van 5 diensten, 12 van 16 uur, 0 van 15 km" in reckoning
        assert "Eigen functie, opleiding: Mbo 3 / verzorgende IG" in reckoning
        assert "Toestemming om te delen" in reckoning


async def test_who_offers_more_than_is_asked_is_no_riddle(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, "Anna", "Kok", prefix="")
    give_offer(sqlite_desk, person, carer(grid=0x11111, hours_max=36))
    async with looking(sqlite_desk, add_request(sqlite_desk, grid=0x11111)) as pilot:
        assert rows(pilot)[0][4].split() == ["5/5", "d", "36", "u", "0/15", "km"]
        reckoning = shown(pilot, "#list-text")
        assert "36 uur (gevraagd 16)" in reckoning
        assert "Biedt 36 uur per week, gevraagd 16–24" in reckoning


async def test_more_people_than_places_is_said_and_not_forbidden(sqlite_desk: Desk) -> None:
    people = three(sqlite_desk)
    request = add_request(sqlite_desk, grid=0x11111, fte=100, positions=2)
    await sqlite_desk.proposals.propose(people[0], request)
    async with looking(sqlite_desk, request) as pilot:
        await press(pilot, "space", "space", "p")
        assert "3 voorstellen op 2 plaatsen (al 1, nu 2 erbij)" in asked(pilot)
        assert "van 1 fte" in asked(pilot)
        await press(pilot, "p")
        assert len((await sqlite_desk.requests.request(request)).proposals) == 3


async def test_as_many_people_as_places_need_no_warning(sqlite_desk: Desk) -> None:
    three(sqlite_desk)
    async with looking(sqlite_desk, add_request(sqlite_desk, grid=0x11111, fte=300, positions=3)) as pilot:
        await press(pilot, "space", "space", "space", "p")
        assert "Let op" not in asked(pilot)


async def test_a_slow_search_says_that_it_searches(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(sqlite_desk)
    async with looking(sqlite_desk, add_request(sqlite_desk, grid=0x11111)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, WhoFits)
        found, answer = asyncio.Event(), screen.desk.matching.candidates_for

        async def slow(request_id: UUID, widen: bool = False) -> MatchResult:
            await found.wait()
            return await answer(request_id, widen)

        monkeypatch.setattr(screen.desk.matching, "candidates_for", slow)
        monkeypatch.setattr("screens.matching.screen.PATIENCE", 0.01)
        await pilot.press("f")
        for _ in range(100):
            await pilot.pause(0.01)
            if "zoeken" in shown(pilot, "#top-note"):
                break
        assert "zoeken…" in shown(pilot, "#top-note")
        found.set()
        await settle(pilot)
        assert "3 passen" in shown(pilot, "#top-note")


async def test_widened_says_on_what_people_fail(sqlite_desk: Desk) -> None:
    for name, offer in (("Anna", carer(grid=0x88888)), ("Bram", carer()), ("Cees", carer())):
        give_offer(sqlite_desk, add_candidate(sqlite_desk, name, phone=None), offer)
    async with looking(sqlite_desk, add_request(sqlite_desk, grid=0x88888, hours_min=8)) as pilot:
        assert len(rows(pilot)) == 1
        await press(pilot, "f")
        assert "2× geen weekend/nacht" in shown(pilot, "#fit-near")
        assert len(rows(pilot)) == 3
        assert rows(pilot)[1][5] == "wknd/nacht"
        assert "Past niet: geen weekend/nacht." in shown(pilot, "#list-text")
        await press(pilot, "f")
        assert len(rows(pilot)) == 1


async def test_nobody_is_proposed_without_consent(sqlite_desk: Desk) -> None:
    person, request = add_candidate(sqlite_desk, consent="refused"), add_request(sqlite_desk)
    give_offer(sqlite_desk, person, carer())
    async with looking(sqlite_desk, request) as pilot:
        assert rows(pilot)[0][5] == "geen toestemming"
        await press(pilot, "p")
        assert "gaf geen toestemming" in told(pilot)
    assert (await sqlite_desk.requests.request(request)).proposals == ()


async def test_the_question_names_who_goes_and_who_does_not(sqlite_desk: Desk) -> None:
    three(sqlite_desk)
    refusing = add_candidate(sqlite_desk, "Daan", "Vos", prefix="", phone=None, consent="refused")
    give_offer(sqlite_desk, refusing, carer())
    request = add_request(sqlite_desk)
    async with looking(sqlite_desk, request) as pilot:
        await press(pilot, "space", "space", "space", "space", "p")
        title = shown(pilot, "#ask-title")
        assert "Anna Kok, Bram Kok, Cees Kok" in title
        assert "Niet zonder toestemming: Daan Vos" in title
        await press(pilot, "n")
        assert [row[0] for row in rows(pilot)] == ["✓"] * 4
    assert (await sqlite_desk.requests.request(request)).proposals == ()


@pytest.mark.parametrize(("language", "words"), [("nl", "Er past niemand"), ("en", "Nobody fits")])
async def test_an_empty_list_explains_itself(sqlite_desk: Desk, language: str, words: str) -> None:
    async with looking(sqlite_desk, add_request(sqlite_desk), language) as pilot:
        empty = pilot.app.screen.query_one("#list-empty", Static)
        assert empty.display
        assert words in str(empty.content)


async def test_the_other_way_round_a_caller_marks_one_for_the_recruiter(sqlite_desk: Desk) -> None:
    person, request = add_candidate(sqlite_desk), add_request(sqlite_desk, "Dichtbij [b]")
    give_offer(sqlite_desk, person, carer())
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.push_screen(WhatFits(app.workplace, person))
        await settle(pilot)
        assert rows(pilot)[0][2] == "Dichtbij [b]"
        await press(pilot, "m")
        assert "op de shortlist van Dichtbij [b]" in told(pilot)
        assert rows(pilot)[0][2] == "✓ Dichtbij [b]"
    proposals = (await sqlite_desk.requests.request(request)).proposals
    assert [(item.status, item.response_due_at) for item in proposals] == [("shortlisted", None)]


async def test_without_a_request_that_fits_it_says_so(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("en")))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        app.push_screen(WhatFits(app.workplace, person))
        await settle(pilot)
        assert "No open request fits" in str(pilot.app.screen.query_one("#list-empty", Static).content)


async def test_where_an_intake_ends_the_best_requests_stand(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, pc4=8011, intake=None, entry="ready", status="to_call")
    add_request(sqlite_desk, "Dichtbij")
    add_request(sqlite_desk, "Ver weg", pc4=6211)
    draft = await sqlite_desk.interviews.open(person, None)
    answers = {code: Answer(value) for code, value in CARER.items()}
    await sqlite_desk.interviews.save_fields(draft.id, answers, "consent_share", draft.version)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("i")
        await until(pilot, InterviewScreen)
        await pilot.press("ctrl+s")
        await until(pilot, WhatFits)
        await until_filled(pilot)
        assert [row[2] for row in rows(pilot)] == ["Dichtbij"]
        await pilot.press("escape")
        await until(pilot, QueueScreen)


async def until(pilot: Pilot[None], screen: type[Screen[Any]]) -> None:
    for _ in range(200):
        await pilot.pause(0.01)
        if isinstance(pilot.app.screen, screen):
            return
    raise AssertionError(f"still at {pilot.app.screen}")


async def until_filled(pilot: Pilot[None]) -> None:
    for _ in range(200):
        await pilot.pause(0.01)
        if rows(pilot):
            return
    raise AssertionError("nothing is listed")


async def test_whoever_appears_by_widening_is_under_the_cursor(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, "Anna", "Kok", prefix="")
    give_offer(sqlite_desk, person, carer(hours_min=4, hours_max=6))
    async with looking(sqlite_desk, add_request(sqlite_desk, grid=0x11111)) as pilot:
        assert rows(pilot) == []
        await press(pilot, "f")
        assert [row[3] for row in rows(pilot)] == ["Kok, Anna"]
        assert pilot.app.focused is pilot.app.screen.query_one(ListTable)
        await press(pilot, "space")
        assert rows(pilot)[0][0] == "✓"


async def test_back_from_the_near_misses_the_cursor_is_where_it_was(sqlite_desk: Desk) -> None:
    for name, hours in (("Anna", 20), ("Bert", 20), ("Carla", 6)):
        person = add_candidate(sqlite_desk, name, "Kok", prefix="")
        give_offer(sqlite_desk, person, carer(hours_min=4, hours_max=hours))
    async with looking(sqlite_desk, add_request(sqlite_desk, grid=0x11111)) as pilot:
        table = pilot.app.screen.query_one(ListTable)
        assert table.row_count == 2
        await press(pilot, "f")
        assert table.cursor_row == 2
        await press(pilot, "f")
        assert (table.row_count, table.cursor_row) == (2, 0)


def in_one_burst(pilot: Pilot[None], *keys: str) -> None:
    """As a terminal sends what was typed ahead: nothing is drawn in between."""
    for pressed in keys:
        pilot.app.post_message(typed(pressed))


async def test_what_is_typed_ahead_in_one_burst_proposes_all_three(sqlite_desk: Desk) -> None:
    people, request = three(sqlite_desk), add_request(sqlite_desk, grid=0x11111, fte=300)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")), start_place="requests")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        in_one_burst(pilot, "m", "space", "space", "space", "p", "p")
        await until(pilot, WhoFits)
        await settle_quietly(pilot)
        assert "Anna Kok, Bram Kok, Cees Kok" in told(pilot)
    proposed = (await sqlite_desk.requests.request(request)).proposals
    assert {proposal.candidate_id for proposal in proposed} == set(people)


async def test_keys_wait_as_long_as_it_is_reckoned_who_fits(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(sqlite_desk)
    request = add_request(sqlite_desk, grid=0x11111, fte=300)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")))
    found, answer = asyncio.Event(), app.workplace.desk.matching.candidates_for

    async def slow(request_id: UUID, widen: bool = False) -> MatchResult:
        await found.wait()
        return await answer(request_id, widen)

    monkeypatch.setattr(app.workplace.desk.matching, "candidates_for", slow)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.push_screen(WhoFits(app.workplace, request))
        await pilot.pause()
        await pilot.press("space", "down", "space", "p")
        assert rows(pilot) == []
        found.set()
        await settle_quietly(pilot)
        assert [row[0] for row in rows(pilot)] == ["✓", "", "✓"]
        assert "Anna Kok, Cees Kok" in asked(pilot)
        await press(pilot, "n")


async def test_whoever_leaves_while_it_is_reckoned_leaves_at_once(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = add_request(sqlite_desk)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")))
    found = asyncio.Event()
    monkeypatch.setattr(app.workplace.desk.matching, "candidates_for", lambda *_, **__: found.wait())
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(WhoFits(app.workplace, request))
        await pilot.pause()
        await pilot.press("escape")
        await until(pilot, QueueScreen)


async def settle_quietly(pilot: Pilot[None]) -> None:
    """Until nothing is at work and no key waits."""
    for _ in range(20):
        await settle(pilot)


async def test_the_question_says_on_what_a_near_miss_fails(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, "Anna", "Kok", prefix="")
    give_offer(sqlite_desk, person, carer())
    request = add_request(sqlite_desk, grid=0x88888, hours_min=8)
    async with looking(sqlite_desk, request, "en") as pilot:
        await press(pilot, "f", "p")
        assert "Anna Kok does not fit: no weekend/night" in asked(pilot)
        await press(pilot, "n")


async def test_nobody_is_asked_to_propose_to_a_request_on_hold(sqlite_desk: Desk) -> None:
    three(sqlite_desk)
    async with looking(sqlite_desk, add_request(sqlite_desk, grid=0x11111, status="on_hold"), "en") as pilot:
        await press(pilot, "p")
        assert "on hold" in told(pilot)
        assert not pilot.app.screen.query_one(AskBar).asking


async def test_after_redo_the_cursor_stays_at_the_top(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(sqlite_desk)
    request = add_request(sqlite_desk, grid=0x11111, fte=300)
    reckon = sqlite_desk.matching.candidates_for

    async def two(request_id: UUID, widen: bool = False) -> MatchResult:
        return await reckon(request_id, widen, limit=2)

    monkeypatch.setattr(sqlite_desk.matching, "candidates_for", two)
    async with looking(sqlite_desk, request) as pilot:
        await press(pilot, "p", "p", "u", "ctrl+r")
        assert [row[3] for row in rows(pilot)] == ["Kok, Bram", "Kok, Cees"]
        assert pilot.app.screen.query_one(ListTable).cursor_row == 0
