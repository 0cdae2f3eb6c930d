"""Sampled interviews: approved, or handed back, put right and looked at again."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlmodel import select

from db.desk.desk import Desk, open_desk
from db.desk.unit import Unit
from db.errors import ConflictError, DeskError
from db.models import AuditEvent, Interview, User
from tests.conftest import TestClock
from tests.desk.test_interviews import NURSE, begin, fill, new_person


@pytest.fixture
def supervisor(desk: Desk, database_url: str, clock: TestClock) -> Iterator[Desk]:
    """Whoever looks at the interviews, on another program."""
    other = open_desk(database_url, clock)
    other.users.sign_in_now("Sam", "supervisor")
    yield other
    other.close()


def train(desk: Desk, trainee: bool) -> None:
    def work(unit: Unit) -> None:
        unit.session.get_one(User, unit.user_id).trainee = trainee

    desk.lane.write_now(work)


async def completed(desk: Desk) -> UUID:
    new_person(desk)
    card, view = await begin(desk)
    await fill(desk, view, NURSE)
    await desk.interviews.complete(view.id, card.entry.epoch)
    return view.id


def read(desk: Desk, interview_id: UUID) -> Interview:
    return desk.lane.read_now(lambda session: session.get_one(Interview, interview_id))


async def test_all_of_a_trainee_and_none_of_the_others_when_so_asked(desk: Desk) -> None:
    train(desk, trainee=True)
    first = read(desk, await completed(desk))
    assert (first.review_state, first.review_reason) == ("pending", "trainee")
    train(desk, trainee=False)
    await desk.settings.change("review_percent", "0")
    assert read(desk, await completed(desk)).review_state is None
    await desk.settings.change("review_percent", "100")
    assert read(desk, await completed(desk)).review_reason == "sample"


async def test_the_list_shows_the_answers_and_looking_is_logged(desk: Desk, supervisor: Desk) -> None:
    train(desk, trainee=True)
    made = await completed(desk)
    lists = await supervisor.reviews.lists()
    assert (lists.count, lists.pending[0].interview_id, lists.pending[0].caller) == (1, made, "Kim")
    found = await supervisor.reviews.read(made)
    assert found.answers["max_travel_km"].value == 15
    looked = select(AuditEvent.candidate_id).where(AuditEvent.action == "review.read")
    assert desk.lane.read_now(lambda session: list(session.exec(looked))) == [found.line.candidate_id]


async def test_approved_is_decided_once_and_undone(desk: Desk, supervisor: Desk) -> None:
    train(desk, trainee=True)
    made = await completed(desk)
    await supervisor.reviews.approve(made)
    assert (await supervisor.reviews.lists()).count == 0
    with pytest.raises(ConflictError):
        await desk.reviews.approve(made)
    await supervisor.history.undo()
    assert (await supervisor.reviews.lists()).count == 1


async def test_handed_back_is_put_right_by_its_caller_and_comes_again(
    desk: Desk, supervisor: Desk, clock: TestClock
) -> None:
    train(desk, trainee=True)
    made = await completed(desk)
    with pytest.raises(DeskError):
        await supervisor.reviews.hand_back(made, "  ")
    await supervisor.reviews.hand_back(made, "De uren kloppen niet")
    (back,) = await desk.reviews.mine()
    assert (back.note, back.by, back.interview_id) == ("De uren kloppen niet", "Sam", made)
    assert await supervisor.reviews.mine() == ()
    clock.forward(minutes=5)
    view = await desk.interviews.open(back.candidate_id, None)
    assert view.answers["hours_max"].value == 24
    await fill(desk, view, {"hours_max": 20})
    await desk.interviews.complete(view.id, None)
    assert await desk.reviews.mine() == ()
    (line,) = (await supervisor.reviews.lists()).pending
    assert (line.interview_id, line.reason) == (view.id, "corrected")
    await desk.history.undo()
    assert [item.interview_id for item in await desk.reviews.mine()] == [made]


async def test_a_verdict_that_was_taken_back_is_not_shown(desk: Desk, supervisor: Desk) -> None:
    train(desk, trainee=True)
    made = await completed(desk)
    await supervisor.reviews.hand_back(made, "Eerste")
    await supervisor.history.undo()
    assert await desk.reviews.mine() == ()
    await supervisor.reviews.hand_back(made, "Tweede")
    assert [item.note for item in await desk.reviews.mine()] == ["Tweede"]
