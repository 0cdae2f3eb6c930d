"""What goes out to organisations: shortlists, letters, appointments; and that it is destroyed."""

import asyncio
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from sqlmodel import Session

from db.desk.export_log import (
    Parcel,
    confirm,
    keep_file,
    keep_invitation,
    keep_letter,
    keep_mail,
    mark_failed,
    purpose_of,
    recipient_of,
    shortlist_of,
)
from db.desk.lane import Lane
from db.desk.unit import Unit
from db.drafts.exports import ExportOrder, MailServer
from db.errors import DeskError
from db.files import letters
from db.files.shortlist import file_stem, page_of, render
from db.rules.hygiene import clean
from db.stores import exports as store
from db.texts import Texts
from db.views.exports import (
    DestroyedReport,
    ExportPreview,
    ExportReport,
    ExportView,
    Letter,
    Shortlist,
)

LIMIT = 500


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
        return await self._lane.write(lambda unit: keep_file(unit, parcel))

    def save_now(self, order: ExportOrder) -> ExportReport:
        """`save` for callers that have no event loop."""
        shortlist = self._lane.read_now(lambda session: self._load(session, order.request_id))
        parcel = self._pack(order, shortlist)
        return self._lane.write_now(lambda unit: keep_file(unit, parcel))

    async def save_letter(self, order: ExportOrder) -> ExportReport:
        """Write the message with the shortlist in it as an .eml file; raises as `save`."""
        parcel = await self._parcel(order)
        return await self._lane.write(lambda unit: keep_letter(unit, parcel, self._letter(parcel)))

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
        report = await self._lane.write(lambda unit: keep_mail(unit, parcel, address))
        try:
            await asyncio.shield(asyncio.to_thread(_send, server, message))
        except DeskError:
            await self._lane.write(lambda unit: mark_failed(unit, report.id))
            raise
        return report

    async def save_invitation(self, proposal_id: UUID, language: str, folder: Path) -> ExportReport:
        """Write the interview of a proposal as an appointment; raises DeskError when none was agreed."""
        return await self._lane.write(
            lambda unit: keep_invitation(unit, proposal_id, Texts(language), folder)
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
        return await self._lane.write(lambda unit: confirm(unit, export_id))

    async def _parcel(self, order: ExportOrder) -> Parcel:
        shortlist = await self._lane.read(lambda session: self._load(session, order.request_id))
        return await asyncio.to_thread(self._pack, order, shortlist)

    def _load(self, session: Session, request_id: UUID) -> Shortlist:
        return shortlist_of(session, request_id, self._lane.clock())

    def _pack(self, order: ExportOrder, shortlist: Shortlist) -> Parcel:
        if self._lane.seat.user_id is None:
            raise DeskError("exports.name_needed")
        _demand_people(shortlist)
        now = self._lane.clock()
        page = page_of(shortlist, Texts(order.language), self._lane.seat.name, now)
        content = render(page, order.format, order.language)
        return Parcel(order, shortlist, content, file_stem(shortlist, now))

    def _letter(self, parcel: Parcel) -> Letter:
        return letters.letter_of(parcel.shortlist, Texts(parcel.order.language), self._lane.seat.name)

    def _preview(self, unit: Unit, request_id: UUID, language: str) -> ExportPreview:
        shortlist = shortlist_of(unit.session, request_id, unit.now)
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
            recipient=recipient_of(shortlist, ""),
            purpose=purpose_of(shortlist, language, ""),
        )


def _demand_people(shortlist: Shortlist) -> None:
    if not shortlist.people:
        key = "exports.nobody_may" if shortlist.left_out else "exports.nobody"
        raise DeskError(key, organisation=shortlist.organisation)


def _send(server: MailServer, message: EmailMessage) -> None:
    from db.files.mail import send

    send(server, message)
