"""The caller's screen: one key serves, one key records, and no key falls on the wrong person."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static
from textual.widgets._toast import ToastHolder, ToastRack

from db.desk.desk import Desk
from db.models import CallAttempt, QueueEntry
from db.stores.queue import open_entry
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.find import FindPerson
from screens.imports.screen import ImportScreen
from screens.interview.screen import InterviewScreen
from screens.queue.dialling import QrCode
from screens.queue.panels import OutcomeKeys
from screens.queue.screen import QueueScreen
from screens.widgets.ask_bar import AskBar
from tests.conftest import TestClock
from tests.support.keys import bursts
from tests.support.people import add_candidate


@asynccontextmanager
async def working(desk: Desk, language: str = "nl") -> AsyncIterator[Pilot[None]]:
    app = EhvdzApp(Workplace(desk, Texts(language)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        yield pilot


async def settle(pilot: Pilot[None]) -> None:
    """Wait for the desk's answers, but not for a question that is open."""
    for _ in range(50):
        await pilot.pause()
        working = [worker for worker in pilot.app.workers if worker.is_running]
        if not working or screen_of(pilot).query_one(AskBar).asking or pilot.app.screen.is_modal:
            return
        await pilot.pause(0.01)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for burst in bursts(pilot.app, keys):
        await pilot.press(*burst)
        await settle(pilot)


def screen_of(pilot: Pilot[None]) -> QueueScreen:
    app = pilot.app
    assert isinstance(app, EhvdzApp)
    return app.queue_screen


def shown(pilot: Pilot[None], widget: str) -> str:
    return str(screen_of(pilot).query_one(widget, Static).content)


def new_people(desk: Desk, *names: str, **columns: Any) -> list[UUID]:  # noqa: ANN401  # of Candidate
    start = datetime(2020, 3, 20, tzinfo=UTC)
    people = []
    for number, name in enumerate(names):
        own: dict[str, Any] = {"status": "new", "registered_at": start + timedelta(days=number)}
        people.append(add_candidate(desk, name, intake=None, entry="ready", **(own | columns)))
    return people


def read_entry(desk: Desk, person: UUID) -> QueueEntry:
    entry = desk.lane.read_now(lambda session: open_entry(session, person))
    assert entry is not None
    return entry


def outcomes_of(desk: Desk) -> list[str]:
    found = desk.lane.read_now(lambda session: session.exec(select(CallAttempt)).all())
    return [attempt.outcome for attempt in found]


async def test_no_answer_and_on_to_the_next_is_one_key(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne", "Bo")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n")
        assert "Anne" in shown(pilot, "#card-name")
        await press(pilot, "1")
        assert "Bo" in shown(pilot, "#card-name")
        assert "Geen gehoor, Anne" in shown(pilot, "#last")
    assert outcomes_of(sqlite_desk) == ["no_answer"]


async def test_a_callback_tomorrow_is_three_keys_and_the_time(sqlite_desk: Desk) -> None:
    (person,) = new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "4")
        await pilot.press(*"morgen", "space", *"14")
        await settle(pilot)
        assert "morgen 14:00" in shown(pilot, "#ask-hint")
        await press(pilot, "enter")
        assert "Terugbellen: morgen 14:00" in shown(pilot, "#last")
    entry = read_entry(sqlite_desk, person)
    assert entry.vests_at == datetime(2020, 5, 8, 12, 0, tzinfo=UTC)
    assert entry.assigned_to == sqlite_desk.seat.user_id


async def test_tab_gives_the_callback_to_anyone(sqlite_desk: Desk) -> None:
    (person,) = new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "4")
        await pilot.press(*"+2u", "tab")
        await press(pilot, "enter")
    assert read_entry(sqlite_desk, person).assigned_to is None


async def test_a_callback_outside_the_hours_is_marked(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "4")
        await pilot.press(*"zo", "space", *"23:30")
        await settle(pilot)
        assert "buiten de beltijden" in shown(pilot, "#ask-hint")


async def test_an_unread_moment_is_said_and_nothing_is_written(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "4")
        await pilot.press(*"ooit")
        await press(pilot, "enter")
        assert screen_of(pilot).query_one(AskBar).asking
        assert "begrijp ik nog niet" in shown(pilot, "#ask-hint")
        await press(pilot, "escape")
        assert "Anne" in shown(pilot, "#card-name")
    assert outcomes_of(sqlite_desk) == []


