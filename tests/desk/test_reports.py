"""Reports through the desk: filters, what is not recorded, and people put at the head of the queue."""

import asyncio
import threading
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from db.desk.calling_off import Question
from db.desk.desk import Desk
from db.drafts.queue import Lease, OutcomeDraft
from db.drafts.reports import ReportFilter, day_of
from db.errors import DeskError
from db.models import AuditEvent
from db.texts import Texts
from db.views.queue import CardView
from tests.conftest import TestClock
from tests.support.people import add_attempt, add_candidate, add_request


async def number(desk: Desk, name: str, figure_id: str, wanted: ReportFilter | None = None) -> int | None:
    return (await desk.reports.run(name, wanted or ReportFilter())).figure(figure_id).value


async def test_every_report_counts_on_an_empty_desk_and_carries_its_scope(desk: Desk) -> None:
    assert len(desk.reports.names()) == 16
    for name in desk.reports.names():
        report = await desk.reports.run(name)
        for figure in report.figures():
            assert figure.unit
            assert figure.scope.as_of == report.scope.as_of
            assert not figure.value


async def test_a_period_counts_proposals_by_when_they_were_sent(desk: Desk, clock: TestClock) -> None:
    """Registered long before: proposed since 1 April all the same."""
    old = clock.now - timedelta(days=50)
    person = add_candidate(desk, registered_at=old, care_background=True)
    request = add_request(desk)
    await desk.proposals.propose(person, request)
    since = ReportFilter(from_=date(2020, 4, 1))
    assert await number(desk, "care", "care.yes.registered", since) == 0
    assert await number(desk, "care", "care.yes.proposed_people", since) == 1
    assert await number(desk, "care", "care.yes.accepted_people", since) == 0
    assert await number(desk, "care", "care.yes.proposed", ReportFilter(to=date(2020, 4, 1))) == 0
    rows = await desk.reports.rows("care", "care.yes.proposed", since)
    assert [(row.candidate_id, row.request_id) for row in rows.rows] == [(person, request)]


async def test_what_is_taken_back_does_not_count(desk: Desk) -> None:
    person, request = add_candidate(desk), add_request(desk)
    await desk.proposals.propose(person, request)
    await desk.history.undo()
    assert await number(desk, "persons", "matches.all.proposed") == 0
    await desk.history.redo()
    assert await number(desk, "persons", "matches.all.proposed") == 1


async def test_a_reference_date_forgets_what_came_after(desk: Desk, clock: TestClock) -> None:
    person = add_candidate(desk, entry="ready")
    clock.forward(days=2)
    add_attempt(desk, person, "reached_withdrawn")
    before = ReportFilter(as_of=date(2020, 5, 8))
    assert await number(desk, "unheard", "unheard_why.never_waiting.registered", before) == 1
    assert await number(desk, "unheard", "unheard_why.heard.registered") == 1


async def test_a_region_and_a_wave_limit_everything(desk: Desk) -> None:
    add_candidate(desk, pc4=1011)
    assert await number(desk, "persons", "persons.all.registered", ReportFilter(region="sigra")) == 1
    assert await number(desk, "persons", "persons.all.registered", ReportFilter(region="wzw")) == 0
    assert await number(desk, "persons", "persons.all.registered", ReportFilter(wave="1")) == 1
    assert await number(desk, "persons", "persons.all.registered", ReportFilter(wave="2+3")) == 0


async def test_waves_are_a_rule_of_the_desk(desk: Desk) -> None:
    add_candidate(desk)
    waves = {"a": ["2020-01-01", "2020-02-01"], "b": ["2020-05-01", None]}
    await desk.users.change_settings(replace(await desk.users.settings(), waves=waves))
    assert [wave.code for wave in await desk.reports.waves()] == ["a", "b"]
    assert await number(desk, "persons", "persons.all.registered", ReportFilter(wave="b")) == 1


