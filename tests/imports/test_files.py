"""Files are read whatever program wrote them, and what cannot be read is explained."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from db.errors import DeskError
from db.files.delimited import decode, read_delimited, sniff
from db.files.rejects import write_rejects
from db.files.sheets import cell_text
from db.files.tables import read_table

ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="Blad1">{rows}</table:table></office:spreadsheet>
</office:body></office:document-content>"""
ODS_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def write_xlsx(path: Path, rows: list[list[object]]) -> Path:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd-mm-yyyy hh:mm:ss"})
    book.add_worksheet("Leeg")
    sheet = book.add_worksheet("Formulierreacties 1")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            else:
                sheet.write(number, column, cell)
    book.close()
    return path


def write_ods(path: Path, rows: list[list[str | float]]) -> Path:
    def cell(value: str | float) -> str:
        if isinstance(value, float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        words = value.replace("&", "&amp;").replace("<", "&lt;")
        return f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'

    lines = ("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        archive.writestr("content.xml", ODS_CONTENT.format(rows="".join(lines)))
    return path


@pytest.mark.parametrize(
    ("data", "records"),
    [
        (b"a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        (b"a;b\n1;2,5\n", [["a", "b"], ["1", "2,5"]]),
        (b"a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]),
        (b"sep=;\na;b\n1;2\n", [["a", "b"], ["1", "2"]]),
        (b'a,b\n"x, y\nz",2\n', [["a", "b"], ["x, y\nz", "2"]]),
        (b'a,b\n"he said ""no""",2\n', [["a", "b"], ['he said "no"', "2"]]),
        (b"a,b\n1\n1,2,3\n", [["a", "b"], ["1"], ["1", "2", "3"]]),
        (b"a,b\n\n1,2\n", [["a", "b"], [], ["1", "2"]]),
        (b'a,b\n"stray,2\n3,4\n', [["a", "b"], ['"stray', "2"], ["3", "4"]]),
        (b'a,b\n"q"z,5\n3,4\n', [["a", "b"], ["qz", "5"], ["3", "4"]]),
        (b"a,b\n1\x00,2", [["a", "b"], ["1", "2"]]),
        (b"a,b\n1\x0b1,2\x1c2\n", [["a", "b"], ["1\x0b1", "2\x1c2"]]),
        (b"", []),
    ],
)
def test_delimited_text_is_read(data: bytes, records: list[list[str]]) -> None:
    assert read_delimited(data) == records


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_the_encoding_is_found(encoding: str) -> None:
    text = "naam,plaats\nZoë,’s-Hertogenbosch €\n"
    assert decode(text.encode(encoding)) == text


def test_the_delimiter_is_the_one_that_makes_even_rows() -> None:
    lines = ["naam;remark\n", "Jan;a, b, c, d\n", "Piet;x, y\n"]
    assert sniff(lines) == ";"


def test_a_stray_quote_costs_one_line_even_in_a_long_file() -> None:
    lines = [f"{number},x\n" for number in range(1000)]
    lines[10] = '10,"x\n'
    assert len(read_delimited("".join(lines).encode())) == 1000


@given(st.binary(max_size=300))
def test_any_bytes_become_records(data: bytes) -> None:
    assert all(isinstance(cell, str) for record in read_delimited(data) for cell in record)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (612345678.0, "612345678"),
        (99102374030.0, "99102374030"),
        (12.5, "12.5"),
        (True, "ja"),
        (None, ""),
        (datetime(2020, 3, 30, 9, 48, 42), "2020-03-30 09:48:42"),  # noqa: DTZ001  # as a spreadsheet has it
        (date(2020, 3, 30), "2020-03-30"),
        (" x ", " x "),
    ],
)
def test_a_cell_is_what_somebody_would_have_typed(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_xlsx_is_read_from_the_first_sheet_that_holds_anything(tmp_path: Path) -> None:
    moment = datetime(2020, 3, 30, 9, 48, 42)  # noqa: DTZ001  # as a spreadsheet has it
    rows: list[list[object]] = [["Tijdstempel", "Tel"], [], [moment, 612345678]]
    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows))
    assert [(row.number, row.cells) for row in table.rows] == [
        (1, ("Tijdstempel", "Tel")),
        (3, ("2020-03-30 09:48:42", "612345678")),
    ]


def test_ods_is_read(tmp_path: Path) -> None:
    table = read_table(write_ods(tmp_path / "a.ods", [["Voornaam", "Tel"], ["Zoë & <b>", 612345678.0]]))
    assert [row.cells for row in table.rows] == [("Voornaam", "Tel"), ("Zoë & <b>", "612345678")]


def test_a_spreadsheet_under_another_name_is_recognised(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", [["a", "b"]]).rename(tmp_path / "a.csv")
    assert read_table(tmp_path / "a.csv").rows[0].cells == ("a", "b")


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.csv", b"", "imports.file_empty"),
        ("a.csv", b"\n ,\n", "imports.file_empty"),
        ("a.xlsx", b"no spreadsheet", "imports.file_broken"),
        ("a.csv", b"PK\x03\x04broken", "imports.file_broken"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "imports.file_encrypted",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_explained(tmp_path: Path, name: str, data: bytes, key: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DeskError) as caught:
        read_table(tmp_path / name)
    assert caught.value.key == key


def test_a_missing_file_and_a_folder_are_explained(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="file_missing"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(DeskError, match="file_is_folder"):
        read_table(tmp_path)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.files.tables.LARGEST_FILE", 3)
    (tmp_path / "a.csv").write_bytes(b"a,b\n")
    with pytest.raises(DeskError, match="file_too_large"):
        read_table(tmp_path / "a.csv")


def test_rejects_are_no_formulas_and_go_where_they_can(tmp_path: Path) -> None:
    nowhere = tmp_path / "none"
    path = write_rejects([nowhere, tmp_path], "r.csv", ["a", "b"], [["=1+1", "@x"]])
    assert path.parent == tmp_path
    assert read_table(path).rows[1].cells == ("'=1+1", "'@x")


def test_a_cell_at_the_far_corner_of_a_sheet_is_refused_and_not_filled_up(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "far.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Voornaam", "Achternaam", "Telefoon"])
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(DeskError, match="sheet_too_wide") as refused:
        read_table(tmp_path / "far.xlsx")
    assert refused.value.params["cells"] == 1_048_576 * 16_384
