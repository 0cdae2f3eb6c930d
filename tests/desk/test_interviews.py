"""The intake interview: saved after every field, one editor, completed as one thing and taken back as one."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from db.desk.desk import Desk, open_desk
from db.desk.interview_results import CONSENT_VERSION, CONSENTS
from db.errors import ConflictError, DeskError
from db.models import (
    AuditEvent,
    Availability,
    CallAttempt,
    Candidate,
    Consent,
    Education,
    Experience,
    Interview,
    QueueEntry,
)
from db.rules.intake import NOT_ASKED, Answer
from db.stores.facts import newest_consents
from db.texts import LANGUAGES, Texts
from db.views.interviews import InterviewView
from db.views.queue import CardView
from tests.conftest import TestClock
from tests.support.people import add_candidate

NURSE: dict[str, Any] = {
    "educations": [{"level": "mbo4_nurse", "year": 1990}],
    "care_experience": True,
    "experiences": [{"function_profile": "icu_nurse", "sector": "hospital", "years": 12, "until_year": 2015}],
    "big_registered": False,
    "big_ever": True,
    "big_number": "9911009730",
    "big_expires": "2017-05-01",
    "employment_forms": ["paid_contract"],
    "work_limits": ["no_lifting"],
    "available_from": "2020-05-08",
    "available_until": None,
    "hours_min": 16,
    "hours_max": 24,
    "grid": {"available": 0b111, "preferred": 0b1},
    "max_travel_km": 15,
    "transport": ["car"],
    "consent_share": True,
    "consent_big_check": False,
}


@pytest.fixture
def other_desk(desk: Desk, database_url: str, clock: TestClock) -> Iterator[Desk]:
    """A second caller on the same database."""
    other = open_desk(database_url, clock)
    other.users.sign_in_now("Sam", "caller")
    yield other
    other.close()


def new_person(desk: Desk, **columns: Any) -> UUID:  # noqa: ANN401  # columns of Candidate
    return add_candidate(desk, status="new", consent=None, intake=None, entry="ready", **columns)


def table(desk: Desk, kind: type[Any]) -> list[Any]:
    return desk.lane.read_now(lambda session: list(session.exec(select(kind)).all()))


async def begin(desk: Desk) -> tuple[CardView, InterviewView]:
    card = await desk.queue.next()
    assert isinstance(card, CardView)
    return card, await desk.interviews.open(card.candidate.id, card.entry.id)


async def fill(desk: Desk, view: InterviewView, values: Mapping[str, Any]) -> int:
    answers = {code: Answer(value) for code, value in values.items()}
    return (await desk.interviews.save_fields(view.id, answers, "notes", view.version)).version


async def test_a_draft_resumes_at_the_same_field_after_a_crash(
    desk: Desk, database_url: str, clock: TestClock
) -> None:
    person = new_person(desk)
    view = await desk.interviews.open(person, None)
    assert (view.resumed, view.current_field, view.answers) == (False, None, {})
    saved = await desk.interviews.save_field(view.id, "vog", NOT_ASKED, "employment_forms", view.version)
    await desk.interviews.save_field(view.id, "hours_min", Answer(16), "hours_max", saved.version)

    after_crash = open_desk(database_url, clock)
    after_crash.users.sign_in_now("Kim")
    again = await after_crash.interviews.open(person, None)
    after_crash.close()
    assert (again.id, again.resumed, again.current_field) == (view.id, True, "hours_max")
    assert again.answers == {"vog": NOT_ASKED, "hours_min": Answer(16)}


async def test_the_place_alone_is_kept_too(desk: Desk) -> None:
    person = new_person(desk)
    view = await desk.interviews.open(person, None)
    await desk.interviews.save_place(view.id, "grid")
    again = await desk.interviews.open(person, None)
    assert (again.current_field, again.version) == ("grid", view.version)


async def test_the_registration_suggests_and_opening_is_logged(desk: Desk) -> None:
    person = new_person(
        desk,
        function_given="IC-vpk",
        function_profile="icu_nurse",
        hours_min=16,
        hours_max=24,
        hours_given="16-24",
    )
    view = await desk.interviews.open(person, None)
    assert view.suggestions == {
        "available_from": "2020-05-07",
        "hours_min": 16,
        "hours_max": 24,
        "experiences": "icu_nurse",
    }
    assert view.given["experiences"] == "IC-vpk"
    assert view.given["hours_min"] == "16-24"
    assert view.answers == {}
    assert ("interview.open", person) in [(e.action, e.candidate_id) for e in table(desk, AuditEvent)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("notes", "bsn is 111222333"),
        ("educations", [{"level": "mbo2", "programme": "111222333"}]),
        ("experiences", [{"function_profile": "helpende", "organisation": "111 222 333"}]),
    ],
)
async def test_a_citizen_service_number_is_refused(desk: Desk, field: str, value: object) -> None:
    view = await desk.interviews.open(new_person(desk), None)
    with pytest.raises(DeskError, match="bsn_refused"):
        await desk.interviews.save_field(view.id, field, Answer(value), "notes", view.version)
    assert table(desk, Interview)[0].answers == {}
    assert "111222333" not in str([event.summary for event in table(desk, AuditEvent)])


@pytest.mark.parametrize("field", ["big_number", "kvk_number"])
async def test_a_number_that_is_not_what_was_asked_is_refused(desk: Desk, field: str) -> None:
    view = await desk.interviews.open(new_person(desk), None)
    with pytest.raises(DeskError, match="number_refused"):
        await desk.interviews.save_field(view.id, field, Answer("1112223"), "notes", view.version)


async def test_health_words_do_not_block(desk: Desk) -> None:
    view = await desk.interviews.open(new_person(desk), None)
    saved = await desk.interviews.save_field(view.id, "notes", Answer("heeft astma"), "notes", view.version)
    assert saved.version == view.version + 1


async def test_what_is_typed_is_cleaned(desk: Desk) -> None:
    view = await desk.interviews.open(new_person(desk), None)
    await desk.interviews.save_field(view.id, "notes", Answer("\x1b[31mrood\x00"), "notes", view.version)
    assert table(desk, Interview)[0].answers == {"notes": {"value": "rood"}}


async def test_an_answer_under_an_old_version_is_a_conflict(desk: Desk) -> None:
    view = await desk.interviews.open(new_person(desk), None)
    await desk.interviews.save_field(view.id, "hours_min", Answer(16), "hours_max", view.version)
    with pytest.raises(ConflictError, match="changed_elsewhere"):
        await desk.interviews.save_field(view.id, "hours_min", Answer(8), "hours_max", view.version)
    assert table(desk, Interview)[0].answers == {"hours_min": {"value": 16}}


async def test_whoever_opens_the_draft_is_its_editor(desk: Desk, other_desk: Desk) -> None:
    person = new_person(desk)
    view = await desk.interviews.open(person, None)
    version = await fill(desk, view, {"hours_min": 16})
    theirs = await other_desk.interviews.open(person, None)
    assert theirs.answers == {"hours_min": Answer(16)}
    with pytest.raises(ConflictError, match="taken_over") as raised:
        await desk.interviews.save_field(view.id, "hours_max", Answer(24), "grid", version)
    assert raised.value.params == {"name": "Sam"}
    await other_desk.interviews.save_field(theirs.id, "hours_max", Answer(32), "grid", theirs.version)
    kept = {"hours_min": {"value": 16}, "hours_max": {"value": 32}}
    assert table(desk, Interview)[0].answers == kept


async def test_an_incomplete_interview_says_what_is_missing(desk: Desk) -> None:
    new_person(desk)
    card, view = await begin(desk)
    await fill(desk, view, {**NURSE, "grid": None, "hours_max": None})
    with pytest.raises(DeskError, match="incomplete") as raised:
        await desk.interviews.complete(view.id, card.entry.epoch)
    assert raised.value.params == {"count": 2, "fields": "hours_max, grid"}
    assert table(desk, CallAttempt) == []


async def test_a_wrong_answer_is_not_completed(desk: Desk) -> None:
    new_person(desk)
    card, view = await begin(desk)
    await fill(desk, view, {**NURSE, "hours_min": 32})
    with pytest.raises(DeskError, match="wrong_answer"):
        await desk.interviews.complete(view.id, card.entry.epoch)


async def test_completing_writes_everything_and_closes_the_call(desk: Desk) -> None:
    person = new_person(desk)
    card, view = await begin(desk)
    await fill(desk, view, NURSE)
    done = await desk.interviews.complete(view.id, card.entry.epoch)
    assert (done.status, done.segment, done.big_status) == ("available", "care_background", "expired_exempt")
    assert done.recorded is not None
    assert (done.recorded.outcome, done.recorded.late) == ("reached_intake_done", False)

    (candidate,), (entry,) = table(desk, Candidate), table(desk, QueueEntry)
    assert (candidate.id, candidate.status, entry.state) == (person, "available", "done")
    assert (candidate.care_background, candidate.medically_trained) == (True, True)
    assert (candidate.function_profile, candidate.hours_min, candidate.hours_max) == ("icu_nurse", 16, 24)
    assert (candidate.work_limits, candidate.big_number) == (["no_lifting"], "09911009730")
    (education,), (experience,) = table(desk, Education), table(desk, Experience)
    assert (education.level, education.is_care, education.year) == ("mbo4_nurse", True, 1990)
    assert (experience.function_profile, experience.years, experience.until_year) == ("icu_nurse", 12, 2015)
    (availability,) = table(desk, Availability)
    assert (availability.grid, availability.grid_preferred, availability.available_until) == (7, 1, None)
    assert (availability.max_travel_km, availability.transport) == (15, ["car"])
    consents = {fact.purpose: (fact.state, fact.text, fact.channel) for fact in table(desk, Consent)}
    nl = Texts("nl")
    assert consents == {
        "share_with_care_organisations": ("given", nl("intake.question.consent_share"), "phone"),
        "big_check": ("refused", nl("intake.question.consent_big_check"), "phone"),
    }
    assert {fact.text_version for fact in table(desk, Consent)} == {f"{CONSENT_VERSION}-nl"}


async def test_the_consent_is_recorded_in_the_language_it_was_asked_in(desk: Desk) -> None:
    new_person(desk)
    card, view = await begin(desk)
    await fill(desk, view, NURSE)
    await desk.interviews.complete(view.id, card.entry.epoch, "en")
    assert Texts("en")("intake.question.consent_share") in [fact.text for fact in table(desk, Consent)]


async def test_refusing_to_share_is_recorded_and_stops_there(desk: Desk) -> None:
    new_person(desk)
    card, view = await begin(desk)
    await fill(desk, view, {**NURSE, "consent_share": False})
    assert (await desk.interviews.complete(view.id, card.entry.epoch)).status == "no_consent"


async def test_undo_takes_the_whole_completion_back_and_redo_brings_it_again(desk: Desk) -> None:
    person = new_person(desk)
    card, view = await begin(desk)
    await fill(desk, view, NURSE)
    await desk.interviews.complete(view.id, card.entry.epoch)
    undone = await desk.history.undo()
    assert (undone.action, undone.candidate_id) == ("interview.complete", person)
    assert table(desk, Candidate)[0].status == "new"
    assert table(desk, Candidate)[0].work_limits == []
    assert table(desk, QueueEntry)[0].state == "claimed"
    assert [table(desk, kind) for kind in (Education, Experience, Availability)] == [[], [], []]
    assert holding(desk, person) == {}
    again = await desk.interviews.open(person, card.entry.id)
    assert (again.id, again.resumed) == (view.id, True)
    assert again.answers["hours_min"] == Answer(16)

    await desk.history.redo()
    assert table(desk, Candidate)[0].status == "available"
    assert len(table(desk, Education)) == 1
    assert holding(desk, person)["share_with_care_organisations"] == "given"


def holding(desk: Desk, person: UUID) -> dict[str, str]:
    def work(session: Session) -> dict[str, str]:
        return {fact.purpose: fact.state for fact in newest_consents(session, person)}

    return desk.lane.read_now(work)


async def test_amending_replaces_what_was_there_and_undo_restores_it(desk: Desk) -> None:
    person = new_person(desk)
    card, view = await begin(desk)
    await fill(desk, view, NURSE)
    await desk.interviews.complete(view.id, card.entry.epoch)
    again = await desk.interviews.open(person, None)
    assert (again.id != view.id, again.resumed, again.reopened) == (True, False, True)
    await fill(desk, again, {"educations": [{"level": "hbo_nurse"}], "hours_max": 32})
    done = await desk.interviews.complete(again.id, None)
    assert done.recorded is None
    assert len(table(desk, CallAttempt)) == 1
    assert [row.level for row in table(desk, Education)] == ["hbo_nurse"]
    assert table(desk, Availability)[0].hours_max == 32
    assert len(table(desk, Consent)) == 2

    await desk.history.undo()
    assert [row.level for row in table(desk, Education)] == ["mbo4_nurse"]
    assert table(desk, Availability)[0].hours_max == 24


async def test_a_consent_withdrawn_since_must_be_asked_again(desk: Desk) -> None:
    person = new_person(desk)
    card, view = await begin(desk)
    await fill(desk, view, NURSE)
    await desk.interviews.complete(view.id, card.entry.epoch)
    desk.lane.write_now(
        lambda unit: unit.session.add(
            Consent(
                at=unit.now,
                candidate_id=person,
                purpose="share_with_care_organisations",
                state="withdrawn",
                text="x",
                text_version="x",
                channel="phone",
                recorded_at=unit.now,
            )
        )
    )
    again = await desk.interviews.open(person, None)
    assert "consent_share" not in again.answers
    assert "consent_big_check" in again.answers


async def test_a_completion_that_is_being_amended_is_not_taken_back(desk: Desk) -> None:
    person = new_person(desk)
    card, view = await begin(desk)
    await fill(desk, view, NURSE)
    await desk.interviews.complete(view.id, card.entry.epoch)
    await desk.interviews.open(person, None)
    with pytest.raises(ConflictError, match="interview_reopened"):
        await desk.history.undo()


async def test_an_intake_under_a_lost_lease_is_kept_and_set_aside(
    desk: Desk, other_desk: Desk, clock: TestClock
) -> None:
    new_person(desk)
    card, view = await begin(desk)
    await fill(desk, view, NURSE)
    clock.forward(minutes=21)
    await other_desk.queue.next()
    done = await desk.interviews.complete(view.id, card.entry.epoch)
    assert done.recorded is not None
    assert done.recorded.late
    assert table(desk, Interview)[0].state == "complete"
    assert table(desk, QueueEntry)[0].state == "claimed"


def test_the_words_of_consent_change_only_with_their_version() -> None:
    words = "\n".join(
        Texts(language)(f"intake.question.{code}") for language in LANGUAGES for code in sorted(CONSENTS)
    )
    assert (CONSENT_VERSION, hashlib.sha256(words.encode()).hexdigest()[:12]) == (
        "intake-2020-05",
        "8a234881aca9",
    )
