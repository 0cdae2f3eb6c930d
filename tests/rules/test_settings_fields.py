"""The rules of the desk: what is typed is what holds, and nothing else can be typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import DeskError
from db.reference.outcomes import outcomes
from db.rules.priority import PriorityRules, priority_group
from db.rules.settings import DeskSettings
from db.rules.settings_fields import from_rows, read_setting, setting_fields, tuned, typed, value_of
from db.rules.waves import read_waves, show_waves
from db.texts import LANGUAGES, Texts

STANDARD = DeskSettings()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", setting_fields())
def test_every_default_can_be_typed_and_holds_again(code: str, language: str) -> None:
    value = value_of(STANDARD, code)
    assert read_setting(code, typed(code, value, language), STANDARD) == value
    assert value_of(from_rows({code: value}), code) == value
    assert Texts(language).has(f"desk_settings.field.{code}")


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("lease_minutes", "25", 25),
        ("weekday", "9-21.30", "9:00-21:30"),
        ("saturday", "dicht", ""),
        ("early_close", "17", "17:00"),
        ("early_days", "04-05; 31-12", ["4-5", "31-12"]),
        ("holidays_closed", "Nee", False),
        ("review_percent", "0", 0),
        ("priority.first_sources", "", []),
        ("script.en.new", "Hello {name}, this is {caller}.", "Hello {name}, this is {caller}."),
        (
            "waves",
            "1: 1-3-2020 - 31-8-2020; 2: 2020-09-01 –",
            {"1": ["2020-03-01", "2020-08-31"], "2": ["2020-09-01", None]},
        ),
    ],
)
def test_what_is_typed_is_read(code: str, text: str, value: object) -> None:
    assert read_setting(code, text, STANDARD) == value


@pytest.mark.parametrize(
    ("code", "text", "problem"),
    [
        ("lease_minutes", "0", "integer"),
        ("lease_minutes", "²", "integer"),
        ("review_percent", "101", "integer"),
        ("priority.care_group", "5", "integer"),
        ("weekday", "9:00", "window"),
        ("weekday", "20:00-9:00", "window"),
        ("weekday", "9:00-25:00", "time"),
        ("early_close", "laat", "time"),
        ("early_days", "32-1", "days"),
        ("holidays_closed", "misschien", "yes_no"),
        ("priority.first_profiles", "astronaut", "codes"),
        ("waves", "", "waves"),
        ("waves", "1: 31-8-2020 – 1-3-2020", "waves"),
        ("waves", "1: ooit", "waves"),
        ("script.nl.new", "Dag {naam}", "script"),
        ("script.nl.new", "Dag {name", "script"),
        ("script.nl.new", "Dag {name.first}", "script"),
    ],
)
def test_what_cannot_be_says_what_can(code: str, text: str, problem: str) -> None:
    with pytest.raises(DeskError) as refused:
        read_setting(code, text, STANDARD)
    assert refused.value.key == f"desk_settings.wrong.{problem}"
    assert all(Texts(language).error(refused.value) for language in LANGUAGES)


def test_a_desk_that_never_calls_is_refused() -> None:
    closed = from_rows({"weekday": "", "sunday": ""})
    with pytest.raises(DeskError) as refused:
        read_setting("saturday", "", closed)
    assert refused.value.key == "desk_settings.wrong.hours"


def test_rules_of_a_newer_program_are_left_alone() -> None:
    assert from_rows({"not_known_yet": 3}) == STANDARD


def test_an_outcome_has_the_delay_and_the_maximum_of_this_desk() -> None:
    own = from_rows({"retry_minutes.busy": 45, "retry_maximums.reached_language_barrier": 7})
    assert tuned(outcomes()["busy"], own).delay_minutes == 45
    assert tuned(outcomes()["reached_language_barrier"], own).maximum == 7
    assert tuned(outcomes()["busy"], STANDARD) == outcomes()["busy"]


@given(text=st.text(max_size=60))
def test_any_waves_that_are_read_are_shown_and_read_again(text: str) -> None:
    waves = read_waves(text)
    if waves:
        assert read_waves(show_waves(waves, "nl")) == waves


@pytest.mark.parametrize(
    ("profile", "care", "source", "group"),
    [
        ("icu_nurse", True, "", 2),
        ("hostess", False, "", 1),
        (None, False, "", 4),
        ("hostess", False, "other", 4),
        (None, None, "municipality", 1),
    ],
)
def test_the_priority_follows_the_rules_of_the_desk(
    profile: str | None, care: bool | None, source: str, group: int
) -> None:
    rules = PriorityRules.from_settings(
        {
            "first_profiles": ["hostess"],
            "first_sources": ["municipality"],
            "later_sources": ["other"],
            "other_group": 4,
        }
    )
    assert priority_group(profile, care, source, rules) == group
