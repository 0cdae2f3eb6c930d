"""Qualification: education, BIG, experience, limits and wishes against what the work asks. Thirty points."""

from datetime import date

from db.rules.big import big_status
from db.rules.exclusions import names_organisation
from db.rules.fit_facts import REQUIRED, FitCandidate, FitRequest, QualificationFit
from db.rules.profile_needs import (
    ProfileNeeds,
    care_levels,
    care_profiles,
    conflicts_of,
    needs_of,
)

PROFILE_POINTS = {"own": 10, "experienced": 8, "other": 4}
BIG_POINTS = {"registered": 6, "expired_exempt": 4, "expired_supervised_only": 2}
NO_BIG_POINTS = 6
EXPERIENCE_POINTS = {"same": 6, "care": 3, "none": 0}
WISH_POINTS = 8
"""One less for each wish that is not met; there are at most so many."""
EXPIRING = frozenset({"registered", "expired_exempt", "expired_supervised_only"})
ACCEPTED_STANDINGS = {
    "registered": frozenset({"registered"}),
    "registered_or_exempt": frozenset({"registered", "expired_exempt"}),
    "supervised_ok": EXPIRING,
}
"""By `big_requirement`; with none nothing is asked."""
ANY_FORM = "any"


def fit_qualification(candidate: FitCandidate, request: FitRequest, on: date) -> QualificationFit:
    """Lay the two side by side on a day: a registration expires, and the exemption of 2020 ended."""
    needs = needs_of(request.profile, request.education_level)
    standing = big_standing(candidate, on)
    experienced = bool(candidate.experiences & needs.experience)
    limits = _limits(candidate, request)
    hard: list[str] = []
    unmet: list[str] = []
    for code, failed, asked in (
        (
            _education_code(candidate, needs),
            not _educated(candidate, needs, experienced),
            _asked_education(request),
        ),
        ("big_missing_expired", not _big_suffices(candidate, request, needs, standing), _asked_big(request)),
        ("experience_missing", not experienced, request.asks("experience")),
    ):
        if failed and asked:
            (hard if asked == REQUIRED else unmet).append(code)
    _papers(candidate, request, hard, unmet)
    hard += dict.fromkeys(reason for _, reason, is_hard in limits if is_hard)
    unmet += ["work_content"] if any(not is_hard for _, _, is_hard in limits) else []
    _wishes(candidate, request, hard, unmet)
    own = candidate.profile == request.profile
    care = bool(candidate.experiences & care_profiles())
    return QualificationFit(
        codes=tuple(hard),
        unmet=tuple(unmet),
        points=_points(request, standing, own, experienced, care, len(unmet)),
        own_profile=own,
        educations=tuple(sorted(candidate.educations & (needs.levels | needs.with_experience))),
        education_asked=bool(needs.levels),
        big_standing=standing,
        big_requirement=request.big_requirement,
        experienced=experienced,
        care_experience=care,
        limits=tuple(dict.fromkeys(limit for limit, _, _ in limits)),
    )


def big_standing(candidate: FitCandidate, on: date) -> str:
    """What the candidate's BIG registration is worth on a day (list `big_status`)."""
    if candidate.big_status not in EXPIRING or candidate.big_expires is None:
        return candidate.big_status
    return big_status(candidate.big_profession, None, candidate.big_expires, False, on)


def _educated(candidate: FitCandidate, needs: ProfileNeeds, experienced: bool) -> bool:
    if not needs.levels or candidate.educations & needs.levels:
        return True
    return experienced and bool(candidate.educations & needs.with_experience)


def _education_code(candidate: FitCandidate, needs: ProfileNeeds) -> str:
    if candidate.educations & needs.near:
        return "specialisation_missing"
    return "education_level" if candidate.educations & care_levels() else "no_care_education"


def _asked_education(request: FitRequest) -> str | None:
    return request.asks("education", REQUIRED)


def _asked_big(request: FitRequest) -> str | None:
    if request.big_requirement not in ACCEPTED_STANDINGS:
        return None
    return request.asks("big", REQUIRED)


def _big_suffices(candidate: FitCandidate, request: FitRequest, needs: ProfileNeeds, standing: str) -> bool:
    accepted = ACCEPTED_STANDINGS.get(request.big_requirement, EXPIRING)
    right = (
        not needs.professions
        or candidate.big_profession is None
        or candidate.big_profession in needs.professions
    )
    return standing in accepted and right


def _papers(candidate: FitCandidate, request: FitRequest, hard: list[str], unmet: list[str]) -> None:
    """The certificate of good conduct and the language: what is not known excludes nobody."""
    for code, asked, known, none in (
        ("vog_missing", request.asks("vog"), candidate.vog == "has", candidate.vog == "none"),
        ("language", request.asks("dutch"), candidate.dutch == "good", candidate.dutch == "limited"),
    ):
        if asked == REQUIRED and none:
            hard.append(code)
        elif asked and not known:
            unmet.append(code)


def _limits(candidate: FitCandidate, request: FitRequest) -> list[tuple[str, str, bool]]:
    conflicts = conflicts_of(request.profile, request.sector, request.conditions)
    return [(item.limit, item.reason, item.hard) for item in conflicts if item.limit in candidate.limits]


def _wishes(candidate: FitCandidate, request: FitRequest, hard: list[str], unmet: list[str]) -> None:
    """What the person wants and does not want."""
    if "covid_ward" in request.conditions:
        if candidate.covid_wards == "no":
            hard.append("covid_ward")
        elif candidate.covid_wards == "prefer_not":
            unmet.append("covid_ward")
    forms = candidate.employment_forms
    if forms and request.employment_forms and ANY_FORM not in forms | request.employment_forms:
        hard += [] if forms & request.employment_forms else ["employment_form"]
    if candidate.sectors and request.sector not in candidate.sectors:
        unmet.append("sector_not_wished")
    if candidate.excluded and names_organisation(candidate.excluded, request.organisation):
        hard.append("organisation_excluded")


def _points(request: FitRequest, standing: str, own: bool, experienced: bool, care: bool, unmet: int) -> int:
    profile = PROFILE_POINTS["own" if own else "experienced" if experienced else "other"]
    asks_big = request.big_requirement in ACCEPTED_STANDINGS
    big = BIG_POINTS.get(standing, 0) if asks_big else NO_BIG_POINTS
    experience = EXPERIENCE_POINTS["same" if experienced else "care" if care else "none"]
    return profile + big + experience + max(WISH_POINTS - unmet, 0)
