"""`ehvdz report`: figures as a terminal, a spreadsheet, another program and a reader of mail want them."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from db.desk.desk import Desk, open_desk
from ehvdz_tui.__main__ import main
from tests.conftest import TestClock
from tests.support.people import add_attempt, add_candidate, add_request


@pytest.fixture
def database(tmp_path: Path, clock: TestClock) -> str:
    file = tmp_path / "desk.db"
    desk: Desk = open_desk(file, clock)
    desk.users.sign_in_now("Kim", "supervisor")
    old = clock.now - timedelta(days=9)
    person = add_candidate(desk, registered_at=old, care_background=True)
    add_candidate(desk, "Evil", "=1+1", intake=None, status="new", registered_at=old)
    add_attempt(desk, person, "reached_intake_done")
    add_request(desk)
    desk.close()
    return str(file)


def run(database: str, *arguments: str) -> int:
    return main(["report", *arguments, "--database", database, "--now", "2020-05-07T12:00", "--lang", "nl"])


def test_the_list_names_all(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(database, "list") == 0
    listed = capsys.readouterr().out.splitlines()
    assert len(listed) == 17
    assert listed[-1].startswith("week ")


def test_the_help_names_all(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["report", "--help", "--lang", "nl"])
    told = " ".join(capsys.readouterr().out.split())
    assert "unheard, weekly, care" in told
    assert "money, week" in told


def test_json_carries_unit_period_date_and_filter(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(database, "rp5", "--from", "2020-04-01", "--region", "utrechtzorg", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    figures = {figure["id"]: figure for table in told["tables"] for figure in table["figures"]}
    figure = figures["care.yes.registered"]
    assert (figure["unit"], figure["from"], figure["region"]) == ("candidates", "2020-04-01", "utrechtzorg")
    assert figure["as_of"].startswith("2020-05-07")


def test_csv_reads_back(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(database, "unheard", "--csv") == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out), delimiter=";"))
    assert rows[0][:5] == ["Tabel", "Rij", "Cijfer", "Waarde", "Eenheid"]
    assert ["Heeft iets gehoord", "Aangemeld", "1", "kandidaten"] in [row[1:5] for row in rows]
    assert {row[7] for row in rows} == {"Stand op", "2020-05-07 12:00"}


def test_a_workbook(database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "cijfers.xlsx"
    assert run(database, "persons", "--xlsx", str(target)) == 0
    book = CalamineWorkbook.from_path(str(target))
    assert book.sheet_names == ["Personen tegenover matches"]
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Personen tegenover matches"
    assert [row[3:5] for row in rows if row[1] == "Aangemeld"] == [[2.0, "kandidaten"]]
    assert rows[3][:5] == ["Tabel", "Rij", "Cijfer", "Waarde", "Eenheid"]
    assert str(target) in capsys.readouterr().out


def test_the_weekly_page_tells_of_last_week(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(database, "weekly", "--md") == 0
    page = capsys.readouterr().out
    assert "27-04-2020 t/m 03-05-2020" in page
    assert "| Aangemeld | 2 kandidaten | 2 kandidaten |" in page
    assert "█" in page


def test_the_page_to_mail(database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(database, "week") == 0
    assert "| Aangemeld (kandidaten) | 2 | 0 | +2 | 2 |" in capsys.readouterr().out
    target = tmp_path / "week.pdf"
    assert run(database, "week", "--pdf", "--output", str(target)) == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert str(target) in capsys.readouterr().out


def test_any_form_can_go_into_a_file(database: str, tmp_path: Path) -> None:
    target = tmp_path / "cijfers.json"
    assert run(database, "persons", "--json", "--output", str(target)) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["name"] == "persons"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "bestaat niet"),
        (["Weekly page"], "money, week."),
        (["care", "--from", "gisteren"], "is geen datum"),
        (["care", "--wave", "7"], "Golf 7 is onbekend"),
        (["persons", "--pdf"], "Alleen de weekpagina"),
        (["week", "--csv"], "--md of --pdf"),
        (["persons", "--xlsx", "/nowhere/at/all.xlsx"], "die map of dat bestand bestaat niet"),
    ],
)
def test_what_cannot_be_is_explained(
    database: str, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(database, *arguments) == 2
    assert said in capsys.readouterr().err
