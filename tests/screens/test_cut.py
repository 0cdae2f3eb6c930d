"""Words that are cut can still be told from others."""

import pytest

from screens.widgets.cut import cut_middle, tell_apart


@pytest.mark.parametrize(
    ("words", "cut"),
    [("Sigra", "Sigra"), ("WGV Zorg en Welzijn Zuid-Holland Zuid", "WGV Zorg e…land Zuid")],
)
def test_both_ends_of_a_name_are_kept(words: str, cut: str) -> None:
    assert cut_middle(words, 20) == cut


@pytest.mark.parametrize(
    ("one", "other", "cut"),
    [
        ("a@b.nl", "c@b.nl", ("a@b.nl", "c@b.nl")),
        ("anna.de.vries@example.org", "anna.de.vries@example.com", ("anna.de.v…e.org", "anna.de.v…e.com")),
        ("anna.de.vries85@live.nl", "anna.de.vries86@live.nl", ("anna…s85@live.…", "anna…s86@live.…")),
        ("jan.van.den.berg@live.nl", "kees.van.den.berg@live.nl", ("jan.van.den.be…", "kees.van.den.b…")),
        ("anna.de.vries", "anna.de.vries@example.org", ("anna.de.vries", "anna…es@exampl…")),
    ],
)
def test_a_difference_is_kept(one: str, other: str, cut: tuple[str, str]) -> None:
    assert tell_apart(one, other, 15) == cut


def test_what_is_cut_fits() -> None:
    for width in range(12, 40):
        for words in tell_apart("x" * 30 + "a" * 30, "x" * 30 + "b" * 30, width):
            assert len(words) <= width
            assert set(words) & {"a", "b"}
