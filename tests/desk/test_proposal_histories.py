"""Whatever recruiters do in whatever order: no two clashing jobs, and the fte book adds up."""

from datetime import date, timedelta
from itertools import combinations
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from db.desk.desk import Desk
from db.desk.history import redo_step, undo_step
from db.desk.proposal_steps import take_step
from db.desk.proposals import propose_now
from db.drafts.proposals import StepDraft
from db.errors import DeskError
from db.models import Proposal, Request
from db.rules.bookings import overlaps
from db.rules.proposal_steps import reasons_of, steps
from db.stores.bookings import bookings, offered_to
from db.stores.request_book import book_of
from tests.conftest import NOW
from tests.support.people import add_candidate, add_request
from tests.support.work import add_availability

DAY = date(2020, 5, 11)
ASKED = st.fixed_dictionaries(
    {
        "grid": st.integers(0, 15),
        "hours_min": st.just(4),
        "hours_max": st.integers(4, 24),
        "starts_on": st.integers(0, 20).map(lambda days: DAY + timedelta(days=days)),
        "ends_on": st.integers(20, 40).map(lambda days: DAY + timedelta(days=days)),
        "fte": st.integers(20, 150),
    }
)
DEEDS = st.one_of(
    st.tuples(st.just("propose"), st.integers(0, 1), st.integers(0, 3)),
    st.tuples(st.sampled_from([*steps()]), st.integers(0, 1), st.integers(0, 3)),
    st.tuples(st.sampled_from(["accepted"]), st.integers(0, 1), st.integers(0, 3)),
    st.tuples(st.sampled_from(["undo", "redo"]), st.just(0), st.just(0)),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ASKED, min_size=4, max_size=4), st.lists(DEEDS, min_size=5, max_size=30), st.integers(8, 40))
def test_any_history(
    desk: Desk, asked: list[dict[str, Any]], deeds: list[tuple[str, int, int]], hours: int
) -> None:
    people = [add_candidate(desk, phone=None) for _ in range(2)]
    for person in people:
        add_availability(desk, person, hours=hours)
    requests = [add_request(desk, **columns) for columns in asked]
    for deed, person_number, request_number in deeds:
        do(desk, deed, people[person_number], requests[request_number])
        desk.lane.read_now(lambda session: check(session, people, requests))


def do(desk: Desk, deed: str, person: UUID, request: UUID) -> None:
    """Try it; what the desk refuses changes nothing."""
    try:
        if deed == "undo":
            desk.lane.write_now(undo_step)
        elif deed == "redo":
            desk.lane.write_now(redo_step)
        elif deed == "propose":
            desk.lane.write_now(lambda unit: propose_now(unit, person, request, None))
        else:
            step_all(desk, deed, person, request)
    except DeskError:
        return


def step_all(desk: Desk, status: str, person: UUID, request: UUID) -> None:
    """Take the live proposal of this pair to a status, with whatever that demands."""
    pair = (Proposal.candidate_id == person, Proposal.request_id == request, Proposal.is_live)
    live = desk.lane.read_now(lambda session: session.exec(select(Proposal.id).where(*pair)).first())
    if live is None:
        return
    reasons = reasons_of(steps()[status])
    reason = reasons[0].code if reasons else None
    moment = NOW + timedelta(days=1) if status == "interview" else None
    competing = request.int % 2 == 0
    draft = StepDraft(status, reason, "", moment, withdraw_competing=competing)
    desk.lane.write_now(lambda unit: take_step(unit, live, draft))


def check(session: Session, people: list[UUID], requests: list[UUID]) -> None:
    for person in people:
        check_jobs(session, person)
    for request in requests:
        check_book(session, request)


def check_jobs(session: Session, person: UUID) -> None:
    from db.models import Candidate

    candidate = session.get_one(Candidate, person)
    jobs = bookings(session, person)
    for one, other in combinations(jobs, 2):
        assert not (overlaps(one, other) and one.grid & other.grid)
    offered = offered_to(session, candidate)
    assert offered is not None
    for number in range(60):
        day = DAY + timedelta(days=number - 10)
        assert sum(job.hours or 0 for job in jobs if job.begins() <= day <= job.ends()) <= offered
    live = session.exec(select(Proposal).where(Proposal.candidate_id == person, Proposal.is_live)).all()
    assert candidate.status == ("placed" if jobs else "proposed" if live else "available")


def check_book(session: Session, request_id: UUID) -> None:
    request = session.get_one(Request, request_id)
    book = book_of(session, request)
    all_of = session.exec(select(Proposal).where(Proposal.request_id == request_id)).all()
    opened = sum(row.fte for row in all_of if row.status in ("sent", "contacted", "interview"))
    placed = sum(row.fte for row in all_of if row.status in ("accepted", "started", "completed"))
    assert (book.proposed, book.placed) == (opened, placed)
    assert book.asked == book.proposed + book.placed + book.left