async def test_a_reason_is_asked_in_the_same_line(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne", "Bo")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "6", "1")
        assert "Bo" in shown(pilot, "#card-name")
    assert outcomes_of(sqlite_desk) == ["reached_withdrawn"]


async def test_a_key_pressed_twice_does_not_fall_on_the_next_person(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QueueScreen, "GRACE", 60.0)
    new_people(sqlite_desk, "Anne", "Bo")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "1")
        assert "Anne" in shown(pilot, "#card-name")
    assert outcomes_of(sqlite_desk) == []


async def test_undo_brings_the_person_back_and_redo_takes_them_away(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne", "Bo")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "x")
        assert "Bo" in shown(pilot, "#card-name")
        await press(pilot, "u")
        assert "Anne" in shown(pilot, "#card-name")
        assert "/2" in shown(pilot, "#card-name")
        await press(pilot, "ctrl+r")
        assert "Bo" in shown(pilot, "#card-name")


async def test_intake_done_leads_to_the_interview(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne", "Bo")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n")
        await pilot.press("9")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, InterviewScreen))
    assert outcomes_of(sqlite_desk) == []


async def test_the_third_skip_is_told(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "s", "2", "s", "2", "s", "2")
        assert "teamleider" in shown(pilot, "#last")
        assert "bij de teamleider" in shown(pilot, "#waiting-text")


async def test_an_empty_queue_explains_itself(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "1")
        words = shown(pilot, "#waiting-text")
        assert "1  niet bereikt; later weer aan de beurt" in words
        assert "komt vrij: vandaag 12:00" in words


async def test_outside_calling_hours_one_key_and_a_reason(sqlite_desk: Desk, clock: TestClock) -> None:
    clock.now = datetime(2020, 5, 10, 10, 0, tzinfo=UTC)
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n")
        assert "Buiten de beltijden" in shown(pilot, "#waiting-text")
        await press(pilot, "o", "1")
        assert "Anne" in shown(pilot, "#card-name")


async def test_they_call_back_and_get_a_second_card(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne", "Bo", phone="+31612340001")
    new_people(sqlite_desk, "Cas", phone="+31612349999", phone_reversed="99994321613")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n")
        await press(pilot, "slash")
        assert isinstance(pilot.app.screen, FindPerson)
        await pilot.press(*"9999")
        found = pilot.app.screen.query_one(OptionList)
        await wait_until(pilot, lambda: found.option_count == 1)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Cas" in shown(pilot, "#card-name"))
        assert "2/2" in shown(pilot, "#card-name")
        assert "Fijn dat u terugbelt" in shown(pilot, "#card-script")
        await press(pilot, "left_square_bracket")
        assert "1/2" in shown(pilot, "#card-name")


async def wait_until(pilot: Pilot[None], ready: Callable[[], bool]) -> None:
    for _ in range(200):
        if ready():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


async def test_the_note_goes_along_with_the_outcome(sqlite_desk: Desk) -> None:
    (person,) = new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "e")
        await pilot.press(*"[hond]")
        await press(pilot, "enter")
        assert read_entry(sqlite_desk, person).note == "[hond]"
        await press(pilot, "1")
    found = sqlite_desk.lane.read_now(lambda session: session.exec(select(CallAttempt)).one())
    assert found.note == "[hond]"


async def test_a_note_that_may_not_be_kept_stands_there_to_be_put_right(sqlite_desk: Desk) -> None:
    (person,) = new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "e")
        await pilot.press(*"zegt 111222333")
        await press(pilot, "enter")
        assert screen_of(pilot).query_one("#ask-input", Input).value == "zegt 111222333"
        assert read_entry(sqlite_desk, person).note == ""
        await pilot.press(*["backspace"] * 9)
        await press(pilot, "enter")
        assert read_entry(sqlite_desk, person).note == "zegt"


async def test_a_break_gives_the_card_back(sqlite_desk: Desk) -> None:
    (person,) = new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "b", "1")
        assert "Pauze" in shown(pilot, "#waiting-text")
        assert read_entry(sqlite_desk, person).state == "ready"
        await press(pilot, "n")
        assert "Anne" in shown(pilot, "#card-name")


async def test_leaving_gives_the_card_back(sqlite_desk: Desk) -> None:
    (person,) = new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n")
        await pilot.press("ctrl+q")
    assert read_entry(sqlite_desk, person).state == "ready"


async def test_the_qr_code_opens_and_closes(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "q")
        opened = pilot.app.screen
        assert isinstance(opened, QrCode)
        await press(pilot, "escape")
        assert pilot.app.screen is screen_of(pilot)


