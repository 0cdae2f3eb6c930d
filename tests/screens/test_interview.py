"""The intake on screen: one key an answer, saved at once, resumed where it was."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Static

from db.desk.desk import Desk, open_desk
from db.errors import DeskError
from db.models import Candidate, Interview
from db.rules.intake import FIELD_BY_CODE, FIELDS, Answer
from db.texts import LANGUAGES, Texts
from db.views.queue import CardView
from screens.base import Workplace
from screens.interview import InterviewScreen
from screens.interview.overview import DONE, LABEL_WIDTH, Gauge, Lines, told_missing
from screens.interview.parts import LineInput
from screens.interview.wording import show_answer
from screens.widgets.choice_pad import ChoicePad
from screens.widgets.day_grid import DayGrid
from tests.conftest import TestClock
from tests.support.keys import typed
from tests.support.people import add_candidate

SMALL, LARGE = (80, 24), (120, 40)
PRINTABLE = {" ": "space", ".": "full_stop", "-": "minus", ",": "comma", "/": "slash"}


class Desktop(App[None]):
    """The smallest program that can show an interview."""

    def __init__(self, desk: Desk, person: UUID, language: str = "nl", card: CardView | None = None) -> None:
        super().__init__()
        entry = card.entry if card else None
        self.interview = InterviewScreen(
            Workplace(desk, Texts(language)),
            person,
            entry.id if entry else None,
            entry.epoch if entry else None,
        )
        self.result: str | None = None

    def on_mount(self) -> None:
        """Open the interview."""
        self.push_screen(self.interview, self.left)

    def left(self, result: str | None) -> None:
        """Remember how it was left."""
        self.result = result

    def text(self, selector: str) -> str:
        """What a part of the screen says."""
        return str(self.interview.query_one(selector, Static).content)

    @property
    def field(self) -> str:
        """The code of the question in hand."""
        return self.interview.field.code

    @property
    def answers(self) -> dict[str, Any]:
        """The answers as the screen has them; None for a question that was passed over."""
        return {
            code: answer.value if answer.asked else "not asked"
            for code, answer in self.interview._conversation.answers.items()
        }


@pytest.fixture
def person(sqlite_desk: Desk) -> UUID:
    return add_candidate(
        sqlite_desk,
        status="new",
        consent=None,
        intake=None,
        entry="ready",
        function_given="IC-verpleegkundige [/b]",
        function_profile="icu_nurse",
    )


def stored(desk: Desk) -> dict[str, Any]:
    """The answers of the only interview, as the database has them."""
    answers = desk.lane.read_now(lambda session: session.exec(select(Interview)).one().answers)
    return {code: "not asked" if "not_asked" in entry else entry["value"] for code, entry in answers.items()}


def lines(app: Desktop, selector: str) -> str:
    """What the lines before or after the question say."""
    return app.interview.query_one(selector, Lines).render().plain


async def write(pilot: Pilot[None], text: str) -> None:
    """Type words or a number."""
    await pilot.press(*(PRINTABLE.get(character, character) for character in text))


async def go_to(pilot: Pilot[None], app: Desktop, code: str) -> None:
    """Put a question by hand."""
    app.interview.go(app.interview._conversation.place(code))
    await pilot.pause()
    assert app.field == code


async def test_the_conversation_goes_on_by_itself(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert app.field == "educations"
        assert "[/b]" in app.text("#given")
        await pilot.press("6")
        await write(pilot, "1998 Zadkine")
        await pilot.press("enter")
        assert stored(sqlite_desk)["educations"][0] == {
            "level": "mbo3_vig",
            "field": "care",
            "is_care": True,
            "completed": "yes",
            "foreign": False,
            "diploma_seen": False,
            "programme": "Zadkine",
            "year": 1998,
        }
        await pilot.press("enter")
        assert app.field == "care_experience"
        await pilot.press("n")
        assert app.field == "vog"
        assert app.answers["care_experience"] is False
        await pilot.press("3")
        assert app.field == "employment_forms"
        await pilot.press("1", "2", "1", "enter")
        assert app.answers["employment_forms"] == ["paid_contract"]


async def test_keys_that_come_faster_than_the_answer_is_saved_are_for_the_next_question(
    sqlite_desk: Desk, person: UUID
) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, app, "vog")
        for pressed in ("3", "2", "5", "enter", "n", "enter", "1", "down", "1"):
            app.simulate_key(pressed)
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.answers == {
            "vog": "willing",
            "employment_forms": ["paid_contract", "student_job"],
            "covid_wards": "no",
            "work_limits": [],
            "dutch_level": "good",
        }
        assert app.field == "sectors_wanted"
        assert app.interview.query_one(ChoicePad).chosen == {"umc"}


async def test_closing_and_a_crash_resume_at_the_same_question(
    sqlite_desk: Desk, person: UUID, clock: TestClock
) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, app, "hours_min")
        await write(pilot, "16-24")
        await pilot.press("enter")
        assert app.field == "grid"
    url = sqlite_desk.lane.engine.url.render_as_string(hide_password=False)
    after_crash = open_desk(url, clock)
    after_crash.users.sign_in_now("Kim")
    again = Desktop(after_crash, person)
    async with again.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert again.field == "grid"
        assert again.answers == {"hours_min": 16, "hours_max": 24}
        await pilot.press("5", "escape")
        await pilot.pause()
        assert again.result == "closed"
    assert stored(after_crash)["grid"]["available"] == 0b1111 << 16
    after_crash.close()


async def test_a_question_left_open_is_not_where_it_resumes(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, app, "care_experience")
        await pilot.press("enter")
        passed = app.field
        assert passed != "care_experience"
        await app.workers.wait_for_complete()
    assert stored(sqlite_desk) == {}
    again = Desktop(sqlite_desk, person)
    async with again.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert again.field == passed


async def test_no_education_stands_alone_and_asks_nothing_more(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("1")
        assert app.field == "care_experience"
        assert [row["level"] for row in stored(sqlite_desk)["educations"]] == ["none"]
        await pilot.press("up", "6", "enter", "up")
        assert [row["level"] for row in stored(sqlite_desk)["educations"]] == ["mbo3_vig"]
        await pilot.press("1")
        await pilot.pause()
        assert [row["level"] for row in stored(sqlite_desk)["educations"]] == ["none"]


async def test_a_row_that_was_kept_is_not_made_again_when_a_later_change_is_refused(
    sqlite_desk: Desk, person: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> None:
        raise DeskError("storage.locked")

    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("6", "enter")
        with monkeypatch.context() as patch:
            patch.setattr(sqlite_desk.interviews, "save_fields", refuse)
            await pilot.press("backspace")
        await pilot.press("enter")
        assert app.field == "care_experience"
        assert stored(sqlite_desk)["educations"] == []


async def test_a_question_can_be_passed_over(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=LARGE) as pilot:
        await go_to(pilot, app, "covid_wards")
        await pilot.press("ctrl+n")
        assert stored(sqlite_desk) == {"covid_wards": "not asked"}
        assert app.field == "work_limits"
        await pilot.press("up")
        assert app.field == "covid_wards"
        assert app.text("#given") == Texts("nl")("interview.passed_over")


async def test_the_rest_of_a_section_can_be_passed_over_at_once(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=LARGE) as pilot:
        await go_to(pilot, app, "employment_forms")
        await pilot.press("1", "pagedown")
        assert app.field == "available_from"
        kept = stored(sqlite_desk)
        assert kept["employment_forms"] == ["volunteer"]
        assert kept["wants_reserve"] == "not asked"
        await pilot.press("pageup")
        assert app.field == "employment_forms"


@pytest.mark.parametrize(
    ("field", "typed", "wrong", "right", "value"),
    [
        ("hours_min", "veel", "heel getal", "16", 16),
        ("hours_max", "70", "Meer dan 60", "24", 24),
        ("available_from", "ooit", "geen datum", "1-6", "2020-06-01"),
        ("available_until", "1-5-2019", "begindatum", "1-9", "2020-09-01"),
        ("max_travel_km", "99999", "tussen 0 en 400", "20", 20),
        ("exceptions", "zomer", "periode", "1-7 tot 14-7", [["2020-07-01", "2020-07-14"]]),
        ("exceptions", "30-6 tot 12-6", "voordat zij begint", "12-6", [["2020-06-12", "2020-06-12"]]),
        ("current_employer", "bsn 111222333", "burgerservicenummer", "OLVG", "OLVG"),
    ],
)
async def test_what_is_wrong_is_said_under_the_field_when_it_is_left(
    sqlite_desk: Desk, person: UUID, field: str, typed: str, wrong: str, right: str, value: object
) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, app, "available_from")
        await pilot.press("enter")
        await go_to(pilot, app, field)
        await write(pilot, typed)
        assert app.text("#problem") == ""
        await pilot.press("enter")
        assert wrong in app.text("#problem")
        assert app.field == field
        assert stored(sqlite_desk).get(field) in (None, "2020-05-07")
        await pilot.press("ctrl+u")
        await write(pilot, right)
        await pilot.press("enter")
        assert stored(sqlite_desk)[field] == value
        assert app.text("#problem") == ""


async def test_a_day_that_has_just_passed_is_asked_again(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, app, "available_from")
        await write(pilot, "1-5")
        await pilot.press("enter")
        assert app.field == "available_until"
        assert "! Dat is pas over bijna een jaar. Klopt dat?" in lines(app, "#before")
        await go_to(pilot, app, "exceptions")
        await write(pilot, "4-5 tot 6-5")
        await pilot.press("enter")
        assert "pas over bijna een jaar" in app.text("#problem")


async def test_nothing_is_offered_that_contradicts_what_was_said(sqlite_desk: Desk) -> None:
    person = add_candidate(sqlite_desk, status="new", consent=None, intake=None, hours_max=32)
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, app, "hours_min")
        await write(pilot, "24")
        await pilot.press("enter")
        assert app.text("#hint").startswith("Enter = 32")
        await pilot.press("up", "ctrl+u")
        await write(pilot, "40")
        await pilot.press("enter", "enter")
        assert "32" not in app.text("#hint")
        assert "hours_max" not in app.answers


async def test_a_demanded_note_is_demanded(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, app, "work_limits")
        await pilot.press("f", "enter")
        assert app.field == "work_limits_note"
        assert "geen" not in app.text("#hint")
        await pilot.press("enter")
        assert app.field == "dutch_level"
        assert "work_limits_note" in app.interview._conversation.missing()
        assert "• Toelichting op de inzetbeperkingen" in lines(app, "#before")


async def test_a_year_that_cannot_be_is_no_programme(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("8")
        await write(pilot, "3098 geneeskunde")
        await pilot.press("enter")
        assert app.text("#problem") == "✗ Dit jaartal kan niet: 3098."
        assert stored(sqlite_desk) == {}


@pytest.mark.parametrize(("kilometres", "follows"), [("", "max_travel_minutes"), ("20", "regions_willing")])
async def test_fast_keys_after_the_periods_are_for_the_question_that_follows(
    sqlite_desk: Desk, person: UUID, kilometres: str, follows: str
) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, app, "max_travel_km")
        await write(pilot, kilometres)
        await pilot.press("enter")
        await go_to(pilot, app, "exceptions")
        for letter in "12-6":
            app.post_message(typed(letter))
        for pressed in ("enter", "enter", "1"):
            app.simulate_key(pressed)
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.field == follows
        assert app.answers["exceptions"] == [["2020-06-12", "2020-06-12"]]
        assert (app.interview.query_one("#line", LineInput).value == "1") is (not kilometres)
        assert ("niet nodig: de afstand is bekend" in lines(app, "#before")) is bool(kilometres)


async def test_health_words_warn_and_never_block(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, app, "motivation")
        await write(pilot, "ondanks astma")
        await pilot.press("enter")
        assert app.field == "expectations_discussed"
        await pilot.press("up")
        assert "astma" in app.text("#problem")
        assert "niet de oorzaak" in app.text("#problem")


async def test_a_refused_row_stays_to_be_put_right(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("8")
        await write(pilot, "111222333")
        await pilot.press("enter")
        assert "burgerservicenummer" in app.text("#problem")
        assert stored(sqlite_desk) == {}
        await pilot.press("ctrl+u", "enter", "enter")
        assert [row["level"] for row in stored(sqlite_desk)["educations"]] == ["mbo4_nurse"]


async def test_rows_are_added_toggled_and_taken_back(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("8", "f2", "f4", "f5", "enter", "3", "escape", "4", "f3", "enter")
        assert "Mbo 4 verpleegkundige · nog bezig · diploma gezien · buitenlands" in app.text("#rows")
        assert "Mbo 2 / helpende · niet in de zorg" in app.text("#rows")
        await pilot.press("backspace")
        assert [row["level"] for row in stored(sqlite_desk)["educations"]] == ["mbo4_nurse"]
        await go_to(pilot, app, "care_experience")
        await pilot.press("j", "enter", "enter")
        await write(pilot, "OLVG 2,5 jaar tot 2015")
        await pilot.press("f2", "enter")
        assert stored(sqlite_desk)["experiences"] == [
            {
                "function_profile": "icu_nurse",
                "paid": False,
                "organisation": "OLVG",
                "years": 2.5,
                "until_year": 2015,
            }
        ]


async def test_the_week_is_filled_by_days_parts_and_cells(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, app, "grid")
        grid = app.interview.query_one(DayGrid)
        await pilot.press("2", "2")
        assert grid.week.preferred == 0b1111 << 4
        await pilot.press("2", "o", "down", "right", "space", "space")
        assert grid.week.available == sum(1 << day * 4 for day in range(7)) | 1 << 5
        assert grid.week.preferred == 1 << 5
        assert "★" in str(grid.render())
        await pilot.press("asterisk", "w", "w", "k", "k")
        assert (grid.week.available, grid.week.preferred) == (0, 0)
        await pilot.press("3", "enter")
        assert stored(sqlite_desk)["grid"] == {"available": 0b1111 << 8, "preferred": 0}
        assert app.field == "max_travel_km"


async def test_work_limits_stand_above_everything(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, app, "work_limits")
        await pilot.press("2", "enter")
        assert app.text("#limits") == "! Niet tillen"
        assert app.interview.query_one("#limits").display


async def test_somebody_else_who_takes_over_keeps_what_was_there(
    sqlite_desk: Desk, person: UUID, clock: TestClock
) -> None:
    app = Desktop(sqlite_desk, person)
    other = open_desk(sqlite_desk.lane.engine.url.render_as_string(hide_password=False), clock)
    other.users.sign_in_now("Sam", "caller")
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, app, "vog")
        await pilot.press("3")
        await other.interviews.open(person, None)
        await pilot.press("1", "enter")
        await pilot.pause()
        assert app.result == "closed"
    assert stored(sqlite_desk) == {"vog": "willing"}
    other.close()


async def test_completing_too_early_goes_to_what_is_missing(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, app, "consent_share")
        await pilot.press("j", "ctrl+s")
        assert app.field == "educations"
        assert app.result is None
        assert "1/9" in str(app.interview.query_one(Gauge).render())


NURSE: Iterable[tuple[str, ...]] = (
    ("8", "=1990 verpleegkunde A", "enter", "enter"),
    ("j", "enter", "2", "=OLVG 12 jaar tot 2015", "enter", "enter"),
    ("n", "j", "=9911009730", "enter", "enter", "=1-5-2017", "enter", "n", "3"),
    ("2", "enter", "n", "2", "enter", "1", "2", "j", "pagedown"),
    ("enter", "enter", "=16-24", "enter", "1", "2", "4", "enter", "=20", "enter", "1", "pagedown"),
    ("pagedown", "j", "j", "ctrl+s"),
)


async def test_a_full_intake_of_a_nurse_with_three_days_takes_forty_keys(
    sqlite_desk: Desk, person: UUID
) -> None:
    card = await sqlite_desk.queue.next()
    assert isinstance(card, CardView)
    app = Desktop(sqlite_desk, person, card=card)
    pressed = 0
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        for step in (step for steps in NURSE for step in steps):
            if step.startswith("="):
                await write(pilot, step[1:])
            else:
                await pilot.press(step)
                pressed += 1
        await pilot.pause()
        assert app.result == "completed"
    assert pressed <= 40
    candidate = sqlite_desk.lane.read_now(lambda session: session.exec(select(Candidate)).one())
    assert (candidate.status, candidate.big_status) == ("available", "expired_exempt")
    kept = stored(sqlite_desk)
    assert kept["grid"]["available"] == 0b1111_0000_1111_1111
    assert kept["work_limits"] == ["no_lifting"]
    assert (await sqlite_desk.queue.today()).intakes == 1


async def test_beside_a_suggestion_enter_has_one_meaning(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await go_to(pilot, app, "care_experience")
        await pilot.press("j")
        assert app.field == "experiences"
        hint = app.text("#hint")
        assert "Enter = IC-verpleegkundige" in hint
        assert hint.count("Enter") == 1


async def test_a_question_to_come_keeps_its_whole_name(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await go_to(pilot, app, "consent_share")
        to_come = app.interview.query_one("#after", Lines)
        assert "…" not in to_come.render().plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_of_a_question_is_too_long_for_its_line(language: str) -> None:
    names = [Texts(language)(f"intake.field.{field.code}") for field in FIELDS]
    assert max(len(f"{DONE} {name}") for name in names) <= LABEL_WIDTH


def test_what_is_missing_is_named_as_far_as_it_fits() -> None:
    texts, names = Texts("nl"), ["Opleidingen", "Vorm van werk", "Dagen en dagdelen"]
    assert told_missing(names, 80, texts) == "nog: Opleidingen, Vorm van werk, Dagen en dagdelen"
    assert told_missing(names, 45, texts) == "nog: Opleidingen, Vorm van werk en nog 1"
    assert told_missing(names, 25, texts) == "nog: Opleidingen en nog 2"
    assert told_missing([], 80, texts) == ""


async def test_only_what_is_a_region_can_be_chosen(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=LARGE) as pilot:
        await go_to(pilot, app, "regions_willing")
        offered = {option.code for option in app.interview.query_one(ChoicePad).options}
        assert "sigra" in offered
        assert "region_unresolved" not in offered


@pytest.mark.parametrize(
    ("code", "none"),
    [("motivation", "niets genoteerd"), ("other_languages", "geen"), ("vog_date", "onbekend")],
)
def test_an_empty_answer_says_what_it_means(code: str, none: str) -> None:
    assert none in show_answer(FIELD_BY_CODE[code], Answer(None), Texts("nl"))


async def test_no_day_to_come_is_suggested_where_it_would_be_refused(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, app, "vog")
        await pilot.press("2")
        assert app.field == "vog_date"
        assert "morgen" not in app.text("#hint")


async def test_the_sector_is_asked_of_the_position_that_was_picked(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await go_to(pilot, app, "care_experience")
        await pilot.press("j", "1")
        assert app.text("#hint").startswith("Gastvrouw/-heer: in welke branche?")
        await pilot.press("escape")
        assert app.text("#hint").startswith("Enter = IC-verpleegkundige")


async def test_the_hint_promises_no_none_where_an_answer_is_needed(sqlite_desk: Desk, person: UUID) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await go_to(pilot, app, "employment_forms")
        assert "geen" not in app.text("#hint")
        await go_to(pilot, app, "work_limits")
        assert "niets gekozen is “geen”" in app.text("#hint")


@pytest.mark.parametrize(("size", "whole"), [(LARGE, True), (SMALL, False)])
async def test_long_choices_stand_whole_where_the_screen_is_high_enough(
    sqlite_desk: Desk, person: UUID, size: tuple[int, int], whole: bool
) -> None:
    app = Desktop(sqlite_desk, person)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = app.interview.query_one(ChoicePad).render().plain
        assert ("(IC, SEH, OK, dialyse, oncologie)" in shown) is whole
        assert all(len(line) <= size[0] for line in shown.splitlines())
