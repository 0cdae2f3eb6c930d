"""The one statement that ranks: the rule of `db.rules.fit` in SQL that both engines read alike.

Bits by `&`, whole numbers, comparisons, and the flat-earth square. Every condition is true or false, never
unknown, and every number is reckoned in the rule's own order, so that both say the same of one candidate: a
property test holds them together. What a request does not ask is a parameter that excludes nobody, so that
the statement is always the same one and is read once. Nothing that a person typed is ever part of its text.
"""

import re
from functools import cache
from typing import Any

import sqlalchemy as sa

from db.models import Candidate
from db.models.candidates import OFFERED
from db.rules import fit_place, fit_qualification, fit_time
from db.rules.profile_needs import conflict_reasons
from db.stores.facts import SHARE
from db.stores.match_parameters import exempt_names

_SQUARED = "((x_km - :x) * (x_km - :x) + (y_km - :y) * (y_km - :y))"
_WILLING = "match_regions & :region_bit <> 0"
_MAY_BE_NEAR = "(:region_unknown = 1 OR region_code IN (:region, 'region_unresolved', ''))"
_STARTS = "CASE WHEN match_from > :today + match_notice THEN match_from ELSE :today + match_notice END"
_FIRST = f"CASE WHEN {_STARTS} > :begins THEN {_STARTS} ELSE :begins END"
_LAST = "CASE WHEN match_until < :ends THEN match_until ELSE :ends END"
_DAYS = f"(({_LAST}) - ({_FIRST}) + 1)"
_APART = f"({_STARTS} > :ends OR :begins > :ends OR (match_until IS NOT NULL AND match_until < :begins))"
_BOOKED = """CASE WHEN status = 'placed' THEN (
    SELECT coalesce(sum(proposal.hours), 0) FROM proposal
    WHERE proposal.candidate_id = candidate.id AND proposal.is_live
    AND proposal.status IN ('accepted', 'started')) ELSE 0 END"""
_HOURS = f"(hours_max - {_BOOKED})"
_LEAST = f"(hours_min - {_BOOKED})"
_FORMS_LEFT = "(match_traits & :all_forms <> 0 AND match_traits & :forms = 0)"
_EXPERIENCED = "match_experience & :experience <> 0"
_EDUCATED = (
    f"(match_education & :levels <> 0 OR ({_EXPERIENCED} AND match_education & :levels_experienced <> 0))"
)
_EXPIRING = "big_status IN ('registered', 'expired_exempt', 'expired_supervised_only')"


def _covered() -> str:
    """How many of the asked day parts are offered: summed by day, by pair of days, remainder by 255."""
    days = " + ".join(f"(((match_grid & :grid) >> {shift}) & {0x1111111})" for shift in range(4))
    return f"(((({days}) & {0x0F0F0F0F}) + ((({days}) >> 4) & {0x0F0F0F0F})) % 255)"


def _standing() -> str:
    """The worth of the BIG registration on the day: 3 registered, 2 exempt, 1 under supervision, 0 none."""
    lapsed_lately = " OR ".join(
        f"(coalesce(match_big_profession, 0) & :{bit} <> 0 AND match_big_expires > :{after})"
        for bit, after in exempt_names()
    )
    return f"""CASE WHEN NOT {_EXPIRING} THEN 0
        WHEN match_big_expires IS NULL THEN
            CASE big_status WHEN 'registered' THEN 3 WHEN 'expired_exempt' THEN 2 ELSE 1 END
        WHEN match_big_expires >= :today THEN 3
        WHEN {lapsed_lately} THEN 2 ELSE 1 END"""


_BIG_SUFFICES = f"""({_standing()} >= :big_needed
    AND (match_big_profession IS NULL OR match_big_profession & :professions <> 0))"""
_BROADLY = f"""((abs(x_km - :middle_x) - :room <= match_reach
        AND abs(y_km - :middle_y) - :room <= match_reach)
    OR {_WILLING} OR match_reach IS NULL OR x_km IS NULL)"""
"""The square around everyone's own circle: implied by the distance, and much cheaper to see."""
_NO_DAYS = "match_grid & :day_rows = 0"
_NO_SHIFTS = "match_grid & :grid = 0"
_FEW_SHIFTS = f"{_covered()} < :shifts_needed"
_UNEDUCATED = f":education_required = 1 AND NOT {_EDUCATED}"


