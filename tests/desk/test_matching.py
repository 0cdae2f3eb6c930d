"""Ranking: the statement says what the rule says, of everybody, on both engines."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.ids import new_id
from db.models import Candidate, Organisation, Proposal, Request
from db.rules.fit import fit
from db.rules.fit_facts import Fit, FitCandidate, FitRequest
from db.stores.match_parameters import NEAR_BAND
from db.stores.matching import Ranking
from tests.conftest import NOW
from tests.support.offers import (
    TODAY,
    carer,
    columns_of,
    give_offer,
    hold_availability,
    some_offer,
    some_request,
)
from tests.support.people import add_candidate, add_request

PEOPLE, REQUESTS = 300, 40
THERE = {"available", "proposed", "placed", "reconfirm"}
EVERYONE = 1000


class Crowd:
    """Some hundred invented people in the database, and the same people as the rule sees them."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.offers: dict[UUID, FitCandidate] = {}
        self.waiting: dict[UUID, datetime] = {}

    def fill(self, unit: Unit) -> None:
        request_id = self._other_request(unit)
        for _ in range(PEOPLE):
            self._add(unit, request_id)

    def _other_request(self, unit: Unit) -> UUID:
        home = Organisation(name="A", search_name="a", sector="ggd", created_at=NOW, updated_at=NOW)
        asked = Request(
            organisation_id=home.id, function_profile="other", fte_asked=1, created_at=NOW, updated_at=NOW
        )
        unit.session.add(home)
        unit.session.flush()
        unit.session.add(asked)
        unit.session.flush()
        return asked.id

    def _add(self, unit: Unit, request_id: UUID) -> None:
        chance, offer = self.chance, some_offer(self.chance)
        status = chance.choice(("available", "available", "proposed", "placed", "reconfirm", "withdrawn"))
        blocked = chance.random() < 0.05
        paused = NOW + timedelta(days=1) if chance.random() < 0.05 else None
        told = NOW - timedelta(days=chance.randint(0, 3)) if chance.random() < 0.5 else None
        registered = NOW - timedelta(days=chance.randint(5, 8))
        person = Candidate(
            id=new_id(),
            status=status,
            do_not_call=blocked,
            paused_until=paused,
            last_feedback_at=told,
            registered_at=registered,
            created_at=NOW,
            updated_at=NOW,
            **columns_of(offer),
        )
        unit.session.add(person)
        if offer.away:
            unit.session.flush()
            hold_availability(unit, person.id, offer)
        booked = 0
        if status == "placed":
            booked = chance.choice((0, 4, 8, 30))
            unit.session.flush()
            self._place(unit, person.id, request_id, booked)
        full = offer.hours_max is not None and status == "placed" and booked >= offer.hours_max
        if status in THERE and not blocked and paused is None and not full:
            self.offers[person.id] = replace(offer, hours_booked=booked)
            self.waiting[person.id] = told or registered

    def _place(self, unit: Unit, candidate_id: UUID, request_id: UUID, hours: int) -> None:
        unit.session.add(
            Proposal(
                candidate_id=candidate_id,
                request_id=request_id,
                status="started",
                hours=hours,
                proposed_by=unit.user_id,
                created_at=NOW,
                updated_at=NOW,
            )
        )

    def reckon(self, request: FitRequest) -> dict[UUID, Fit]:
        """Everyone beside the request, by the rule, best first."""
        fits = {key: fit(offer, request, TODAY) for key, offer in self.offers.items()}
        order = sorted(fits, key=lambda key: (-fits[key].score, self.waiting[key], key))
        return {key: fits[key] for key in order}


def near_enough(found: Fit) -> bool:
    place = found.place
    if "too_far" not in found.codes or place.km is None or place.reach_km is None:
        return True
    return place.km**2 <= place.reach_km**2 * NEAR_BAND


@pytest.mark.parametrize("seed", [1, 2])
def test_the_statement_is_the_rule(desk: Desk, seed: int) -> None:
    crowd = Crowd(seed)
    desk.lane.write_now(crowd.fill)
    asked = [some_request(crowd.chance) for _ in range(REQUESTS)]

    def ranked(request: FitRequest) -> tuple[Any, ...]:
        def work(session: Session) -> tuple[Any, ...]:
            ranking = Ranking(session, new_id(), request, TODAY, NOW)
            return (*ranking.fitting(EVERYONE), *ranking.near(EVERYONE))

        return desk.lane.read_now(work)

    fitting = 0
    for number, request in enumerate(asked):
        lines, total, near, counts = ranked(request)
        truth = crowd.reckon(request)
        expected = [key for key, found in truth.items() if found.fits]
        assert [line.candidate_id for line in lines] == expected, (number, request)
        assert [line.fit for line in lines] == [truth[key] for key in expected]
        assert total == len(expected)
        once = [key for key, found in truth.items() if len(found.codes) == 1 and near_enough(found)]
        assert [line.candidate_id for line in near] == once, (number, request)
        reasons = [truth[key].codes[0] for key in once]
        assert counts == {code: reasons.count(code) for code in set(reasons)}
        fitting += total
    assert fitting > REQUESTS, "chance made nobody fit: this proves nothing"


async def test_best_first_then_whoever_waited_longest(desk: Desk) -> None:
    request = add_request(desk, grid=0x11111)
    recent = add_candidate(desk, "Recent", last_feedback_at=NOW - timedelta(hours=1))
    waiting = add_candidate(desk, "Waiting", phone=None, last_feedback_at=NOW - timedelta(days=9))
    lesser = add_candidate(desk, "Lesser", phone=None, last_feedback_at=NOW - timedelta(days=30))
    for person, offer in ((recent, carer()), (waiting, carer()), (lesser, carer(grid=0x111))):
        give_offer(desk, person, offer)
    found = await desk.matching.candidates_for(request)
    assert [line.name.first_name for line in found.lines] == ["Waiting", "Recent", "Lesser"]
    assert (found.total, found.near_counts) == (3, None)
    assert found.lines[0].may_be_shared


