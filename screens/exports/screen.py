"""The shortlist of one request: exactly what goes out to whom, and one key to send it."""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.widgets import Static

from db.drafts.exports import FORMATS, ExportOrder
from db.errors import DeskError
from db.views.exports import ExportPreview, ExportReport
from screens.base import DeskScreen, Workplace, key
from screens.exports.wording import PreviewText
from screens.widgets.ask_bar import AskBar, Option
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

FORMAT_KEYS = {"xlsx": "x", "csv": "c", "pdf": "p"}
FORMAT_WORDS = {
    "xlsx": "exports.format.xlsx",
    "csv": "exports.format.csv",
    "pdf": "exports.format.pdf",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was changed of what goes out; empty is as usual."""

    language: str
    folder: Path
    recipient: str = ""
    purpose: str = ""


class ExportScreen(DeskScreen[None]):
    """Above to whom and for what, below every cell and the message."""

    DEFAULT_CSS = """
    ExportScreen {
        #export-body { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        #export-left-out { color: $text-warning; display: none; }
        #export-left-out.-on { display: block; }
        #export-body Static { height: auto; margin-bottom: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("x", "save('xlsx')", "exports.xlsx"),
        key("p", "save('pdf')", "exports.pdf"),
        key("c", "save('csv')", "exports.csv"),
        key("e", "letter", "exports.letter"),
        key("m", "mail", "exports.mail"),
        key("k", "copy", "exports.copy"),
        key("l", "waiting", "exports.waiting"),
        key("escape", "dismiss(None)", "exports.close"),
        key("t", "language", "exports.language"),
        key("r", "recipient", "exports.recipient"),
        key("d", "purpose", "exports.purpose"),
        key("f", "folder", "exports.folder"),
        key("down,pagedown", "scroll(1)", "exports.down", show=False),
        key("up,pageup", "scroll(-1)", "exports.up", show=False),
    ]

    def __init__(self, workplace: Workplace, request_id: UUID) -> None:
        super().__init__(workplace)
        self._request_id = request_id
        self._wishes = Wishes(workplace.language, workplace.exports)
        self._preview: ExportPreview | None = None

    def compose(self) -> ComposeResult:
        """To whom, what, and the message."""
        yield TopBar(self.workplace, "place.export")
        with VerticalScroll(id="export-body", can_focus=False):
            yield Static("", id="export-head", markup=False)
            yield Static("", id="export-left-out", markup=False)
            yield Static("", id="export-people", markup=False)
            yield Static("", id="export-letter", markup=False)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.load()

    @work(exclusive=True, group="exports.load")
    async def load(self) -> None:
        """Draw it anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a change and after an undo."""
        preview = await self.desk.exports.preview(self._request_id, self._wishes.language)
        if not self.is_here:
            return
        self._preview = preview
        text = PreviewText(preview, self.texts)
        mail = self.workplace.mail
        self.query_one("#export-head", Static).update(
            text.head(
                self._wishes.recipient, self._wishes.purpose, self._wishes.folder, mail, self._wishes.language
            )
        )
        left_out = self.query_one("#export-left-out", Static)
        left_out.update(text.left_out())
        left_out.set_class(bool(preview.shortlist.left_out), "-on")
        self.query_one("#export-people", Static).update(text.people())
        self.query_one("#export-letter", Static).update(text.letter())

    def _order(self, kind: str) -> ExportOrder:
        wishes = self._wishes
        return ExportOrder(
            self._request_id, kind, wishes.language, wishes.folder, wishes.recipient, wishes.purpose
        )

    @work(group="exports.write")
    async def action_save(self, kind: str) -> None:
        """Save the shortlist in this format."""
        await self._send(self.desk.exports.save(self._order(kind)))

    @work(group="exports.write")
    async def action_letter(self) -> None:
        """Save the letter with the file in it."""
        kind = await self._ask_format()
        if kind is not None:
            await self._send(self.desk.exports.save_letter(self._order(kind)))

    @work(group="exports.write")
    async def action_mail(self) -> None:
        """Mail it; the address is asked last, so that nothing goes out by one slip of a finger."""
        server, preview = self.workplace.mail, self._preview
        if server is None or preview is None:
            self.tell_error(DeskError("exports.no_server"))
            return
        kind = await self._ask_format()
        if kind is None:
            return
        to = await self._ask("exports.ask.mail", preview.letter.to, "exports.ask.mail.hint")
        if to is not None:
            await self._send(self.desk.exports.mail(self._order(kind), server, to))

    async def _ask_format(self) -> str | None:
        ask = self.query_one(AskBar)
        if ask.asking:
            return None
        options = [Option(FORMAT_KEYS[kind], kind, self.texts(FORMAT_WORDS[kind])) for kind in FORMATS]
        return await ask.choose(self.texts("exports.ask.format"), options)

    async def _ask(self, question: str, value: str, hint: str = "ask.note.hint") -> str | None:
        ask = self.query_one(AskBar)
        if ask.asking:
            return None
        return await ask.note(self.texts(question), value, Content(self.texts(hint)))

    async def _send(self, sending: Awaitable[ExportReport]) -> None:
        try:
            report = await sending
        except DeskError as error:
            self.tell_error(error)
        else:
            if report.path:
                self.tell("exports.saved", path=report.path)
            else:
                self.tell("exports.mailed", recipient=report.recipient, file=report.file_name)
        await self.reload()

    def action_copy(self) -> None:
        """The message on the clipboard."""
        if self._preview is not None:
            self.app.copy_to_clipboard(self._preview.letter.body)
            self.tell("exports.copied")

    @work(group="exports.write")
    async def action_recipient(self) -> None:
        """Whom it goes to, for the log."""
        current = self._wishes.recipient or (self._preview.recipient if self._preview else "")
        answer = await self._ask("exports.ask.recipient", current)
        await self._wish(self._wishes if answer is None else replace(self._wishes, recipient=answer.strip()))

    @work(group="exports.write")
    async def action_purpose(self) -> None:
        """What it is for, for the log."""
        current = self._wishes.purpose or (self._preview.purpose if self._preview else "")
        answer = await self._ask("exports.ask.purpose", current)
        await self._wish(self._wishes if answer is None else replace(self._wishes, purpose=answer.strip()))

    @work(group="exports.write")
    async def action_folder(self) -> None:
        """Where the file goes."""
        answer = (await self._ask("exports.ask.folder", str(self._wishes.folder)) or "").strip()
        await self._wish(replace(self._wishes, folder=Path(answer)) if answer else self._wishes)

    @work(group="exports.write")
    async def action_language(self) -> None:
        """The other language."""
        other = "en" if self._wishes.language == "nl" else "nl"
        await self._wish(replace(self._wishes, language=other))

    async def _wish(self, wishes: Wishes) -> None:
        self._wishes = wishes
        await self.reload()

    def action_waiting(self) -> None:
        """What went out and is still to be destroyed."""
        from screens.exports.waiting import WaitingExports

        self.app.push_screen(WaitingExports(self.workplace))

    def action_scroll(self, direction: int) -> None:
        """Read on."""
        body = self.query_one("#export-body", VerticalScroll)
        body.scroll_page_down(animate=False) if direction > 0 else body.scroll_page_up(animate=False)
