"""What an intake misses, and what is wrong with an answer."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules import intake, intake_fields
from db.rules.intake import FIELDS, NOT_ASKED, Answer, missing, problems, progress, read_answers
from db.texts import LANGUAGES, Texts

ON = date(2020, 5, 7)
COMPLETE: dict[str, Any] = {
    "educations": [{"level": "mbo4_nurse", "year": 1990}],
    "care_experience": True,
    "experiences": [{"function_profile": "nurse_mbo", "until_year": 2015}],
    "big_registered": False,
    "employment_forms": ["paid_contract"],
    "available_from": "2020-05-08",
    "hours_min": 8,
    "hours_max": 24,
    "grid": {"available": 7, "preferred": 1},
    "max_travel_km": 15,
    "consent_share": True,
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["level", "year", "function_profile", "available", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def answers(**changes: object) -> dict[str, Answer]:
    return {code: Answer(value) for code, value in {**COMPLETE, **changes}.items()}


def codes(field_code: str, value: object, **others: object) -> list[tuple[str, str]]:
    found = problems(field_code, Answer(value), answers(**others), ON)
    return [(problem.code, problem.severity) for problem in found]


def test_a_complete_intake_misses_nothing_and_has_no_errors() -> None:
    given_answers = answers()
    assert missing(given_answers) == ()
    assert progress(given_answers) == (11, 11)
    assert not [
        p for code, answer in given_answers.items() for p in problems(code, answer, given_answers, ON)
    ]


@pytest.mark.parametrize("code", COMPLETE)
def test_each_required_answer_is_missed(code: str) -> None:
    assert missing({**answers(), code: NOT_ASKED}) == (code,) or code in {"educations", "care_experience"}
    assert code in missing({**answers(), code: NOT_ASKED})


def test_no_is_an_answer_and_no_education_is_one_too() -> None:
    found = missing(answers(educations=[], care_experience=False, experiences=None, consent_share=False))
    assert found == ()


def test_big_is_required_only_where_it_may_be_held() -> None:
    without = {code: answer for code, answer in answers().items() if code != "big_registered"}
    assert missing(without) == ("big_registered",)
    helper = {
        "educations": Answer([{"level": "mbo3_vig"}]),
        "experiences": Answer([{"function_profile": "helpende"}]),
    }
    assert missing({**without, **helper}) == ()


def test_a_note_that_a_choice_demands_is_missed() -> None:
    assert missing(answers(work_limits=["no_lifting"])) == ()
    other = answers(work_limits=["no_lifting", "other"], work_limits_note=None)
    assert missing(other) == ("work_limits_note",)
    assert missing({**other, "work_limits_note": Answer("geen kinderen")}) == ()


def test_minutes_do_instead_of_kilometres() -> None:
    assert missing(answers(max_travel_km=None)) == ("max_travel_km",)
    assert missing(answers(max_travel_km=None, max_travel_minutes=30)) == ()


@pytest.mark.parametrize(
    ("code", "value", "others", "found"),
    [
        ("notes", "bsn 111222333", {}, [("bsn_found", "error")]),
        ("notes", "heeft diabetes", {}, [("health_words", "warning")]),
        ("educations", [{"level": "mbo2", "programme": "111222333"}], {}, [("bsn_found", "error")]),
        ("educations", [{"level": "mbo9"}], {}, [("code_unknown", "error")]),
        ("educations", [{"level": "mbo2", "year": 1066}], {}, [("year_range", "error")]),
        ("educations", [{"level": "mbo2", "year": 3098}], {}, [("year_range", "error")]),
        ("available_from", "2021-05-01", {}, [("date_far", "warning")]),
        ("available_from", "2021-01-01", {}, []),
        ("available_until", "2021-05-01", {}, [("date_far", "warning")]),
        ("available_until", "2021-12-31", {}, []),
        ("exceptions", [["2021-05-04", "2021-05-06"]], {}, [("period_far", "warning")]),
        ("hours_max", 4, {}, [("hours_order", "error")]),
        ("hours_max", 48, {}, [("hours_many", "warning")]),
        ("hours_max", "24", {}, [("value_kind", "error")]),
        ("available_until", "2020-05-01", {}, [("until_before_from", "error"), ("until_past", "warning")]),
        ("available_until", "2020-02-30", {}, [("date_invalid", "error")]),
        ("grid", {"available": 0}, {}, [("grid_empty", "error")]),
        ("grid", {"available": 1, "preferred": 2}, {}, [("preferred_not_available", "error")]),
        ("employment_forms", [], {}, [("choices_empty", "error")]),
        ("work_limits", ["no_lifting", "x"], {}, [("code_unknown", "error")]),
        ("max_travel_km", 150, {}, [("travel_far", "warning")]),
        ("max_travel_km", -1, {}, [("travel_range", "error")]),
        ("max_travel_km", 99999, {}, [("travel_range", "error")]),
        ("kvk_number", "1234", {}, [("kvk_length", "error")]),
        ("big_number", "1234", {}, [("big_length", "error")]),
        ("big_number", "9911009701", {"big_profession": "30"}, [("big_profession_hint", "warning")]),
        ("big_expires", "2018-01-02", {}, [("big_expired", "warning")]),
        ("exceptions", [["2020-07-10", "2020-07-01"]], {}, [("period_order", "error")]),
        ("consent_share", "ja", {}, [("value_kind", "error")]),
    ],
)
def test_problems(code: str, value: object, others: dict[str, object], found: list[tuple[str, str]]) -> None:
    assert codes(code, value, **others) == found


def test_a_question_passed_over_has_no_problems() -> None:
    assert problems("hours_max", NOT_ASKED, {}) == ()


def test_stored_answers_read_back() -> None:
    stored = {code: intake.store_answer(answer) for code, answer in {**answers(), "vog": NOT_ASKED}.items()}
    assert stored["vog"] == {"not_asked": True}
    assert read_answers(stored) == {**answers(), "vog": NOT_ASKED}


@given(st.sampled_from([field.code for field in FIELDS]), JSON)
def test_no_answer_is_too_odd(code: str, value: object) -> None:
    for problem in problems(code, Answer(value), answers(), ON):
        assert Texts("nl")(f"intake.problem.{problem.code}", **problem.params)
    missing({**answers(), code: Answer(value)})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_its_words(language: str) -> None:
    texts = Texts(language)
    assert all(texts.has(f"intake.{part}.{field.code}") for field in FIELDS for part in ("field", "question"))
    assert all(texts.has(f"intake.section.{section}") for section in intake_fields.SECTIONS)


def test_answers_to_questions_that_no_longer_apply_do_not_count() -> None:
    given_answers = answers(care_experience=False, educations=[], big_number="12345678930")
    counting = intake.relevant(given_answers)
    assert {"experiences", "big_registered", "big_number"}.isdisjoint(counting)
    assert "grid" in counting


def test_a_chamber_of_commerce_number_is_never_taken_for_a_citizen_service_number() -> None:
    assert codes("kvk_number", "11122233") == []
