import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.hygiene import clean, is_no_answer, safe_cell


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Jan   de  Vries ", "Jan de Vries"),
        ("\x1b[31mPiet\x1b[0m", "Piet"),
        ("\x9b31mPiet", "Piet"),
        ("\x1b]8;;http://x\x07klik\x1b]8;;\x07", "klik"),
        ("\x1b]0;titel\x1b\\na", "na"),
        ("\x1bPgeheim\x1b\\na", "na"),
        ("a\x00b\x07c\x7fd\x85e", "abcd e"),
        ("links\u202erechts\u2066x\u2069", "linksrechtsx"),
        ("null\u200bbreed\ufeff", "nullbreed"),
        ("Zoe\u0308", "Zoë"),
        ("regel een\r\nregel twee", "regel een regel twee"),
        ("[bold]Ans[/bold]", "[bold]Ans[/bold]"),
        ("Zoë 🙂", "Zoë 🙂"),
        ("👩\u200d⚕\ufe0f", "👩\u200d⚕\ufe0f"),
        ("a\u200db", "ab"),
        ("half \ud800 paar", "half paar"),
    ],
)
def test_clean_keeps_words_and_drops_what_is_unseen(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_clean_keeps_line_breaks_when_asked() -> None:
    assert clean("een \r\n\r\n\r\n\n twee\tdrie\u2028vier", multiline=True) == "een\n\ntwee drie\nvier"


def test_clean_cuts_to_the_limit() -> None:
    assert clean("abcde fghij", 6) == "abcde"
    assert len(clean("x" * 3000)) == 2000


@given(st.text(), st.integers(0, 50), st.booleans())
def test_clean_is_idempotent_and_leaves_nothing_unseen(text: str, limit: int, multiline: bool) -> None:
    kept = clean(text, limit, multiline=multiline)
    assert clean(kept, limit, multiline=multiline) == kept
    assert len(kept) <= limit
    assert unicodedata.is_normalized("NFC", kept)
    seen = kept.replace("\u200d", "").replace("\n", "" if multiline else "\n")
    assert not [c for c in seen if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}]


@pytest.mark.parametrize(
    "formula",
    [
        '=HYPERLINK("http://x","klik")',
        "+31-test",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1+1",
        " =1+1",
        "+31612345678",
    ],
)
def test_safe_cell_disarms_a_formula(formula: str) -> None:
    assert safe_cell(formula) == f"'{formula}"
    assert safe_cell(safe_cell(formula)) == f"'{formula}"


@pytest.mark.parametrize("harmless", ["", "Jan", "-5", "-12,67", "06 12345678", "'t Hart", "2+3"])
def test_safe_cell_leaves_the_harmless_alone(harmless: str) -> None:
    assert safe_cell(harmless) == harmless


@pytest.mark.parametrize(("text", "empty"), [("", True), (" N.v.t. ", True), ("geen", True), ("06", False)])
def test_no_answer(text: str, empty: bool) -> None:
    assert is_no_answer(text) is empty
