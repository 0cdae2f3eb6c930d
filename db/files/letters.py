"""The message that goes with a shortlist, and the letter with the file in it."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from db.files.shortlist import profile_of
from db.rules.times import local, show_date
from db.texts import Texts
from db.views.exports import Letter, Shortlist

MEDIA = {
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("text", "csv"),
    "pdf": ("application", "pdf"),
    "ics": ("text", "calendar"),
}
_DOMAIN = "ehvdz.invalid"


def letter_of(shortlist: Shortlist, texts: Texts, sender: str) -> Letter:
    """The message in the language of the texts."""
    language = texts.language
    profile = profile_of(shortlist, texts)
    greeting = texts("messages.dear", name=shortlist.contact_name) if shortlist.contact_name else ""
    body = texts(
        "messages.shortlist.body",
        greeting=greeting or texts("messages.dear.nobody"),
        profile=profile,
        organisation=shortlist.organisation,
        people=texts("messages.people", count=len(shortlist.people)),
        answer_by=show_date(shortlist.answer_by, language),
        destroy_by=show_date(local(shortlist.destroy_by).date(), language),
        sender=sender,
    )
    subject = texts("messages.shortlist.subject", profile=profile, organisation=shortlist.organisation)
    return Letter(to=shortlist.contact_email or "", subject=subject, body=body)


def compose(
    letter: Letter, sender: str, attachment: bytes, file_name: str, now: datetime, *, to: str = ""
) -> EmailMessage:
    """The letter with the file in it, as mail."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.subject
    if sender:
        message["From"] = sender
    if to or letter.to:
        message["To"] = to or letter.to
    message["Date"] = format_datetime(local(now))
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or _DOMAIN)
    if not sender:
        message["X-Unsent"] = "1"
    message.set_content(letter.body)
    main, sub = MEDIA[file_name.rpartition(".")[2]]
    message.add_attachment(attachment, maintype=main, subtype=sub, filename=file_name)
    return message
