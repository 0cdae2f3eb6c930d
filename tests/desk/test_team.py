"""What a supervisor decides."""

from datetime import timedelta
from uuid import UUID

import pytest

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.drafts.queue import Lease
from db.errors import ConflictError
from db.models import Conflict
from db.views.queue import CardView
from tests.conftest import TestClock
from tests.support.people import (
    add_candidate,
    add_likeness,
    add_repair,
    add_request,
    add_user,
    escalate,
)


async def _why(desk: Desk, candidate_id: UUID) -> tuple[str, str | None, str]:
    why = (await desk.candidates.card(candidate_id)).why
    assert why is not None
    return why.state, why.blocked_reason, why.assigned_to


async def test_an_escalated_call_tells_who_passed_and_why(desk: Desk) -> None:
    person = add_candidate(desk, entry="ready")
    escalate(desk, person, "not_now", "known_person")
    lists = await desk.team.lists()
    assert lists.counts["escalated"] == 1
    assert {(skip.by, skip.reason) for skip in lists.escalated[0].skips} == {
        ("Kim", "not_now"),
        ("Kim", "known_person"),
    }


async def test_an_escalated_call_goes_back_or_to_somebody(desk: Desk) -> None:
    person = add_candidate(desk, entry="ready")
    entry, noor = escalate(desk, person, "not_now"), add_user(desk)
    await desk.team.assign(entry, noor)
    assert await _why(desk, person) == ("ready", None, "Noor")
    await desk.history.undo()
    assert await _why(desk, person) == ("blocked", "escalated", "")
    await desk.team.requeue(entry)
    assert await _why(desk, person) == ("ready", None, "")
    with pytest.raises(ConflictError):
        await desk.team.requeue(entry)


async def _pair(desk: Desk, clock: TestClock) -> tuple[UUID, UUID, UUID]:
    newer = add_candidate(desk, "T.", "Luinenburg", email="tris@live.nl", entry="ready", remarks="nachten")
    older = add_candidate(desk, registered_at=clock.now - timedelta(days=9), entry="ready")
    return older, newer, add_likeness(desk, newer, older)


async def test_a_likeness_shows_both_the_older_first(desk: Desk, clock: TestClock) -> None:
    older, newer, _ = await _pair(desk, clock)
    line = (await desk.team.lists()).likenesses[0]
    assert (line.older.id, line.newer.id) == (older, newer)


async def test_a_merge_keeps_the_older_and_can_be_undone(desk: Desk, clock: TestClock) -> None:
    older, newer, question = await _pair(desk, clock)
    before = await desk.candidates.card(older)
    await desk.team.answer_likeness(question, "merged")
    kept, gone = await desk.candidates.card(older), await desk.candidates.card(newer)
    assert (kept.email, kept.remarks) == ("tris@live.nl", "nachten")
    assert (gone.status, gone.status_reason, gone.why) == ("duplicate", str(older), None)
    assert (await desk.team.lists()).likenesses == ()
    await desk.history.undo()
    after = await desk.candidates.card(older)
    assert (after.email, after.status) == (before.email, before.status)
    assert (await desk.candidates.card(newer)).why is not None
    assert (await desk.team.lists()).counts["likenesses"] == 1


async def test_a_later_refusal_survives_the_merge(desk: Desk, clock: TestClock) -> None:
    older = add_candidate(desk, registered_at=clock.now - timedelta(days=9))
    clock.forward(days=1)
    newer = add_candidate(desk, consent="refused", do_not_call=True)
    await desk.team.answer_likeness(add_likeness(desk, older, newer), "merged")
    kept = await desk.candidates.card(older)
    assert (kept.may_be_shared, kept.do_not_call) == (False, True)
    await desk.history.undo()
    assert (await desk.candidates.card(older)).may_be_shared


@pytest.mark.parametrize("answer", ["distinct", "household"])
async def test_two_people_stay_two(desk: Desk, clock: TestClock, answer: str) -> None:
    _, newer, question = await _pair(desk, clock)
    await desk.team.answer_likeness(question, answer)
    assert (await desk.candidates.card(newer)).status == "available"
    with pytest.raises(ConflictError, match="already_answered"):
        await desk.team.answer_likeness(question, "merged")


