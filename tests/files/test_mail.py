"""Letters and mail, against a real server on this machine."""

import smtplib
import ssl
from asyncio import Server
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from db.drafts.exports import MailServer
from db.errors import DeskError
from db.files.letters import compose
from db.files.mail import send
from db.texts import Texts
from db.views.exports import Letter

NOW = datetime(2020, 5, 7, 8, 0, tzinfo=UTC)
LETTER = Letter("els@zonnehof.nl", "Kandidaten voor uw aanvraag: é", "Beste Els,\n\n…\n")


class Box:
    """What arrived."""

    def __init__(self) -> None:
        self.mail: list[tuple[list[str], EmailMessage]] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse one address."""
        if address.startswith("niemand@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep it."""
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.mail.append((envelope.rcpt_tos, message))
        return "250 OK"


class AnyPort(Controller):
    """A server on whatever port the system chooses."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:  # noqa: ANN401
    assert isinstance(data, LoginPassword)
    right = (data.login, data.password) == (b"belteam", b"geheim")
    # What is not handled is refused by the server itself.
    return AuthResult(success=right, handled=right)


@contextmanager
def serving(**manners: Any) -> Iterator[tuple[Box, MailServer]]:  # noqa: ANN401  # the server's own options
    box = Box()
    controller = AnyPort(box, hostname="127.0.0.1", port=0, **manners)
    controller.start()
    try:
        yield box, MailServer("127.0.0.1", "belteam@example.nl", controller.port, starttls=False, seconds=5)
    finally:
        controller.stop()


def message(to: str = "") -> EmailMessage:
    return compose(LETTER, "belteam@example.nl", b"%PDF-1", "shortlist.pdf", NOW, to=to)


def test_a_letter_arrives_with_its_file() -> None:
    with serving() as (box, server):
        send(server, message())
    ((to, arrived),) = box.mail
    assert to == ["els@zonnehof.nl"]
    assert arrived["Subject"] == LETTER.subject
    assert arrived["Date"].datetime == NOW
    body = arrived.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == LETTER.body
    (attached,) = arrived.iter_attachments()
    assert attached.get_filename() == "shortlist.pdf"
    assert attached.get_content() == b"%PDF-1"


def test_over_a_secret_line_with_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    manners = {"tls_context": context, "authenticator": check, "auth_required": True}
    with serving(**manners) as (box, plain):
        secret = MailServer(plain.host, plain.sender, plain.port, "belteam", "geheim", seconds=5)
        send(secret, message())
        assert len(box.mail) == 1
        with pytest.raises(DeskError, match=r"exports\.mail_password"):
            send(MailServer(plain.host, plain.sender, plain.port, "belteam", "fout", seconds=5), message())
    assert len(box.mail) == 1


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with (
        serving(tls_context=context) as (box, plain),
        pytest.raises(DeskError, match=r"exports\.mail_certificate"),
    ):
        send(MailServer(plain.host, plain.sender, plain.port, seconds=5), message())
    assert box.mail == []


def test_nothing_is_said_over_a_line_that_cannot_be_secret() -> None:
    with serving() as (box, plain), pytest.raises(DeskError, match=r"exports\.mail_not_secret"):
        send(MailServer(plain.host, plain.sender, plain.port, "belteam", "geheim", seconds=5), message())
    assert box.mail == []


def test_a_refused_address_is_named() -> None:
    with serving() as (box, server), pytest.raises(DeskError, match=r"niemand@zonnehof\.nl") as refused:
        send(server, message(to="niemand@zonnehof.nl"))
    assert "niemand@zonnehof.nl" in Texts("nl").error(refused.value)
    assert box.mail == []


def test_a_server_that_is_not_there() -> None:
    with serving() as (_, server):
        gone = server
    with pytest.raises(DeskError, match=r"exports\.mail_failed"):
        send(gone, message())


def test_a_password_is_never_shown() -> None:
    assert "geheim" not in repr(MailServer("mail", "a@b.nl", password="geheim"))


def test_a_letter_to_open_has_no_sender_yet() -> None:
    read = message_from_bytes(compose(LETTER, "", b"a;b", "s.csv", NOW).as_bytes(), policy=default)
    assert read["X-Unsent"] == "1"
    assert read["From"] is None
    assert read["To"] == "els@zonnehof.nl"
    assert smtplib.CRLF.encode() in compose(LETTER, "", b"a;b", "s.csv", NOW).as_bytes()
