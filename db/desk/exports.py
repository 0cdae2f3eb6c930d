"""What goes out to organisations: shortlists, letters, appointments; and that it is destroyed."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from sqlmodel import Session

from db.desk.lane import Lane
from db.desk.unit import Unit
from db.drafts.exports import ExportOrder, MailServer
from db.errors import ConflictError, DeskError
from db.files import letters, outbox
from db.files.shortlist import file_stem, page_of, render
from db.models import Candidate, Export, ExportLine, Organisation, Proposal, Request
from db.rules.calling_hours import CallingHours, add_working_days
from db.rules.hygiene import clean
from db.rules.names import show_name
from db.stores import exports as store
from db.stores.candidate_card import name_of
from db.stores.facts import may_share
from db.stores.users import load_settings
from db.texts import Texts
from db.views.exports import (
    DestroyedReport,
    ExportPreview,
    ExportReport,
    ExportView,
    Letter,
    Shortlist,
)

ANSWER_WITHIN_DAYS = 2
"""Working days that the message asks an answer within."""
LIMIT = 500


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A file that is ready to go: who is in it, and its bytes."""

    order: ExportOrder
    shortlist: Shortlist
    content: bytes
    stem: str

    @property
    def file_name(self) -> str:
        return f"{self.stem}.{self.order.format}"