async def test_who_is_proposed_stays_proposed_in_a_merge(desk: Desk, clock: TestClock) -> None:
    older, newer, question = await _pair(desk, clock)
    await desk.proposals.propose(newer, add_request(desk))
    await desk.team.answer_likeness(question, "merged")
    kept = await desk.candidates.card(older)
    assert (kept.status, len(kept.proposals)) == ("proposed", 1)


async def test_a_region_is_suggested_and_assigned_with_a_reason(desk: Desk) -> None:
    person = add_candidate(desk, pc4=1114)
    line = (await desk.team.lists()).regions[0]
    assert (line.candidate_id, line.suggestion) == (person, "sigra")
    await desk.candidates.repair(person, "region", "sigra", "Duivendrecht hoort bij Amsterdam")
    assert (await desk.team.lists()).counts["regions"] == 0


async def test_a_repair_task_may_be_right_as_it_is(desk: Desk) -> None:
    task = add_repair(desk, add_candidate(desk), "name_suspect", "X Æ")
    assert (await desk.team.lists()).repairs[0].given == "X Æ"
    await desk.team.close_repair(task)
    assert (await desk.team.lists()).counts["repairs"] == 0
    await desk.history.undo()
    assert (await desk.team.lists()).counts["repairs"] == 1


async def test_a_stuck_card_is_given_back(desk: Desk) -> None:
    person = add_candidate(desk, entry="ready", consent=None)
    card = await desk.queue.next()
    assert isinstance(card, CardView)
    line = (await desk.team.lists()).leases[0]
    assert (line.by, line.candidate_id) == ("Kim", person)
    await desk.team.release_lease(line.entry_id, line.epoch)
    assert await desk.queue.renew(Lease(card.entry.id, card.entry.epoch)) is None
    with pytest.raises(ConflictError):
        await desk.team.release_lease(line.entry_id, line.epoch)


@pytest.mark.parametrize(("resolution", "waits"), [("seen", False), ("call", True)])
async def test_a_conflict_is_decided(desk: Desk, resolution: str, waits: bool) -> None:
    person = add_candidate(desk)

    def work(unit: Unit) -> UUID:
        conflict = Conflict(
            candidate_id=person,
            kind="late_fact",
            mine="no_answer",
            theirs="done",
            user_id=unit.user_id,
            created_at=unit.now,
            updated_at=unit.now,
        )
        unit.session.add(conflict)
        return conflict.id

    conflict = desk.lane.write_now(work)
    assert (await desk.team.lists()).conflicts[0].mine == "no_answer"
    await desk.team.decide_conflict(conflict, resolution)
    assert (await desk.team.lists()).counts["conflicts"] == 0
    assert ((await desk.candidates.card(person)).why is not None) is waits


async def test_what_keeps_somebody_from_being_reached_is_repaired_first(desk: Desk) -> None:
    """Hundreds of restored zeros do not stand before a wrong number."""
    for kind in ("big_padded", "phone_missing", "email_invalid", "postcode_invalid", "wrong_number"):
        add_repair(desk, add_candidate(desk), kind, "x")
    kinds = [line.kind for line in (await desk.team.lists()).repairs]
    assert kinds == ["wrong_number", "phone_missing", "email_invalid", "postcode_invalid", "big_padded"]


async def test_what_was_found_wrong_just_now_stands_on_top(desk: Desk, clock: TestClock) -> None:
    """Whoever is told that it is on the list finds it there, however long the list is."""
    for kind in ("wrong_number", "number_not_in_service", "phone_missing", "email_bounced"):
        add_repair(desk, add_candidate(desk), kind, "x")
        clock.forward(minutes=1)
    kinds = [line.kind for line in (await desk.team.lists()).repairs]
    assert kinds == ["email_bounced", "number_not_in_service", "wrong_number", "phone_missing"]