@pytest.mark.parametrize(
    ("away", "places", "reasons"),
    [
        ((), ["Here", "Other"], {}),
        (((10, 20),), ["Other", "Here"], {}),
        (((0, 5),), ["Other", "Here"], {}),
        (((0, 20),), ["Other"], {"start_too_late": 1}),
        (((0, 100),), ["Other"], {"period_mismatch": 1}),
        (((5, 50),), ["Other"], {"period_too_short": 1}),
    ],
)
async def test_whoever_is_away_comes_lower_or_is_out(
    desk: Desk, away: tuple[tuple[int, int], ...], places: list[str], reasons: dict[str, int]
) -> None:
    ends = TODAY + timedelta(days=55)
    request = add_request(desk, grid=0x11111, starts_on=TODAY, ends_on=ends)
    first = add_candidate(desk, "Here", last_feedback_at=NOW - timedelta(days=9))
    spans = tuple((TODAY + timedelta(days=start), TODAY + timedelta(days=end)) for start, end in away)
    give_offer(desk, first, carer(away=spans))
    give_offer(desk, add_candidate(desk, "Other", phone=None), carer())
    found = await desk.matching.candidates_for(request, widen=True)
    assert [line.name.first_name for line in found.lines] == places
    assert (found.total, found.near_counts) == (len(places), reasons)
    assert [line.name.first_name for line in found.near] == ["Here"] * len(reasons)
    assert bool(await desk.matching.requests_for(first)) == (not reasons)


async def test_consent_is_shown_and_does_not_exclude(desk: Desk) -> None:
    request = add_request(desk)
    give_offer(desk, add_candidate(desk, consent="refused"), carer())
    line = (await desk.matching.candidates_for(request)).lines[0]
    assert (line.consent, line.may_be_shared) == ("refused", False)


async def test_proposed_here_is_out_and_elsewhere_is_marked(desk: Desk) -> None:
    here, elsewhere = add_request(desk), add_request(desk, "Ziekenhuis Linde")
    person = add_candidate(desk)
    give_offer(desk, person, carer())
    made = await desk.proposals.propose(person, elsewhere)
    assert [line.elsewhere for line in (await desk.matching.candidates_for(here)).lines] == [1]
    assert (await desk.matching.candidates_for(elsewhere)).lines == ()
    await desk.proposals.withdraw(made.id, "already_filled")
    assert [line.earlier for line in (await desk.matching.candidates_for(elsewhere)).lines] == [
        "withdrawn_recruiter"
    ]


async def test_widened_says_on_what_people_fail(desk: Desk) -> None:
    request = add_request(desk, grid=0x88888, hours_min=8)
    for number, offer in enumerate(
        (carer(), carer(), carer(grid=0x88888), carer(grid=0x88888, educations=frozenset()))
    ):
        give_offer(desk, add_candidate(desk, f"P{number}", phone=None), offer)
    found = await desk.matching.candidates_for(request, widen=True)
    assert [line.name.first_name for line in found.lines] == ["P2"]
    assert found.near_counts == {"no_weekend_night": 2, "no_care_education": 1}
    assert {line.name.first_name for line in found.near} == {"P0", "P1", "P3"}


async def test_the_other_way_round(desk: Desk) -> None:
    person = add_candidate(desk)
    assert await desk.matching.requests_for(person) == ()
    give_offer(desk, person, carer())
    add_request(desk, "Ver weg", pc4=6211)
    add_request(desk, "Gevuld", fte=0)
    near = add_request(desk, "Dichtbij", pc4=8061)
    nearer = add_request(desk, "Om de hoek", pc4=8011)
    found = await desk.matching.requests_for(person)
    assert [match.request_id for match in found] == [nearer, near]
    assert found[0].fit.score >= found[1].fit.score
    assert [match.request_id for match in await desk.matching.requests_for(person, limit=1)] == [nearer]


async def test_a_placement_takes_its_hours(desk: Desk) -> None:
    request, taken = add_request(desk, hours_min=16), add_request(desk, "Elders")
    person = add_candidate(desk)
    give_offer(desk, person, carer())
    made = await desk.proposals.propose(person, taken, hours=20)

    def start(unit: Unit) -> None:
        unit.get(Proposal, made.id).status = "started"
        unit.get(Candidate, person).status = "placed"

    desk.lane.write_now(start)
    found = await desk.matching.candidates_for(request, widen=True)
    assert (found.total, found.near_counts) == (0, {"hours_too_few": 1})
    assert found.near[0].fit.time.hours == 4


async def test_who_is_only_on_the_shortlist_counts_nowhere_as_proposed(desk: Desk) -> None:
    person, request, other = add_candidate(desk), add_request(desk), add_request(desk, "Linde")
    give_offer(desk, person, carer())
    made = await desk.matching.mark(person, request)
    view = await desk.requests.request(request, person)
    assert (view.line.fte.proposed, view.line.proposals, view.line.fte.left) == (0, 0, view.line.fte.asked)
    assert (view.line.already_proposed, view.line.shortlisted) == (False, True)
    [line] = (await desk.matching.candidates_for(other)).lines
    assert line.elsewhere == 0
    assert (await desk.candidates.card(person)).status == "available"
    await desk.proposals.step(made.id, "sent")
    view = await desk.requests.request(request, person)
    assert (view.line.already_proposed, view.line.shortlisted, view.line.proposals) == (True, False, 1)
    assert view.proposals[0].response_due_at is not None
    assert (await desk.candidates.card(person)).status == "proposed"
