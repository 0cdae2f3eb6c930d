"""Care background, medically trained, segment."""

import pytest

from db.rules.qualification import (
    EducationDraft,
    ExperienceDraft,
    care_background,
    leads_to_big,
    medically_trained,
    segment,
)

NURSE = EducationDraft("mbo4_nurse")
STUDENT = EducationDraft("hbo_nurse", completed="in_progress")
ECONOMIST = EducationDraft("wo_master", field="other")


@pytest.mark.parametrize(
    ("education", "care", "medical"),
    [
        (NURSE, True, True),
        (EducationDraft("mbo3_vig"), True, True),
        (EducationDraft("mbo4_doctors_assistant"), True, True),
        (EducationDraft("mbo2"), True, False),
        (EducationDraft("mbo2", field="other"), False, False),
        (EducationDraft("mbo3_other", is_care=False), False, False),
        (EducationDraft("mbo1"), False, False),
        (EducationDraft("wo_master", is_care=True), True, False),
        (EducationDraft("foreign"), False, False),
        (EducationDraft("partial_certificate", is_care=True), False, False),
        (EducationDraft("from_a_newer_program"), False, False),
        (STUDENT, False, False),
        (ECONOMIST, False, False),
    ],
)
def test_education(education: EducationDraft, care: bool, medical: bool) -> None:
    assert care_background([education], []) is care
    assert medically_trained([education]) is medical


@pytest.mark.parametrize(
    ("experience", "care"),
    [
        (ExperienceDraft("helpende"), True),
        (ExperienceDraft("helpende", paid=False), False),
        (ExperienceDraft("cleaning", sector="hospital"), False),
    ],
)
def test_experience(experience: ExperienceDraft, care: bool) -> None:
    assert care_background([], [experience]) is care


def test_segments() -> None:
    assert segment([NURSE, STUDENT], []) == "care_background"
    assert segment([STUDENT], []) == "care_student"
    assert segment([ECONOMIST], [], care_student=True) == "care_student"
    assert segment([ECONOMIST], [], considers_care=True) == "no_background_considering"
    assert segment([], []) == "no_background_temporary"


def test_who_may_have_been_in_the_big_register() -> None:
    assert leads_to_big([NURSE], [])
    assert leads_to_big([], [ExperienceDraft("icu_nurse")])
    assert not leads_to_big([EducationDraft("mbo3_vig"), STUDENT], [ExperienceDraft("helpende")])
