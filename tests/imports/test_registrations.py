"""Registrations come in whole, once, and can be taken back; on both engines."""

import csv
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from shutil import copy
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel, select

from db.desk.desk import Desk
from db.desk.imports import ImportCancelledError
from db.desk.unit import Unit
from db.errors import DeskError
from db.models import (
    AuditEvent,
    CallAttempt,
    Candidate,
    Consent,
    ImportBatch,
    ImportRow,
    Likeness,
    QueueEntry,
    Registration,
    RepairTask,
)
from db.texts import Texts
from db.views.import_account import undo_lines
from db.views.imports import ImportReport
from ehvdz_tui.commands.imports import import_registrations, read_columns, undo_import
from tests.conftest import TestClock

Row = TypeVar("Row", bound=SQLModel)
DATA = Path(__file__).parents[1] / "data"
HEADING = [
    "Tijdstempel",
    "Voornaam",
    "Achternaam",
    "E-mail",
    "Telefoon",
    "Postcode",
    "Toestemming",
    "Opmerkingen",
]
JAN = ["21-03-2020 09:00", "Jan", "de Boer", "jan@example.nl", "0621000001", "9711 AB", "ja", ""]


def row(**changes: str) -> list[str]:
    names = ("at", "first", "last", "email", "phone", "postcode", "consent", "remarks")
    return [changes.get(name, text) for name, text in zip(names, JAN, strict=True)]


