"""What became of your candidates: only those you spoke to, newest first, new until it was read."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from db.desk.desk import Desk, open_desk
from tests.conftest import TestClock
from tests.support.people import add_attempt, add_candidate, add_request
from tests.support.work import add_availability


@pytest.fixture
def recruiter(desk: Desk, database_url: str, clock: TestClock) -> Iterator[Desk]:
    """Whoever proposes, on another program."""
    other = open_desk(database_url, clock)
    other.users.sign_in_now("Rik", "recruiter")
    yield other
    other.close()


def spoken_to(desk: Desk, name: str, outcome: str = "reached_intake_done") -> UUID:
    person = add_candidate(desk, name)
    add_availability(desk, person, hours=24)
    add_attempt(desk, person, outcome)
    return person


async def test_proposed_and_refused_with_the_reason(desk: Desk, recruiter: Desk, clock: TestClock) -> None:
    mine = spoken_to(desk, "Anne")
    missed = spoken_to(desk, "Bo", "no_answer")
    request = add_request(desk, "Zonnehof")
    for person in (mine, missed):
        await recruiter.proposals.propose(person, request)
    made = (await desk.candidates.card(mine)).proposals[0].id
    clock.forward(hours=1)
    await recruiter.proposals.step(made, "declined_employer", "too_far")
    lines = await desk.news.lines()
    assert [(line.name.first_name, line.status, line.reason) for line in lines] == [
        ("Anne", "declined_employer", "too_far"),
        ("Anne", "sent", ""),
    ]
    assert (await desk.news.glance()).unseen == 2
    assert (await recruiter.news.glance()).unseen == 0


async def test_what_was_read_is_no_longer_new_and_what_was_undone_is_no_news(
    desk: Desk, recruiter: Desk, clock: TestClock
) -> None:
    person = spoken_to(desk, "Anne")
    await recruiter.proposals.propose(person, add_request(desk, "Zonnehof"))
    await desk.news.seen(clock.now)
    clock.forward(minutes=1)
    await recruiter.proposals.propose(person, add_request(desk, "De Linde"))
    assert [line.unseen for line in await desk.news.lines()] == [True, False]
    assert (await desk.news.glance()).unseen == 1
    await recruiter.history.undo()
    assert (await desk.news.glance()).unseen == 0


async def test_old_news_is_history(desk: Desk, recruiter: Desk, clock: TestClock) -> None:
    person = spoken_to(desk, "Anne")
    await recruiter.proposals.propose(person, add_request(desk, "Zonnehof"))
    clock.forward(days=61)
    assert await desk.news.lines() == ()