async def test_nothing_that_is_told_lies_over_the_qr_code(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "n", "q")
        pilot.app.notify("told just now")
        await settle(pilot)
        assert isinstance(pilot.app.screen, QrCode)
        assert not pilot.app.screen.query_one(ToastHolder).display
        await press(pilot, "escape")
        assert screen_of(pilot).query_one(ToastHolder).display


async def test_a_persons_words_are_never_markup(sqlite_desk: Desk) -> None:
    nasty = "O'Neil [/b] [type=x] [red]"
    new_people(sqlite_desk, nasty, remarks=nasty, hours_given=nasty, best_time=nasty, work_limit_note=nasty)
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "slash")
        await pilot.press(*"neil")
        await pilot.pause()
        await pilot.press("escape")
        await press(pilot, "1")
        assert nasty in shown(pilot, "#last")


@pytest.mark.parametrize(("language", "word"), [("nl", "Geen gehoor"), ("en", "No answer")])
async def test_both_languages(sqlite_desk: Desk, language: str, word: str) -> None:
    new_people(sqlite_desk, "Anne", "Bo")
    async with working(sqlite_desk, language) as pilot:
        await press(pilot, "n", "1")
        assert word in shown(pilot, "#last")


async def test_next_leaves_the_card_in_hand_and_says_why(sqlite_desk: Desk) -> None:
    anne, _ = new_people(sqlite_desk, "Anne", "Bo")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "n")
        assert "Deze kaart eerst" in shown(pilot, "#last")
        front = screen_of(pilot).hand.front
        assert front is not None
        assert front.candidate_id == anne


async def test_an_undone_outcome_is_told_where_the_outcome_stood(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne", "Bo")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "1", "u")
        assert shown(pilot, "#last").startswith("Teruggedraaid")
        assert not list(pilot.app._notifications)


async def test_who_came_in_meanwhile_is_counted_on_return(sqlite_desk: Desk) -> None:
    async with working(sqlite_desk) as pilot:
        assert "F6" in shown(pilot, "#waiting-text")
        await press(pilot, "f1")
        new_people(sqlite_desk, "Anne")
        await press(pilot, "escape")
        assert "klaar om gebeld te worden" in shown(pilot, "#waiting-text")


async def test_outside_calling_hours_the_start_says_when_they_begin(
    sqlite_desk: Desk, clock: TestClock
) -> None:
    new_people(sqlite_desk, "Anne")
    clock.now = clock.now.replace(hour=21)
    async with working(sqlite_desk) as pilot:
        assert "Buiten de beltijden" in shown(pilot, "#waiting-text")
        assert "Bellen mag weer vanaf: morgen" in shown(pilot, "#waiting-text")


async def test_no_key_is_parted_from_its_answer(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "6")
        rows = shown(pilot, "#ask-hint").split("\n")
        assert len(rows) > 1
        assert all(len(row) <= 78 and row.split(" ")[0] in {*"1234567890", "esc"} for row in rows)


async def test_a_wrong_number_is_not_called_closed(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne", "Bo")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "v")
        assert "nummer nakijken" in shown(pilot, "#last")


async def test_a_refused_outcome_is_told_below_the_card_and_goes_with_it(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Jansen", "de Vries")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "h")
        last = screen_of(pilot).query_one("#last", Static)
        assert str(last.content).startswith("Met deze kandidaat is nog geen intake gehouden")
        assert last.region.height == 2
        assert not pilot.app._notifications
        await press(pilot, "1")
        assert str(last.content).startswith("✓ Geen gehoor")
        assert last.region.height == 1


async def test_the_palette_asks_in_the_language_of_the_desk(sqlite_desk: Desk) -> None:
    async with working(sqlite_desk) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        asked = pilot.app.screen.query_one(Input).placeholder
        assert asked == Texts("nl")("palette.search")


async def test_nothing_is_undone_or_taken_in_hand_behind_an_interview(sqlite_desk: Desk) -> None:
    _, _, cas = new_people(sqlite_desk, "Anne", "Bo", "Cas")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "1")
        await pilot.press("i")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, InterviewScreen))
        await pilot.press("ctrl+r", "slash")
        await pilot.pause()
        assert isinstance(pilot.app.screen, InterviewScreen)
        app = pilot.app
        assert isinstance(app, EhvdzApp)
        assert app.check_action("undo", ()) is False
        await app.open_card(cas)
        assert len(app.queue_screen.hand.cards) == 1
    assert read_entry(sqlite_desk, cas).state == "ready"


