"""What a request asks: its questions, its standard profiles, how complete it is, and who to talk to."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.drafts.request_answers import answers_of, draft_of
from db.drafts.requests import QUALIFICATIONS, RequestDraft
from db.reference.lists import code_list
from db.rules.contact_line import Contact, read_contact, show_contact_line
from db.rules.intake_fields import Answer
from db.rules.profile_needs import needs_of
from db.rules.request_completeness import completeness
from db.rules.request_form import FIELDS, refilled, standard_answers, suggested_positions
from db.rules.standard_profiles import standard_profile

HOME = UUID(int=7)
FULL = RequestDraft(
    HOME,
    function_profile="verzorgende_ig",
    fte_asked=200,
    hours_max=24,
    starts_on=date(2020, 5, 11),
    ends_on=date(2020, 8, 1),
    deadline=date(2020, 5, 20),
    grid=1,
    education_level="mbo3_vig",
    conditions=("none",),
    employment_forms=("paid_contract",),
    contact_person_id=UUID(int=8),
    postcode="8011 AB",
)
ALL_DRAFTS = st.builds(
    RequestDraft,
    organisation_id=st.just(HOME),
    function_profile=st.sampled_from([*code_list("function_profile"), ""]),
    fte_asked=st.none() | st.integers(1, 100_000),
    hours_min=st.none() | st.integers(1, 40),
    starts_on=st.none() | st.dates(date(2020, 1, 1), date(2021, 1, 1)),
    grid=st.integers(0, (1 << 28) - 1),
    big_requirement=st.sampled_from(list(code_list("big_requirement"))),
    qualifications=st.dictionaries(st.sampled_from(QUALIFICATIONS), st.sampled_from(["required", "wished"])),
    conditions=st.lists(st.sampled_from(list(code_list("request_condition"))), unique=True).map(tuple),
    contact_person_id=st.none() | st.uuids(),
    note=st.text(max_size=20).map(str.strip),
)


@given(ALL_DRAFTS)
def test_a_draft_comes_back_from_its_answers(draft: RequestDraft) -> None:
    assert draft_of(HOME, answers_of(draft)) == draft


def test_every_field_refers_to_a_list_that_exists() -> None:
    assert all(code_list(field.list_name) for field in FIELDS if field.list_name)


@pytest.mark.parametrize("profile", list(code_list("function_profile")))
def test_every_profile_has_a_standard_of_known_codes(profile: str) -> None:
    standard = standard_profile(profile)
    assert standard.big_requirement in code_list("big_requirement")
    assert standard.education_level is None or standard.education_level in code_list("education_level")
    assert standard.experience in {"", *code_list("need")}
    assert set(standard.conditions) <= code_list("request_condition").keys()
    if code_list("function_profile")[profile].group == "nursing":
        assert standard.big_requirement != "none"


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, ()),
        ({"fte_asked": None}, ("fte",)),
        ({"function_profile": ""}, ("function_profile", "big_requirement")),
        ({"education_level": None}, ("education_level",)),
        ({"education_level": None, "function_profile": "hostess"}, ()),
        ({"function_profile": "icu_nurse"}, ("big_requirement",)),
        ({"grid": 0, "deadline": None}, ("grid", "deadline")),
        ({"contact_person_id": None}, ("contact",)),
        ({"conditions": ()}, ("conditions",)),
        ({"conditions": ("covid_ward",)}, ()),
    ],
)
def test_what_is_missing(change: dict[str, object], missing: tuple[str, ...]) -> None:
    told = completeness(replace(FULL, **change))  # type: ignore[arg-type]
    assert told.missing == missing
    assert told.done + len(missing) == told.needed
    assert told.may_open == (not {"fte", "function_profile"} & set(missing))


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [(("none",), ("none",)), (("none", "covid_ward"), ("covid_ward",)), ((), ())],
)
def test_no_conditions_is_said_alone(chosen: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert replace(FULL, conditions=chosen).checked(date(2020, 5, 7)).conditions == kept


def test_another_profile_changes_only_what_nobody_answered() -> None:
    answers = {"function_profile": Answer("helpende"), **standard_answers("helpende")}
    answers["hours_max"] = Answer(12)
    changed = refilled(answers, "nurse_mbo")
    assert changed["education_level"].value == "mbo4_nurse"
    assert changed["big_requirement"].value == "registered_or_exempt"
    assert "hours_max" not in changed
    assert refilled({"education_level": Answer("evc")}, "nurse_mbo").get("education_level") is None


@pytest.mark.parametrize(
    ("fte", "hours", "divisor", "people"),
    [
        (250, 32, 36, 3),
        (100, 36, 36, 1),
        (100, 12, 36, 3),
        (20, 36, None, 1),
        (None, 36, 36, None),
        (100, None, 36, None),
    ],
)
def test_how_many_people_it_takes(
    fte: int | None, hours: int | None, divisor: int | None, people: int | None
) -> None:
    answers = {"fte": Answer(fte), "hours_max": Answer(hours), "fte_hours": Answer(divisor)}
    assert suggested_positions(answers) == people


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("M. de Vries 06-12345678 m@zonnehof.nl", Contact("M. de Vries", "+31612345678", "m@zonnehof.nl")),
        ("m@zonnehof.nl, M. de Vries", Contact("M. de Vries", None, "m@zonnehof.nl")),
        ("A. el Amrani (088) 100 0320", Contact("A. el Amrani", "+31881000320")),
        ("[b]Planning", Contact("[b]Planning")),
        ("0612345678", Contact("", "+31612345678", None, "name_missing")),
        ("Jan 12345", Contact("Jan 12345", None, None, "phone_wrong")),
        ("Jan jan@", Contact("Jan jan@")),
        ("Jan jan@x", Contact("Jan", None, None, "email_wrong")),
    ],
)
def test_somebody_to_talk_to_on_one_line(text: str, read: Contact) -> None:
    assert read_contact(text) == read


@given(
    st.sampled_from(["Jan", "M. de Vries"]),
    st.sampled_from([None, "+31612345678"]),
    st.sampled_from([None, "j@x.nl"]),
)
def test_a_shown_line_reads_as_the_same(name: str, phone: str | None, email: str | None) -> None:
    assert read_contact(show_contact_line(name, phone, email)) == Contact(name, phone, email)


def test_the_usual_education_of_a_profile_asks_no_more_than_the_profile() -> None:
    own = needs_of("nurse_hbo")
    assert needs_of("nurse_hbo", "hbo_nurse") == own
    assert needs_of("nurse_hbo", "posthbo_specialised_nurse").levels < own.levels


@pytest.mark.parametrize(("people", "told"), [(3, []), (6, []), (16, ["positions_many"])])
def test_far_more_people_than_the_fte_take_is_doubted(people: int, told: list[str]) -> None:
    found = replace(FULL, positions=people, fte_asked=200, hours_min=24).problems(date(2020, 5, 7))
    assert [(code, problem.code, problem.severity) for code, problem in found] == [
        ("positions", code, "warning") for code in told
    ]
