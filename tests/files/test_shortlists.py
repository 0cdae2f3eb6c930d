"""The shortlist as a spreadsheet, as CSV and as a page: every cell is what it says, and nothing else."""

import csv
import io
import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from db.files.shortlist import Page, file_stem, page_of, render
from db.rules.names import PersonName
from db.texts import LANGUAGES, Texts
from db.views.exports import EducationLine, ExperienceLine, Shortlist, ShortlistPerson

NOW = datetime(2020, 5, 7, 8, 0, tzinfo=UTC)
FORMULAS = ["=1+1", "+31648778932", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "＝1+1"]


def person(first: str = "Tristan", last: str = "Luinenburg", programme: str = "") -> ShortlistPerson:
    return ShortlistPerson(
        proposal_id=uuid4(),
        candidate_id=uuid4(),
        name=PersonName(first, "", "", last, "", "", "own"),
        phone="+31648778932",
        email="t@example.nl",
        place="Zeewolde",
        educations=(EducationLine("mbo4_nurse", programme, "in_progress", 1998),),
        experiences=(ExperienceLine("nurse_mbo", "hospital", "", 1.5, 2015),),
        available_from=date(2020, 5, 11),
        available_until=date(2020, 8, 1),
        hours_min=16,
        hours_max=24,
        grid=0b1,
        big_status="registered",
    )


def shortlist(*people: ShortlistPerson, organisation: str = "Zonnehof") -> Shortlist:
    return Shortlist(
        request_id=uuid4(),
        organisation=organisation,
        place="Zwolle",
        function_profile="nurse_mbo",
        function_given="",
        contact_name="Els",
        contact_email=None,
        people=people,
        left_out=(),
        answer_by=date(2020, 5, 11),
        destroy_by=datetime(2020, 6, 4, 8, tzinfo=UTC),
        sent_before=0,
    )


def page(*people: ShortlistPerson, language: str = "nl") -> Page:
    return page_of(shortlist(*people), Texts(language), "Kim", NOW)


def sheet(content: bytes) -> list[list[object]]:
    return [
        list(row)
        for row in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    ]


def test_a_row_in_words() -> None:
    assert page(person()).rows == (
        (
            "Tristan Luinenburg",
            "06 48778932",
            "t@example.nl",
            "Zeewolde",
            "Mbo 4 verpleegkundige (1998, nog bezig)",
            "Verpleegkundige mbo (Ziekenhuis/medisch-specialistisch, 1,5 jaar, tot 2015)",
            "11-05-2020 t/m 01-08-2020",
            "16–24",
            "ma ochtend",
            "BIG-geregistreerd",
        ),
    )


def test_english_says_the_same_in_english() -> None:
    cells = page(person(), language="en").rows[0]
    assert "1.5 years, until 2015" in cells[5]
    assert cells[6] == "11-05-2020 to 01-08-2020"


@pytest.mark.parametrize("words", FORMULAS)
def test_what_looks_like_a_formula_is_text_in_both_sheets(words: str) -> None:
    made = page(person(first=words, last=""))
    rows = list(csv.reader(io.StringIO(render(made, "csv", "nl").decode("utf-8-sig")), delimiter=";"))
    assert rows[1][0].startswith("'")
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(made, "xlsx", "nl")))
    cell = book.get_sheet_by_index(0).to_python()[4][0]
    assert cell == made.rows[0][0]


def test_a_workbook_holds_no_formula_and_no_link() -> None:
    import zipfile

    content = render(page(*(person(programme=words) for words in FORMULAS)), "xlsx", "nl")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "hyperlink" not in xml.lower()


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40))
def test_any_name_survives_every_format(name: str) -> None:
    made = page(person(first=name))
    for kind in ("xlsx", "csv"):
        assert render(made, kind, "nl")
    assert sheet(render(made, "xlsx", "nl"))[4][0] == made.rows[0][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_to_print_breaks_between_people(language: str) -> None:
    names = [("Şükran", "Yılmaz"), ("Анна", "Иванова"), ("Łukasz", "Ćosić")] * 4
    content = render(
        page(*(person(first, last) for first, last in names), language=language), "pdf", language
    )
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", content)) == 3


def test_a_dutch_file_is_divided_as_excel_expects_there() -> None:
    assert render(page(person()), "csv", "nl").decode("utf-8-sig").startswith("Naam;Telefoon;")
    assert render(page(person(), language="en"), "csv", "en").decode("utf-8-sig").startswith("Name,Phone,")


def test_the_name_of_the_file_names_no_candidate_and_no_folder() -> None:
    assert (
        file_stem(shortlist(person(), organisation="../Zonne/hof & Co"), NOW)
        == "shortlist-zonne-hof-co-20200507"
    )
