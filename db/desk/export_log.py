"""What is written when something leaves the desk: the file, the log of it, and that it is destroyed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlmodel import Session

from db.desk.unit import Unit
from db.drafts.exports import ExportOrder
from db.errors import ConflictError, DeskError
from db.files import letters, outbox
from db.models import Candidate, Export, ExportLine, Organisation, Proposal, Request
from db.rules.calling_hours import CallingHours, add_working_days
from db.rules.hygiene import clean
from db.rules.names import show_name
from db.stores import exports as store
from db.stores.candidate_card import name_of
from db.stores.facts import may_share
from db.stores.users import load_settings
from db.texts import Texts
from db.views.exports import DestroyedReport, ExportReport, Letter, Shortlist

ANSWER_WITHIN_DAYS = 2
"""Working days that the message asks an answer within."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that is ready to go: who is in it, and its bytes."""

    order: ExportOrder
    shortlist: Shortlist
    content: bytes
    stem: str

    @property
    def file_name(self) -> str:
        """What the file is called."""
        return f"{self.stem}.{self.order.format}"


def shortlist_of(session: Session, request_id: UUID, now: datetime) -> Shortlist:
    """Who may be sent to the organisation now."""
    answer_by = add_working_days(CallingHours().local_day(now), ANSWER_WITHIN_DAYS)
    return store.load_shortlist(session, request_id, answer_by, _destroy_by(session, now))


def _destroy_by(session: Session, now: datetime) -> datetime:
    return now + timedelta(days=load_settings(session).export_keep_days)


def recipient_of(shortlist: Shortlist, given: str) -> str:
    """To whom it goes: as it was given, else the contact person."""
    who = ", ".join(part for part in (shortlist.contact_name, shortlist.organisation) if part)
    return clean(given, 200) or who


def purpose_of(shortlist: Shortlist, language: str, given: str) -> str:
    """What it is for: as it was given, else what it always is."""
    return clean(given, 200) or Texts(language)("exports.purpose", organisation=shortlist.organisation)


def _check_unchanged(unit: Unit, parcel: Parcel) -> None:
    """A consent that was withdrawn while the file was made must not go out with it."""
    now = shortlist_of(unit.session, parcel.order.request_id, unit.now)
    if now.people != parcel.shortlist.people:
        raise ConflictError("exports.changed", organisation=now.organisation)


def keep_file(unit: Unit, parcel: Parcel) -> ExportReport:
    """Write the shortlist and log it."""
    _check_unchanged(unit, parcel)
    return _put(unit, parcel, "file", parcel.content, parcel.order.format)


def keep_letter(unit: Unit, parcel: Parcel, letter: Letter) -> ExportReport:
    """Write the message with the shortlist in it and log it."""
    _check_unchanged(unit, parcel)
    message = letters.compose(letter, "", parcel.content, parcel.file_name, unit.now)
    return _put(unit, parcel, "letter", message.as_bytes(), "eml")


def _put(unit: Unit, parcel: Parcel, delivery: str, content: bytes, ending: str) -> ExportReport:
    path = outbox.put(parcel.order.folder, parcel.stem, ending, content)
    try:
        export = _log(unit, parcel, delivery, path, content)
        unit.session.flush()
    except BaseException:
        # What is not in the log may not lie about.
        path.unlink(missing_ok=True)
        raise
    return _report(export, path)


def keep_mail(unit: Unit, parcel: Parcel, address: str) -> ExportReport:
    """Log what is about to be mailed to this address."""
    _check_unchanged(unit, parcel)
    export = _log(unit, parcel, "mail", None, parcel.content)
    export.recipient = f"{export.recipient} <{address}>"
    unit.session.flush()
    return _report(export, None)


