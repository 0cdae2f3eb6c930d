"""The names of organisations in a narrow column: they can still be told from each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.widgets.short_organisation import short_organisation


@pytest.mark.parametrize(
    ("name", "place", "shown"),
    [
        ("GGD Kastanjelaan, Ysselsteyn", "Ysselsteyn", "GGD Kastanjelaan"),
        ("Verpleeghuis Zonnehof Zandpol", "Zandpol", "Verplee. Zonnehof"),
        ("Verpleeghuis De Wissel, Almelo", "Almelo", "Verple. De Wissel"),
        ("Woonzorgcentrum De Korenbloem", "Goes", "Woon. De Korenbloem"),
        ("Hospice Avondrood", "", "Hospice Avondrood"),
        ("Zorgcombinatie", "", "Zorgcombinatie"),
        ("Zorggroepcombinatie-Zuid", "", "Zorggroepcombinatie-Zuid"),
        ("Utrecht", "Utrecht", "Utrecht"),
    ],
)
def test_what_many_have_in_common_gives_way(name: str, place: str, shown: str) -> None:
    assert short_organisation(name, 17, place) == shown


@given(st.text(max_size=60), st.integers(5, 40), st.text(max_size=20))
def test_no_name_becomes_longer_or_empty(name: str, room: int, place: str) -> None:
    short = short_organisation(name, room, place)
    assert len(short) <= len(name)
    assert bool(short.strip()) == bool(name.strip())
