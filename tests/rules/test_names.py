import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.hygiene import clean
from db.rules.names import (
    PersonName,
    formal_name,
    read_full_name,
    read_name,
    search_key,
    show_name,
    show_name_last_first,
    sort_key,
)

MARRIED = PersonName("Janneke", "", "van der", "Meulen", "ten", "Berge", "partner_own")


@pytest.mark.parametrize(
    ("first", "last", "prefix", "core", "shown"),
    [
        ("Tristan", "van der Luinenburg", "van der", "Luinenburg", "Tristan van der Luinenburg"),
        ("Tristan", "'t Pavert", "'t", "Pavert", "Tristan 't Pavert"),
        ("Jan", "In ’t Veld", "in 't", "Veld", "Jan in 't Veld"),
        ("Naomi", "de Linschoten", "de", "Linschoten", "Naomi de Linschoten"),
        ("Mo", "el Amrani", "el", "Amrani", "Mo el Amrani"),
        ("Mo", "el-Amrani", "", "el-Amrani", "Mo el-Amrani"),
        ("Hedy", "d'Ancona", "d'", "Ancona", "Hedy d'Ancona"),
        ("J.P.", "Horst, van der", "van der", "Horst", "J.P. van der Horst"),
        ("j p", "Horst", "", "Horst", "J.P. Horst"),
        ("J.P. (Jan)", "Jansen", "", "Jansen", "Jan Jansen"),
        ("JAN", "VAN DEN BERG", "van den", "Berg", "Jan van den Berg"),
        ("jan", "jansen", "", "Jansen", "Jan Jansen"),
        ("ANS", "O'BRIEN", "", "O'Brien", "Ans O'Brien"),
        ("Ad", "McDonald", "", "McDonald", "Ad McDonald"),
        ("ijsbrand", "IJZERMAN", "", "IJzerman", "IJsbrand IJzerman"),
        ("Ijsbrand", "Jansen", "", "Jansen", "IJsbrand Jansen"),
        ("Ijeoma", "Jansen", "", "Jansen", "Ijeoma Jansen"),
        ("anne-marie", "ten berge-van der meulen", "ten", "Berge-van der Meulen", None),
        ("Jan", "van", "", "Van", "Jan Van"),
        ("\x1b[31mPiet\x1b[0m", "Ginkel", "", "Ginkel", "Piet Ginkel"),
        ("[bold]Ans[/bold]", "in 't Berg", "in 't", "Berg", "[bold]Ans[/bold] in 't Berg"),
        ("", "van den Broek", "van den", "Broek", "Van den Broek"),
        ("Jan", "", "", "", "Jan"),
        ("", "", "", "", ""),
    ],
)
def test_read_name(first: str, last: str, prefix: str, core: str, shown: str | None) -> None:
    name = read_name(first, last)
    assert (name.prefix, name.last_name) == (prefix, core)
    assert show_name(name) == (shown if shown is not None else "Anne-Marie ten Berge-van der Meulen")


def test_a_prefix_in_its_own_column() -> None:
    name = read_name("Ad", "Vries", "De")
    assert (name.prefix, name.last_name) == ("de", "Vries")


def test_initials_are_kept_beside_the_name_one_is_called_by() -> None:
    assert read_name("J.P. (Jan)", "Jansen").initials == "J.P."
    assert read_name("Th.A.", "Jansen").initials == "Th.A."
    assert read_name("Jo", "Jansen").initials == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tristan van der Berg", "Tristan van der Berg"),
        ("Berg, T. van der", "T. van der Berg"),
        ("Horst, van der", "Van der Horst"),
        ("Jan 't Hart", "Jan 't Hart"),
        ("mw. De Vries", "De Vries"),
        ("de heer J. Jansen", "J. Jansen"),
        ("Anna Maria Jansen", "Anna Maria Jansen"),
        ("A. el Amrani", "A. el Amrani"),
        ("van der Berg", "Van der Berg"),
        ("Jansen", "Jansen"),
        ("", ""),
    ],
)
def test_read_full_name(text: str, shown: str) -> None:
    assert show_name(read_full_name(text)) == shown


@pytest.mark.parametrize(
    ("last", "listed", "formal"),
    [
        ("van der Meulen", "Meulen, Jan van der", "Van der Meulen"),
        ("'t Hart", "Hart, Jan 't", "'t Hart"),
        ("d'Ancona", "Ancona, Jan d'", "d'Ancona"),
        ("Jansen", "Jansen, Jan", "Jansen"),
    ],
)
def test_listed_and_formal(last: str, listed: str, formal: str) -> None:
    name = read_name("Jan", last)
    assert (show_name_last_first(name), formal_name(name)) == (listed, formal)


def test_a_double_name() -> None:
    assert show_name(MARRIED) == "Janneke ten Berge-van der Meulen"
    assert show_name_last_first(MARRIED) == "Berge-van der Meulen, Janneke ten"
    assert formal_name(MARRIED) == "Ten Berge-van der Meulen"


@pytest.mark.parametrize(
    ("order", "shown"),
    [
        ("own", "Janneke van der Meulen"),
        ("partner", "Janneke ten Berge"),
        ("own_partner", "Janneke van der Meulen-ten Berge"),
    ],
)
def test_the_order_of_a_double_name(order: str, shown: str) -> None:
    name = PersonName("Janneke", "", "van der", "Meulen", "ten", "Berge", order)
    assert show_name(name) == shown


def test_the_netherlands_sort_on_the_core_word() -> None:
    typed = [
        ("Jan", "de Zwart"),
        ("Jan", "van Dijk"),
        ("Jan", "Dijkstra"),
        ("Ans", "van Dijk"),
        ("Jan", "Dijk"),
    ]
    in_order = sorted((read_name(*name) for name in typed), key=sort_key)
    assert [show_name(name) for name in in_order] == [
        "Jan Dijk",
        "Ans van Dijk",
        "Jan van Dijk",
        "Jan Dijkstra",
        "Jan de Zwart",
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ömer Søren", "omer soren"),
        ("d'Ancona", "dancona"),
        ("el-Amrani", "el amrani"),
        ("ĲSBRAND", "ijsbrand"),
        ("Strauß", "strauss"),
        ("  J.P. ", "jp"),
    ],
)
def test_search_key(text: str, key: str) -> None:
    assert search_key(text) == key


@given(st.text())
def test_search_key_is_idempotent_and_plain(text: str) -> None:
    key = search_key(text)
    assert search_key(key) == key
    assert all(character.isalnum() or character == " " for character in key)


@given(st.text(), st.text(), st.text())
def test_any_name_can_be_shown_and_sorted(first: str, last: str, prefix: str) -> None:
    for name in (read_name(first, last, prefix), read_full_name(f"{first} {last}")):
        for shown in (show_name(name), show_name_last_first(name), formal_name(name)):
            assert clean(shown, 1000) == shown
        assert all(character.isalnum() or character == " " for character in sort_key(name))


@given(st.text("abcdeij' -", min_size=1), st.text("abcdeij' -", min_size=1))
def test_what_was_read_is_read_the_same_again(first: str, last: str) -> None:
    name = read_name(first, last)
    assert (
        read_name(name.first_name or name.initials, name.last_name, name.prefix).last_name == name.last_name
    )
