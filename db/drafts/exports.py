"""What somebody asks to send out, and the server that sends mail."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

FORMATS = ("xlsx", "csv", "pdf")


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """A shortlist to send out: in which format, for what and to whom.

    An empty `recipient` is the contact person of the request; an empty `purpose` is the usual one.
    """

    request_id: UUID
    format: str
    language: str
    folder: Path
    recipient: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in. With `starttls` nothing is said before the line is secret; port 465 always is.

    `sender` is the address that mail comes from.
    """

    host: str
    sender: str
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True
    seconds: float = 30.0
    """How long to wait for the server before giving up."""
