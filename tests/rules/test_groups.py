"""Whom a caller is served."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.groups import EVERYTHING, KINDS, PRIORITIES, TRAINEE, Groups

some_kinds = st.sets(st.sampled_from(KINDS)).map(tuple)
some_numbers = st.sets(st.sampled_from(PRIORITIES)).map(lambda found: tuple(sorted(found)))
any_groups = st.builds(
    Groups,
    not_kinds=some_kinds.map(lambda kinds: tuple(kind for kind in KINDS if kind in kinds)),
    only_kinds=some_kinds.map(lambda kinds: tuple(kind for kind in KINDS if kind in kinds)),
    not_priorities=some_numbers,
    not_callbacks=some_numbers,
    not_languages=st.sampled_from([(), ("other",)]),
)


@given(any_groups)
def test_what_is_stored_comes_back(groups: Groups) -> None:
    assert Groups.from_mapping(groups.to_mapping()) == groups


@pytest.mark.parametrize(
    ("stored", "kinds"),
    [
        ({}, KINDS),
        ({"not_kinds": ["wish", "unheard of"]}, tuple(kind for kind in KINDS if kind != "wish")),
        ({"only_kinds": ["retry", "new"]}, ("new", "retry")),
        ({"only_kinds": ["retry", "new"], "not_kinds": ["new"]}, ("retry",)),
        ({"of_a_newer_program": ["x"]}, KINDS),
    ],
)
def test_kinds(stored: dict[str, list[str]], kinds: tuple[str, ...]) -> None:
    assert Groups.from_mapping(stored).kinds == kinds


def test_nothing_kept_away_is_false() -> None:
    assert not EVERYTHING
    assert TRAINEE
    assert EVERYTHING.priorities == PRIORITIES


@given(any_groups)
def test_a_trainee_who_has_learnt_keeps_what_was_set_otherwise(groups: Groups) -> None:
    trained = groups.along_with(TRAINEE).without(TRAINEE)
    assert trained == groups.without(TRAINEE)
    assert set(groups.along_with(TRAINEE).kinds) == set(groups.kinds) - {"wish"}
