"""The plan: only who is free and agrees, nobody twice, and nobody proposed by it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from db.desk import plan as plan_desk
from db.desk.desk import Desk
from db.errors import DeskError
from tests.support.offers import TODAY, carer, give_offer
from tests.support.people import add_candidate, add_request


def add_carer(desk: Desk, name: str, x_km: float = 0.0, hours: int = 24, **columns: object) -> UUID:
    """Somebody who fits every request of these tests."""
    person = add_candidate(desk, name, name, **columns)  # type: ignore[arg-type]
    give_offer(desk, person, replace(carer(), x_km=x_km, y_km=0.0, hours_max=hours, hours_min=8))
    return person


def add_asked(desk: Desk, name: str, fte: int = 67, **columns: object) -> UUID:
    """A request for carers of 36 hours an fte, at the middle of the map."""
    given = {"x_km": 0.0, "y_km": 0.0, "region_code": "sigra", "hours_min": 8, **columns}
    return add_request(desk, name, fte=fte, **given)  # type: ignore[arg-type]


async def test_the_most_fte_then_the_least_travel(desk: Desk) -> None:
    request = add_asked(desk, "Zonnehof", fte=67)
    add_carer(desk, "Ver", x_km=9)
    near = add_carer(desk, "Dichtbij", x_km=2)
    plan = await desk.plan.plan("sigra")
    (line,) = plan.requests
    assert (line.request_id, [person.candidate_id for person in line.people]) == (request, [near])
    assert (plan.left, plan.filled, plan.available, plan.proven) == (67, 67, 2, True)
    assert line.people[0].km == pytest.approx(2)


async def test_nobody_is_in_it_twice_over_all_regions(desk: Desk) -> None:
    add_asked(desk, "Hier")
    add_asked(desk, "Daar", region_code="wzw")
    person = add_carer(desk, "Een")
    plan = await desk.plan.plan()
    assert [planned.candidate_id for planned in plan.people] == [person]
    assert len(plan.requests) == 2


async def test_only_one_region_when_asked(desk: Desk) -> None:
    add_asked(desk, "Hier")
    add_asked(desk, "Daar", region_code="wzw")
    assert [line.organisation for line in (await desk.plan.plan("wzw")).requests] == ["Daar"]


async def test_only_who_is_free_and_agrees(desk: Desk) -> None:
    add_asked(desk, "Zonnehof", fte=1000)
    other = add_asked(desk, "Ander", region_code="wzw")
    free = add_carer(desk, "Vrij")
    add_carer(desk, "Weigert", consent="refused")
    add_carer(desk, "Nietgevraagd", consent=None)
    add_carer(desk, "Gepauzeerd", status="paused")
    add_carer(desk, "Stop", do_not_call=True)
    busy = add_carer(desk, "Bezet")
    await desk.proposals.propose(busy, other)
    plan = await desk.plan.plan("sigra")
    assert [person.candidate_id for person in plan.people] == [free]


async def test_nobody_who_is_away_when_it_begins(desk: Desk) -> None:
    add_asked(desk, "Zonnehof", starts_on=TODAY, ends_on=TODAY + timedelta(days=60))
    person = add_candidate(desk, "Weg")
    away = ((TODAY, TODAY + timedelta(days=30)),)
    give_offer(desk, person, carer(x_km=0.0, y_km=0.0, away=away))
    assert (await desk.plan.plan()).people == ()
    add_carer(desk, "Hier")
    assert [planned.name.first_name for planned in (await desk.plan.plan()).people] == ["Hier"]


async def test_nothing_is_proposed_by_looking(desk: Desk) -> None:
    request = add_asked(desk, "Zonnehof")
    person = add_carer(desk, "Een")
    await desk.plan.plan()
    assert (await desk.requests.request(request)).proposals == ()
    assert (await desk.candidates.card(person)).status == "available"


async def test_what_is_filled_already_is_left_out(desk: Desk) -> None:
    request = add_asked(desk, "Zonnehof", fte=67)
    await desk.proposals.propose(add_carer(desk, "Een"), request)
    add_carer(desk, "Twee")
    assert (await desk.plan.plan()).requests == ()


async def test_without_the_solver_it_says_what_to_install(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_desk, "SOLVER", "no_such_solver")
    with pytest.raises(DeskError, match=r"plan\.no_solver"):
        await desk.plan.plan()
