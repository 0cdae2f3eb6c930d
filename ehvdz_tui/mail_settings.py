"""The table [smtp] of the settings file: where mail is handed in."""

from collections.abc import Callable, Mapping

from db.drafts.exports import MailServer
from db.errors import DeskError

PASSWORD = "EHVDZ_SMTP_PASSWORD"
EXAMPLES: Mapping[str, str] = {
    "host": 'host = "smtp.example.nl"',
    "sender": 'sender = "belteam@example.nl"',
    "port": "port = 587",
    "user": 'user = "belteam"',
    "starttls": "starttls = true",
}
"""Every setting, as it is written."""
NEEDED = ("host", "sender")
_KINDS: Mapping[str, type] = {"port": int, "starttls": bool}


def read_mail(table: object, origin: Callable[[str], str], environment: Mapping[str, str]) -> MailServer:
    """Read the table; `origin` names the file and line of a setting.

    Raises DeskError for what is unknown, wrong or missing. A password in the file is unknown on purpose.
    """
    if not isinstance(table, dict):
        raise DeskError("settings.smtp_not_a_table", origin=origin("smtp"))
    for name, value in table.items():
        if name not in EXAMPLES:
            raise DeskError("settings.smtp_unknown", origin=origin(name), known=", ".join(EXAMPLES))
        if type(value) is not _KINDS.get(name, str):
            raise DeskError("settings.smtp_wrong", origin=origin(name), example=EXAMPLES[name])
    missing = [name for name in NEEDED if not table.get(name)]
    if missing:
        raise DeskError("settings.smtp_missing", origin=origin("smtp"), missing=", ".join(missing))
    return MailServer(**table, password=environment.get(PASSWORD, ""))
