"""Requests come in as registrations do: every row accounted for, once, and taken back; on both engines."""

import csv
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.models import ContactPerson, Organisation, Request

HEADING = [
    "Organisatie",
    "Branche",
    "Postcode",
    "Plaats",
    "Gevraagde functie",
    "Aantal fte",
    "Dagdelen",
    "BIG vereist",
]
HEADING += ["Contactpersoon", "E-mail contactpersoon", "Telefoon contactpersoon"]
KIM = ["K. Post", "planning@example.org", "030-1303122"]
ROWS = [
    [
        "Thuiszorg De Linde",
        "Thuiszorg",
        "1676 CG",
        "Twisk",
        "basisarts",
        "12,67",
        "ma wo vr ochtend",
        "ja",
        *KIM,
    ],
    ["Thuiszorg de Linde", "Thuiszorg", "1676 AB", "Twisk", "zorgassistent", "0,5", "", "nee", *KIM],
    [
        "Thuiszorg De Linde",
        "Thuiszorg",
        "3626 EC",
        "Nieuwer Ter Aa",
        "helpende",
        "1.5",
        "flexibel",
        "nee",
        *KIM,
    ],
    ["GGD Zonnehof", "GGD", "2861 CC", "Bergambacht", "administratie", "0", "di do", "nee", *KIM],
    ["GGD Zonnehof", "GGD", "2861 CC", "Bergambacht", "administratie", "-1", "di do", "nee", *KIM],
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "requests.csv"
    with found.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADING, *ROWS])
    return found


def test_requests_come_in_with_one_organisation_per_name_and_place(desk: Desk, path: Path) -> None:
    report = desk.imports.run_now(path, kind="requests")
    assert (report.read, report.created, report.rejected, report.reasons) == (5, 3, 2, {"invalid_fte": 2})

    def look(session: Session) -> None:
        organisations = session.exec(select(Organisation)).all()
        assert sorted(found.place for found in organisations) == ["Nieuwer Ter Aa", "Twisk"]
        requests = session.exec(select(Request).order_by(col(Request.fte_asked))).all()
        assert [found.fte_asked for found in requests] == [50, 150, 1267]
        assert requests[2].big_requirement == "registered_or_exempt"
        assert requests[2].function_profile == "physician"
        assert {found.status for found in requests} == {"open"}
        contacts = session.exec(select(ContactPerson)).all()
        assert [found.phone for found in contacts] == ["+31301303122"] * 2

    desk.lane.read_now(look)
    rejects = Path(str(report.rejects_file)).read_text(encoding="utf-8-sig")
    assert "invalid_fte: Aantal fte ontbreekt of kan niet" in rejects


def test_the_same_requests_twice_change_nothing(desk: Desk, path: Path) -> None:
    desk.imports.run_now(path, kind="requests")
    report = desk.imports.run_now(path, kind="requests")
    assert (report.created, report.unchanged, report.rejected) == (0, 3, 2)


def test_undo_takes_requests_and_their_organisations_back(desk: Desk, path: Path) -> None:
    report = desk.imports.run_now(path, kind="requests")
    assert desk.imports.undo_now(report.batch).removed == 3

    def look(session: Session) -> None:
        for table in (Request, ContactPerson, Organisation):
            assert session.exec(select(sa.func.count()).select_from(table)).one() == 0

    desk.lane.read_now(look)


def test_undo_leaves_a_request_that_was_changed(desk: Desk, path: Path) -> None:
    report = desk.imports.run_now(path, kind="requests")

    def work(unit: Unit) -> None:
        request = unit.session.exec(select(Request).where(Request.fte_asked == 1267)).one()
        request.note = "haast"
        unit.record("test.work")

    desk.lane.write_now(work)
    undone = desk.imports.undo_now(report.batch)
    assert [(item.who, item.reason) for item in undone.left] == [("Thuiszorg De Linde", "edited")]
    assert len(desk.lane.read_now(lambda session: session.exec(select(Organisation)).all())) == 1


def test_a_later_file_finds_the_organisation_that_is_there(desk: Desk, path: Path) -> None:
    desk.imports.run_now(path, kind="requests")
    text = path.read_text(encoding="utf-8").replace("basisarts", "helpende")
    path.write_text(text, encoding="utf-8")
    assert desk.imports.run_now(path, kind="requests").created == 1
    assert len(desk.lane.read_now(lambda session: session.exec(select(Organisation)).all())) == 2


SHARED = Path(__file__).parents[3] / "shared" / "data" / "requests.csv"


@pytest.mark.parametrize("source", [SHARED] if SHARED.exists() else [])
def test_the_requests_that_reality_gave(sqlite_desk: Desk, tmp_path: Path, source: Path) -> None:
    report = sqlite_desk.imports.run_now(source, kind="requests", rejects_folder=tmp_path)
    assert (report.read, report.created, report.rejected, report.repairs) == (60, 56, 4, {})
