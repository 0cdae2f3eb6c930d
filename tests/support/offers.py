"""Invented offers and requests for the tests of matching: whatever chance brings, all of it possible."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.models import Availability, Candidate, Interview
from db.reference.lists import code_list
from db.rules.availability import ALL_CELLS
from db.rules.away import Span, spans_of
from db.rules.big import big_status
from db.rules.exclusions import wish_key
from db.rules.fit_facts import FitCandidate, FitRequest, usable_grid
from db.rules.match_columns import pack
from db.rules.region import flat_point

TODAY = date(2020, 5, 7)
PROFILES = (
    "hostess",
    "verzorgende_ig",
    "nurse_mbo",
    "nurse_hbo",
    "icu_nurse",
    "physician",
    "helpende",
    "bco_worker",
)
LEVELS = (
    "none", "mbo2", "mbo3_vig", "mbo4_nurse", "inservice_abz", "hbo_nurse", "posthbo_specialised_nurse",
    "physician_basic", "hbo_other", "evc",
)  # fmt: skip
REGIONS = ("sigra", "wzw", "region_unresolved")
PLACES = ("Zonnehof", "De Linde", "")


def _some(chance: Random, codes: Any, most: int) -> frozenset[str]:  # noqa: ANN401  # codes of a list
    return frozenset(chance.sample(list(codes), chance.randint(0, most)))


def _grid(chance: Random) -> int:
    return chance.choice(
        (ALL_CELLS, chance.getrandbits(28), chance.getrandbits(28) & chance.getrandbits(28), 0x11111)
    )


def _maybe(chance: Random, value: Any) -> Any:  # noqa: ANN401  # anything, or None
    return value if chance.random() < 0.8 else None


def _away(chance: Random) -> tuple[Span, ...]:
    """Two times in three nobody is away."""
    days = [chance.randint(-5, 90) for _ in range(chance.choice((0, 0, 0, 0, 1, 2)))]
    first = [TODAY + timedelta(days=day) for day in days]
    return spans_of(
        [(day.isoformat(), (day + timedelta(days=chance.randint(0, 40))).isoformat()) for day in first]
    )


def some_offer(chance: Random) -> FitCandidate:
    """What some candidate could offer."""
    limits = _some(chance, code_list("work_limit"), 2)
    profession = chance.choice((None, "01", "30", "30", "04"))
    expires = TODAY + timedelta(days=chance.choice((-1800, -1500, -1300, -900, -1, 0, 400)))
    status = big_status(profession, True, _maybe(chance, expires), chance.random() < 0.1, TODAY)
    most = chance.choice((None, 4, 8, 12, 16, 24, 36))
    known = chance.random() < 0.9
    return FitCandidate(
        grid=usable_grid(_grid(chance), limits),
        available_from=TODAY + timedelta(days=chance.choice((-30, 0, 3, 14, 40))),
        available_until=_maybe(chance, TODAY + timedelta(days=chance.choice((2, 25, 60, 300)))),
        notice_days=chance.choice((0, 1, 7, 14)),
        hours_min=None if most is None else _maybe(chance, chance.randint(1, most)),
        hours_max=most,
        x_km=chance.uniform(-20, 20) if known else None,
        y_km=chance.uniform(-20, 20) if known else None,
        reach_km=_maybe(chance, chance.choice((0, 5, 15, 30, 60))),
        region=chance.choice(REGIONS),
        regions_willing=_some(chance, REGIONS[:2], 1),
        profile=chance.choice((*PROFILES, None)),
        educations=_some(chance, LEVELS, 3),
        experiences=_some(chance, PROFILES, 2),
        big_status=status,
        big_profession=profession,
        big_expires=None if status in {"unknown", "never"} else _maybe(chance, expires),
        limits=limits,
        sectors=_some(chance, code_list("care_sector"), 2),
        employment_forms=_some(chance, code_list("employment_form"), 2),
        vog=chance.choice((*code_list("vog"), None)),
        dutch=chance.choice((*code_list("language_level"), None)),
        covid_wards=chance.choice((*code_list("covid_wards"), None)),
        away=_away(chance),
        excluded=wish_key(chance.choice(("", "", "niet naar Zonnehof", "Linde of de Zonnehof"))),
    )


def some_request(chance: Random) -> FitRequest:
    """What some organisation could ask."""
    most = chance.choice((None, 8, 16, 24, 36))
    known = chance.random() < 0.9
    return FitRequest(
        organisation=f"Verpleeghuis {chance.choice(PLACES)}",
        sector=chance.choice(("hospital", "vvt_nursing_home", "vvt_home_care", "mental_health")),
        profile=chance.choice((*PROFILES, "other")),
        grid=chance.choice((0, _grid(chance), 0x8888888, 0xFF00000, 0x11111)),
        hours_min=None if most is None else _maybe(chance, chance.randint(1, most)),
        hours_max=most,
        starts_on=_maybe(chance, TODAY + timedelta(days=chance.choice((-20, 0, 10, 30)))),
        ends_on=_maybe(chance, TODAY + timedelta(days=chance.choice((-1, 12, 40, 120)))),
        x_km=chance.uniform(-20, 20) if known else None,
        y_km=chance.uniform(-20, 20) if known else None,
        region=chance.choice(REGIONS),
        education_level=chance.choice((None, None, None, "mbo3_vig", "none", "hbo_other")),
        big_requirement=chance.choice(tuple(code_list("big_requirement"))),
        qualifications={
            what: chance.choice(("required", "wished"))
            for what in _some(chance, ("education", "big", "experience", "vog", "dutch"), 3)
        },
        conditions=_some(chance, ("covid_ward", "physically_heavy", "supervision_available"), 2),
        employment_forms=_some(chance, code_list("employment_form"), 2),
    )


def carer(**changes: Any) -> FitCandidate:  # noqa: ANN401  # any field
    """What a certified carer in Zwolle offers: every morning of the working week, 8 to 24 hours."""
    x_km, y_km = flat_point(8011) or (0.0, 0.0)
    offer = FitCandidate(
        grid=0x11111,
        available_from=TODAY,
        hours_min=8,
        hours_max=24,
        x_km=x_km,
        y_km=y_km,
        reach_km=15,
        region="wgv_zorg_en_welzijn",
        profile="verzorgende_ig",
        educations=frozenset({"mbo3_vig"}),
        experiences=frozenset({"verzorgende_ig"}),
    )
    return replace(offer, **changes)


def columns_of(offer: FitCandidate) -> dict[str, Any]:
    """The columns of a candidate that say this."""
    return {
        "x_km": offer.x_km,
        "y_km": offer.y_km,
        "region_code": offer.region,
        "function_profile": offer.profile,
        "big_status": offer.big_status,
        "hours_min": offer.hours_min,
        "hours_max": offer.hours_max,
        **pack(offer),
    }


def hold_availability(unit: Unit, candidate_id: UUID, offer: FitCandidate) -> None:
    """Write when a candidate can work, as a completed interview would: matching reads the days away."""
    interview = Interview(
        candidate_id=candidate_id,
        user_id=unit.user_id,
        state="complete",
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(interview)
    unit.session.flush()
    unit.session.add(
        Availability(
            candidate_id=candidate_id,
            interview_id=interview.id,
            available_from=offer.available_from,
            available_until=offer.available_until,
            hours_min=offer.hours_min or 0,
            hours_max=offer.hours_max or 0,
            grid=offer.grid,
            exceptions=[[day.isoformat() for day in span] for span in offer.away],
            last_confirmed_at=unit.now,
        )
    )


def give_offer(desk: Desk, candidate_id: UUID, offer: FitCandidate) -> None:
    """Let a candidate offer this, as a completed interview would."""

    def work(unit: Unit) -> None:
        candidate = unit.get(Candidate, candidate_id)
        for name, value in columns_of(offer).items():
            setattr(candidate, name, value)
        if offer.away:
            hold_availability(unit, candidate_id, offer)

    desk.lane.write_now(work)
