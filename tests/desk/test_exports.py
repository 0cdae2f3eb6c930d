"""What goes out: only what may, only with consent, never unlogged, and destroyed in the end."""

import csv
import io
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.desk.desk import Desk
from db.desk.export_log import keep_file
from db.desk.unit import Unit
from db.drafts.exports import ExportOrder, MailServer
from db.errors import ConflictError, DeskError
from db.models import AuditEvent, Consent, Export, ExportLine, Proposal
from tests.conftest import TestClock
from tests.support.people import add_candidate
from tests.support.shortlists import SECRETS, add_asked, add_nurse

NOWHERE = MailServer("127.0.0.1", "belteam@example.nl", port=9, starttls=False, seconds=2)


def order(request: UUID, folder: Path, kind: str = "csv") -> ExportOrder:
    return ExportOrder(request, kind, "nl", folder)


def content_of(path: str | None) -> bytes:
    assert path is not None
    return Path(path).read_bytes()


def rows(path: str | None) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content_of(path).decode("utf-8-sig")), delimiter=";"))


def written(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("shortlist*")]


def change(path: str | None) -> None:
    assert path is not None
    Path(path).write_text("my own notes", encoding="utf-8")


def withdraw_consent(desk: Desk, candidate_id: UUID) -> None:
    def work(unit: Unit) -> None:
        unit.session.add(
            Consent(
                at=unit.now + timedelta(seconds=1),
                candidate_id=candidate_id,
                purpose="share_with_care_organisations",
                state="withdrawn",
                text="",
                text_version="",
                channel="phone",
                recorded_at=unit.now,
            )
        )

    desk.lane.write_now(work)


def agree_interview(desk: Desk, proposal_id: UUID) -> None:
    def work(unit: Unit) -> None:
        unit.get(Proposal, proposal_id).interview_at = unit.now + timedelta(days=3)

    desk.lane.write_now(work)


async def test_only_what_an_organisation_may_know_goes_out(desk: Desk, tmp_path: Path) -> None:
    person, request, other = add_nurse(desk), add_asked(desk), add_asked(desk, SECRETS[3])
    await desk.proposals.propose(person, request)
    await desk.proposals.propose(person, other)
    for kind in ("csv", "xlsx", "pdf"):
        report = await desk.exports.save(order(request, tmp_path, kind))
        content = content_of(report.path)
        assert content
        assert not [secret for secret in SECRETS if secret.encode() in content]
    heading, row = rows((await desk.exports.save(order(request, tmp_path))).path)
    assert dict(zip(heading, row, strict=True)) == {
        "Naam": "Tristan van der Luinenburg",
        "Telefoon": "06 48778932",
        "E-mailadres": "tristan@example.nl",
        "Woonplaats": "Uddel",
        "Opleiding": "Mbo 4 verpleegkundige (verpleegkunde, 1998)",
        "Werkervaring": "Verpleegkundige mbo (OLVG, 12 jaar, tot 2015)",
        "Beschikbaar": "vanaf 11-05-2020",
        "Uren per week": "16–24",
        "Dagdelen": "ma ochtend, middag",
        "BIG-status": "BIG-geregistreerd",
    }


async def test_only_live_proposals_of_this_request_with_consent(desk: Desk, tmp_path: Path) -> None:
    request, other = add_asked(desk), add_asked(desk, "Ander huis")
    stays, gone, refuses, elsewhere = (
        add_candidate(desk, name, name) for name in ("Blijft", "Weg", "Weigert", "Elders")
    )
    await desk.proposals.propose(stays, request)
    taken_back = await desk.proposals.propose(gone, request)
    await desk.proposals.withdraw(taken_back.id, "too_far")
    await desk.proposals.propose(refuses, request)
    withdraw_consent(desk, refuses)
    await desk.proposals.propose(elsewhere, other)
    preview = await desk.exports.preview(request, "nl")
    assert [person.candidate_id for person in preview.shortlist.people] == [stays]
    assert [person.candidate_id for person in preview.shortlist.left_out] == [refuses]
    report = await desk.exports.save(order(request, tmp_path))
    assert [row[0] for row in rows(report.path)[1:]] == ["Blijft van der Blijft"]
    assert report.rows == 1