@pytest.mark.parametrize(
    ("name", "wanted", "key"),
    [
        ("nothing", ReportFilter(), "reports.unknown"),
        ("care", ReportFilter(wave="9"), "reports.wave_unknown"),
        ("care", ReportFilter(region="here"), "reports.region_unknown"),
        ("care", ReportFilter(from_=date(2020, 5, 2), to=date(2020, 5, 1)), "reports.period_backwards"),
    ],
)
async def test_what_cannot_be_is_explained(
    sqlite_desk: Desk, name: str, wanted: ReportFilter, key: str
) -> None:
    with pytest.raises(DeskError) as caught:
        await sqlite_desk.reports.run(name, wanted)
    assert caught.value.key == key


async def test_what_is_not_recorded_says_so(sqlite_desk: Desk) -> None:
    report = await sqlite_desk.reports.run("staying")
    assert report.figure("staying.all.stays_yes").value is None
    assert "no_follow_ups" in report.tables[1].notes
    assert await number(sqlite_desk, "money", "money.all.euro_asked") == 0


async def test_an_accepted_person_who_left_still_counts_as_accepted(desk: Desk) -> None:
    person, request = add_candidate(desk), add_request(desk)
    proposal = await desk.proposals.propose(person, request)
    await desk.proposals.step(proposal.id, "accepted")
    await desk.proposals.step(proposal.id, "cancelled_employer", "request_cancelled")
    assert await number(desk, "sectors", "results.all.result_accepted") == 1
    assert await number(desk, "persons", "matches.all.started") == 0


@pytest.mark.parametrize(
    ("given", "day"),
    [("2020-05-07", date(2020, 5, 7)), ("07-05-2020", date(2020, 5, 7)), ("7/5/2020", date(2020, 5, 7))],
)
def test_days_as_people_write_them(given: str, day: date) -> None:
    assert day_of(given) == day


async def _first(desk: Desk) -> UUID:
    card = await desk.queue.next()
    assert isinstance(card, CardView)
    return card.candidate.id


async def test_the_unheard_are_called_first_and_it_can_be_undone(desk: Desk, clock: TestClock) -> None:
    early = add_candidate(desk, entry="ready", registered_at=clock.now - timedelta(days=40))
    people = [
        add_candidate(desk, entry="ready", registered_at=clock.now - timedelta(days=days)) for days in (9, 20)
    ]
    done = await desk.reports.put_first(people)
    assert (done.moved, done.left) == (2, ())
    assert await _first(desk) == people[1]
    assert await _first(desk) == people[0]
    assert await _first(desk) == early


async def test_undo_puts_them_back(desk: Desk, clock: TestClock) -> None:
    early = add_candidate(desk, entry="ready", registered_at=clock.now - timedelta(days=40))
    late = add_candidate(desk, entry="ready")
    await desk.reports.put_first([late])
    undone = await desk.history.undo()
    assert (undone.action, undone.summary["count"]) == ("reports.put_first", 1)
    assert await _first(desk) == early


async def test_whoever_cannot_be_called_stays_and_is_counted(desk: Desk, clock: TestClock) -> None:
    promised = add_candidate(desk, entry="ready")
    card = await desk.queue.next()
    assert isinstance(card, CardView)
    lease = Lease(card.entry.id, card.entry.epoch)
    moment = clock.now + timedelta(days=1)
    await desk.queue.record(lease, OutcomeDraft("reached_callback_requested", moment=moment))
    blocked = add_candidate(desk, entry="blocked")
    never = add_candidate(desk, do_not_call=True)
    none_open = add_candidate(desk)
    done = await desk.reports.put_first([promised, blocked, never, none_open])
    assert done.moved == 1
    assert dict(done.left) == {"appointment": 1, "blocked": 1, "not_to_be_called": 1}
    assert await _first(desk) == none_open


