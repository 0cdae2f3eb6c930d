"""What is said of what goes out, as text that no person's words can turn into markup."""

from datetime import datetime
from pathlib import Path

from rich.console import Group
from rich.table import Table
from rich.text import Text

from db.drafts.exports import MailServer
from db.reference.lists import label
from db.rules.names import show_name
from db.rules.times import local, show_date, show_moment
from db.texts import Texts
from db.views.exports import ExportPreview, ExportView
from screens.queue.card_text import lines

LANGUAGES = {"nl": "exports.language.nl", "en": "exports.language.en"}
DELIVERIES = {
    "file": "exports.delivery.file",
    "letter": "exports.delivery.letter",
    "mail": "exports.delivery.mail",
}


class PreviewText:
    """The parts of what would go out."""

    def __init__(self, preview: ExportPreview, texts: Texts) -> None:
        self._preview = preview
        self._texts = texts

    def head(
        self, recipient: str, purpose: str, folder: Path, mail: MailServer | None, language: str
    ) -> Table | Text:
        """To whom, for what, where to, until when."""
        texts, preview = self._texts, self._preview
        date = show_date(local(preview.shortlist.destroy_by).date(), texts.language)
        before = preview.shortlist.sent_before
        via = texts("exports.via", host=mail.host) if mail else texts("exports.no_mail_server")
        said = [
            ("exports.head.to", recipient or preview.recipient),
            ("exports.head.purpose", purpose or preview.purpose),
            ("exports.head.destroy", texts("exports.by_date", date=date)),
            ("exports.head.language", texts(LANGUAGES[language])),
            ("exports.head.folder", str(folder)),
            ("exports.head.mail", " · ".join(part for part in (preview.letter.to, via) if part)),
            ("exports.head.before", texts("exports.before", count=before) if before else ""),
        ]
        return lines([(texts(name), words) for name, words in said if words])

    def left_out(self) -> Text:
        """Who is not in it."""
        names = ", ".join(show_name(person.name) for person in self._preview.shortlist.left_out)
        return Text(self._texts("exports.left_out", names=names))

    def people(self) -> Group | Text:
        """Every cell that goes out, person by person."""
        rows = self._preview.rows
        if not rows:
            return Text(self._texts("exports.nothing_goes_out"), style="bold")
        title = Text(self._texts("exports.goes_out", count=len(rows)), style="bold")
        people = (part for row in rows for part in (self._person(row), Text("")))
        return Group(title, Text(""), *people)

    def _person(self, row: tuple[str, ...]) -> Table | Text:
        facts = zip(self._preview.headings[1:], row[1:], strict=True)
        told = [(heading, words.replace("\n", "; ")) for heading, words in facts if words]
        return lines(told, row[0])

    def letter(self) -> Group:
        """The message, as it will be read."""
        letter = self._preview.letter
        return Group(
            Text(self._texts("exports.letter"), style="bold"),
            Text(letter.subject, style="italic"),
            Text(letter.body),
        )


def waiting_cells(export: ExportView, texts: Texts, now: datetime) -> list[Text]:
    """A row of the list of what is still to be destroyed."""
    language = texts.language
    date = show_date(local(export.destroy_by).date(), language) if export.destroy_by else ""
    late = is_overdue(export, now)
    return [
        Text(texts("exports.list.overdue", date=date) if late else date, style="bold" if late else ""),
        Text(Path(export.file_name).suffix.removeprefix(".").upper()),
        Text(export.recipient),
        Text(str(export.rows), justify="right"),
        Text(show_moment(export.at, now, language)),
        Text(export.by),
        Text(export.file_name),
    ]


def is_overdue(export: ExportView, now: datetime) -> bool:
    """Whether it should have been destroyed by now."""
    return export.destroy_by is not None and export.destroy_by < now


def export_facts(export: ExportView, texts: Texts) -> Table | Text:
    """More of the line under the cursor."""
    profile = (
        label("function_profile", export.function_profile, texts.language) if export.function_profile else ""
    )
    said = [
        ("exports.fact.organisation", " · ".join(part for part in (export.organisation, profile) if part)),
        ("exports.fact.purpose", export.purpose),
        ("exports.fact.delivery", texts(DELIVERIES[export.delivery])),
        ("exports.fact.file", export.file_name),
        ("exports.fact.location", export.location),
    ]
    return lines([(texts(name), words) for name, words in said if words])
