"""What a caller hears beside the cards: the day's message, news of candidates, and what a colleague gave."""

from textual.pilot import Pilot

from db.desk.desk import Desk, open_desk
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.announcements.write import write_announcement
from screens.base import Workplace
from screens.candidates.one_candidate import OneCandidate
from screens.queue.notices import Notices
from screens.team.screen import TeamScreen
from tests.conftest import TestClock
from tests.screens.test_quality import notices
from tests.screens.test_queue import press, settle, shown
from tests.screens.test_requests import rows
from tests.support.people import add_attempt, add_candidate, add_request, add_user
from tests.support.work import add_availability


def app_of(pilot: Pilot[None]) -> EhvdzApp:
    assert isinstance(pilot.app, EhvdzApp)
    return pilot.app


async def test_a_message_of_another_program_comes_by_itself_and_goes_from_the_card(sqlite_desk: Desk) -> None:
    add_candidate(sqlite_desk, "Bo", entry="ready", intake=None, status="new")
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert notices(pilot) == ""
        await press(pilot, "n")
        focused = app.focused
        await sqlite_desk.announcements.write("Eerst [b]Limburg[/b]")
        bar = app.queue_screen.query_one(Notices)
        await bar.refresh_now()
        await settle(pilot)
        assert notices(pilot) == "▲ Bericht van Kim: Eerst [b]Limburg[/b]"
        assert app.focused is focused
        bar._fresh_since -= Notices.FRESH
        bar.show()
        assert notices(pilot) == ""
        await press(pilot, "b", "2")
        assert "Limburg" in notices(pilot)


async def test_a_long_message_is_read_whole_above_the_card(sqlite_desk: Desk) -> None:
    """While it is new it takes the lines that it needs."""
    add_candidate(sqlite_desk, "Bo", entry="ready", intake=None, status="new")
    await sqlite_desk.announcements.write("Vandaag eerst de verpleegkundigen en de verzorgenden. " * 3)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "n")
        bar = app.queue_screen.query_one(Notices)
        assert bar.size.height == 3
        bar._fresh_since -= Notices.FRESH
        bar.show()
        await settle(pilot)
        assert bar.size.height == 0


async def test_the_supervisor_writes_it_in_the_line_of_the_screen(sqlite_desk: Desk) -> None:
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        team = TeamScreen(app.workplace)
        app.push_screen(team)
        await settle(pilot)
        for text in ("Taart om drie uur", ""):
            asked = team.run_worker(write_announcement(team))
            await pilot.pause()
            while not app.screen.query_one("#ask-input").has_focus:
                await pilot.pause()
            if not text:
                await pilot.press("ctrl+u")
            await pilot.press(*("space" if letter == " " else letter for letter in text), "enter")
            await asked.wait()
            found = await sqlite_desk.announcements.current()
            assert (found.text if found else "") == text


async def test_the_card_goes_to_a_colleague_with_a_note(sqlite_desk: Desk, clock: TestClock) -> None:
    add_user(sqlite_desk, "Noor")
    add_candidate(sqlite_desk, "Bo", entry="ready", intake=None, status="new")
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "n", "greater_than_sign", "1", *"pools", "enter")
        assert shown(pilot, "#last") == "Overgedragen aan Noor: Bo van der Luinenburg"
        assert app.queue_screen.hand.front is None
        await press(pilot, "u")
        assert "Bo" in shown(pilot, "#card-name")
        await press(pilot, "greater_than_sign", "1", *"pools", "enter")
    noor = open_desk(sqlite_desk.lane.engine.url.render_as_string(), clock)
    noor.users.sign_in_now("Noor")
    other = EhvdzApp(Workplace(noor, Texts("nl")))
    async with other.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "n")
        assert shown(pilot, "#card-why").startswith("Overgedragen door Kim")
        assert shown(pilot, "#card-why").endswith("“pools”")
    noor.close()


async def test_somebody_in_the_list_goes_to_a_colleague_and_comes_back(sqlite_desk: Desk) -> None:
    add_user(sqlite_desk, "Noor")
    person = add_candidate(sqlite_desk, "Anne")
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(OneCandidate(app.workplace, person))
        await press(pilot, "greater_than_sign", "1", *"vraag", "enter")
        why = (await sqlite_desk.candidates.card(person)).why
        assert why is not None
        assert why.assigned_to == "Noor"
        await press(pilot, "u")
        assert isinstance(app.screen, OneCandidate)
    assert (await sqlite_desk.candidates.card(person)).why is None


async def test_news_is_counted_at_the_start_and_read_once(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, "Anne")
    add_availability(sqlite_desk, person, hours=24)
    add_attempt(sqlite_desk, person, "reached_intake_done")
    await sqlite_desk.proposals.propose(person, add_request(sqlite_desk, "Zonnehof"))
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Nieuws over een kandidaat" in notices(pilot)
        await press(pilot, "equals_sign")
        await settle(pilot)
        assert rows(pilot)[0][0] == "●"
        assert rows(pilot)[0][2:4] == ["Anne van der Luinenburg", "Voorgesteld aan organisatie"]
        await press(pilot, "escape")
        assert notices(pilot) == ""
