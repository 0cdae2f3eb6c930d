"""The table [smtp] of the settings file."""

from pathlib import Path

import pytest

from db.drafts.exports import MailServer
from db.errors import DeskError
from db.texts import Texts
from ehvdz_tui.settings import load_settings

GOOD = '[smtp]\nhost = "mail.example.nl"\nsender = "a@example.nl"\n'


def load(tmp_path: Path, text: str, **environment: str) -> MailServer | None:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings({}, environment, file).mail


def test_without_the_table_there_is_no_server(tmp_path: Path) -> None:
    assert load(tmp_path, 'name = "Kim"\n') is None


def test_the_line_is_secret_unless_said_otherwise(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD) == MailServer("mail.example.nl", "a@example.nl", 587, starttls=True)
    more = f'{GOOD}port = 25\nuser = "kim"\nstarttls = false\n'
    server = load(tmp_path, more, EHVDZ_SMTP_PASSWORD="geheim")
    assert server == MailServer("mail.example.nl", "a@example.nl", 25, "kim", "geheim", starttls=False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('smtp = "mail"\n', ":1 (smtp)"),
        (f'{GOOD}password = "geheim"\n', "EHVDZ_SMTP_PASSWORD"),
        (f'{GOOD}port = "587"\n', ":4 (port)"),
        (f"{GOOD}port = true\n", "port = 587"),
        (f"{GOOD}starttls = 1\n", "starttls = true"),
        ('[smtp]\nhost = "mail"\n', "sender"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DeskError) as wrong:
        load(tmp_path, text)
    told = Texts("nl").error(wrong.value)
    assert said in told
    assert "geheim" not in told