async def test_whoever_works_there_already_is_not_sent_again(desk: Desk) -> None:
    person, request = add_nurse(desk), add_asked(desk)
    made = await desk.proposals.propose(person, request)

    def accept(unit: Unit) -> None:
        unit.get(Proposal, made.id).status = "accepted"

    desk.lane.write_now(accept)
    assert (await desk.exports.preview(request, "nl")).shortlist.people == ()


async def test_it_is_logged_with_purpose_recipient_and_end(
    desk: Desk, tmp_path: Path, clock: TestClock
) -> None:
    person, request = add_nurse(desk), add_asked(desk)
    made = await desk.proposals.propose(person, request)
    report = await desk.exports.save(order(request, tmp_path))

    def look(session: Session) -> tuple[Export, ExportLine, AuditEvent]:
        logged = select(AuditEvent).where(AuditEvent.action == "exports.send")
        return (
            session.exec(select(Export)).one(),
            session.exec(select(ExportLine)).one(),
            session.exec(logged).one(),
        )

    export, line, event = desk.lane.read_now(look)
    assert (export.id, export.recipient) == (report.id, "Els de Vries, Verpleeghuis Zonnehof")
    assert "Verpleeghuis Zonnehof" in export.purpose
    assert export.destroy_by == clock.now + timedelta(days=28)
    assert (line.proposal_id, line.candidate_id) == (made.id, person)
    assert (event.candidate_id, event.subject_id) == (person, export.id)


async def test_looking_is_logged_too(desk: Desk) -> None:
    person, request = add_nurse(desk), add_asked(desk)
    await desk.proposals.propose(person, request)
    await desk.exports.preview(request, "en")
    seen = sa.select(sa.func.count()).where(
        col(AuditEvent.action) == "exports.preview", col(AuditEvent.candidate_id) == person
    )
    assert desk.lane.read_now(lambda session: session.execute(seen).scalar_one()) == 1


async def test_nobody_to_send_is_refused(desk: Desk, tmp_path: Path) -> None:
    request = add_asked(desk)
    with pytest.raises(DeskError, match=r"exports\.nobody"):
        await desk.exports.save(order(request, tmp_path))
    person = add_nurse(desk)
    await desk.proposals.propose(person, request)
    withdraw_consent(desk, person)
    with pytest.raises(DeskError, match=r"exports\.nobody_may"):
        await desk.exports.save(order(request, tmp_path))
    assert written(tmp_path) == []


async def test_a_consent_withdrawn_meanwhile_stops_the_file(desk: Desk, tmp_path: Path) -> None:
    person, request = add_nurse(desk), add_asked(desk)
    await desk.proposals.propose(person, request)
    parcel = await desk.exports._parcel(order(request, tmp_path))
    withdraw_consent(desk, person)
    with pytest.raises(ConflictError, match=r"exports\.changed"):
        desk.lane.write_now(lambda unit: keep_file(unit, parcel))
    assert written(tmp_path) == []


async def test_a_folder_that_takes_nothing_is_refused_and_nothing_logged(desk: Desk, tmp_path: Path) -> None:
    person, request = add_nurse(desk), add_asked(desk)
    await desk.proposals.propose(person, request)
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(DeskError, match=r"exports\.unwritable"):
        await desk.exports.save(order(request, tmp_path / "taken"))
    assert await desk.exports.waiting() == ()


async def test_a_file_is_never_written_over(desk: Desk, tmp_path: Path) -> None:
    person, request = add_nurse(desk), add_asked(desk)
    await desk.proposals.propose(person, request)
    paths = {(await desk.exports.save(order(request, tmp_path))).path for _ in range(3)}
    assert len(paths) == 3


