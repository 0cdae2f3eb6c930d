"""Whether two jobs can be done by one person."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.availability import cell
from db.rules.bookings import Booking, booked_grid, clashes

DAY = date(2020, 5, 11)
MONDAY, TUESDAY = cell(0, 0), cell(1, 0)


def job(first: int | None, last: int | None, grid: int, hours: int | None = 8) -> Booking:
    begin = None if first is None else DAY + timedelta(days=first)
    end = None if last is None else DAY + timedelta(days=last)
    return Booking(uuid4(), "Zonnehof", begin, end, grid, hours)


@pytest.mark.parametrize(
    ("new", "taken", "offered", "kinds"),
    [
        (job(0, 9, MONDAY), job(5, 20, MONDAY | TUESDAY), 32, ["day_parts"]),
        (job(0, 9, MONDAY), job(10, 20, MONDAY), 32, []),
        (job(0, 9, MONDAY), job(9, 20, MONDAY), 32, ["day_parts"]),
        (job(0, 9, MONDAY), job(0, 9, TUESDAY), 32, []),
        (job(0, 9, MONDAY), job(0, 9, TUESDAY), 15, ["hours"]),
        (job(0, 9, MONDAY), job(0, 9, TUESDAY), 16, []),
        (job(None, None, MONDAY), job(None, None, MONDAY), None, ["day_parts"]),
        (job(0, None, 0, 20), job(5, 5, 0, 20), 32, ["hours"]),
        (job(0, None, 0, None), job(5, 5, 0, 40), 32, []),
        (job(0, 9, MONDAY, 40), job(20, 30, MONDAY), 32, ["hours"]),
    ],
)
def test_cases(new: Booking, taken: Booking, offered: int | None, kinds: list[str]) -> None:
    assert [clash.kind for clash in clashes(new, [taken], offered)] == kinds


def test_a_job_does_not_clash_with_itself() -> None:
    one = job(0, 9, MONDAY, 20)
    assert clashes(one, [one], 20) == ()


def test_a_clash_names_the_other() -> None:
    new, taken = job(0, 9, MONDAY), job(0, 9, MONDAY)
    assert [(clash.proposal_id, clash.grid) for clash in clashes(new, [taken], None)] == [
        (taken.proposal_id, MONDAY)
    ]


@pytest.mark.parametrize(
    ("asked", "offered", "booked"),
    [(MONDAY | TUESDAY, MONDAY, MONDAY), (MONDAY, 0, MONDAY), (MONDAY, TUESDAY, MONDAY), (0, MONDAY, 0)],
)
def test_what_is_booked_is_what_is_asked_and_offered(asked: int, offered: int, booked: int) -> None:
    assert booked_grid(asked, offered) == booked


def jobs() -> st.SearchStrategy[Booking]:
    return st.builds(
        lambda first, length, grid, hours: job(first, first + length, grid, hours),
        st.integers(0, 20),
        st.integers(0, 15),
        st.integers(0, 15),
        st.integers(0, 24),
    )


def by_the_day(new: Booking, taken: Sequence[Booking], offered: int) -> set[tuple[str, UUID | None]]:
    """Walk through every day: who is at work on it, at which parts, for how long."""
    found: set[tuple[str, UUID | None]] = set()
    for number in range(50):
        day = DAY + timedelta(days=number)
        if not new.begins() <= day <= new.ends():
            continue
        beside = [other for other in taken if other.begins() <= day <= other.ends()]
        found |= {("day_parts", other.proposal_id) for other in beside if other.grid & new.grid}
        if new.hours and sum(other.hours or 0 for other in beside) + new.hours > offered:
            found.add(("hours", None))
    return found


@given(jobs(), st.lists(jobs(), max_size=4), st.integers(0, 48))
def test_it_agrees_with_walking_through_every_day(new: Booking, taken: list[Booking], offered: int) -> None:
    found = {
        (clash.kind, clash.proposal_id if clash.kind == "day_parts" else None)
        for clash in clashes(new, taken, offered)
    }
    assert found == by_the_day(new, taken, offered)
