"""The card of a candidate."""

import pytest
from sqlmodel import select

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.models import AuditEvent, Retraction
from tests.conftest import NOW, TestClock
from tests.support.people import add_attempt, add_candidate, add_repair


async def test_the_card_tells_everything(desk: Desk, clock: TestClock) -> None:
    wanted = add_candidate(desk, entry="ready", work_limits=["no_lifting"])
    partner = add_candidate(desk, "Naomi", "Linschoten", prefix="de")
    add_repair(desk, wanted, "email_invalid", "tristan@")
    add_attempt(desk, wanted, note="kinderen aan de lijn")
    clock.forward(hours=3)
    add_attempt(desk, wanted, "voicemail_left")
    card = await desk.candidates.card(wanted)
    assert (card.name.last_name, card.work_limits) == ("Luinenburg", ("no_lifting",))
    assert [attempt.outcome for attempt in card.attempts] == ["voicemail_left", "no_answer"]
    assert card.attempts[1].caller == "Kim"
    assert [task.kind for task in card.repairs] == ["email_invalid"]
    assert [member.id for member in card.household] == [partner]
    assert card.may_be_shared
    assert card.interview is not None
    assert card.interview.state == "complete"
    assert card.why is not None
    assert card.why.state == "ready"


@pytest.mark.parametrize(("logged", "events"), [(True, 1), (False, 0)])
async def test_looking_is_logged_once(desk: Desk, logged: bool, events: int) -> None:
    wanted = add_candidate(desk)
    await desk.candidates.card(wanted, log_read=logged)
    reads = desk.lane.read_now(
        lambda session: session.exec(select(AuditEvent).where(AuditEvent.action == "candidate.read")).all()
    )
    assert [event.candidate_id for event in reads] == [wanted] * events


async def test_an_attempt_that_was_taken_back_is_marked(desk: Desk) -> None:
    wanted = add_candidate(desk)
    attempt = add_attempt(desk, wanted)

    def retract(unit: Unit) -> None:
        unit.session.add(Retraction(fact_id=attempt, fact_table="call_attempt", user_id=unit.user_id, at=NOW))

    desk.lane.write_now(retract)
    card = await desk.candidates.card(wanted)
    assert [attempt.retracted for attempt in card.attempts] == [True]