def written(folder: Path, *rows: Sequence[str], name: str = "r.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADING, *rows])
    return path


def all_of(desk: Desk, table: type[Row]) -> list[Row]:
    return desk.lane.read_now(lambda session: list(session.exec(select(table))))


def person(desk: Desk, first_name: str) -> Candidate:
    return next(found for found in all_of(desk, Candidate) if found.first_name == first_name)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    assert report.read == report.created + report.merged + report.unchanged + report.rejected
    return report.created, report.merged, report.unchanged, report.rejected


def snapshot(desk: Desk) -> dict[str, list[str]]:
    """Every row that an import may touch, so that nothing changed can be said of all of it."""
    tables = (Candidate, Registration, Consent, QueueEntry, RepairTask, Likeness)
    volatile = {"row_version", "updated_at"}
    return {
        table.__name__: sorted(
            json.dumps(found.model_dump(mode="json", exclude=volatile), sort_keys=True)
            for found in all_of(desk, table)
        )
        for table in tables
    }


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    return Path(copy(DATA / "registrations.csv", tmp_path))


def test_the_account_of_a_real_file_adds_up_and_is_kept(desk: Desk, messy: Path) -> None:
    report = desk.imports.run_now(messy)
    assert counts(report) == (53, 2, 1, 3)
    assert report.reasons == {"missing_contact": 2, "missing_name": 1}
    assert report.questions == 3
    batch = desk.imports.batches_now()[0]
    assert (batch.read, batch.created, batch.by, batch.batch) == (59, 53, "Kim", report.batch)
    rows = all_of(desk, ImportRow)
    assert sorted(found.row_number for found in rows) == list(range(2, 61))
    assert {found.row_number: found.outcome for found in rows if found.outcome != "created"} == {
        3: "merged",
        14: "rejected",
        15: "rejected",
        16: "rejected",
        40: "merged",
        42: "unchanged",
    }
    tasks = all_of(desk, RepairTask)
    assert sum(report.repairs.values()) == len(tasks) == batch.repairs
    audit = [event for event in all_of(desk, AuditEvent) if event.action == "import.run"]
    assert len(audit) == 1
    assert audit[0].subject_id == report.batch_id
    assert not audit[0].undoable


def test_a_preview_says_what_the_run_does_and_writes_nothing(desk: Desk, messy: Path) -> None:
    preview = desk.imports.preview_now(messy)
    assert all_of(desk, Candidate) == []
    assert all_of(desk, ImportBatch) == []
    report = desk.imports.run_now(messy)
    same = ("read", "created", "merged", "unchanged", "rejected", "reasons", "repairs", "questions")
    assert {name: getattr(preview, name) for name in same} == {name: getattr(report, name) for name in same}
    assert preview.problems[0].row_number == 5
    assert preview.columns["phone"] == "Telefoonnummer"
    assert preview.sample[0]["last_name"] == "van den Akker"


def test_the_same_file_twice_changes_nothing(desk: Desk, messy: Path) -> None:
    desk.imports.run_now(messy)
    before = snapshot(desk)
    assert counts(desk.imports.run_now(messy)) == (0, 0, 56, 3)
    assert snapshot(desk) == before


def test_people_are_ready_to_be_called(desk: Desk, messy: Path) -> None:
    desk.imports.run_now(messy)
    entries = {entry.candidate_id: entry for entry in all_of(desk, QueueEntry)}
    fatima, alyssa = person(desk, "Fatima"), person(desk, "Alyssa")
    assert (fatima.phone, fatima.region_code, fatima.function_profile) == (
        "+31621000003",
        "utrechtzorg",
        "district_nurse",
    )
    assert fatima.big_number == "09911009730"
    assert fatima.x_km is not None
    entry = entries[fatima.id]
    assert (entry.kind, entry.state, entry.priority_group, entry.region_code) == (
        "new",
        "ready",
        1,
        "utrechtzorg",
    )
    assert entry.registered_at == datetime(2020, 3, 21, 9, 5, tzinfo=UTC)
    assert (entries[alyssa.id].state, entries[alyssa.id].blocked_reason) == ("blocked", "no_number")
    assert alyssa.phone_given == "06123"


def test_consent_is_kept_with_the_words_of_the_form(desk: Desk, messy: Path) -> None:
    desk.imports.run_now(messy, source="nu91")
    dion = person(desk, "Dion")
    consent = next(fact for fact in all_of(desk, Consent) if fact.candidate_id == dion.id)
    assert (consent.state, consent.channel, consent.source) == ("refused", "form", "nu91")
    assert consent.text.startswith("Mogen uw gegevens gedeeld worden met zorgorganisaties")
    assert consent.at == dion.registered_at
    unclear = person(desk, "Emma")
    assert all(fact.candidate_id != unclear.id for fact in all_of(desk, Consent))


def test_no_citizen_service_number_is_kept_anywhere(desk: Desk, messy: Path) -> None:
    desk.imports.run_now(messy)
    assert "111222333" not in json.dumps(snapshot(desk))
    tess = person(desk, "Tess")
    assert any(
        task.kind == "bsn_removed" for task in all_of(desk, RepairTask) if task.candidate_id == tess.id
    )


def test_rejected_rows_are_written_beside_the_file_with_their_reason(desk: Desk, messy: Path) -> None:
    report = desk.imports.run_now(messy)
    assert report.rejects_file is not None
    path = Path(report.rejects_file)
    assert path == messy.with_name(f"registrations.rejects-{report.batch}.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file)
    assert heading[-2:] == ["Rij", "Reden"]
    assert [found[-2:] for found in rows] == [
        ["14", "missing_name: Naam ontbreekt"],
        ["15", "missing_contact: Geen bruikbaar telefoonnummer of e-mailadres"],
        ["16", "missing_contact: Geen bruikbaar telefoonnummer of e-mailadres"],
    ]


def test_rejected_rows_that_were_put_right_come_in(desk: Desk, messy: Path) -> None:
    report = desk.imports.run_now(messy)
    rejects = Path(str(report.rejects_file))
    text = (
        rejects.read_text(encoding="utf-8-sig").replace("n.v.t.", "0621009999").replace("06123", "0621009998")
    )
    rejects.write_text(text, encoding="utf-8")
    assert counts(desk.imports.run_now(rejects)) == (2, 0, 0, 1)


def test_one_person_twice_is_one_with_both_registrations(desk: Desk, tmp_path: Path) -> None:
    later = row(at="25-03-2020 10:00", email="JAN@example.nl", phone="0621000002", remarks="liever 's avonds")
    report = desk.imports.run_now(written(tmp_path, later, JAN))
    assert counts(report) == (1, 1, 0, 0)
    jan = person(desk, "Jan")
    assert (jan.phone, jan.phone2, jan.remarks) == ("+31621000002", "+31621000001", "liever 's avonds")
    assert jan.registered_at == datetime(2020, 3, 21, 8, 0, tzinfo=UTC)
    assert all_of(desk, QueueEntry)[0].registered_at == jan.registered_at
    assert len(all_of(desk, Registration)) == len(all_of(desk, Consent)) == 2


def test_one_person_from_two_sources_has_both_and_is_filled_not_overwritten(
    desk: Desk, tmp_path: Path
) -> None:
    desk.imports.run_now(written(tmp_path, row(phone="06123", remarks="eerst")), "google_form")
    assert all_of(desk, QueueEntry)[0].blocked_reason == "no_number"
    second = row(at="01-03-2020 10:00", first="J.", remarks="later")
    report = desk.imports.run_now(written(tmp_path, second, name="s.csv"), "nu91")
    assert counts(report) == (0, 1, 0, 0)
    jan, entry = person(desk, "Jan"), all_of(desk, QueueEntry)[0]
    assert (jan.phone, jan.remarks, jan.initials, jan.row_version) == ("+31621000001", "eerst", "J.", 2)
    assert (entry.state, entry.blocked_reason) == ("ready", None)
    assert entry.registered_at == jan.registered_at == datetime(2020, 3, 1, 9, 0, tzinfo=UTC)
    assert {found.source for found in all_of(desk, Registration)} == {"google_form", "nu91"}


def test_two_people_on_one_number_are_a_household(desk: Desk, tmp_path: Path) -> None:
    truus = row(first="Truus", email="truus@example.nl")
    report = desk.imports.run_now(written(tmp_path, JAN, truus))
    assert counts(report) == (2, 0, 0, 0)
    assert report.questions == 0
    assert {found.phone for found in all_of(desk, Candidate)} == {"+31621000001"}


@pytest.mark.parametrize("together", [True, False])
def test_uncertain_likeness_is_a_question_and_never_a_merge(
    desk: Desk, tmp_path: Path, together: bool
) -> None:
    others = [
        row(first="Janneke", email="janneke@example.nl"),
        row(first="Els", last="Visser", phone="0621000003"),
        row(email="anders@example.nl", phone="0621000004"),
    ]
    if together:
        desk.imports.run_now(written(tmp_path, JAN, *others))
    else:
        for number, some in enumerate([JAN, *others]):
            desk.imports.run_now(written(tmp_path, some, name=f"{number}.csv"))
    assert len(all_of(desk, Candidate)) == 4
    jan = next(
        found
        for found in all_of(desk, Candidate)
        if found.email == "jan@example.nl" and found.first_name == "Jan"
    )
    whys = [question.why for question in all_of(desk, Likeness) if question.other_id == jan.id]
    assert sorted(whys) == ["like_name_same_postcode", "same_email_other_name", "same_phone_like_name"]


def test_a_number_that_everybody_gave_does_not_ask_everybody(desk: Desk, tmp_path: Path) -> None:
    rows = [row(first=f"Naam{chr(97 + n % 26)}{chr(97 + n // 26)}", last=f"Vis{n}") for n in range(200)]
    report = desk.imports.run_now(written(tmp_path, *rows, rows[150]))
    assert (report.created, report.unchanged) == (200, 1)
    assert len(all_of(desk, Likeness)) <= 600


@pytest.mark.parametrize("after", [0, 1, 2])
def test_called_off_leaves_nothing(desk: Desk, messy: Path, after: int) -> None:
    asked: list[None] = []

    def cancelled() -> bool:
        asked.append(None)
        return len(asked) > after

    with pytest.raises(ImportCancelledError):
        desk.imports.run_now(messy, cancelled=cancelled)
    assert not any(snapshot(desk).values())
    assert all_of(desk, ImportBatch) == []
    assert [path.name for path in messy.parent.glob("*.rejects-*")] == []
    assert desk.imports.run_now(messy).created == 53


def test_progress_reaches_its_end(desk: Desk, messy: Path) -> None:
    told: list[tuple[int, int]] = []
    desk.imports.run_now(messy, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_a_file_without_the_needed_columns_is_refused_and_shown(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Kleur,Fruit\nrood,appel\n", encoding="utf-8")
    with pytest.raises(DeskError, match="columns_missing"):
        desk.imports.run_now(path)
    assert desk.imports.preview_now(path).missing == ("last_name", "phone")
    chosen = {"last_name": "Kleur", "email": "Fruit"}
    assert counts(desk.imports.run_now(path, columns=chosen)) == (0, 0, 0, 1)


def test_undo_takes_all_of_it_back(desk: Desk, messy: Path) -> None:
    empty = snapshot(desk)
    report = desk.imports.run_now(messy)
    undone = desk.imports.undo_now(report.batch[:5])
    assert (undone.removed, undone.with_them, undone.left) == (53, 2, ())
    assert "2 samengevoegde rijen" in undo_lines(undone, Texts("nl"))[1]
    assert snapshot(desk) == empty
    assert desk.imports.batches_now()[0].undone_at is not None
    with pytest.raises(DeskError, match="batch_undone"):
        desk.imports.undo_now(report.batch_id)
    assert counts(desk.imports.run_now(messy)) == (53, 2, 1, 3)


def test_undo_puts_merges_back(desk: Desk, tmp_path: Path) -> None:
    first = desk.imports.run_now(written(tmp_path, row(phone="06123")))
    before = snapshot(desk)
    second = desk.imports.run_now(
        written(
            tmp_path, row(at="01-03-2020 10:00"), row(at="02-03-2020 10:00", phone="0621000009"), name="s.csv"
        )
    )
    assert snapshot(desk) != before
    undone = desk.imports.undo_now(second.batch_id)
    assert (undone.removed, undone.put_back, undone.left) == (0, 2, ())
    assert snapshot(desk) == before
    assert desk.imports.undo_now(first.batch_id).removed == 1


def test_undo_leaves_what_somebody_worked_on(desk: Desk, messy: Path, clock: TestClock) -> None:
    report = desk.imports.run_now(messy)
    fatima, dion, roos = (person(desk, name).id for name in ("Fatima", "Dion", "Roos"))
    assert desk.seat.user_id is not None
    attempt = CallAttempt(at=clock(), candidate_id=fatima, user_id=desk.seat.user_id, outcome="no_answer")

    def work(unit: Unit) -> None:
        unit.session.add(attempt)
        unit.get(Candidate, dion).remarks = "belt liever niet"
        entry = unit.session.exec(select(QueueEntry).where(QueueEntry.candidate_id == roos)).one()
        entry.claim_epoch = 1
        unit.record("test.work")

    desk.lane.write_now(work)
    undone = desk.imports.undo_now(report.batch_id)
    assert {(item.who, item.reason) for item in undone.left} == {
        ("Amrani, Fatima el", "called"),
        ("Mast, Dion", "edited"),
        ("Post, Roos", "claimed"),
    }
    assert undone.removed == 50
    assert {found.id for found in all_of(desk, Candidate)} == {fatima, dion, roos}
    assert len(all_of(desk, Registration)) == 3


def test_undo_leaves_who_came_again_in_another_file(desk: Desk, tmp_path: Path) -> None:
    first = desk.imports.run_now(written(tmp_path, JAN))
    second = desk.imports.run_now(written(tmp_path, row(at="30-03-2020 10:00"), name="s.csv"))
    assert [item.reason for item in desk.imports.undo_now(first.batch_id).left] == ["later_import"]
    desk.imports.undo_now(second.batch_id)
    assert len(all_of(desk, Registration)) == 1


def test_undo_leaves_a_merge_that_was_changed_since(desk: Desk, tmp_path: Path) -> None:
    desk.imports.run_now(written(tmp_path, row(phone="06123")))
    second = desk.imports.run_now(written(tmp_path, row(at="01-03-2020 10:00"), name="s.csv"))

    def work(unit: Unit) -> None:
        unit.get(Candidate, person_id).phone = "+31621000077"
        unit.record("test.work")

    person_id = person(desk, "Jan").id
    desk.lane.write_now(work)
    undone = desk.imports.undo_now(second.batch_id)
    assert (undone.put_back, [item.reason for item in undone.left]) == (0, ["edited"])
    assert person(desk, "Jan").phone == "+31621000077"


def test_an_unknown_batch_is_said_to_be_unknown(desk: Desk) -> None:
    for name in ("", "zz", "1234"):
        with pytest.raises(DeskError, match="batch_unknown"):
            desk.imports.undo_now(name)


async def test_imports_are_awaited_like_everything_else(desk: Desk, messy: Path) -> None:
    assert (await desk.imports.preview(messy)).created == 53
    report = await desk.imports.run(messy)
    assert len(await desk.imports.batches()) == 1
    assert (await desk.imports.undo(report.batch_id)).removed == 53


def test_a_windows_file_with_semicolons_and_whole_names(desk: Desk, tmp_path: Path) -> None:
    report = desk.imports.run_now(Path(copy(DATA / "registrations_windows.csv", tmp_path)))
    assert counts(report) == (3, 0, 0, 1)
    names = {
        (found.first_name, found.initials, found.prefix, found.last_name) for found in all_of(desk, Candidate)
    }
    assert names == {("", "J.", "de", "Vries"), ("Chloé", "", "", "Müller"), ("", "E.", "van 't", "Hof")}


def test_the_command_gives_one_json_object(desk: Desk, messy: Path) -> None:
    keys = ["read", "created", "merged", "unchanged", "rejected", "reasons", "repairs", "rejects_file"]
    for dry_run in (True, False):
        out = StringIO()
        code = import_registrations(
            desk,
            str(messy),
            source=None,
            dry_run=dry_run,
            as_json=True,
            columns=read_columns(["phone=Telefoonnummer"]),
            texts=Texts("nl"),
            out=out,
        )
        account = json.loads(out.getvalue())
        assert code == 0
        assert list(account) == keys
        assert account["read"] == 59
        assert (account["rejects_file"] is None) == dry_run


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_command_tells_it_in_sentences_and_takes_it_back(desk: Desk, messy: Path, language: str) -> None:
    out, texts = StringIO(), Texts(language)
    code = import_registrations(
        desk, str(messy), source=None, dry_run=False, as_json=False, columns={}, texts=texts, out=out
    )
    batch = desk.imports.batches_now()[0]
    assert code == 0
    assert str(batch.rejects_file) in out.getvalue()
    assert f"ehvdz import undo {batch.batch}" in out.getvalue()
    assert undo_import(desk, batch.batch, texts=texts, out=out) == 0
    assert undo_import(desk, "nothing", texts=texts, out=out) == 2


NAMES = st.sampled_from(["Jan", "Janneke", "J.", "", "[b]x", "n.v.t.", "Zoë 🙂", "\x1b[31mA"])
LAST = st.sampled_from(["de Boer", "Boer", "Visser", "", "Jansen-de Vries", "Jansen"])
PHONES = st.sampled_from(
    ["0621000001", "621000001", "06123", "", "0621000002 / 0201234567", "112", "+32475123456"]
)
EMAILS = st.sampled_from(["a@example.nl", "A@EXAMPLE.NL", "b@example.nl", "@", "", "geen"])
MOMENTS = st.sampled_from(["21-03-2020 09:00", "2020/03/26 3:56:24 PM CET", "ooit", ""])
ROWS = st.lists(
    st.tuples(
        MOMENTS,
        NAMES,
        LAST,
        EMAILS,
        PHONES,
        st.sampled_from(["9711 AB", "", "1114AA"]),
        st.sampled_from(["ja", "nee", "?"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    ),
    max_size=25,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ROWS)
def test_every_row_is_accounted_for(sqlite_desk: Desk, tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    path = written(tmp_path, JAN, *rows)
    expected = 1 + sum(any(cell.strip("\r\n\0 \t") for cell in found) for found in rows)
    preview = sqlite_desk.imports.preview_now(path)
    report = sqlite_desk.imports.run_now(path)
    assert sum(counts(report)) == preview.read
    assert preview.read >= expected - sum(not any(cell.strip() for cell in found) for found in rows)
    assert counts(report) == (preview.created, preview.merged, preview.unchanged, preview.rejected)
    again = sqlite_desk.imports.run_now(path)
    assert (again.created, again.merged, again.rejected) == (0, 0, report.rejected)
    sqlite_desk.imports.undo_now(report.batch_id)
    for candidate in all_of(sqlite_desk, Candidate):
        assert candidate.phone or candidate.email


SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.parametrize("path", [path for path in (SHARED / "registrations.csv",) if path.exists()])
def test_the_form_export_that_reality_gave(sqlite_desk: Desk, tmp_path: Path, path: Path) -> None:
    report = sqlite_desk.imports.run_now(Path(copy(path, tmp_path)))
    assert counts(report) == (398, 23, 0, 2)
    again = sqlite_desk.imports.run_now(Path(copy(path.with_suffix(".xlsx"), tmp_path)))
    assert counts(again) == (0, 0, 118, 2)
