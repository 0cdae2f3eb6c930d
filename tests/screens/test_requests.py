"""The open requests: find one, propose with one key, take it back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from uuid import UUID

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, Static
from textual.widgets._toast import Toast

from db.desk.desk import Desk
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.requests.one_request import OneRequest
from screens.requests.quick_filters import QuickFilters
from screens.requests.screen import RequestsScreen
from screens.widgets.ask_bar import AskBar
from screens.widgets.list_table import ListTable
from tests.support.keys import bursts
from tests.support.offers import carer, give_offer
from tests.support.people import add_candidate, add_request


@asynccontextmanager
async def browsing(
    desk: Desk, person: UUID | None = None, size: tuple[int, int] = (80, 24), language: str = "nl"
) -> AsyncIterator[Pilot[None]]:
    app = EhvdzApp(Workplace(desk, Texts(language)), start_place="requests")
    async with app.run_test(size=size, notifications=True) as pilot:
        if person is not None:
            app.push_screen(RequestsScreen(app.workplace, person))
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


def told(pilot: Pilot[None]) -> list[str]:
    return [toast.message for toast in pilot.app._notifications]


async def test_nearest_first_and_one_key_proposes(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, pc4=8011)
    add_request(sqlite_desk, "Ver weg", pc4=6211)
    near = add_request(sqlite_desk, "Dichtbij [b]", pc4=8012)
    async with browsing(sqlite_desk, person) as pilot:
        assert [row[1] for row in rows(pilot)] == ["Dichtbij [b]", "Ver weg"]
        await press(pilot, "p")
        assert rows(pilot)[0][1] == "✓ Dichtbij [b]"
        assert any("Tristan van der Luinenburg is voorgesteld" in message for message in told(pilot))
        await press(pilot, "u")
        assert rows(pilot)[0][1] == "Dichtbij [b]"
    assert (await sqlite_desk.requests.request(near)).proposals == ()


async def test_a_refusal_says_why(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, consent="refused")
    add_request(sqlite_desk)
    async with browsing(sqlite_desk, person) as pilot:
        await press(pilot, "p")
        await press(pilot, "p")
        assert ["geen toestemming" in message for message in told(pilot)] == [True]
        assert len(pilot.app.screen.query(Toast)) == 1
        assert "geen toestemming" in str(pilot.app.screen.query_one("#request-who", Static).content)


async def test_without_a_candidate_p_says_so(sqlite_desk: Desk) -> None:
    add_request(sqlite_desk)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "p")
        assert any("nog geen kandidaat" in message for message in told(pilot))


async def test_words_filter_and_escape_clears(sqlite_desk: Desk) -> None:
    add_request(sqlite_desk, "Zonnehof")
    add_request(sqlite_desk, "De Linde")
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "f", *"linde", "enter")
        assert [row[1] for row in rows(pilot)] == ["De Linde"]
        await press(pilot, "f", *"xyz")
        assert "Geen aanvraag past" in str(pilot.app.screen.query_one("#request-empty", Static).content)
        await press(pilot, "escape")
        assert len(rows(pilot)) == 2
        assert pilot.app.focused is pilot.app.screen.query_one(ListTable)


async def test_an_empty_list_explains_itself(sqlite_desk: Desk) -> None:
    async with browsing(sqlite_desk) as pilot:
        empty = pilot.app.screen.query_one("#request-empty", Static)
        assert empty.display
        assert "geen open aanvragen" in str(empty.content)


async def test_enter_opens_the_request_and_w_withdraws(sqlite_desk: Desk) -> None:
    person, request = add_candidate(sqlite_desk), add_request(sqlite_desk)
    await sqlite_desk.proposals.propose(person, request)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, OneRequest)
        assert rows(pilot)[0][0] == "Luinenburg, Tristan van der"
        await press(pilot, "w", "1")
        assert rows(pilot)[0][1] == "Ingetrokken: te weinig uren"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, RequestsScreen)
    assert (await sqlite_desk.candidates.card(person)).status == "available"


async def test_the_request_stands_beside_the_list_where_there_is_room(sqlite_desk: Desk) -> None:
    add_request(sqlite_desk, note="let op [blink]")
    async with browsing(sqlite_desk, size=(120, 40)) as pilot:
        assert pilot.app.screen.query_one("#request-detail").display
        await settle(pilot)
        assert pilot.app.screen.query_one("#request-text", Static).size.height > 5


async def test_a_request_worked_at_stays_under_the_cursor_when_the_list_does_not_reach_it(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Anker", "Brug"):
        add_request(sqlite_desk, name)
    shortened = partial(sqlite_desk.requests.open_requests, limit=1)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, OneRequest)
        monkeypatch.setattr(sqlite_desk.requests, "open_requests", shortened)
        await press(pilot, "escape")
        screen = pilot.app.screen
        assert isinstance(screen, RequestsScreen)
        assert [row[1] for row in rows(pilot)] == ["Brug", "Anker"]
        assert screen.query_one(ListTable).cursor_row == 0


@pytest.mark.parametrize("presses", [1, 2, 3])
async def test_the_order_changes_and_comes_round(sqlite_desk: Desk, presses: int) -> None:
    add_request(sqlite_desk, "B", fte=100)
    add_request(sqlite_desk, "A", fte=50)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, *["o"] * presses)
        first = rows(pilot)[0][1]
        assert first == {1: "B", 2: "A", 3: "B"}[presses]


async def test_the_candidate_in_hand_comes_along_to_the_place(sqlite_desk: Desk) -> None:
    add_candidate(sqlite_desk, pc4=8011, entry="ready")
    add_request(sqlite_desk, "Dichtbij", pc4=8012)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "n", "f4")
        assert "Tristan" in str(app.screen.query_one("#request-who", Static).content)
        assert isinstance(app.focused, DataTable)
        assert not app.screen.query_one(Input).has_focus


async def test_what_was_told_never_covers_a_question(sqlite_desk: Desk) -> None:
    add_request(sqlite_desk)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "p", "h")
        toast, bar = pilot.app.screen.query_one(Toast), pilot.app.screen.query_one(AskBar)
        assert bar.asking
        assert not toast.region.overlaps(bar.region)


async def test_one_key_takes_a_request_on_and_only_what_may_follow_is_offered(sqlite_desk: Desk) -> None:
    request = add_request(sqlite_desk, status="draft")
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "v", "v", "v")
        for pressed, status in (("i", "submitted"), ("n", "verified"), ("j", "open"), ("z", "closed")):
            assert pressed in pilot.app.screen.active_bindings
            await press(pilot, pressed)
            assert (await sqlite_desk.requests.request(request)).line.status == status
        assert any("is nu: afgesloten" in message for message in told(pilot))


async def test_what_undo_brings_back_is_under_the_cursor(sqlite_desk: Desk) -> None:
    for name in ("Anker", "Brug", "Kade"):
        add_request(sqlite_desk, name)
    async with browsing(sqlite_desk) as pilot:
        table = pilot.app.screen.query_one(ListTable)
        await press(pilot, "down", "h", "1")
        assert [row[1] for row in rows(pilot)] == ["Anker", "Kade"]
        assert table.cursor_row == 1
        await press(pilot, "u")
        assert [row[1] for row in rows(pilot)] == ["Anker", "Brug", "Kade"]
        assert rows(pilot)[table.cursor_row][1] == "Brug"


async def test_from_the_request_itself_too(sqlite_desk: Desk) -> None:
    request = add_request(sqlite_desk)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, OneRequest)
        assert "i" not in pilot.app.screen.active_bindings
        await press(pilot, "z", "j")
        assert (await sqlite_desk.requests.request(request)).line.status == "open"


async def test_after_calling_off_every_proposal_says_what_became_of_it_and_why(sqlite_desk: Desk) -> None:
    people = [
        add_candidate(sqlite_desk, name, "Kok", prefix="", phone=None) for name in ("Anna", "Bram", "Cees")
    ]
    request = add_request(sqlite_desk, fte=300)
    for person in people[:2]:
        await sqlite_desk.proposals.propose(person, request)
    await sqlite_desk.matching.mark(people[2], request)
    first = (await sqlite_desk.requests.request(request)).proposals[-1]
    await sqlite_desk.proposals.step(first.id, "declined_employer", "too_far")
    await sqlite_desk.requests.cancel(request, "no_longer_needed")
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "v", "v", "v", "enter")
        said = {row[0]: row[1] for row in rows(pilot)}
        assert said == {
            "Kok, Anna": "Afgewezen: reisafstand te groot",
            "Kok, Bram": "Afgebeld: aanvraag ingetrokken",
            "Kok, Cees": "Ingetrokken: aanvraag ingetrokken",
        }


@pytest.mark.parametrize("place", ["list", "request"])
async def test_whoever_does_not_fit_is_proposed_only_after_a_question(sqlite_desk: Desk, place: str) -> None:
    person = add_candidate(sqlite_desk, "Anna", "Kok", prefix="")
    give_offer(sqlite_desk, person, carer())
    request = add_request(sqlite_desk, "Ziekenhuis [b]", profile="physician")
    async with browsing(sqlite_desk, person, language="en") as pilot:
        await press(pilot, *(["enter"] if place == "request" else []), "p")
        question = str(pilot.app.screen.query_one("#ask-title", Static).content)
        assert "Anna Kok does not fit at Ziekenhuis [b]: " in question
        await press(pilot, "n")
        assert (await sqlite_desk.requests.request(request)).proposals == ()
        await press(pilot, "p", "p")
        assert len((await sqlite_desk.requests.request(request)).proposals) == 1


async def test_whoever_may_not_be_proposed_is_refused_without_a_question(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, "Anna", "Kok", prefix="", consent=None)
    give_offer(sqlite_desk, person, carer())
    add_request(sqlite_desk, "Ziekenhuis [b]", profile="physician")
    async with browsing(sqlite_desk, person, language="en") as pilot:
        await press(pilot, "p")
        assert not pilot.app.screen.query_one(AskBar).asking
        assert [notice.message for notice in pilot.app._notifications] == [
            Texts("en")("proposals.no_consent", name="Anna Kok")
        ]


async def test_a_question_is_still_asked_after_its_keys_were_read(sqlite_desk: Desk) -> None:
    person, request = add_candidate(sqlite_desk), add_request(sqlite_desk)
    await sqlite_desk.proposals.propose(person, request)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "enter", "s", "f1", "escape")
        assert pilot.app.screen.query_one(AskBar).asking
        await press(pilot, "c")
        assert (await sqlite_desk.requests.request(request)).proposals[0].status == "contacted"


async def test_the_keys_of_the_filters_come_back_when_the_search_is_left(sqlite_desk: Desk) -> None:
    add_request(sqlite_desk, "Zonnehof")
    async with browsing(sqlite_desk, language="en") as pilot:
        filters = pilot.app.screen.query_one(QuickFilters)
        assert "r region" in str(filters.content)
        await press(pilot, "f", *"zon")
        assert "r region" not in str(filters.content)
        await press(pilot, "enter")
        assert "r region" in str(filters.content)


async def test_whoever_fits_is_proposed_by_one_key(sqlite_desk: Desk) -> None:
    person, request = add_candidate(sqlite_desk), add_request(sqlite_desk)
    give_offer(sqlite_desk, person, carer())
    async with browsing(sqlite_desk, person) as pilot:
        await press(pilot, "p")
    assert len((await sqlite_desk.requests.request(request)).proposals) == 1


async def test_escape_looks_without_whoever_is_in_hand(sqlite_desk: Desk) -> None:
    add_candidate(sqlite_desk, "Anna", "Kok", prefix="", entry="ready")
    add_request(sqlite_desk)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("en")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "n", "f4")
        who = pilot.app.screen.query_one("#request-who", Static)
        assert "Anna Kok" in str(who.content)
        await press(pilot, "escape")
        assert not str(who.content)
        await press(pilot, "enter", "escape")
        assert not str(who.content)