async def test_an_interview_that_waits_is_told_before_anything_else(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await pilot.press("n", "i")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, InterviewScreen))
        await pilot.press("1", "escape")
        await wait_until(pilot, lambda: pilot.app.screen is screen_of(pilot))
        await settle(pilot)
        facts = screen_of(pilot).query_one("#card-facts", Static)
        waiting = Texts("nl")("queue.intake.draft", by="Kim", day="vandaag")
        assert waiting in facts.render_line(0).text


async def test_a_card_that_is_drawn_anew_is_still_the_same_call(sqlite_desk: Desk, clock: TestClock) -> None:
    anne, _ = new_people(sqlite_desk, "Anne", "Bo")
    async with working(sqlite_desk) as pilot:
        await screen_of(pilot).open_candidate(anne)
        card = screen_of(pilot).hand.front
        assert card is not None
        card.outside_hours_reason = "candidate_asked"
        clock.now += timedelta(minutes=3)
        await screen_of(pilot).reload()
        again = screen_of(pilot).hand.front
        assert again is not None
        assert again is not card
        assert (again.called_us, again.outside_hours_reason, again.since) == (
            True,
            "candidate_asked",
            card.since,
        )
        assert "Fijn dat u terugbelt" in shown(pilot, "#card-script")


async def test_who_called_the_desk_is_not_said_to_be_somebodys_wish(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, "Cas", entry=None)
    async with working(sqlite_desk) as pilot:
        await screen_of(pilot).open_candidate(person)
        assert shown(pilot, "#card-why") == "Belt terug."


async def test_outside_hours_too_the_card_in_hand_comes_first(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "o")
        assert not screen_of(pilot).query_one(AskBar).asking
        assert "Deze kaart eerst" in shown(pilot, "#last")


async def test_a_desk_whose_people_all_wait_does_not_say_that_it_is_ready(sqlite_desk: Desk) -> None:
    add_candidate(sqlite_desk, "Anne", entry="blocked")
    async with working(sqlite_desk) as pilot:
        words = shown(pilot, "#waiting-text")
        assert "Er is nu niemand om te bellen" in words
        assert "zonder telefoonnummer" in words


async def test_within_calling_hours_no_reason_is_asked(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "o")
        assert "Anne" in shown(pilot, "#card-name")
        card = screen_of(pilot).hand.front
        assert card is not None
        assert card.outside_hours_reason is None


async def test_a_desk_without_anybody_does_not_say_that_it_is_ready(sqlite_desk: Desk) -> None:
    async with working(sqlite_desk) as pilot:
        words = shown(pilot, "#waiting-text")
        assert "Er is nu niemand om te bellen" in words
        assert "Lees aanmeldingen in met F6" in words


async def test_the_other_card_is_offered_only_while_there_is_one(sqlite_desk: Desk) -> None:
    _, bo = new_people(sqlite_desk, "Anne", "Bo")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n")
        assert "right_square_bracket" not in pilot.app.screen.active_bindings
        await screen_of(pilot).open_candidate(bo)
        await pilot.pause()
        assert "right_square_bracket" in pilot.app.screen.active_bindings
        await press(pilot, "right_square_bracket")
        assert "Anne" in shown(pilot, "#card-name")


async def test_not_available_asks_from_when_and_says_how_it_is_kept(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "5")
        assert shown(pilot, "#ask-title").endswith("vanaf wanneer wel?")
        await pilot.press(*"zo", "space", *"23:30")
        await settle(pilot)
        assert shown(pilot, "#ask-hint").endswith("enter bewaart")


async def test_tab_does_not_lead_out_of_a_question(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "5")
        await pilot.press("tab", "shift+tab", *"morgen", "enter")
        await settle(pilot)
        assert outcomes_of(sqlite_desk) == ["reached_not_available_now"]


async def test_a_callback_that_is_due_is_told_until_it_is_in_hand(
    sqlite_desk: Desk, clock: TestClock
) -> None:
    new_people(sqlite_desk, "Anne", "Bo")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "4")
        await pilot.press(*"+1u", "enter")
        await settle(pilot)
        clock.forward(hours=1, minutes=1)
        app = pilot.app
        assert isinstance(app, EhvdzApp)
        await press(pilot, "f4")
        app._ring()
        await settle(pilot)
        words, way = (
            "Terugbelafspraak met Anne van der Luinenburg is nu.",
            "Eerst de kaart in uw hand (F2), daarna n.",
        )
        assert [notice.message for notice in app._notifications] == [f"{words} {way}"]
        await press(pilot, "f2")
        app.clear_notifications()
        assert shown(pilot, "Notices") == f"▲ {words}"
        await press(pilot, "1")
        assert "Anne" in shown(pilot, "#card-name")
        assert shown(pilot, "Notices") == ""