def _log(unit: Unit, parcel: Parcel, delivery: str, path: Path | None, content: bytes) -> Export:
    order, shortlist = parcel.order, parcel.shortlist
    export = Export(
        at=unit.now,
        user_id=unit.user_id,
        request_id=order.request_id,
        kind="shortlist",
        delivery=delivery,
        purpose=purpose_of(shortlist, order.language, order.purpose),
        recipient=recipient_of(shortlist, order.recipient),
        file_name=path.name if path else parcel.file_name,
        location=str(path.parent) if path else "",
        sha256=outbox.digest(content),
        rows=len(shortlist.people),
        destroy_by=shortlist.destroy_by,
    )
    people = [(person.proposal_id, person.candidate_id) for person in shortlist.people]
    return _add(unit, export, people, shortlist.organisation)


def _add(unit: Unit, export: Export, people: list[tuple[UUID, UUID]], organisation: str) -> Export:
    unit.session.add(export)
    unit.session.flush()
    for proposal_id, candidate_id in people:
        line = ExportLine(export_id=export.id, proposal_id=proposal_id, candidate_id=candidate_id)
        unit.session.add(line)
    unit.record(
        "exports.send",
        candidate_id=people[0][1] if len(people) == 1 else None,
        subject_id=export.id,
        organisation=organisation,
        recipient=export.recipient,
        purpose=export.purpose,
        file=export.file_name,
        people=[candidate_id.hex for _, candidate_id in people],
    )
    return export


def _report(export: Export, path: Path | None) -> ExportReport:
    assert export.destroy_by is not None
    return ExportReport(
        id=export.id,
        path=str(path) if path else None,
        file_name=export.file_name,
        recipient=export.recipient,
        rows=export.rows,
        destroy_by=export.destroy_by,
    )


def mark_failed(unit: Unit, export_id: UUID) -> None:
    """Log that it was never sent."""
    export = unit.get(Export, export_id)
    export.failed_at = unit.now
    unit.record("exports.not_sent", subject_id=export.id, recipient=export.recipient)


def keep_invitation(unit: Unit, proposal_id: UUID, texts: Texts, folder: Path) -> ExportReport:
    """Write the interview of a proposal as an appointment and log it."""
    from db.files.invitations import render_invitation

    proposal = unit.get(Proposal, proposal_id)
    candidate = unit.session.get_one(Candidate, proposal.candidate_id)
    request = unit.session.get_one(Request, proposal.request_id)
    organisation = unit.session.get_one(Organisation, request.organisation_id)
    name = show_name(name_of(candidate))
    if proposal.interview_at is None or not proposal.is_live:
        raise DeskError("exports.no_interview", name=name)
    if not may_share(unit.session, candidate.id):
        raise DeskError("proposals.no_consent", name=name)
    content = render_invitation(
        proposal_id,
        proposal.interview_at,
        unit.now,
        title=texts("exports.invitation.title", name=name, organisation=organisation.name),
        place=", ".join(part for part in (organisation.name, request.place or organisation.place) if part),
        description=texts("exports.invitation.description"),
    )
    path = outbox.put(folder, f"interview-{proposal.interview_at:%Y%m%d}", "ics", content)
    export = Export(
        at=unit.now,
        user_id=unit.user_id,
        request_id=request.id,
        kind="invitation",
        purpose=texts("exports.invitation.purpose", organisation=organisation.name),
        recipient=organisation.name,
        file_name=path.name,
        location=str(path.parent),
        sha256=outbox.digest(content),
        rows=1,
        destroy_by=_destroy_by(unit.session, unit.now),
    )
    _add(unit, export, [(proposal.id, candidate.id)], organisation.name)
    return _report(export, path)


def confirm(unit: Unit, export_id: UUID) -> DestroyedReport:
    """Log that it is destroyed, and remove one's own file."""
    export = unit.get(Export, export_id)
    if export.destroyed_at is not None or export.failed_at is not None:
        raise ConflictError("exports.destroyed_already")
    export.destroyed_at, export.destroyed_by = unit.now, unit.user_id
    removed = bool(export.location) and outbox.remove_if_same(
        Path(export.location) / export.file_name, export.sha256
    )
    unit.record(
        "exports.destroyed",
        subject_id=export.id,
        undoable=True,
        file=export.file_name,
        recipient=export.recipient,
        removed=removed,
    )
    return DestroyedReport(export.file_name, export.recipient, removed)