async def test_a_proposal_that_went_out_can_no_longer_be_undone(desk: Desk, tmp_path: Path) -> None:
    person, request = add_nurse(desk), add_asked(desk)
    await desk.proposals.propose(person, request)
    await desk.exports.save(order(request, tmp_path))
    with pytest.raises(ConflictError, match=r"history\.exported"):
        await desk.history.undo()
    assert [item.is_live for item in (await desk.requests.request(request)).proposals] == [True]


async def test_mail_that_fails_is_logged_as_never_sent_and_does_not_bind(desk: Desk, tmp_path: Path) -> None:
    person, request = add_nurse(desk), add_asked(desk)
    await desk.proposals.propose(person, request)
    with pytest.raises(DeskError, match=r"exports\.mail_failed"):
        await desk.exports.mail(order(request, tmp_path, "pdf"), NOWHERE)
    assert await desk.exports.waiting() == ()
    assert [export.failed for export in desk.exports.list_now()] == [True]
    await desk.history.undo()
    assert (await desk.requests.request(request)).proposals == ()


async def test_mail_needs_an_address(desk: Desk, tmp_path: Path) -> None:
    person, request = add_nurse(desk), add_asked(desk, email=None)
    await desk.proposals.propose(person, request)
    with pytest.raises(DeskError, match=r"exports\.no_address"):
        await desk.exports.mail(order(request, tmp_path), NOWHERE)
    assert desk.exports.list_now() == ()


async def test_a_letter_holds_the_message_and_the_file(desk: Desk, tmp_path: Path) -> None:
    person, request = add_nurse(desk), add_asked(desk)
    await desk.proposals.propose(person, request)
    report = await desk.exports.save_letter(order(request, tmp_path, "xlsx"))
    letter = message_from_bytes(content_of(report.path), policy=default)
    assert isinstance(letter, EmailMessage)
    assert report.file_name.endswith(".eml")
    body = letter.get_body()
    assert body is not None
    assert "Beste Els de Vries," in body.get_content()
    assert "Luinenburg" not in body.get_content()
    assert [part.get_filename() for part in letter.iter_attachments()] == [
        "shortlist-verpleeghuis-zonnehof-20200507.xlsx"
    ]


async def test_destroyed_is_confirmed_once_and_takes_the_own_file_along(desk: Desk, tmp_path: Path) -> None:
    person, request = add_nurse(desk), add_asked(desk)
    await desk.proposals.propose(person, request)
    report = await desk.exports.save(order(request, tmp_path))
    assert [export.id for export in await desk.exports.waiting()] == [report.id]
    assert (await desk.exports.confirm_destroyed(report.id)).removed
    assert written(tmp_path) == []
    assert await desk.exports.waiting() == ()
    with pytest.raises(ConflictError, match=r"exports\.destroyed_already"):
        await desk.exports.confirm_destroyed(report.id)
    await desk.history.undo()
    assert [export.id for export in await desk.exports.waiting()] == [report.id]


async def test_a_file_that_was_changed_is_not_removed(desk: Desk, tmp_path: Path) -> None:
    person, request = add_nurse(desk), add_asked(desk)
    await desk.proposals.propose(person, request)
    report = await desk.exports.save(order(request, tmp_path))
    change(report.path)
    assert not (await desk.exports.confirm_destroyed(report.id)).removed
    assert written(tmp_path) == [report.file_name]


async def test_an_interview_becomes_an_appointment(desk: Desk, tmp_path: Path) -> None:
    person, request = add_nurse(desk), add_asked(desk)
    made = await desk.proposals.propose(person, request)
    with pytest.raises(DeskError, match=r"exports\.no_interview"):
        await desk.exports.save_invitation(made.id, "nl", tmp_path)
    agree_interview(desk, made.id)
    report = await desk.exports.save_invitation(made.id, "nl", tmp_path)
    assert b"DTSTART:20200510T080000Z" in content_of(report.path)
    withdraw_consent(desk, person)
    with pytest.raises(DeskError, match=r"proposals\.no_consent"):
        await desk.exports.save_invitation(made.id, "nl", tmp_path)
