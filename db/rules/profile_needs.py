"""What a function profile asks of whoever takes it up: data, read when first asked for."""

from dataclasses import dataclass, replace
from functools import cache

from db.reference.files import read_rows
from db.rules.standard_profiles import standard_profile

REMOTE_ONLY, REMOTE_REASON = "remote_only", "work_content"


@dataclass(frozen=True, slots=True)
class ProfileNeeds:
    """What a profile asks (`profile_requirements.csv`).

    Empty `levels`: no education is asked. `with_experience` are levels that do for whoever did the work
    before, `near` those that lack the specialisation alone. `experience` are the profiles that count as
    having done it, `professions` the BIG professions that may; empty is any.
    """

    levels: frozenset[str]
    with_experience: frozenset[str]
    near: frozenset[str]
    experience: frozenset[str]
    professions: frozenset[str]
    remote: bool


@dataclass(frozen=True, slots=True)
class LimitConflict:
    """A work limit that stands in the way of some work; when not `hard` it only makes it less fitting."""

    limit: str
    reason: str
    hard: bool


def needs_of(profile: str, education_level: str | None = None) -> ProfileNeeds:
    """What a request for this profile asks; an education level that it names goes before the own one.

    The usual level of the profile says nothing more than the profile does.
    """
    needs = _profiles().get(profile) or _profiles()["other"]
    usual = education_level == standard_profile(profile).education_level
    if education_level is None or usual or education_level not in _ladder():
        return needs
    accepted = _ladder()[education_level]
    return replace(needs, levels=accepted, with_experience=frozenset(), near=frozenset())


def conflicts_of(profile: str, sector: str, conditions: frozenset[str]) -> tuple[LimitConflict, ...]:
    """The work limits that stand in the way of this work."""
    asked = {("profile", profile), ("sector", sector), *(("condition", code) for code in conditions)}
    found = [conflict for kind, value, conflict in _conflicts() if (kind, value) in asked]
    if not needs_of(profile).remote:
        found.append(LimitConflict(REMOTE_ONLY, REMOTE_REASON, hard=True))
    return tuple(found)


@cache
def conflict_reasons() -> tuple[str, ...]:
    """The reasons that a work limit can have to exclude."""
    hard = (conflict.reason for _, _, conflict in _conflicts() if conflict.hard)
    return tuple(dict.fromkeys([*hard, REMOTE_REASON]))


@cache
def care_levels() -> frozenset[str]:
    """The education levels that are care educations."""
    rows = read_rows("lists/education_level.csv")
    return frozenset(
        row["code"] for row in rows if row["group"] in {"care", "care_unless_denied", "certificate"}
    )


@cache
def care_profiles() -> frozenset[str]:
    """The profiles that are work in care."""
    return frozenset(
        row["code"] for row in read_rows("lists/function_profile.csv") if row["care_work"] == "yes"
    )


@cache
def _profiles() -> dict[str, ProfileNeeds]:
    return {
        row["profile"]: ProfileNeeds(
            levels=_codes(row["levels"]),
            with_experience=_codes(row["levels_with_experience"]),
            near=_codes(row["levels_near"]),
            experience=_codes(row["experience"]),
            professions=_codes(row["big_professions"]),
            remote=row["remote"] == "yes",
        )
        for row in read_rows("profile_requirements.csv")
    }


@cache
def _ladder() -> dict[str, frozenset[str]]:
    return {row["asked"]: _codes(row["accepted"]) for row in read_rows("education_ladder.csv")}


@cache
def _conflicts() -> tuple[tuple[str, str, LimitConflict], ...]:
    return tuple(
        (row["kind"], row["value"], LimitConflict(row["limit"], row["reason"], row["hard"] == "yes"))
        for row in read_rows("limit_conflicts.csv")
    )


def _codes(words: str) -> frozenset[str]:
    return frozenset(words.split())


@cache
def _referrals() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in read_rows("reason_referrals.csv"):
        found[row["reason"]] = (*found.get(row["reason"], ()), row["destination"])
    return found


def gained_at(reason: str) -> tuple[str, ...]:
    """Where somebody can get the qualification that is missing (list `referral_destination`)."""
    return _referrals().get(reason, ())
