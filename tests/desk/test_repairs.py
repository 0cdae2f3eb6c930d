"""Putting a candidate's data right."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.drafts.queue import OutcomeDraft
from db.errors import DeskError
from db.models import QueueEntry
from tests.desk.test_queue import lease
from tests.support.people import add_candidate, add_repair


@pytest.mark.parametrize(
    ("field", "value", "task", "column", "kept"),
    [
        ("phone", "06-12345678 na 17u", "phone_missing", "phone", "+31612345678"),
        ("email", " Tris@Example.ORG ", "email_invalid", "email", "tris@example.org"),
        ("postcode", "8011ab", "postcode_missing", "postcode", "8011 AB"),
        ("region", "sigra", "region_unresolved", "region_code", "sigra"),
    ],
)
async def test_a_repair_solves_its_task_and_can_be_undone(
    desk: Desk, field: str, value: str, task: str, column: str, kept: str
) -> None:
    wanted = add_candidate(desk, phone=None, pc4=None)
    add_repair(desk, wanted, task)
    add_repair(desk, wanted, "consent_unclear")
    card = await desk.candidates.repair(wanted, field, value, "zo gezegd aan de telefoon")
    assert getattr(card, column) == kept
    assert [open_task.kind for open_task in card.repairs] == ["consent_unclear"]
    await desk.history.undo()
    card = await desk.candidates.card(wanted)
    assert getattr(card, column) != kept
    assert len(card.repairs) == 2


async def test_a_number_frees_the_call_and_undo_blocks_it_again(desk: Desk) -> None:
    wanted = add_candidate(desk, phone=None, entry="blocked")
    await desk.candidates.repair(wanted, "phone", "0612345678")
    assert await _entry(desk, wanted) == ("ready", None)
    await desk.history.undo()
    assert await _entry(desk, wanted) == ("blocked", "no_number")


async def test_a_new_postcode_moves_place_and_region(desk: Desk) -> None:
    wanted = add_candidate(desk, pc4=3888, entry="ready")
    card = await desk.candidates.repair(wanted, "postcode", "1012 LG")
    assert (card.region_code, card.place) == ("sigra", "Amsterdam")


async def test_a_name_is_found_under_its_new_form(desk: Desk) -> None:
    wanted = add_candidate(desk)
    await desk.candidates.repair(wanted, "name", "Tristan van den Berg")
    assert [line.id for line in (await desk.candidates.search("berg")).lines] == [wanted]
    assert (await desk.candidates.search("luinenburg")).lines == ()


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("phone", "weet niet", "candidates.phone_wrong"),
        ("phone2", "112", "candidates.phone_wrong"),
        ("phone", "06 88679635x", "candidates.phone_letters"),
        ("phone2", "x06 88679635", "candidates.phone_letters"),
        ("email", "tris@", "candidates.email_wrong"),
        ("postcode", "12345", "candidates.postcode_wrong"),
        ("name", " ", "candidates.name_wrong"),
        ("region", "sigra", "candidates.region_reason"),
    ],
)
async def test_what_the_rules_refuse_changes_nothing(desk: Desk, field: str, value: str, key: str) -> None:
    wanted = add_candidate(desk)
    before = await desk.candidates.card(wanted)
    with pytest.raises(DeskError, match=key):
        await desk.candidates.repair(wanted, field, value)
    assert await desk.candidates.card(wanted) == before


async def _entry(desk: Desk, candidate_id: UUID) -> tuple[str, str | None]:
    why = (await desk.candidates.card(candidate_id)).why
    assert why is not None
    return why.state, why.blocked_reason


async def test_mail_that_came_back_is_kept_and_sent_no_more(desk: Desk) -> None:
    wanted = add_candidate(desk, email="tris@live.nl", email_given="Tris@live.nl")
    card = await desk.candidates.mail_came_back(wanted)
    assert (card.email, card.email_given) == (None, "tris@live.nl")
    assert [(task.kind, task.given) for task in card.repairs] == [("email_bounced", "tris@live.nl")]
    with pytest.raises(DeskError, match="no_email"):
        await desk.candidates.mail_came_back(wanted)
    card = await desk.candidates.repair(wanted, "email", "tris@live.com")
    assert (card.email, card.repairs) == ("tris@live.com", ())
    await desk.history.undo()
    await desk.history.undo()
    card = await desk.candidates.card(wanted)
    assert (card.email, card.email_given, card.repairs) == ("tris@live.nl", "Tris@live.nl", ())


@pytest.mark.parametrize("kind", ["email", "email_sent"])
async def test_a_message_waits_for_another_address(desk: Desk, kind: str) -> None:
    wanted = add_candidate(desk, phone=None, email="tris@live.nl", entry="scheduled")

    def mailing(unit: Unit) -> None:
        unit.session.execute(sa.update(QueueEntry).values(kind=kind))

    desk.lane.write_now(mailing)
    await desk.candidates.mail_came_back(wanted)
    assert await _entry(desk, wanted) == ("blocked", "data_problem")
    await desk.candidates.repair(wanted, "email", "tris@live.com")
    assert await _entry(desk, wanted) == ("ready", None)


async def test_a_repair_asks_about_whoever_somebody_has_come_to_be_like(desk: Desk) -> None:
    known = add_candidate(desk, phone="+31648778932")
    wanted = add_candidate(desk, "Tristen", phone="+31201234567", pc4=1012)
    add_candidate(desk, "Anna", "de Vries", prefix="")
    assert (await desk.team.lists()).likenesses == ()
    await desk.candidates.repair(wanted, "phone", "0648778932")
    (line,) = (await desk.team.lists()).likenesses
    assert ({line.older.id, line.newer.id}, line.why) == ({known, wanted}, "same_phone_like_name")
    await desk.team.answer_likeness(line.id, "distinct")
    await desk.candidates.repair(wanted, "phone2", "0648778932")
    assert (await desk.team.lists()).likenesses == ()
    await desk.history.undo()
    await desk.history.undo()
    await desk.history.undo()
    assert (await desk.team.lists()).likenesses == ()


async def test_nobody_is_merged_by_a_repair_but_the_same_name_is_asked_about(desk: Desk) -> None:
    add_candidate(desk, email="tris@live.nl")
    wanted = add_candidate(desk, email=None, phone="+31201234567", pc4=1012)
    await desk.candidates.repair(wanted, "email", "tris@live.nl")
    assert [line.why for line in (await desk.team.lists()).likenesses] == ["same_email_like_name"]


@pytest.mark.parametrize(
    ("field", "value", "reason"), [("region", "sigra", "zie 111222333"), ("name", "Jan 111222333", "")]
)
async def test_no_repair_holds_a_citizen_service_number(
    desk: Desk, field: str, value: str, reason: str
) -> None:
    wanted = add_candidate(desk)
    before = await desk.candidates.card(wanted)
    with pytest.raises(DeskError, match="bsn_refused"):
        await desk.candidates.repair(wanted, field, value, reason)
    assert await desk.candidates.card(wanted) == before


@pytest.mark.parametrize(
    ("field", "task", "wrong", "again"),
    [
        ("phone", "number_not_in_service", "06 48778932", "0031 6 48778932"),
        ("phone", "wrong_number", "06 48778932", "06-48778932"),
        ("email", "email_bounced", "tris@live.nl", "Tris@live.nl"),
    ],
)
async def test_what_was_found_wrong_is_no_repair(
    desk: Desk, field: str, task: str, wrong: str, again: str
) -> None:
    wanted = add_candidate(desk)
    add_repair(desk, wanted, task, given=wrong)
    with pytest.raises(DeskError, match="still_wrong"):
        await desk.candidates.repair(wanted, field, again)
    assert len((await desk.candidates.card(wanted)).repairs) == 1


@pytest.mark.parametrize("task", ["number_not_in_service", "wrong_number", "verify_number"])
async def test_a_number_that_is_right_after_all_is_called_again(desk: Desk, task: str) -> None:
    wanted = add_candidate(desk, status="data_incorrect", entry="blocked")

    def for_the_data(unit: Unit) -> None:
        unit.session.execute(sa.update(QueueEntry).values(blocked_reason="data_problem"))

    desk.lane.write_now(for_the_data)
    task_id = add_repair(desk, wanted, task)
    await desk.team.close_repair(task_id)
    assert await _entry(desk, wanted) == ("ready", None)
    assert (await desk.candidates.card(wanted)).status == "to_call"
    await desk.history.undo()
    assert await _entry(desk, wanted) == ("blocked", "data_problem")


async def test_an_address_that_is_right_after_all_is_mailed_again(desk: Desk) -> None:
    wanted = add_candidate(desk, email="tris@live.nl")
    await desk.candidates.mail_came_back(wanted)
    (line,) = (await desk.team.lists()).repairs
    await desk.team.close_repair(line.id)
    assert (await desk.candidates.card(wanted)).email == "tris@live.nl"
    await desk.history.undo()
    assert (await desk.candidates.card(wanted)).email is None


async def test_what_is_to_be_repaired_is_the_number_that_was_dialled(desk: Desk) -> None:
    wanted = add_candidate(desk, phone="+31648778932", phone_given="06 11111111", entry="ready")
    card = await desk.queue.open_candidate(wanted)
    await desk.queue.record(lease(card), OutcomeDraft("number_not_in_service"))
    assert [task.given for task in (await desk.candidates.card(wanted)).repairs] == ["06 48778932"]