async def test_a_retry_that_cools_down_comes_at_once(desk: Desk) -> None:
    person = add_candidate(desk, entry="ready")
    card = await desk.queue.next()
    assert isinstance(card, CardView)
    await desk.queue.record(Lease(card.entry.id, card.entry.epoch), OutcomeDraft("no_answer"))
    await desk.reports.put_first(await desk.reports.people("unheard", "unheard.not_reached.registered"))
    assert await _first(desk) == person


async def test_nobody_to_move_is_said(desk: Desk) -> None:
    person = add_candidate(desk, do_not_call=True)
    with pytest.raises(DeskError) as caught:
        await desk.reports.put_first([person])
    assert caught.value.key == "reports.nobody_moved"


async def test_whoever_looks_at_the_rows_is_logged(desk: Desk) -> None:
    add_candidate(desk)
    behind = await desk.reports.rows("persons", "persons.all.registered")
    assert behind.total == 1
    logged = desk.lane.read_now(
        lambda session: session.exec(select(AuditEvent).where(AuditEvent.action == "reports.rows")).all()
    )
    assert [event.summary for event in logged] == [
        {"report": "persons", "figure": "persons.all.registered", "count": 1}
    ]
    assert logged[0].user_id == desk.seat.user_id


async def test_rows_without_people_are_not_logged(sqlite_desk: Desk) -> None:
    add_request(sqlite_desk)
    assert (await sqlite_desk.reports.rows("measures", "specifications.all.requests")).total == 1
    logged = sqlite_desk.lane.read_now(
        lambda session: session.exec(select(AuditEvent).where(AuditEvent.action == "reports.rows")).all()
    )
    assert logged == []


async def test_counting_tells_how_far_it_is(sqlite_desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    await sqlite_desk.reports.run("weekly", progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[0][0] == 0
    assert all(done <= total for done, total in told)


async def test_making_the_page_of_the_week_tells_how_far_it_is(sqlite_desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    await sqlite_desk.reports.week(progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[0] == (0, 100)
    assert all(75 <= done <= 100 for done, _ in told[-3:])


async def test_whoever_stops_waiting_stops_the_counting(desk: Desk) -> None:
    """The next question is answered as if nothing had been asked."""
    add_candidate(desk)
    waiting, told = threading.Event(), threading.Event()

    def hold(done: int, total: int) -> None:
        assert done < total
        waiting.set()
        told.wait(10)

    counting = asyncio.create_task(desk.reports.run("weekly", progress=hold))
    await asyncio.to_thread(waiting.wait, 10)
    counting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await counting
    told.set()
    assert await number(desk, "persons", "persons.all.registered") == 1


def test_a_running_query_is_interrupted(desk: Desk) -> None:
    """A query that would take forever ends when it is called off."""
    forever = "WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up) SELECT max(n) FROM up"
    question, ended = Question(), threading.Event()

    def call_off() -> None:
        # Again and again: on a busy machine the first may come before the query has begun.
        while not ended.wait(0.05):
            question.call_off()

    def ask(session: Session) -> None:
        with question.over(session):
            threading.Thread(target=call_off).start()
            try:
                session.execute(sa.text(forever))
            finally:
                ended.set()

    with pytest.raises(DeskError) as caught:
        desk.lane.read_now(ask)
    assert caught.value.key == "reports.called_off"


@pytest.mark.parametrize("given", ["01-01-0001", "31-12-9999", "1899-12-31", "29-02-2019"])
def test_a_day_that_no_desk_can_have_known_is_refused(given: str) -> None:
    with pytest.raises(DeskError, match="day_unreadable"):
        day_of(given)


async def test_a_share_is_told_in_per_cent(desk: Desk) -> None:
    add_request(desk, grid=0x11111)
    add_request(desk)
    report = await desk.reports.run("measures")
    share = next(figure for figure in report.figures() if figure.id.endswith("complete_share"))
    assert share.words(Texts("en")) == "50 per cent"
