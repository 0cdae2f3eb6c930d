"""Columns are found by their headings, in both languages, and may be chosen by hand."""

from pathlib import Path

import pytest

from db.desk.import_plan import open_file
from db.drafts.imports import ImportOrder
from db.errors import DeskError
from db.rules.import_columns import (
    column_letter,
    find_heading,
    guess_columns,
    match_heading,
    missing_fields,
    unique_headings,
)

FORM = (
    "Tijdstempel",
    "Voornaam",
    "Achternaam",
    "E-mailadres",
    "Telefoonnummer",
    "Postcode",
    "Woonplaats",
    "Heeft u een zorgachtergrond?",
    "Wat is of was uw functie in de zorg?",
    "BIG-nummer (indien van toepassing)",
    "Hoeveel uur per week bent u beschikbaar?",
    "Mogen uw gegevens gedeeld worden met zorgorganisaties ten behoeve van inzet tijdens de COVID19-crisis?",
    "Opmerkingen",
)
FORM_FIELDS = (
    "registered_at",
    "first_name",
    "last_name",
    "email",
    "phone",
    "postcode",
    "place",
    "care_background",
    "function",
    "big",
    "hours",
    "consent",
    "remarks",
)


def test_the_form_is_understood() -> None:
    assert guess_columns("registrations", FORM) == dict(zip(FORM_FIELDS, FORM, strict=True))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Naam", "full_name"),
        ("TEL.NR", "phone"),
        ("Mobiel", "phone"),
        ("Phone number", "phone"),
        ("E-mail", "email"),
        ("Your email address", "email"),
        ("Surname", "last_name"),
        ("Tussenvoegsel", "prefix"),
        ("Voorletters", "initials"),
        ("Uren per week", "hours"),
        ("Geeft u toestemming?", "consent"),
        ("Timestamp", "registered_at"),
        ("Zip code", "postcode"),
    ],
)
def test_other_headings_are_understood(heading: str, field: str) -> None:
    assert guess_columns("registrations", ["x", heading]) == {field: heading}


def test_a_column_serves_one_field() -> None:
    columns = guess_columns("registrations", ["Telefoon", "Telefoon 2", "Tweede telefoonnummer"])
    assert columns == {"phone": "Telefoon", "phone2": "Tweede telefoonnummer"}


def test_what_is_missing_is_said() -> None:
    assert missing_fields("registrations", {"email": "E"}) == ("last_name",)
    assert missing_fields("registrations", {"full_name": "N"}) == ("phone",)
    assert missing_fields("requests", {"organisation": "O"}) == ("function", "fte")


def test_every_column_has_a_name_of_its_own() -> None:
    assert unique_headings(["a", "", "a"], 4) == ("a", "B", "a (2)", "D")
    assert [column_letter(index) for index in (0, 25, 26, 702)] == ["A", "Z", "AA", "AAA"]


def test_the_heading_need_not_be_the_first_row() -> None:
    assert find_heading("registrations", [["Export van 1 april"], ["Voornaam", "Telefoon"], ["x", "y"]]) == 1


def test_a_heading_is_found_whatever_its_case() -> None:
    assert match_heading("telefoon NUMMER", ["Telefoon-nummer"]) == "Telefoon-nummer"
    assert match_heading("fax", ["Telefoon"]) is None


def opened(tmp_path: Path, columns: dict[str, str]) -> dict[str, str]:
    path = tmp_path / "a.csv"
    path.write_text("Voornaam,Bellen op,Telefoon\nx,y,z\n", encoding="utf-8")
    return dict(open_file(ImportOrder(path, columns=columns)).columns)


def test_a_column_chosen_by_hand_wins(tmp_path: Path) -> None:
    assert opened(tmp_path, {"phone": "bellen op"}) == {"first_name": "Voornaam", "phone": "Bellen op"}
    assert opened(tmp_path, {"last_name": "Voornaam"}) == {"phone": "Telefoon", "last_name": "Voornaam"}
    assert opened(tmp_path, {"phone": ""}) == {"first_name": "Voornaam"}


def test_an_unknown_column_field_or_source_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="unknown_column"):
        opened(tmp_path, {"phone": "Fax"})
    with pytest.raises(DeskError, match="unknown_field"):
        opened(tmp_path, {"shoe_size": "Voornaam"})
    with pytest.raises(DeskError, match="unknown_source"):
        ImportOrder(tmp_path, source="hearsay")
