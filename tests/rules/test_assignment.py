"""The plan against every plan there is."""

from collections.abc import Mapping, Sequence
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.rules.assignment import Assignment, Edge, assign

PEOPLE = [UUID(int=number) for number in range(1, 5)]
REQUESTS = [UUID(int=number) for number in range(11, 14)]


def worth(edges: Sequence[Edge], left: Mapping[UUID, int]) -> tuple[int, int]:
    """The fte that is filled, never more than is left, less what is brought in vain; and minus the travel."""
    brought = dict.fromkeys(left, 0)
    for edge in edges:
        brought[edge.request] += edge.fte
    filled = sum(min(fte, max(left[request], 0)) for request, fte in brought.items())
    filled -= sum(brought.values()) - filled
    return filled, -sum(edge.travel for edge in edges)


def best(edges: Sequence[Edge], left: Mapping[UUID, int]) -> tuple[int, int]:
    """Try everything."""
    usable = [edge for edge in edges if left[edge.request] > 0]
    choices = [[None, *(edge for edge in usable if edge.candidate == person)] for person in PEOPLE]
    plans = ([edge for edge in plan if edge is not None] for plan in product(*choices))
    return max(worth(plan, left) for plan in plans)


pairs = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(REQUESTS)), unique=True, max_size=12)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_nothing_better_exists(data: st.DataObject) -> None:
    edges = [
        Edge(person, request, data.draw(st.integers(1, 120)), data.draw(st.integers(0, 600)))
        for person, request in data.draw(pairs)
    ]
    left = {request: data.draw(st.integers(-20, 200)) for request in REQUESTS}
    found = assign(edges, left)
    assert found.proven
    assert set(found.edges) <= set(edges)
    assert len({edge.candidate for edge in found.edges}) == len(found.edges)
    assert worth(found.edges, left) == best(edges, left)


def test_the_most_fte_goes_before_the_least_travel() -> None:
    far, near = Edge(PEOPLE[0], REQUESTS[0], 67, 500), Edge(PEOPLE[0], REQUESTS[1], 66, 1)
    assert assign([far, near], {REQUESTS[0]: 100, REQUESTS[1]: 100}).edges == (far,)


def test_of_equals_the_nearest_goes() -> None:
    edges = [
        Edge(person, REQUESTS[0], 50, travel) for person, travel in zip(PEOPLE, (90, 10, 40, 20), strict=True)
    ]
    chosen = assign(edges, {REQUESTS[0]: 100}).edges
    assert {edge.travel for edge in chosen} == {10, 20}


def test_the_last_one_may_be_cut_short() -> None:
    edge = Edge(PEOPLE[0], REQUESTS[0], 100, 5)
    assert assign([edge], {REQUESTS[0]: 60}).edges == (edge,)


@given(st.lists(st.integers(1, 120), min_size=1, max_size=4), st.integers(1, 200))
@settings(max_examples=40, deadline=None)
def test_nobody_is_used_up_for_less_than_half(offers: list[int], asked: int) -> None:
    edges = [Edge(person, REQUESTS[0], fte, 1) for person, fte in zip(PEOPLE, offers, strict=False)]
    chosen = assign(edges, {REQUESTS[0]: asked}).edges
    vain = sum(edge.fte for edge in chosen) - asked
    assert all(vain <= edge.fte / 2 for edge in chosen)


def test_who_brings_what_is_left_goes_before_who_brings_more() -> None:
    ample, fitting = Edge(PEOPLE[0], REQUESTS[0], 100, 1), Edge(PEOPLE[1], REQUESTS[0], 60, 90)
    assert assign([ample, fitting], {REQUESTS[0]: 60}).edges == (fitting,)


@pytest.mark.parametrize("left", [{}, {REQUESTS[0]: 0}, {REQUESTS[0]: -10}])
def test_where_nothing_is_left_nobody_goes(left: dict[UUID, int]) -> None:
    assert assign([Edge(PEOPLE[0], REQUESTS[0], 50, 5)], left) == Assignment((), proven=True)
