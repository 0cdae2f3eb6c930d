"""What education and experience make of a candidate: care background, medically trained, segment."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from db.reference.files import read_rows


@dataclass(frozen=True, slots=True)
class EducationDraft:
    """One education as told; `is_care` None means that it was not asked."""

    level: str
    programme: str = ""
    field: str = "care"
    completed: str = "yes"
    year: int | None = None
    is_care: bool | None = None
    diploma_seen: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class ExperienceDraft:
    """One piece of work experience as told."""

    function_profile: str
    sector: str | None = None
    organisation: str = ""
    years: float | None = None
    until_year: int | None = None
    paid: bool = True


def is_care_education(education: EducationDraft) -> bool:
    """Whether an education is one in care, completed or not: by its level, or by what was said of it."""
    group = _levels().get(education.level, {}).get("group", "")
    if group == "care":
        return True
    if group == "care_unless_denied":
        return education.is_care is not False and education.field != "other"
    return education.is_care is True


def care_background(educations: Sequence[EducationDraft], experiences: Sequence[ExperienceDraft]) -> bool:
    """A completed care education of mbo 2 or higher, or paid work in care."""
    return any(_counts(education) for education in educations) or any(
        experience.paid and _is_care_work(experience) for experience in experiences
    )


def medically_trained(educations: Sequence[EducationDraft]) -> bool:
    """The stricter count: a completed training as carer, nurse, doctor's assistant or physician."""
    return any(
        education.completed == "yes" and _levels().get(education.level, {}).get("medically_trained") == "yes"
        for education in educations
    )


def segment(
    educations: Sequence[EducationDraft],
    experiences: Sequence[ExperienceDraft],
    care_student: bool | None = None,
    considers_care: bool | None = None,
) -> str:
    """The group of list `segment` to which a candidate belongs; the first that applies.

    `care_student`: studies for a care profession; `considers_care`: may want to stay in care or train for it.
    """
    if care_background(educations, experiences):
        return "care_background"
    if care_student or any(
        education.completed == "in_progress" and is_care_education(education) for education in educations
    ):
        return "care_student"
    return "no_background_considering" if considers_care else "no_background_temporary"


def leads_to_big(educations: Sequence[EducationDraft], experiences: Sequence[ExperienceDraft]) -> bool:
    """Whether the candidate may have been in the BIG register, so that it must be asked."""
    return any(
        education.completed == "yes" and _levels().get(education.level, {}).get("big") == "yes"
        for education in educations
    ) or any(
        _profiles().get(experience.function_profile, {}).get("big") == "yes" for experience in experiences
    )


def _counts(education: EducationDraft) -> bool:
    group = _levels().get(education.level, {}).get("group", "")
    full = group in {"care", "care_unless_denied", "care_if_stated"}
    return full and education.completed == "yes" and is_care_education(education)


def _is_care_work(experience: ExperienceDraft) -> bool:
    return _profiles().get(experience.function_profile, {}).get("care_work") == "yes"


@cache
def _levels() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in read_rows("lists/education_level.csv")}


@cache
def _profiles() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in read_rows("lists/function_profile.csv")}
