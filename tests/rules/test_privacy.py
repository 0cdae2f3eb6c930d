"""Citizen service numbers and health words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.privacy import bsn_in, health_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mijn bsn is 111222333", "111222333"),
        ("1112.22.333", "1112.22.333"),
        ("111 222 333 graag", "111 222 333"),
        ("111-222-333 06-12345678", "111-222-333"),
        ("１１１２２２３３３ en meer", "１１１２２２３３３"),
        ("bel 0612345678, niet ١١١٢٢٢٣٣٣", "١١١٢٢٢٣٣٣"),
        ("111222334", None),
        ("bel 0612345678", None),
        ("06 12345678", None),
        ("020-6703574", None),
        ("+31 6 1234 5678", None),
        ("24-03-2020", None),
        ("24032020", None),
        ("KvK 12345672", None),
        ("BIG 111222333", None),
        ("", None),
    ],
)
def test_citizen_service_numbers(text: str, found: str | None) -> None:
    assert bsn_in(text) == found


def test_the_candidates_own_number_is_not_one() -> None:
    assert bsn_in("bel 111222333", own_numbers=("+31111222333",)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ik ben ziek geweest", ("ziek",)),
        ("Zwangerschapsverlof tot juli", ("zwanger",)),
        ("I had cancer", ("cancer",)),
        ("werkte in het ziekenhuis, als diabetesverpleegkundige", ()),
        ("geen tillen, niet alleen, geen nachten", ()),
        ("Ik mag niet zwaar tillen", ()),
    ],
)
def test_health_words(text: str, found: tuple[str, ...]) -> None:
    assert health_words(text) == found


@given(st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    found = bsn_in(text)
    assert found is None or found in text
    assert isinstance(health_words(text), tuple)