async def test_the_interview_opens_once_however_often_its_key_is_pressed(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n")
        await wait_until(pilot, lambda: monotonic() - screen_of(pilot).shown_at > QueueScreen.GRACE)
        await pilot.press("i", "i", "9", "9")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, InterviewScreen))
        await pilot.pause()
        assert [type(screen) for screen in pilot.app.screen_stack].count(InterviewScreen) == 1


async def test_without_a_card_its_keys_are_not_offered(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        screen = screen_of(pilot)
        assert {"n", "b"} <= set(screen.active_bindings)
        assert not {"i", "s", "e", "p", "c", "1"} & set(screen.active_bindings)
        await press(pilot, "n")
        assert {"i", "s", "e", "p", "c", "1"} <= set(screen.active_bindings)


async def test_what_is_undone_from_elsewhere_is_told_beside_the_card_too(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne", "Bo")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "3", "f6", "f4", "u")
        assert shown(pilot, "#last").startswith("Teruggedraaid: uitkomst van het gesprek")


async def test_a_file_that_is_looked_at_is_closed_by_its_own_key_until_it_is_in(
    sqlite_desk: Desk, tmp_path: Path
) -> None:
    people = tmp_path / "aanmeldingen.csv"
    people.write_text("Voornaam,Achternaam,Telefoonnummer\nAnne,Bos,0612345670\n", encoding="utf-8")
    async with working(sqlite_desk) as pilot:
        pilot.app.push_screen(ImportScreen(screen_of(pilot).workplace, str(people)))
        await wait_until(pilot, lambda: pilot.app.screen.has_class("-look"))
        await pilot.press("f2")
        await pilot.pause()
        told = [message.message for message in pilot.app._notifications]
        assert told == [Texts("nl")("place.close_first")]
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: pilot.app.screen.has_class("-done"))
        await pilot.press("f2")
        await wait_until(pilot, lambda: pilot.app.screen is screen_of(pilot))


async def test_a_file_that_is_in_is_not_found_again_on_the_way_back(
    sqlite_desk: Desk, tmp_path: Path
) -> None:
    people = tmp_path / "aanmeldingen.csv"
    people.write_text("Voornaam,Achternaam,Telefoonnummer\nAnne,Bos,0612345670\n", encoding="utf-8")
    async with working(sqlite_desk) as pilot:
        pilot.app.push_screen(ImportScreen(screen_of(pilot).workplace, str(people)))
        await wait_until(pilot, lambda: pilot.app.screen.has_class("-look"))
        await pilot.press("f4")
        await pilot.press("f2")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: pilot.app.screen.has_class("-done"))
        await pilot.press("f4")
        await pilot.press("f2")
        await wait_until(pilot, lambda: pilot.app.screen is screen_of(pilot))


async def test_the_key_of_the_place_one_is_in_closes_what_lies_over_it(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "p")
        assert pilot.app.screen is not screen_of(pilot)
        await press(pilot, "f2")
        assert pilot.app.screen is screen_of(pilot)
        assert len(pilot.app.screen_stack) == 1


async def test_an_intake_is_closed_by_its_own_key_alone(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("i")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, InterviewScreen))
        await pilot.press("f2")
        assert isinstance(pilot.app.screen, InterviewScreen)


async def test_what_is_told_beside_a_card_covers_no_key(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "n", "u")
        rack = pilot.app.screen.get_child_by_type(ToastRack)
        keys = screen_of(pilot).query_one("OutcomeKeys")
        assert len(pilot.app._notifications) == 1
        assert rack.region.bottom <= keys.region.y


async def test_a_card_that_is_in_hand_at_the_start_shows_every_outcome(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    await sqlite_desk.queue.next()
    async with EhvdzApp(Workplace(sqlite_desk, Texts("nl"))).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        keys = screen_of(pilot).query_one(OutcomeKeys)
        lines = str(keys.render()).splitlines()
        assert keys.size.height == len(lines) >= 4


async def test_the_keys_below_are_those_that_do_something_while_a_question_stands(sqlite_desk: Desk) -> None:
    new_people(sqlite_desk, "Anne")
    async with working(sqlite_desk) as pilot:
        await press(pilot, "n", "6")
        keys = pilot.app.screen.active_bindings
        assert {"f1", "ctrl+q", "ctrl+p"} <= keys.keys()
        assert not {"n", "i", "s", "u", "escape"} & keys.keys()
        await press(pilot, "n")
        assert "Anne" in shown(pilot, "#card-name")
        await press(pilot, "escape")
        assert {"n", "i", "s", "u"} <= pilot.app.screen.active_bindings.keys()
