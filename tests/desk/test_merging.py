"""Two records of one person become one: nothing that was said or done gets lost, and undo restores all."""

from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, select

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.errors import ConflictError, DeskError
from db.models import (
    Availability,
    Candidate,
    Consent,
    Education,
    Interview,
    Proposal,
    QueueEntry,
    Referral,
    Registration,
)
from db.stores.likeness import HANGING
from db.views.likeness import LikenessCard
from db.views.queue import CardView
from tests.conftest import TestClock
from tests.support.people import (
    add_attempt,
    add_candidate,
    add_likeness,
    add_repair,
    add_request,
    escalate,
)
from tests.support.work import add_availability

CHANCE = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TRAIL = {"audit_event", "undo_state"}
COUNTERS = {"row_version", "updated_at", "claim_epoch"}
Pair = tuple[UUID, UUID, UUID]


def pair(desk: Desk, clock: TestClock, older: dict[str, Any], newer: dict[str, Any]) -> Pair:
    """Two records and the question about them; `older` registered nine days before."""
    earlier = {"registered_at": clock.now - timedelta(days=9), "intake": None, "entry": "ready"}
    one = add_candidate(desk, **({**earlier, "status": "to_call"} | older))
    other = add_candidate(desk, **({"intake": None, "entry": "ready", "status": "to_call"} | newer))
    return one, other, add_likeness(desk, other, one)


