"""Which step of a proposal may follow which."""

import pytest

from db.reference.lists import code_list
from db.rules.proposal_steps import BOOKED, OPEN, may_follow, reasons_of, statuses, steps


def test_every_status_but_the_first_two_is_a_step() -> None:
    assert set(code_list("proposal_status")) - set(steps()) == {"draft", "shortlisted"}


def test_every_step_follows_something_that_exists() -> None:
    known = set(code_list("proposal_status"))
    assert [step.status for step in steps().values() if not step.follows or set(step.follows) - known] == []


def test_keys_pick_one_step() -> None:
    keys = [step.key for step in steps().values() if step.key]
    assert len(keys) == len(set(keys)) == 16


@pytest.mark.parametrize("status", ["completed", "stopped", "declined_employer", "expired", "draft"])
def test_what_ended_stays_ended(status: str) -> None:
    assert may_follow(status) == ()


def test_only_who_was_accepted_can_start() -> None:
    assert steps()["started"].follows == ("accepted",)


def test_stages_agree_with_the_groups_of_the_list() -> None:
    groups = {"open": {"open"}, "booked": {"placed"}, "done": {"ended"}, "ended": {"ended"}}
    statuses_of = code_list("proposal_status")
    for step in steps().values():
        assert statuses_of[step.status].group in groups[step.stage], step.status


def test_what_is_live_is_open_or_booked() -> None:
    assert statuses(OPEN, BOOKED) == tuple(step.status for step in steps().values() if step.is_live)


@pytest.mark.parametrize(
    ("status", "given", "not_given"),
    [
        ("declined_employer", "overqualified", "no_transport"),
        ("declined_candidate", "no_transport", "experience_missing"),
        ("withdrawn_recruiter", "no_transport", None),
        ("stopped", "relations", "too_far"),
    ],
)
def test_each_side_has_its_own_reasons(status: str, given: str, not_given: str | None) -> None:
    codes = {code.code for code in reasons_of(steps()[status])}
    assert given in codes
    assert not_given not in codes


def test_steps_that_demand_a_reason_have_a_list_and_others_a_reason_of_it() -> None:
    for step in steps().values():
        codes = {code.code for code in reasons_of(step)}
        assert codes or not step.reason_demanded, step.status
        assert not step.reason or step.reason in codes, step.status