def _codes() -> dict[str, str]:
    """The condition under which each code excludes, those first that exclude most people soonest."""
    near = "match_education & :levels_near <> 0"
    care = "match_education & :levels_care <> 0"
    codes = {
        "too_far": f"""coalesce({_SQUARED} > match_reach * match_reach, 1 = 0) AND NOT ({_WILLING})""",
        "other_region": f"{_SQUARED} IS NULL AND NOT {_WILLING} AND NOT {_MAY_BE_NEAR}",
        "no_weekend_night": f":weekend_nights = 1 AND {_NO_SHIFTS}",
        "days_mismatch": f":weekend_nights = 0 AND :grid <> 0 AND {_NO_DAYS}",
        "education_level": f"{_UNEDUCATED} AND NOT {near} AND {care}",
        "no_care_education": f"{_UNEDUCATED} AND NOT {near} AND NOT {care}",
        "specialisation_missing": f"{_UNEDUCATED} AND {near}",
        "experience_missing": f":experience_required = 1 AND NOT {_EXPERIENCED}",
        "big_missing_expired": f":big_required = 1 AND NOT {_BIG_SUFFICES}",
        "covid_ward": "match_traits & :covid_no <> 0",
        "employment_form": _FORMS_LEFT,
        "vog_missing": ":vog_required = 1 AND match_traits & :vog_none <> 0",
        "language": ":dutch_required = 1 AND match_traits & :dutch_limited <> 0",
        "organisation_excluded": "id IN :excluding",
        "period_mismatch": _APART,
        "start_too_late": f"{_STARTS} > :begins + {fit_time.LATEST_START_DAYS} AND NOT {_APART}",
        "period_too_short": f"""{_DAYS} < {fit_time.SHORTEST_DAYS}
            AND ({_DAYS} * 2 < :days_asked OR :days_asked = 0) AND NOT {_APART}""",
        "dayparts_mismatch": f"""{_FEW_SHIFTS} AND
            ((:weekend_nights = 1 AND NOT {_NO_SHIFTS}) OR (:weekend_nights = 0 AND NOT {_NO_DAYS}))""",
        "hours_too_few": f"coalesce({_HOURS} * 2 < :hours_fewest, 1 = 0)",
        "hours_too_many": f":hours_asked > 0 AND coalesce({_LEAST} > 2 * :hours_asked, 1 = 0)",
    }
    return codes | {reason: f"match_traits & :barred_{reason} <> 0" for reason in conflict_reasons()}


def _place_points() -> str:
    bands = " ".join(
        f"WHEN {_SQUARED} <= match_reach * match_reach * :band_{number} THEN {points}"
        for number, (_, points) in enumerate(fit_place.BANDS)
    )
    return f"""CASE
        WHEN {_SQUARED} IS NULL AND NOT {_WILLING} AND NOT {_MAY_BE_NEAR} THEN 0
        WHEN {_SQUARED} IS NULL THEN {fit_place.UNKNOWN_PLACE_POINTS}
        WHEN match_reach IS NULL THEN {fit_place.UNKNOWN_REACH_POINTS}
        {bands}
        WHEN {_WILLING} THEN {fit_place.REGION_POINTS} ELSE 0 END"""


def _time_points() -> str:
    return f"""CASE WHEN :grid = 0 THEN {fit_time.SHIFT_POINTS}
            ELSE {fit_time.SHIFT_POINTS} * {_covered()} / :shifts_divisor END
        + CASE WHEN :hours_asked = 0 THEN {fit_time.HOUR_POINTS}
            WHEN hours_max IS NULL THEN {fit_time.UNKNOWN_HOUR_POINTS}
            WHEN coalesce({_LEAST} > :hours_asked, 1 = 0) THEN {fit_time.TOO_MANY_HOUR_POINTS}
            WHEN {_HOURS} >= :hours_asked THEN {fit_time.HOUR_POINTS}
            ELSE {fit_time.HOUR_POINTS} * {_HOURS} / :hours_divisor END
        + CASE WHEN :open_end = 1 THEN
                CASE WHEN match_until IS NULL THEN {fit_time.PERIOD_POINTS}
                    ELSE {fit_time.OPEN_END_POINTS} END
            WHEN {_DAYS} > 0 AND :days_asked > 0 THEN {fit_time.PERIOD_POINTS} * {_DAYS} / :days_divisor
            ELSE 0 END"""