def everything(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """All that the database holds, save the trail of who did what and the counters."""

    def read(session: Any) -> dict[str, list[dict[str, Any]]]:  # noqa: ANN401  # a session
        found = {}
        for table in SQLModel.metadata.sorted_tables:
            if table.name in TRAIL or table.name == "retraction":
                continue
            rows = session.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            found[table.name] = [{k: v for k, v in row.items() if k not in COUNTERS} for row in rows]
        return found

    return desk.lane.read_now(read)


def owners(desk: Desk) -> dict[str, dict[str, UUID]]:
    """Of every row that hangs on a candidate: on whom."""
    rows = everything(desk)
    names = [str(table.__tablename__) for table in HANGING]
    return {
        name: {str(row.get("id", row.get("export_id"))): row["candidate_id"] for row in rows[name]}
        for name in names
    }


def some_life(desk: Desk, chance: Random, person: UUID, requests: list[UUID]) -> None:
    """What may have happened to somebody."""
    for _ in range(chance.randint(0, 3)):
        add_attempt(desk, person, chance.choice(("no_answer", "busy", "voicemail_left")))
    for kind in chance.sample(("phone_missing", "name_suspect", "wrong_number"), chance.randint(0, 2)):
        add_repair(desk, person, kind)

    def work(unit: Unit) -> None:
        for _ in range(chance.randint(0, 2)):
            unit.session.add(registration(unit, person, chance))
        for _ in range(chance.randint(0, 2)):
            unit.session.add(consent(unit, person, chance.choice(("given", "refused", "withdrawn"))))
        if chance.random() < 0.3:
            unit.session.add(
                Referral(at=unit.now, candidate_id=person, user_id=unit.user_id, destination="other")
            )
        for request_id in requests:
            unit.session.add(proposal(unit, person, request_id, live=chance.random() < 0.5))

    desk.lane.write_now(work)
    if chance.random() < 0.5:
        add_availability(desk, person, hours=chance.choice((16, 24, 32)))


def registration(unit: Unit, person: UUID, chance: Random) -> Registration:
    return Registration(
        at=unit.now,
        candidate_id=person,
        source="website",
        fingerprint=f"{person.hex}{chance.random()}",
        given={"naam": "Tristan"},
        recorded_at=unit.now,
    )


def consent(unit: Unit, person: UUID, state: str) -> Consent:
    return Consent(
        at=unit.now,
        candidate_id=person,
        purpose="share_with_care_organisations",
        state=state,
        text="…",
        text_version="1",
        channel="phone",
        recorded_at=unit.now,
    )


def proposal(unit: Unit, person: UUID, request_id: UUID, *, live: bool) -> Proposal:
    return Proposal(
        candidate_id=person,
        request_id=request_id,
        status="proposed" if live else "declined",
        is_live=live,
        proposed_by=unit.user_id,
        created_at=unit.now,
        updated_at=unit.now,
    )


@given(seed=st.integers(0, 2**32))
@CHANCE
async def test_no_fact_gets_lost_and_undo_restores_all(desk: Desk, clock: TestClock, seed: int) -> None:
    chance = Random(seed)
    sides = [some_side(chance) for _ in range(2)]
    one, other, question = pair(desk, clock, sides[0], sides[1])
    requests = [add_request(desk) for _ in range(3)]
    some_life(desk, chance, one, requests[:1])
    clock.forward(hours=chance.randint(1, 40))
    some_life(desk, chance, other, requests[1 : 1 + chance.randint(0, 2)])
    third = add_candidate(desk, "Tristan", "Luinenburgh")
    add_likeness(desk, third, other)
    before, hung = everything(desk), owners(desk)

    await desk.team.answer_likeness(question, "merged", {"email": chance.choice(("older", "newer"))})
    now_hung = owners(desk)
    for table, rows in hung.items():
        assert now_hung[table] == {key: one if owner == other else owner for key, owner in rows.items()}, (
            table
        )
    assert (
        len([e for e in everything(desk)["queue_entry"] if e["candidate_id"] == one and e["state"] != "done"])
        <= 1
    )
    kept = await desk.candidates.card(one)
    assert {n for n in (sides[0]["phone"], sides[1]["phone"]) if n} == {
        n for n in (kept.phone, kept.phone2) if n
    }

    await desk.history.undo()
    assert everything(desk) == before
    assert (await desk.candidates.card(one)).may_be_shared == was_shared(before, one)
    await desk.history.redo()
    assert owners(desk) == now_hung
    await desk.history.undo()


def some_side(chance: Random) -> dict[str, Any]:
    entries: list[str | None] = ["ready", "blocked", "scheduled", None]
    return {
        "phone": chance.choice((None, "+31612345678", "+31201234567")),
        "email": chance.choice((None, "a@example.org", "b@example.org")),
        "entry": chance.choice(entries),
        "status": chance.choice(("new", "to_call", "available", "withdrawn", "paused")),
        "do_not_call": chance.random() < 0.1,
        "consent": chance.choice((None, "given", "refused")),
    }


def was_shared(rows: dict[str, list[dict[str, Any]]], person: UUID) -> bool:
    """Whether the newest consent of somebody was given."""
    own = [row for row in rows["consent"] if row["candidate_id"] == person]
    newest = max(own, key=lambda row: (row["at"], row["id"].hex), default=None)
    return newest is not None and newest["state"] == "given"


async def card_of(desk: Desk, clock: TestClock, older: dict[str, Any], newer: dict[str, Any]) -> LikenessCard:
    _, _, question = pair(desk, clock, older, newer)
    return await desk.team.likeness(question)


@pytest.mark.parametrize(
    ("older", "newer", "field", "side"),
    [
        ({"email": "a@b.nl"}, {"email": "c@d.nl"}, "email", "newer"),
        ({"email": "a@b.nl"}, {"email": None, "email_given": "c@"}, "email", "older"),
        ({"email": None, "email_given": "a@"}, {"email": None, "email_given": "c@"}, "email", "newer"),
        ({"remarks": "nachten"}, {"remarks": ""}, "remarks", "older"),
        ({"first_name": "T."}, {"first_name": "Tristan"}, "name", "newer"),
        ({"first_name": "Tristan"}, {"first_name": "T."}, "name", "older"),
        ({"hours_max": 24, "intake": "complete"}, {"hours_max": 36}, "hours", "older"),
        ({"hours_max": 24}, {"hours_max": 36}, "hours", "newer"),
    ],
)
async def test_the_newer_word_stands_unless_there_is_a_better_one(
    desk: Desk, clock: TestClock, older: dict[str, Any], newer: dict[str, Any], field: str, side: str
) -> None:
    card = await card_of(desk, clock, older, newer)
    assert next(pair for pair in card.fields if pair.code == field).chosen == side


async def test_each_choice_is_carried_out(desk: Desk, clock: TestClock) -> None:
    one, _, question = pair(
        desk,
        clock,
        {"email": "a@b.nl", "phone": "+31612345678", "pc4": 1012},
        {"email": "c@d.nl", "phone": "+31201234567", "pc4": 8011},
    )
    await desk.team.answer_likeness(question, "merged", {"email": "older", "phone": "older"})
    kept = await desk.candidates.card(one)
    assert (kept.email, kept.phone, kept.phone2) == ("a@b.nl", "+31612345678", "+31201234567")
    assert (kept.postcode, kept.place) == ("8011 AB", "Zwolle")
    assert kept.why is not None


async def test_what_speaks_for_one_person_is_told(desk: Desk, clock: TestClock) -> None:
    card = await card_of(
        desk, clock, {"email": "tris@live.nl"}, {"email": "tris@live.com", "first_name": "Tristen"}
    )
    assert (card.likelihood.phone, card.likelihood.postcode) == (100, 100)
    assert 80 < card.likelihood.names < 100
    assert card.likelihood.email is not None
    assert 50 < card.likelihood.email < 100


@pytest.mark.parametrize("first", ["older", "newer"])
async def test_a_consent_never_overrules_a_refusal_of_the_other(
    desk: Desk, clock: TestClock, first: str
) -> None:
    states = ("refused", "given") if first == "older" else ("given", "refused")
    one = add_candidate(desk, registered_at=clock.now - timedelta(days=9), consent=states[0])
    clock.forward(days=1)
    other = add_candidate(desk, consent=states[1])
    question = add_likeness(desk, other, one)
    await desk.team.answer_likeness(question, "merged")
    kept = await desk.candidates.card(one)
    assert not kept.may_be_shared
    await desk.history.undo()
    cards = [await desk.candidates.card(person) for person in (one, other)]
    assert [card.may_be_shared for card in cards] == [state == "given" for state in states]


async def test_the_newest_interview_says_what_matching_reads(desk: Desk, clock: TestClock) -> None:
    one, other, question = pair(
        desk, clock, {"match_grid": 1, "match_from": 3}, {"match_grid": 15, "match_from": 5}
    )
    add_availability(desk, one, hours=16)
    clock.forward(hours=1)
    add_availability(desk, other, hours=32)

    def educate(unit: Unit) -> None:
        for person in (one, other):
            interview = unit.session.exec(select(Interview).where(Interview.candidate_id == person)).one()
            level = "mbo2" if person == one else "hbo_nurse"
            unit.session.add(Education(candidate_id=person, interview_id=interview.id, level=level))

    desk.lane.write_now(educate)
    await desk.team.answer_likeness(question, "merged")

    def read(session: Session) -> tuple[Any, ...]:
        levels = session.exec(select(Education.level).where(Education.candidate_id == one))
        kept = session.get_one(Candidate, one)
        return session.get_one(Availability, one).hours_max, kept.match_grid, kept.match_from, list(levels)

    assert desk.lane.read_now(read) == (32, 15, 5, ["hbo_nurse"])


async def test_an_appointment_goes_before_a_first_conversation(desk: Desk, clock: TestClock) -> None:
    one, other, question = pair(desk, clock, {}, {})

    def promise(unit: Unit) -> None:
        entry = unit.session.execute(
            sa.select(QueueEntry).where(QueueEntry.candidate_id == other)  # type: ignore[arg-type]
        ).scalar_one()
        entry.kind, entry.state, entry.vests_at = "callback", "scheduled", unit.now + timedelta(hours=3)

    desk.lane.write_now(promise)
    await desk.team.answer_likeness(question, "merged")
    why = (await desk.candidates.card(one)).why
    assert why is not None
    assert (why.kind, why.state) == ("callback", "scheduled")


async def test_whoever_is_spoken_with_now_is_not_merged(desk: Desk, clock: TestClock) -> None:
    _, _, question = pair(desk, clock, {}, {"entry": None})
    card = await desk.queue.next()
    assert isinstance(card, CardView)
    with pytest.raises(ConflictError, match="in_hand"):
        await desk.team.answer_likeness(question, "merged")
    assert [error.key for error in (await desk.team.likeness(question)).obstacles] == ["likeness.in_hand"]
    clock.forward(minutes=30)
    await desk.team.answer_likeness(question, "merged")


async def test_two_open_interviews_are_not_merged(desk: Desk, clock: TestClock) -> None:
    _, _, question = pair(desk, clock, {"intake": "draft"}, {"intake": "draft"})
    with pytest.raises(DeskError, match="two_drafts"):
        await desk.team.answer_likeness(question, "merged")


async def test_two_proposals_to_one_request_are_not_merged(desk: Desk, clock: TestClock) -> None:
    one, other, question = pair(
        desk,
        clock,
        {"intake": "complete", "status": "available"},
        {"intake": "complete", "status": "available"},
    )
    request = add_request(desk)
    await desk.proposals.propose(one, request)
    await desk.proposals.propose(other, request)
    with pytest.raises(DeskError, match="same_request"):
        await desk.team.answer_likeness(question, "merged")


async def test_a_third_record_is_asked_about_once(desk: Desk, clock: TestClock) -> None:
    one, other, question = pair(desk, clock, {}, {})
    third = add_candidate(desk, "Tristan", "Luinenburgh")
    add_likeness(desk, third, other)
    add_likeness(desk, third, one)
    await desk.team.answer_likeness(question, "merged")
    lines = (await desk.team.lists()).likenesses
    assert [{line.older.id, line.newer.id} for line in lines] == [{one, third}]


async def test_a_skipped_call_goes_along_with_its_skips(desk: Desk, clock: TestClock) -> None:
    one, other, question = pair(desk, clock, {"entry": None}, {})
    escalate(desk, other, "not_now", "known_person")
    await desk.team.answer_likeness(question, "merged")
    line = (await desk.team.lists()).escalated[0]
    assert (line.candidate_id, len(line.skips)) == (one, 2)
