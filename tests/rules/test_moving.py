"""What becomes of a call that is moved."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from db.rules.moving import Call, Change, Target, change_of
from tests.conftest import NOW

ME, NOOR, SAM = UUID(int=1), UUID(int=2), UUID(int=3)
SOON = NOW + timedelta(minutes=9)


def call(**columns: Any) -> Call:  # noqa: ANN401  # any column
    basics: dict[str, Any] = {
        "id": UUID(int=9),
        "row_version": 1,
        "candidate_id": UUID(int=8),
        "kind": "new",
        "state": "ready",
        "blocked_reason": None,
        "vests_at": None,
        "priority_group": 3,
        "region_code": "sigra",
        "home_region": "sigra",
        "assigned_to": NOOR,
        "assigned_by": None,
        "claimed_by": None,
        "claimed_until": None,
    }
    return Call(**(basics | columns))


TO_SAM = Target("caller", ME, user_id=SAM)
HELD = {"state": "claimed", "claimed_until": SOON}


@pytest.mark.parametrize(
    ("columns", "target", "why"),
    [
        ({"state": "done"}, TO_SAM, "done"),
        (HELD, TO_SAM, "in_hand"),
        ({"assigned_to": SAM}, TO_SAM, "there_already"),
        ({"state": "blocked", "blocked_reason": "no_number"}, Target("pause", ME), "blocked"),
        ({"state": "blocked", "blocked_reason": "paused"}, Target("pause", ME), "paused"),
        ({}, Target("release", ME), "nothing_to_release"),
        ({"state": "blocked", "blocked_reason": "escalated"}, Target("release", ME), "nothing_to_release"),
        ({}, Target("priority", ME, priority_group=3), "there_already"),
        ({"assigned_to": None}, Target("common", ME), "there_already"),
    ],
)
def test_what_stays(columns: dict[str, Any], target: Target, why: str) -> None:
    assert change_of(call(**columns), target, NOW) == why


@pytest.mark.parametrize(
    ("columns", "target", "after"),
    [
        ({}, TO_SAM, {"assigned_to": SAM, "assigned_by": ME}),
        (
            {},
            Target("region", ME, region_code="transvorm"),
            {"assigned_to": None, "assigned_by": ME, "region_code": "transvorm"},
        ),
        (
            {"region_code": "transvorm", "assigned_by": ME},
            Target("common", ME),
            {"assigned_to": None, "assigned_by": None, "region_code": "sigra"},
        ),
        ({}, Target("priority", ME, priority_group=1), {"priority_group": 1}),
        ({}, Target("pause", ME), {"state": "blocked", "blocked_reason": "paused"}),
        (
            {"state": "blocked", "blocked_reason": "paused", "kind": "callback", "vests_at": SOON},
            Target("release", ME),
            {"state": "scheduled", "blocked_reason": None},
        ),
        (
            {"state": "blocked", "blocked_reason": "paused", "kind": "callback", "vests_at": NOW},
            Target("release", ME),
            {"state": "due", "blocked_reason": None},
        ),
    ],
)
def test_what_changes(columns: dict[str, Any], target: Target, after: dict[str, Any]) -> None:
    before = call(**columns)
    change = change_of(before, target, NOW)
    assert isinstance(change, Change)
    assert change.after == change.write == after
    assert not change.frees
    assert change.before == {name: getattr(before, name) for name in after}


def test_a_lease_that_is_given_back_does_not_return() -> None:
    change = change_of(call(**HELD), Target("release", ME), NOW)
    assert isinstance(change, Change)
    assert change.write["state"] == "ready"
    assert change.write["claimed_by"] is None
    assert change.before == change.after == {}
    assert change.frees


def test_a_call_taken_out_of_hands_waits_again_where_it_was() -> None:
    target = Target("caller", ME, user_id=SAM, take_held=True)
    change = change_of(call(kind="callback", vests_at=NOW, **HELD), target, NOW)
    assert isinstance(change, Change)
    assert change.write["state"] == "due"
    assert change.after == {"assigned_to": SAM, "assigned_by": ME}


def test_a_lease_that_ran_out_holds_nothing_up() -> None:
    change = change_of(call(state="claimed", claimed_until=NOW), TO_SAM, NOW)
    assert isinstance(change, Change)
    assert change.write["state"] == "ready"
