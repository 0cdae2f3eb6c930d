"""Entering and changing requests and organisations by keyboard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from db.desk.desk import Desk
from db.drafts.organisations import ContactDraft, OrganisationDraft
from db.drafts.requests import RequestDraft, RequestFilter
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.forms.form import FormScreen
from screens.interview.overview import Lines
from screens.organisations.find import FindOrganisation
from screens.organisations.screen import OrganisationsScreen
from screens.requests.quick_filters import QuickFilters
from screens.requests.request_form import RequestForm
from screens.requests.screen import RequestsScreen
from screens.widgets.list_table import ListTable
from tests.support.people import add_candidate, add_request

MOST_KEYS = 60
"""So many keys, the letters and figures included, to enter a full request: a minute, slowly."""
ZONNEHOF = OrganisationDraft(
    "Zonnehof [b]", "vvt_nursing_home", "8011 AB", contacts=(ContactDraft("M. de Vries", "+31612345678"),)
)
ALL = RequestFilter(shown="all")
PRINTABLE = {" ": "space", ".": "full_stop", "-": "minus", ",": "comma", "@": "at", "*": "asterisk"}


@asynccontextmanager
async def browsing(
    desk: Desk, size: tuple[int, int] = (80, 24), language: str = "nl"
) -> AsyncIterator[Pilot[None]]:
    app = EhvdzApp(Workplace(desk, Texts(language)), start_place="requests")
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield pilot


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(100):
        await pilot.pause()
        waiting = isinstance(pilot.app.screen, FormScreen | FindOrganisation)
        running = [worker for worker in pilot.app.workers if worker.is_running]
        if not running or (waiting and {worker.group for worker in running} <= {"requests.write"}):
            return
        await pilot.pause(0.01)


async def press(pilot: Pilot[None], *keys: str) -> int:
    """Press keys one by one; how many they were."""
    for pressed in keys:
        await pilot.press(pressed)
        await settle(pilot)
    return len(keys)


async def write(pilot: Pilot[None], text: str) -> int:
    """Type as fast as a person can; how many keys that were."""
    await pilot.press(*(PRINTABLE.get(character, character) for character in text))
    await settle(pilot)
    return len(text)


def form(pilot: Pilot[None]) -> FormScreen[UUID | None]:
    found = pilot.app.screen
    assert isinstance(found, FormScreen)
    return found


def stands(pilot: Pilot[None], kind: type[Screen[Any]]) -> bool:
    """Whether a screen of this kind is the one that is seen."""
    return isinstance(pilot.app.screen, kind)


def told(pilot: Pilot[None]) -> str:
    return " ".join(notice.message for notice in pilot.app._notifications)


async def test_a_request_is_entered_in_a_minute(sqlite_desk: Desk) -> None:
    await sqlite_desk.organisations.add(ZONNEHOF)
    async with browsing(sqlite_desk) as pilot:
        keys = await press(pilot, "a")
        keys += await write(pilot, "zon") + await press(pilot, "enter")
        assert stands(pilot, RequestForm)
        keys += await press(pilot, "g")
        assert form(pilot).field.code == "fte"
        assert "Standaardprofiel" in told(pilot)
        keys += await write(pilot, "2,5") + await press(pilot, "enter")
        assert form(pilot).field.code == "positions"
        keys += await press(pilot, "enter")
        keys += await write(pilot, "1-6") + await press(pilot, "enter")
        keys += await write(pilot, "1-9") + await press(pilot, "enter")
        assert form(pilot).field.code == "grid"
        keys += await write(pilot, "135") + await press(pilot, "enter")
        assert form(pilot).field.code == "employment_forms"
        keys += await press(pilot, "2", "enter")
        keys += await write(pilot, "25-5") + await press(pilot, "enter")
        assert form(pilot).field.code == "contact"
        keys += await press(pilot, "enter", "ctrl+s")
        assert stands(pilot, RequestsScreen)
        assert keys <= MOST_KEYS, keys
        chosen = pilot.app.screen.query_one(ListTable).chosen
    assert chosen is not None
    view = await sqlite_desk.requests.request(chosen)
    assert (view.line.status, view.line.fte.asked, view.line.organisation) == ("open", 250, "Zonnehof [b]")
    assert view.completeness.missing == ()
    assert view.contact_name == "M. de Vries"
    assert view.positions == 3


async def test_escape_keeps_the_draft_and_it_is_taken_up_again(sqlite_desk: Desk) -> None:
    await sqlite_desk.organisations.add(ZONNEHOF)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "a", "enter", "g")
        await write(pilot, "2")
        await press(pilot, "escape")
        assert "concept" in told(pilot)
        assert (await sqlite_desk.requests.open_requests()).total == 0
        await press(pilot, "v")
        assert "concepten" in str(pilot.app.screen.query_one(QuickFilters).content)
        await press(pilot, "e")
        assert form(pilot).answers["fte"].value == 200
        assert form(pilot).field.code == "starts_on"
        await press(pilot, "ctrl+s")
    assert (await sqlite_desk.requests.open_requests()).lines[0].fte.asked == 200


async def test_no_registration_needed_is_said_so_when_the_draft_is_taken_up_again(sqlite_desk: Desk) -> None:
    await sqlite_desk.organisations.add(ZONNEHOF)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "a", "enter", "g")
        chosen = form(pilot).answers["big_requirement"].value
        await write(pilot, "2")
        await press(pilot, "escape", "v", "e")
        assert chosen == "none"
        assert form(pilot).answers["big_requirement"].value == "none"


async def test_the_arrow_leaves_what_cannot_be_read_the_second_time(sqlite_desk: Desk) -> None:
    await sqlite_desk.organisations.add(ZONNEHOF)
    async with browsing(sqlite_desk, language="en") as pilot:
        await press(pilot, "a", "enter", "g")
        await write(pilot, "2")
        await press(pilot, "enter", "enter")
        assert form(pilot).field.code == "starts_on"
        await write(pilot, "99-99")
        await press(pilot, "up")
        assert form(pilot).field.code == "starts_on"
        await press(pilot, "up")
        assert form(pilot).field.code != "starts_on"
        assert "could not be kept" in told(pilot)
        assert "starts_on" not in form(pilot).answers


async def test_a_new_draft_stands_among_the_lines_that_are_counted(sqlite_desk: Desk) -> None:
    await sqlite_desk.organisations.add(ZONNEHOF)
    add_request(sqlite_desk, "Linde")
    async with browsing(sqlite_desk, language="en") as pilot:
        await press(pilot, "a")
        await write(pilot, "zon")
        await press(pilot, "enter", "g")
        await write(pilot, "2")
        await press(pilot, "escape")
        assert pilot.app.screen.query_one(ListTable).row_count == 2
        assert "2 requests" in str(pilot.app.screen.query_one("#top-note", Static).content)


async def test_what_lacks_the_essentials_does_not_open(sqlite_desk: Desk) -> None:
    await sqlite_desk.organisations.add(ZONNEHOF)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "a", "enter", "g", "ctrl+s")
        assert form(pilot).field.code == "fte"
        assert "Nog nodig" in told(pilot)
        await write(pilot, "duizend")
        await press(pilot, "enter")
        assert "geen aantal fte" in str(form(pilot).query_one("#problem", Static).content)


async def test_an_organisation_that_is_not_there_is_added_on_the_way(sqlite_desk: Desk) -> None:
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "a")
        await write(pilot, "Linde [/b]")
        await press(pilot, "enter")
        assert form(pilot).heading() == "Linde [/b]"
        assert form(pilot).field.code == "sector"
        await press(pilot, "2")
        await write(pilot, "3888ab")
        await press(pilot, "enter", "enter")
        await write(pilot, "A. Bakker 0612345678 a@linde.nl")
        await press(pilot, "enter", "enter")
        assert stands(pilot, RequestForm)
        await press(pilot, "escape")
    found = (await sqlite_desk.organisations.find("linde")).lines[0]
    view = await sqlite_desk.organisations.organisation(found.id)
    assert (view.sector, view.postcode) == ("hospital", "3888 AB")
    assert [(who.name, who.phone, who.email) for who in view.contacts] == [
        ("A. Bakker", "+31612345678", "a@linde.nl")
    ]


async def test_a_day_that_has_just_passed_is_asked_again(sqlite_desk: Desk) -> None:
    await sqlite_desk.organisations.add(ZONNEHOF)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "a")
        await write(pilot, "zon")
        await press(pilot, "enter", "g")
        while form(pilot).field.code != "starts_on":
            await press(pilot, "down")
        await write(pilot, "1-5")
        await press(pilot, "enter")
        assert form(pilot).field.code == "ends_on"
        before = pilot.app.screen.query_one("#before", Lines).render().plain
        assert "! Dat is pas over bijna een jaar. Klopt dat?" in before


async def test_a_wrong_answer_stays_and_says_why(sqlite_desk: Desk) -> None:
    home = await sqlite_desk.organisations.add(ZONNEHOF)
    draft = RequestDraft(home.id, "verzorgende_ig", fte_asked=200, postcode="8011 AB")
    request, _ = await sqlite_desk.requests.add(draft)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "v", "e")
        while form(pilot).field.code != "ends_on":
            await press(pilot, "down")
        await press(pilot, "up")
        await write(pilot, "1-6")
        await press(pilot, "enter")
        await write(pilot, "1-5-2020")
        await press(pilot, "enter")
        assert "voor de begindatum" in str(form(pilot).query_one("#problem", Static).content)
        assert form(pilot).field.code == "ends_on"
    assert (await sqlite_desk.requests.draft(request))[0].ends_on is None


async def test_somebody_else_changed_it_first(sqlite_desk: Desk) -> None:
    request = add_request(sqlite_desk)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "e")
        draft, version = await sqlite_desk.requests.draft(request)
        await sqlite_desk.requests.change(
            request, draft.__class__(draft.organisation_id, "helpende", fte_asked=700), version
        )
        while form(pilot).field.code != "fte":
            await press(pilot, "up")
        await press(pilot, "backspace")
        await write(pilot, "4")
        await press(pilot, "enter")
        assert "intussen gewijzigd" in str(form(pilot).query_one("#problem", Static).content)
        assert form(pilot).answers["function_profile"].value == "helpende"
    assert (await sqlite_desk.requests.draft(request))[0].fte_asked == 700


async def test_a_change_to_an_open_request_is_undone(sqlite_desk: Desk) -> None:
    request = add_request(sqlite_desk, fte=200)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "e")
        while form(pilot).field.code != "fte":
            await press(pilot, "up")
        await press(pilot, "backspace")
        await write(pilot, "4")
        await press(pilot, "enter", "ctrl+s")
        assert (await sqlite_desk.requests.request(request)).line.fte.asked == 400
        await press(pilot, "u")
    assert (await sqlite_desk.requests.request(request)).line.fte.asked == 200


async def test_on_hold_and_called_off_with_a_reason(sqlite_desk: Desk) -> None:
    person, request = add_candidate(sqlite_desk), add_request(sqlite_desk)
    await sqlite_desk.proposals.propose(person, request)
    async with browsing(sqlite_desk) as pilot:
        await pilot.press("h", "1")
        await settle(pilot)
        assert "bij 1 open voorstel is dat vermeld" in told(pilot)
        assert (await sqlite_desk.requests.request(request)).line.status == "on_hold"
        await press(pilot, "v", "v")
        await press(pilot, "h")
        assert (await sqlite_desk.requests.request(request)).line.status == "open"
        await press(pilot, "v", "v")
        await pilot.press("t", "5")
        await settle_asking(pilot)
        assert "Er eindigt 1 voorstel mee" in str(pilot.app.screen.query_one("#ask-title", Static).content)
        await pilot.press("w", "e", "g", "enter")
        await settle(pilot)
        view = await sqlite_desk.requests.request(request)
        assert (view.line.status, view.status_reason, view.proposals[0].is_live) == (
            "cancelled",
            "other: weg",
            False,
        )
        await press(pilot, "u")
    assert (await sqlite_desk.requests.request(request)).proposals[0].is_live


async def settle_asking(pilot: Pilot[None]) -> None:
    """Until a line can be typed on."""
    for _ in range(100):
        await pilot.pause()
        box = pilot.app.screen.query_one("#ask-input", Input)
        if box.has_focus:
            return
        await pilot.pause(0.01)


async def test_quick_filters_say_what_is_on(sqlite_desk: Desk) -> None:
    add_request(sqlite_desk, "Zorg", pc4=8011)
    add_request(sqlite_desk, "Ver", pc4=6211, profile="icu_nurse")
    async with browsing(sqlite_desk) as pilot:
        line = pilot.app.screen.query_one(QuickFilters)
        assert "r regio" in str(line.content)
        await press(pilot, "d", "l")
        assert str(line.content).count("■") == 2
        await pilot.press("c", "k")
        await settle(pilot)
        assert "c ■ IC-verpleegk" in str(line.content)
        await press(pilot, "escape")
        assert "■" not in str(line.content)


async def test_organisations_are_one_key_away(sqlite_desk: Desk) -> None:
    await sqlite_desk.organisations.add(ZONNEHOF)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "g")
        assert stands(pilot, OrganisationsScreen)
        await press(pilot, "enter", "down")
        await press(pilot, "escape")
        await press(pilot, "a")
        await write(pilot, "De Wilg")
        await press(pilot, "enter", "1", "escape")
        chosen = pilot.app.screen.query_one(ListTable).chosen
        assert chosen is not None
        assert (await sqlite_desk.organisations.organisation(chosen)).name == "De Wilg"
        await press(pilot, "escape")
        assert stands(pilot, RequestsScreen)


@pytest.mark.parametrize(("size", "language"), [((80, 24), "en"), ((120, 40), "nl")])
async def test_the_whole_book_stands_in_the_list(
    sqlite_desk: Desk, size: tuple[int, int], language: str
) -> None:
    person, request = add_candidate(sqlite_desk), add_request(sqlite_desk, fte=250)
    await sqlite_desk.proposals.propose(person, request, hours=18)
    async with browsing(sqlite_desk, size, language) as pilot:
        table = pilot.app.screen.query_one(ListTable)
        book = str(table.get_row_at(0)[-1])
        point = "." if language == "en" else ","
        assert book.split() == [f"2{point}5", f"0{point}5", "·", "·", "2"]
        assert table.virtual_size.width <= 80
