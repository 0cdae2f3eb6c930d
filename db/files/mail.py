"""Handing mail to a server."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from db.drafts.exports import MailServer
from db.errors import DeskError

IMPLICIT_TLS = 465


def send(server: MailServer, message: EmailMessage) -> None:
    """Send it; raises DeskError that tells what the server said, and then nothing was sent."""
    try:
        with _connected(server) as line:
            line.send_message(message)
    except smtplib.SMTPNotSupportedError as error:
        raise DeskError("exports.mail_not_secret", host=server.host) from error
    except smtplib.SMTPAuthenticationError as error:
        raise DeskError("exports.mail_password", host=server.host) from error
    except smtplib.SMTPRecipientsRefused as error:
        raise DeskError("exports.mail_recipient", to=", ".join(error.recipients)) from error
    except ssl.SSLError as error:
        raise DeskError("exports.mail_certificate", host=server.host) from error
    except (smtplib.SMTPException, OSError) as error:
        raise DeskError("exports.mail_failed", host=f"{server.host}:{server.port}") from error


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    trusted = ssl.create_default_context()
    if server.port == IMPLICIT_TLS:
        opened: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.seconds, context=trusted
        )
    else:
        opened = smtplib.SMTP(server.host, server.port, timeout=server.seconds)
    with opened as line:
        if server.starttls and server.port != IMPLICIT_TLS:
            line.starttls(context=trusted)
        if server.user:
            line.login(server.user, server.password)
        yield line