class ExportsDesk:
    """Use cases about what leaves the desk; each is logged with its purpose, its recipient and its end."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def preview(self, request_id: UUID, language: str) -> ExportPreview:
        """Exactly what would be sent to whom, cell by cell; that somebody looked is logged."""
        return await self._lane.write(lambda unit: self._preview(unit, request_id, language))

    async def check(self, request_id: UUID) -> None:
        """Raise DeskError when there is nobody to send to the organisation."""
        _demand_people(await self._lane.read(lambda session: self._load(session, request_id)))

    async def save(self, order: ExportOrder) -> ExportReport:
        """Write the shortlist to a file of one's own.

        Raises DeskError when there is nobody to send or the folder does not take it, ConflictError when
        somebody's proposal or consent changed meanwhile; nothing is written then.
        """
        parcel = await self._parcel(order)
        return await self._lane.write(lambda unit: _keep_file(unit, parcel))

    def save_now(self, order: ExportOrder) -> ExportReport:
        """`save` for callers that have no event loop."""
        shortlist = self._lane.read_now(lambda session: self._load(session, order.request_id))
        parcel = self._pack(order, shortlist)
        return self._lane.write_now(lambda unit: _keep_file(unit, parcel))

    async def save_letter(self, order: ExportOrder) -> ExportReport:
        """Write the message with the shortlist in it as an .eml file; raises as `save`."""
        parcel = await self._parcel(order)
        return await self._lane.write(lambda unit: _keep_letter(unit, parcel, self._letter(parcel)))

    async def mail(self, order: ExportOrder, server: MailServer, to: str = "") -> ExportReport:
        """Mail the shortlist; `to` is the contact person's address when empty.

        Logged before it goes, so that nothing ever leaves unlogged; what the server refuses is logged as
        never sent. Raises as `save`, and DeskError with what the server said.
        """
        parcel = await self._parcel(order)
        letter = self._letter(parcel)
        address = clean(to, 320) or letter.to
        if "@" not in address:
            raise DeskError("exports.no_address", organisation=parcel.shortlist.organisation)
        message = letters.compose(
            letter, server.sender, parcel.content, parcel.file_name, self._lane.clock(), to=address
        )
        report = await self._lane.write(lambda unit: _keep_mail(unit, parcel, address))
        try:
            await asyncio.shield(asyncio.to_thread(_send, server, message))
        except DeskError:
            await self._lane.write(lambda unit: _mark_failed(unit, report.id))
            raise
        return report

    async def save_invitation(self, proposal_id: UUID, language: str, folder: Path) -> ExportReport:
        """Write the interview of a proposal as an appointment; raises DeskError when none was agreed."""
        return await self._lane.write(
            lambda unit: _keep_invitation(unit, proposal_id, Texts(language), folder)
        )

    async def waiting(self, limit: int = LIMIT) -> tuple[ExportView, ...]:
        """What is not confirmed destroyed, soonest first."""
        return await self._lane.read(lambda session: store.list_exports(session, waiting=True, limit=limit))

    def find_requests_now(self, words: str) -> tuple[tuple[UUID, str], ...]:
        """The request of this id, else the open requests that answer to the words, each with its name."""
        return self._lane.read_now(lambda session: store.find_requests(session, words))

    def list_now(self, limit: int = LIMIT) -> tuple[ExportView, ...]:
        """Everything that went out, newest first, for callers that have no event loop."""
        return self._lane.read_now(lambda session: store.list_exports(session, waiting=False, limit=limit))

    async def confirm_destroyed(self, export_id: UUID) -> DestroyedReport:
        """Note that the recipient destroyed it, and remove one's own file when it is on this machine.

        Undoing takes the confirmation back, not the file.
        """
        return await self._lane.write(lambda unit: _confirm(unit, export_id))

    async def _parcel(self, order: ExportOrder) -> _Parcel:
        shortlist = await self._lane.read(lambda session: self._load(session, order.request_id))
        return await asyncio.to_thread(self._pack, order, shortlist)

    def _load(self, session: Session, request_id: UUID) -> Shortlist:
        return _load(session, request_id, self._lane.clock())

    def _pack(self, order: ExportOrder, shortlist: Shortlist) -> _Parcel:
        if self._lane.seat.user_id is None:
            raise DeskError("exports.name_needed")
        _demand_people(shortlist)
        now = self._lane.clock()
        page = page_of(shortlist, Texts(order.language), self._lane.seat.name, now)
        content = render(page, order.format, order.language)
        return _Parcel(order, shortlist, content, file_stem(shortlist, now))

    def _letter(self, parcel: _Parcel) -> Letter:
        return letters.letter_of(parcel.shortlist, Texts(parcel.order.language), self._lane.seat.name)

    def _preview(self, unit: Unit, request_id: UUID, language: str) -> ExportPreview:
        shortlist = _load(unit.session, request_id, unit.now)
        for person in shortlist.people:
            unit.note_read("exports.preview", person.candidate_id)
        texts = Texts(language)
        page = page_of(shortlist, texts, self._lane.seat.name, unit.now)
        letter = letters.letter_of(shortlist, texts, self._lane.seat.name)
        return ExportPreview(
            shortlist=shortlist,
            letter=letter,
            headings=page.headings,
            rows=page.rows,
            recipient=_recipient(shortlist, ""),
            purpose=_purpose(shortlist, language, ""),
        )


def _demand_people(shortlist: Shortlist) -> None:
    if not shortlist.people:
        key = "exports.nobody_may" if shortlist.left_out else "exports.nobody"
        raise DeskError(key, organisation=shortlist.organisation)


def _load(session: Session, request_id: UUID, now: datetime) -> Shortlist:
    answer_by = add_working_days(CallingHours().local_day(now), ANSWER_WITHIN_DAYS)
    return store.load_shortlist(session, request_id, answer_by, _destroy_by(session, now))


def _destroy_by(session: Session, now: datetime) -> datetime:
    return now + timedelta(days=load_settings(session).export_keep_days)


def _send(server: MailServer, message: EmailMessage) -> None:
    from db.files.mail import send

    send(server, message)


def _recipient(shortlist: Shortlist, given: str) -> str:
    who = ", ".join(part for part in (shortlist.contact_name, shortlist.organisation) if part)
    return clean(given, 200) or who


def _purpose(shortlist: Shortlist, language: str, given: str) -> str:
    return clean(given, 200) or Texts(language)("exports.purpose", organisation=shortlist.organisation)


def _check_unchanged(unit: Unit, parcel: _Parcel) -> None:
    """A consent that was withdrawn while the file was made must not go out with it."""
    now = _load(unit.session, parcel.order.request_id, unit.now)
    if now.people != parcel.shortlist.people:
        raise ConflictError("exports.changed", organisation=now.organisation)


def _keep_file(unit: Unit, parcel: _Parcel) -> ExportReport:
    _check_unchanged(unit, parcel)
    return _put(unit, parcel, "file", parcel.content, parcel.order.format)


def _keep_letter(unit: Unit, parcel: _Parcel, letter: Letter) -> ExportReport:
    _check_unchanged(unit, parcel)
    message = letters.compose(letter, "", parcel.content, parcel.file_name, unit.now)
    return _put(unit, parcel, "letter", message.as_bytes(), "eml")


def _put(unit: Unit, parcel: _Parcel, delivery: str, content: bytes, ending: str) -> ExportReport:
    path = outbox.put(parcel.order.folder, parcel.stem, ending, content)
    try:
        export = _log(unit, parcel, delivery, path, content)
        unit.session.flush()
    except BaseException:
        # What is not in the log may not lie about.
        path.unlink(missing_ok=True)
        raise
    return _report(export, path)


def _keep_mail(unit: Unit, parcel: _Parcel, address: str) -> ExportReport:
    _check_unchanged(unit, parcel)
    export = _log(unit, parcel, "mail", None, parcel.content)
    export.recipient = f"{export.recipient} <{address}>"
    unit.session.flush()
    return _report(export, None)


def _log(unit: Unit, parcel: _Parcel, delivery: str, path: Path | None, content: bytes) -> Export:
    order, shortlist = parcel.order, parcel.shortlist
    export = Export(
        at=unit.now,
        user_id=unit.user_id,
        request_id=order.request_id,
        kind="shortlist",
        delivery=delivery,
        purpose=_purpose(shortlist, order.language, order.purpose),
        recipient=_recipient(shortlist, order.recipient),
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


def _mark_failed(unit: Unit, export_id: UUID) -> None:
    export = unit.get(Export, export_id)
    export.failed_at = unit.now
    unit.record("exports.not_sent", subject_id=export.id, recipient=export.recipient)


def _keep_invitation(unit: Unit, proposal_id: UUID, texts: Texts, folder: Path) -> ExportReport:
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


def _confirm(unit: Unit, export_id: UUID) -> DestroyedReport:
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