def _qualification_points() -> str:
    profile, experience = fit_qualification.PROFILE_POINTS, fit_qualification.EXPERIENCE_POINTS
    unmet = " + ".join(f"CASE WHEN {condition} THEN 1 ELSE 0 END" for condition in _unmet())
    return f"""CASE WHEN coalesce(function_profile, '') = :profile THEN {profile["own"]}
            WHEN {_EXPERIENCED} THEN {profile["experienced"]} ELSE {profile["other"]} END
        + CASE WHEN :big_needed = 0 THEN {fit_qualification.NO_BIG_POINTS} ELSE 2 * ({_standing()}) END
        + CASE WHEN {_EXPERIENCED} THEN {experience["same"]}
            WHEN match_experience & :experience_care <> 0 THEN {experience["care"]}
            ELSE {experience["none"]} END
        + {fit_qualification.WISH_POINTS} - ({unmet})"""


def _unmet() -> list[str]:
    """The wishes that count when they are not met."""
    return [
        f":education_wished = 1 AND NOT {_EDUCATED}",
        f":experience_wished = 1 AND NOT {_EXPERIENCED}",
        f":big_wished = 1 AND NOT {_BIG_SUFFICES}",
        ":vog_asked = 1 AND match_traits & :vog_known = 0",
        ":dutch_asked = 1 AND match_traits & :dutch_known = 0",
        "match_traits & :hindered <> 0",
        "match_traits & :covid_rather_not <> 0",
        "match_traits & :all_sectors <> 0 AND match_traits & :sector = 0",
    ]


SCORE = f"({_time_points()} + {_place_points()} + {_qualification_points()})"
WAITING = "coalesce(last_feedback_at, registered_at)"
_PRESENT = f"""{OFFERED} AND NOT do_not_call AND (paused_until IS NULL OR paused_until <= :now)
    AND id NOT IN (SELECT proposal.candidate_id FROM proposal
        WHERE proposal.request_id = :request_id AND proposal.is_live)"""
_HAS_HOURS = f"(status <> 'placed' OR hours_max IS NULL OR {_HOURS} > 0)"
_NEAR_ENOUGH = f"""(NOT (coalesce({_SQUARED} > match_reach * match_reach, 1 = 0))
    OR {_SQUARED} <= match_reach * match_reach * :near_band OR {_WILLING})"""
DETAILS = (
    "id", "first_name", "initials", "prefix", "last_name", "partner_prefix", "partner_name", "name_order",
    "place", "status", "registered_at", "last_feedback_at", "x_km", "y_km", "region_code", "function_profile",
    "big_status", "hours_min", "hours_max", "match_grid", "match_from", "match_until", "match_notice",
    "match_reach", "match_regions", "match_education", "match_experience", "match_traits",
    "match_big_profession", "match_big_expires", "match_excluded",
)  # fmt: skip


@cache
def fitting() -> sa.TextualSelect:
    """Whoever nothing excludes, best first, with how many they are in all."""
    none = "\n AND ".join(f"NOT ({condition})" for condition in _codes().values())
    return _ranked(f"{_BROADLY}\n AND {none}\n AND {_PRESENT}\n AND {_HAS_HOURS}")


@cache
def nearest(people: str) -> sa.TextualSelect:
    """Whoever nothing excludes in a table of some people, nearest first: only what a plan reckons with.

    The table has the columns that ranking reads.
    """
    none = "\n AND ".join(f"NOT ({condition})" for condition in _codes().values())
    statement = f"""
    SELECT id, {_HOURS} AS hours, {_SQUARED} AS squared FROM {people} AS candidate
    WHERE {_BROADLY}\n AND {none}\n AND {_PRESENT}\n AND {_HAS_HOURS}
    ORDER BY coalesce({_SQUARED}, 1000000), id LIMIT :limit"""
    columns: list[sa.ColumnClause[Any]] = [
        sa.column("id", sa.Uuid()),
        sa.column("hours", sa.Integer),
        sa.column("squared", sa.Double),
    ]
    return sa.text(statement).bindparams(*_typed(statement)).columns(*columns)


