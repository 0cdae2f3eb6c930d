"""The code lists and the outcomes: complete, unambiguous, and fit for the keys of the screen."""

import csv

import pytest

from db.reference.files import reference_path
from db.reference.lists import code_list, label, short_label
from db.reference.outcomes import outcomes
from db.rules.intake import FIELDS

NAMES = sorted(path.stem for path in reference_path("lists").glob("*.csv"))
SCREEN_KEYS = set("nsb/uctqioper?[]")
"""Keys that do something else on the call card."""


@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_unique_codes_and_keys_and_both_languages(name: str) -> None:
    with reference_path(f"lists/{name}.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(code_list(name)) > 0
    entries = code_list(name).values()
    keys = [entry.key for entry in entries if entry.key]
    assert len(set(keys)) == len(keys)
    assert all(entry.nl and entry.en for entry in entries)
    assert all(bool(entry.nl_short) == bool(entry.en_short) for entry in entries)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_function_has_a_word_for_a_column_of_thirteen(language: str) -> None:
    shorts = [entry.short(language) for entry in code_list("function_profile").values()]
    assert [short for short in shorts if len(short) > 13] == []
    assert len(set(shorts)) == len(shorts)


def test_labels() -> None:
    assert label("candidate_status", "to_call", "nl") == "Te bellen"
    assert label("candidate_status", "to_call", "en") == "To call"
    assert label("candidate_status", "from_a_newer_program", "en") == "from_a_newer_program"


def test_short_labels() -> None:
    assert short_label("proposal_status", "interview", "nl") == "Kennismaking"
    assert short_label("proposal_status", "accepted", "en") == "Accepted"
    assert short_label("proposal_status", "from_a_newer_program", "en") == "from_a_newer_program"
    assert code_list("mismatch_reason")["other"].note_required


def test_every_outcome_has_a_key_of_its_own_that_the_screen_does_not_use() -> None:
    keys = [outcome.key for outcome in outcomes().values()]
    assert len(set(keys)) == len(keys) == 23
    assert all(len(key) == 1 and key.isalnum() and key == key.lower() for key in keys)
    assert SCREEN_KEYS.isdisjoint(keys)


@pytest.mark.parametrize("outcome", outcomes().values(), ids=lambda outcome: outcome.code)
def test_an_outcome_refers_to_what_exists(outcome: object) -> None:
    found = outcomes()[getattr(outcome, "code", "")]
    assert found.candidate_status in {"", *code_list("candidate_status")}
    assert found.family in {"reached", "not_reached", "data_problem", "message"}
    assert found.final == (found.retry == "none")
    assert ("reason" in found.demands) == bool(found.reason_list)
    assert not found.reason_list or code_list(found.reason_list)


def test_every_intake_field_refers_to_a_list_that_exists() -> None:
    assert all(code_list(field.list_name) for field in FIELDS if field.list_name)
