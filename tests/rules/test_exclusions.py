"""Organisations where somebody does not want to work."""

import pytest

from db.rules.exclusions import names_organisation


@pytest.mark.parametrize(
    ("wish", "organisation", "named"),
    [
        ("Zonnehof", "Verpleeghuis Zonnehof Zandpol", True),
        ("niet naar Zonnehof, De Linde", "Verpleeghuis Zonnehof Zandpol", True),
        ("De Linde en Sint Jozef", "Thuiszorg Sint Jozef Goes", True),
        ("Zonnehof Grave", "Verpleeghuis Zonnehof Zandpol", False),
        ("geen ziekenhuis", "Ziekenhuis Amstelland", True),
        ("Zorg", "Thuiszorg Zonnehof", False),
        ("geen", "Verpleeghuis Zonnehof", False),
        ("", "Verpleeghuis Zonnehof", False),
    ],
)
def test_a_wish_names_whole_words(wish: str, organisation: str, named: bool) -> None:
    assert names_organisation(wish, organisation) is named
