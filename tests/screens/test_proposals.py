"""The recruiter's work lists by keys: every step one key, clashes stopped, the card closed with a word."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from rich.console import Console
from rich.text import Text
from sqlmodel import select
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import DataTable, Input, Static, Tab

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.models import ContactPerson, FollowUp, Request
from db.reference.lists import code_list
from db.rules.availability import cell
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.candidates.one_candidate import OneCandidate
from screens.proposals.screen import ProposalsScreen
from screens.proposals.wording import Unparted
from screens.requests.one_request import OneRequest
from screens.widgets.ask_bar import SPARE_KEYS, AskBar
from screens.widgets.list_table import ListTable
from tests.conftest import TestClock
from tests.support.keys import bursts
from tests.support.people import add_candidate, add_request
from tests.support.work import add_availability

MORNINGS = cell(0, 0) | cell(1, 0)


@asynccontextmanager
async def following(
    desk: Desk, size: tuple[int, int] = (80, 24), language: str = "nl"
) -> AsyncIterator[Pilot[None]]:
    app = EhvdzApp(Workplace(desk, Texts(language)), start_place="requests")
    async with app.run_test(size=size, notifications=True) as pilot:
        app.push_screen(ProposalsScreen(app.workplace))
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
    return " ".join(toast.message for toast in pilot.app._notifications)


def asked(pilot: Pilot[None]) -> str:
    bar = pilot.app.screen.query_one(AskBar)
    return " ".join(str(bar.query_one(part, Static).content) for part in ("#ask-title", "#ask-hint"))


async def proposed(desk: Desk, person: UUID, organisation: str = "Zonnehof", **columns: Any) -> UUID:  # noqa: ANN401
    request = add_request(desk, organisation, **({"grid": MORNINGS} | columns))
    desk.lane.write_now(lambda unit: add_contact(unit, request))
    return (await desk.proposals.propose(person, request)).id


def add_contact(unit: Unit, request_id: UUID) -> None:
    request = unit.get(Request, request_id)
    contact = ContactPerson(
        organisation_id=request.organisation_id,
        name="S. Ganpat",
        phone="+31206262626",
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(contact)
    unit.session.flush()
    request.contact_person_id = contact.id


def detail(pilot: Pilot[None]) -> str:
    console = Console(width=200, color_system=None)
    with console.capture() as capture:
        console.print(pilot.app.screen.query_one("#list-text", Static).content)
    return capture.get()


def note(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#top-note", Static).content)


async def status_of(desk: Desk, person: UUID) -> tuple[str, str, str | None]:
    card = await desk.candidates.card(person, log_read=False)
    return card.status, card.proposals[0].status, card.proposals[0].reason


async def test_the_list_says_whom_to_phone_and_what_is_late(sqlite_desk: Desk, clock: TestClock) -> None:
    await proposed(sqlite_desk, add_candidate(sqlite_desk))
    clock.forward(days=6)
    async with following(sqlite_desk) as pilot:
        [row] = rows(pilot)
        assert row[0].startswith("!")
        assert "S. Ganpat · 020 626 2626" in detail(pilot)
        await press(pilot, "h")
        assert pilot.app.clipboard == "+31206262626"


async def test_typing_narrows_and_says_how_many_of_how_many(sqlite_desk: Desk) -> None:
    for name, home in (("Anna", "Zonnehof"), ("Bram", "Zonnehof"), ("Cees", "De Linde")):
        await proposed(sqlite_desk, add_candidate(sqlite_desk, name, "Kok", prefix="", phone=None), home)
    async with following(sqlite_desk) as pilot:
        assert note(pilot).startswith("3 voorstellen")
        await press(pilot, "o", *"zonne", "enter")
        assert [row[1] for row in rows(pilot)] == ["Kok, Anna", "Kok, Bram"]
        assert note(pilot).startswith("2 van 3")
        await press(pilot, "o", "space", *"bram", "enter", "c")
        assert [row[1] for row in rows(pilot)] == ["Kok, Bram"]
        assert rows(pilot)[0][3] == "In contact"
        await press(pilot, "escape")
        assert len(rows(pilot)) == 3


async def test_one_key_shows_what_is_late_or_one_region(sqlite_desk: Desk, clock: TestClock) -> None:
    here, there = [code.code for code in code_list("region").values() if code.active][:2]
    await proposed(sqlite_desk, add_candidate(sqlite_desk, "Anna", phone=None), "Zonnehof", region_code=here)
    clock.forward(days=6)
    await proposed(sqlite_desk, add_candidate(sqlite_desk, "Bram", phone=None), "De Linde", region_code=there)
    async with following(sqlite_desk) as pilot:
        await press(pilot, "l")
        assert [row[2] for row in rows(pilot)] == ["Zonnehof"]
        await press(pilot, "l", "r")
        await press(pilot, SPARE_KEYS[1])
        assert [row[2] for row in rows(pilot)] == ["De Linde"]
        await press(pilot, "l")
        assert rows(pilot) == []
        empty = str(pilot.app.screen.query_one("#list-empty", Static).content)
        assert empty == "Geen voorstel past bij dit filter. Escape wist het."
        await press(pilot, "escape")
        assert len(rows(pilot)) == 2


async def test_an_interview_says_when_it_is(sqlite_desk: Desk) -> None:
    await proposed(sqlite_desk, add_candidate(sqlite_desk))
    async with following(sqlite_desk) as pilot:
        await press(pilot, "i")
        assert not {"tab", "shift+tab", "escape"} & pilot.app.screen.active_bindings.keys()
        await press(pilot, *"8-5 10:30", "enter")
        assert {"tab", "escape"} <= pilot.app.screen.active_bindings.keys()
        assert rows(pilot)[0][3] == "Kennismaking 08-05 10:30"


async def test_the_list_has_the_room_and_space_tells_more(sqlite_desk: Desk) -> None:
    people = [add_candidate(sqlite_desk, f"Anna{number}", phone=None) for number in range(20)]
    for person in people:
        await proposed(sqlite_desk, person)
    async with following(sqlite_desk) as pilot:
        table = pilot.app.screen.query_one(ListTable)
        assert table.size.height - 1 >= 11
        assert "voorgesteld" not in detail(pilot)
        await press(pilot, "space")
        assert "voorgesteld" in detail(pilot)
        await press(pilot, "space")
        assert table.size.height - 1 >= 11


@pytest.mark.parametrize(
    ("keys", "status"),
    [
        (("c",), ("proposed", "contacted", None)),
        (("i", *"morgen 10:00", "enter"), ("proposed", "interview", None)),
        (("a",), ("placed", "accepted", None)),
        (("a", "s", "enter"), ("placed", "started", None)),
        (("a", "m"), ("available", "no_show", None)),
        (("d", "1"), ("available", "declined_employer", "hours_too_few")),
        (("n", "1"), ("available", "declined_candidate", "hours_too_many")),
        (("x",), ("available", "no_response_employer", "no_response")),
        (("y",), ("available", "no_response_candidate", "no_response")),
        (("z", "1"), ("available", "cancelled_employer", "hours_too_few")),
        (("w", "1"), ("available", "withdrawn_recruiter", "hours_too_few")),
        (("e",), ("available", "filled_elsewhere", "already_filled")),
        (("v",), ("available", "expired", "no_response")),
    ],
)
async def test_one_key_one_step(
    sqlite_desk: Desk, keys: tuple[str, ...], status: tuple[str, str, str | None]
) -> None:
    person = add_candidate(sqlite_desk)
    await proposed(sqlite_desk, person)
    async with following(sqlite_desk) as pilot:
        for pressed in keys:
            if pressed in ("s", "m") and "a" in keys:
                await press(pilot, "2")
            await press(pilot, pressed)
    assert await status_of(sqlite_desk, person) == status


async def test_a_step_that_may_not_follow_has_no_key(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk)
    await proposed(sqlite_desk, person)
    async with following(sqlite_desk) as pilot:
        await press(pilot, "s", "f", "g", "b")
        shown = str(pilot.app.screen.query_one("#list-text", Static).content)
        assert not pilot.app.screen.query_one(AskBar).asking
        assert shown
    assert (await status_of(sqlite_desk, person))[1] == "sent"


async def test_escape_leaves_a_step_undone_and_u_takes_it_back(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk)
    await proposed(sqlite_desk, person)
    async with following(sqlite_desk) as pilot:
        await press(pilot, "d", "escape")
        assert (await status_of(sqlite_desk, person))[1] == "sent"
        await press(pilot, "d", "1")
        assert "Een beller vertelt het" in told(pilot)
        assert rows(pilot) == []
        await press(pilot, "u")
        assert (await status_of(sqlite_desk, person))[1] == "sent"
        assert len(rows(pilot)) == 1
        assert "stap van een voorstel (Tristan van der Luinenburg)" in told(pilot)


async def test_other_needs_a_word(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk)
    await proposed(sqlite_desk, person)
    async with following(sqlite_desk) as pilot:
        await press(pilot, "d")
        last = asked(pilot).split("Anders")[0].split()[-1]
        await press(pilot, last, "enter")
        assert "Zonder toelichting" in str(pilot.app.screen.query_one("#ask-hint", Static).content)
        await press(pilot, *"te druk", "enter")
    assert await status_of(sqlite_desk, person) == ("available", "declined_employer", "other")


async def test_a_double_booking_is_stopped_and_takes_a_reason(sqlite_desk: Desk, clock: TestClock) -> None:
    person = add_candidate(sqlite_desk)
    add_availability(sqlite_desk, person, hours=40)
    first = await proposed(sqlite_desk, person, hours_min=8, hours_max=8)
    clock.forward(minutes=1)
    await proposed(sqlite_desk, person, "Linde", hours_min=8, hours_max=8)
    await sqlite_desk.proposals.step(first, "accepted")
    async with following(sqlite_desk) as pilot:
        await press(pilot, "a")
        assert "werkt dan al bij Zonnehof" in asked(pilot)
        assert "ma di ochtend" in asked(pilot)
        await press(pilot, "escape")
        assert (await status_of(sqlite_desk, person))[1] == "sent"
        await press(pilot, "a", *"ruil", "enter")
    assert (await status_of(sqlite_desk, person))[1] == "accepted"


async def test_who_was_booked_twice_starts_at_either_with_a_reason(
    sqlite_desk: Desk, clock: TestClock
) -> None:
    person = add_candidate(sqlite_desk)
    add_availability(sqlite_desk, person, hours=40)
    first = await proposed(sqlite_desk, person, hours_min=8, hours_max=8)
    second = await proposed(sqlite_desk, person, "Linde", hours_min=8, hours_max=8)
    await sqlite_desk.proposals.step(first, "accepted")
    await sqlite_desk.proposals.step(second, "accepted", override="ruilt")
    async with following(sqlite_desk) as pilot:
        await press(pilot, "2")
        table = pilot.app.screen.query_one(ListTable)
        table.go_to(second)
        await press(pilot, "s", "enter")
        assert await booked(sqlite_desk, person, second) == "started"
        table.go_to(first)
        await press(pilot, "s", "enter")
        assert "werkt dan al bij Linde" in asked(pilot)
        await press(pilot, "enter")
        assert await booked(sqlite_desk, person, first) == "accepted"
        await press(pilot, *"om en om", "enter")
    assert await booked(sqlite_desk, person, first) == "started"


async def booked(desk: Desk, person: UUID, proposal: UUID) -> str:
    card = await desk.candidates.card(person, log_read=False)
    return next(line.status for line in card.proposals if line.id == proposal)


@pytest.mark.parametrize(("key", "status"), [("j", "withdrawn_recruiter"), ("n", "sent")])
async def test_competing_proposals_are_withdrawn_with_one_key(
    sqlite_desk: Desk, clock: TestClock, key: str, status: str
) -> None:
    person = add_candidate(sqlite_desk)
    await proposed(sqlite_desk, person)
    clock.forward(minutes=1)
    await proposed(sqlite_desk, person, "Linde")
    async with following(sqlite_desk) as pilot:
        assert all(row[1].startswith("» ") for row in rows(pilot))
        await press(pilot, "a")
        assert "Linde" in asked(pilot)
        await press(pilot, key)
    assert (await status_of(sqlite_desk, person))[1] == status


async def test_how_it_goes_and_who_left_gets_an_end(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk)
    made = await proposed(sqlite_desk, person)
    await sqlite_desk.proposals.step(made, "accepted")
    await sqlite_desk.proposals.step(made, "started")
    async with following(sqlite_desk) as pilot:
        await press(pilot, "2", "b", "n", "2", "3", "enter")
    facts = sqlite_desk.lane.read_now(lambda session: session.exec(select(FollowUp)).all())
    assert [(fact.still_there, fact.wants_to_stay) for fact in facts] == [(False, "no")]
    assert await status_of(sqlite_desk, person) == ("available", "stopped", "terms")


def screen_now(pilot: Pilot[None]) -> type[Screen[object]]:
    return type(pilot.app.screen)


async def test_enter_opens_the_request_and_k_the_card(sqlite_desk: Desk) -> None:
    await proposed(sqlite_desk, add_candidate(sqlite_desk))
    async with following(sqlite_desk) as pilot:
        await press(pilot, "enter")
        assert screen_now(pilot) is OneRequest
        await press(pilot, "escape", "k")
        assert screen_now(pilot) is OneCandidate
        await press(pilot, "escape", "escape")
        assert screen_now(pilot) is not ProposalsScreen
        await press(pilot, "w")
        assert screen_now(pilot) is ProposalsScreen


async def test_the_tabs_show_the_keys_that_bring_them_to_the_front(sqlite_desk: Desk) -> None:
    async with following(sqlite_desk) as pilot:
        titles = [str(tab.label) for tab in pilot.app.screen.query(Tab)]
        assert [title[:2] for title in titles] == ["1 ", "2 "]


async def test_a_step_from_the_request(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk)
    await proposed(sqlite_desk, person)
    async with following(sqlite_desk) as pilot:
        await press(pilot, "enter", "s", "a")
    assert await status_of(sqlite_desk, person) == ("placed", "accepted", None)


async def test_empty_lists_explain_themselves(sqlite_desk: Desk) -> None:
    async with following(sqlite_desk) as pilot:
        assert "Geen enkel voorstel" in str(pilot.app.screen.query_one("#list-empty", Static).content)
        await press(pilot, "right")
        assert "nog niemand" in str(pilot.app.screen.query_one("#list-empty", Static).content)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("language", ["nl", "en"])
async def test_rows_fit_the_width(sqlite_desk: Desk, size: tuple[int, int], language: str) -> None:
    made = await proposed(sqlite_desk, add_candidate(sqlite_desk))
    async with following(sqlite_desk, size, language) as pilot:
        for tab in ("1", "2"):
            await press(pilot, tab)
            table = pilot.app.screen.query_one(ListTable)
            assert table.virtual_size.width <= size[0]
            await sqlite_desk.proposals.step(made, "accepted" if tab == "1" else "started")


async def test_a_card_is_closed_with_a_word_on_where_to(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")), start_place="candidates")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.push_screen(OneCandidate(app.workplace, person))
        await settle(pilot)
        await press(pilot, "r", "1", "r", "2", "3", "x", "4")
        card = await sqlite_desk.candidates.card(person, log_read=False)
        assert [(view.destination, view.outcome) for view in card.referrals] == [("nzk", "started")]
        assert card.status == "closed"
        await press(pilot, "u", "u", "u", "x", "4")
        assert "Geen verwijzing" in asked(pilot)
        await press(pilot, "z")
    card = await sqlite_desk.candidates.card(person, log_read=False)
    assert (card.status, card.status_reason) == ("closed", "not_suitable")


async def test_a_closed_card_says_why_and_is_not_closed_twice(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk)
    await sqlite_desk.referrals.close(person, "already_working", "none")
    app = EhvdzApp(Workplace(sqlite_desk, Texts("en")))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        app.push_screen(OneCandidate(app.workplace, person))
        await settle(pilot)
        card = drawn(pilot, "#candidate-text")
        assert "Closed: already working in care" in card
        assert "No referral" in card
        await press(pilot, "x")
        assert "closed already" in told(pilot)
        assert not app.screen.query_one(AskBar).asking
        await press(pilot, "m")
        assert "cannot be proposed now (closed)" in drawn(pilot, "#fit-head")


def drawn(pilot: Pilot[None], part: str) -> str:
    console = Console(width=120, file=StringIO(), color_system=None)
    with console.capture() as capture:
        console.print(pilot.app.screen.query_one(part, Static).content)
    return capture.get()


async def test_the_search_marks_who_is_proposed_already(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk)
    await proposed(sqlite_desk, person)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")), start_place="candidates")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.screen.query_one(Input).value = "luinenburg"
        await settle(pilot)
        table = app.screen.query_one(DataTable)
        assert str(table.get_row_at(0)[0]).startswith("» ")
        assert "» al ergens voorgesteld" in str(app.screen.query_one("#top-note", Static).content)


async def test_the_queue_asks_how_it_goes_before_the_call_is_done(
    sqlite_desk: Desk, clock: TestClock
) -> None:
    made = await proposed(sqlite_desk, add_candidate(sqlite_desk))
    await sqlite_desk.proposals.step(made, "accepted")
    await sqlite_desk.proposals.step(made, "started")
    clock.now += timedelta(days=15)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")), start_place="queue")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "n", "h", "j", "1")
    facts = sqlite_desk.lane.read_now(lambda session: session.exec(select(FollowUp)).all())
    assert [(fact.still_there, fact.wants_to_stay) for fact in facts] == [(True, "yes")]


def test_a_key_is_never_parted_from_its_words() -> None:
    console = Console(width=30, file=StringIO())
    with console.capture() as captured:
        console.print(Unparted([Text("a Geaccepteerd"), Text("x Organisatie zwijgt"), Text("w Trek in")]))
    assert captured.get().splitlines() == ["a Geaccepteerd", "x Organisatie zwijgt", "w Trek in"]
