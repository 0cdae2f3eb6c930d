import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.reference.files import read_rows
from db.rules.function_given import UNKNOWN_FUNCTION, FunctionReading, function_profile_of


@pytest.mark.parametrize(
    ("text", "profile", "level", "care", "student"),
    [
        ("IC verpleegkundige", "icu_nurse", "posthbo_specialised_nurse", True, False),
        ("IC-verpleegkundige", "icu_nurse", "posthbo_specialised_nurse", True, False),
        ("Verpleegkundige", "nurse_mbo", None, True, False),
        ("Verpleegkundige A", "nurse_mbo", "inservice_abz", True, False),
        ("verpleegkundige mbo", "nurse_mbo", "mbo4_nurse", True, False),
        ("verpleegkundige hbo", "nurse_hbo", "hbo_nurse", True, False),
        ("Wijkverpleegkundige", "district_nurse", "hbo_nurse", True, False),
        ("Verzorgende", "verzorgende_ig", "mbo3_vig", True, False),
        ("verzorgende IG", "verzorgende_ig", "mbo3_vig", True, False),
        ("ziekenverzorgende", "verzorgende_ig", "mbo3_vig", True, False),
        ("kraamverzorgende", "verzorgende_ig", "mbo3_other", True, False),
        ("helpende", "helpende", "mbo2", True, False),
        ("begeleider gehandicaptenzorg", "begeleider", None, True, False),
        ("doktersassistente", "doctors_assistant", "mbo4_doctors_assistant", True, False),
        ("apothekersassistent", "other", "mbo4_other_care", True, False),
        ("fysiotherapeut", "paramedic", "hbo_paramedic", True, False),
        ("arts", "physician", "physician_basic", True, False),
        ("basisarts", "physician", "physician_basic", True, False),
        ("huisarts (gepensioneerd)", "physician", "physician_specialist", True, False),
        ("student hbo-v jaar 3", None, "student", None, True),
        ("docent zorg en welzijn", "teacher_trainer", None, None, False),
        ("gastvrouw/-heer", "hostess", None, None, False),
        ("zorgassistent", "care_assistant_buddy", None, None, False),
        ("schoonmaak", "cleaning", None, False, False),
        ("chauffeur", "logistics_driver", None, False, False),
        ("administratie", "admin_reception", None, False, False),
        ("KLM cabinepersoneel", "other", None, False, False),
        ("geen zorgachtergrond", None, None, False, False),
    ],
)
def test_functions(
    text: str, profile: str | None, level: str | None, care: bool | None, student: bool
) -> None:
    assert function_profile_of(text) == FunctionReading(profile, level, care, student)


@pytest.mark.parametrize("text", ["", "kunstschilder", "artistiek leider"])
def test_what_the_table_does_not_know(text: str) -> None:
    assert function_profile_of(text) is UNKNOWN_FUNCTION


def test_the_table_speaks_in_codes_that_exist() -> None:
    rows = read_rows("function_words.csv")
    profiles = {row["code"] for row in read_rows("lists/function_profile.csv")}
    levels = {row["code"] for row in read_rows("lists/education_level.csv")}
    assert {row["profile"] for row in rows} - {""} <= profiles
    assert {row["education_level"] for row in rows} - {""} <= levels
    assert {row["care_background"] for row in rows} <= {"yes", "no", ""}
    assert {row["student"] for row in rows} == {"yes", "no"}


def test_no_pattern_hides_behind_an_earlier_one() -> None:
    patterns = [row["pattern"] for row in read_rows("function_words.csv")]
    assert len(set(patterns)) == len(patterns)


@given(st.text())
def test_any_text_has_a_reading(text: str) -> None:
    assert isinstance(function_profile_of(text), FunctionReading)