@cache
def nearly() -> sa.TextualSelect:
    """Whoever exactly one thing excludes, best first."""
    return _ranked(_once())


@cache
def reasons() -> sa.TextClause:
    """How many are excluded by exactly one thing, by what it is."""
    which = " ".join(f"WHEN {condition} THEN '{code}'" for code, condition in _codes().items())
    counted = (
        f"SELECT CASE {which} END AS reason, count(*) AS number FROM candidate WHERE {_once()} GROUP BY 1"
    )
    return sa.text(counted).bindparams(*_typed(counted))


def _typed(statement: str) -> list[sa.BindParameter[Any]]:
    """The parameters with their types, which PostgreSQL wants to know beforehand."""
    names = dict.fromkeys(re.findall(r":([a-z_0-9]+)", statement))
    return [
        sa.bindparam(name, expanding=True, type_=sa.Uuid())
        if name == "excluding"
        else sa.bindparam(name, type_=_type(name))
        for name in names
    ]


def _type(name: str) -> sa.types.TypeEngine[Any]:
    if name in {"x", "y", "middle_x", "middle_y", "room", "near_band"} or name.startswith("band_"):
        return sa.Double()
    known: dict[str, sa.types.TypeEngine[Any]] = {
        "request_id": sa.Uuid(),
        "now": sa.DateTime(timezone=True),
        "region": sa.String(),
        "profile": sa.String(),
    }
    return known.get(name, sa.BigInteger())


def _once() -> str:
    excluded = " + ".join(f"CASE WHEN {condition} THEN 1 ELSE 0 END" for condition in _codes().values())
    return f"{_PRESENT} AND {_NEAR_ENOUGH} AND {_HAS_HOURS} AND ({excluded}) = 1"


def _ranked(condition: str) -> sa.TextualSelect:
    names = ", ".join(f"candidate.{name}" for name in DETAILS)
    statement = f"""
    WITH ranked AS (
        SELECT id AS found, {SCORE} AS score, {WAITING} AS waiting, count(*) OVER () AS total
        FROM candidate WHERE {condition} ORDER BY 2 DESC, 3, 1 LIMIT :limit)
    SELECT {names}, ranked.total, {_BOOKED} AS booked, availability.last_confirmed_at AS confirmed,
        availability.exceptions AS exceptions,
        (SELECT consent.state FROM consent
            WHERE consent.candidate_id = candidate.id AND consent.purpose = '{SHARE}' AND NOT EXISTS (
                SELECT 1 FROM retraction
                WHERE retraction.fact_id = consent.id AND retraction.lifted_at IS NULL)
            ORDER BY consent.at DESC, consent.id DESC LIMIT 1) AS consent,
        (SELECT count(*) FROM proposal
            WHERE proposal.candidate_id = candidate.id AND proposal.is_live
            AND proposal.status <> 'shortlisted') AS elsewhere,
        (SELECT proposal.status FROM proposal
            WHERE proposal.candidate_id = candidate.id AND proposal.request_id = :request_id
            ORDER BY proposal.updated_at DESC LIMIT 1) AS earlier
    FROM ranked JOIN candidate ON candidate.id = ranked.found
        LEFT JOIN availability ON availability.candidate_id = candidate.id
    ORDER BY ranked.score DESC, ranked.waiting, candidate.id"""
    table = sa.inspect(Candidate).local_table
    columns: list[sa.ColumnClause[Any]] = [sa.column(name, table.c[name].type) for name in DETAILS]
    more: list[sa.ColumnClause[Any]] = [
        sa.column("total", sa.Integer),
        sa.column("booked", sa.Integer),
        sa.column("confirmed", table.c.registered_at.type),
        sa.column("exceptions", sa.JSON()),
        sa.column("consent", sa.String),
        sa.column("elsewhere", sa.Integer),
        sa.column("earlier", sa.String),
    ]
    return sa.text(statement).bindparams(*_typed(statement)).columns(*columns, *more)
