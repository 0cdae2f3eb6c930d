"""`ehvdz import` as it is typed."""

import json
import os
from pathlib import Path

import pytest

from ehvdz_tui.__main__ import main
from ehvdz_tui.paths import find_paths

REGISTRATIONS = """\
Voornaam;Achternaam;Tel. nr;E-mail;Postcode
Anna;Vries;0612345678;anna@example.org;1011 AB
;;0687654321;;3011
Bram;Bakker;0687654322;;3011 CD
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small file of registrations."""
    path = tmp_path / "list.csv"
    path.write_text(REGISTRATIONS, encoding="utf-8")
    return path


def test_import_and_take_back(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["import", "registrations", str(file), "--json", "--column", "phone=Tel. nr", "--as", "Kim"]
    assert main(arguments) == 0
    account = json.loads(capsys.readouterr().out)
    assert (account["read"], account["created"], account["rejected"]) == (3, 2, 1)
    assert Path(account["rejects_file"]).exists()
    assert main(["import", "list", "--lang", "en"]) == 0
    listed = capsys.readouterr().out
    assert "list.csv" in listed
    assert "Kim" in listed
    assert main(["import", "undo", listed.split()[0], "--as", "Kim"]) == 0
    assert "list.csv" in capsys.readouterr().out


def test_dry_run_leaves_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "registrations", str(file), "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["created"] == 2
    assert not find_paths(os.environ).database.parent.exists()
    assert [path.name for path in file.parent.glob("list*")] == ["list.csv"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.csv", None),
        ("empty.csv", ""),
        ("letter.csv", "Beste Kim\n"),
        ("broken.xlsx", "PK\x03\x04 nonsense"),
    ],
)
@pytest.mark.parametrize("kind", ["registrations", "requests"])
def test_file_that_cannot_be_taken_in_makes_no_database(
    name: str, content: str | None, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert main(["import", kind, str(tmp_path / name)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert not find_paths(os.environ).database.exists()


@pytest.mark.parametrize("column", ["phone", "=Tel", "fone=Tel. nr", "phone=Telefoon"])
def test_column_that_is_not_understood(column: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "registrations", str(file), "--column", column]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["list"], ["undo", "12345678"]])
def test_nothing_to_look_into_without_a_database(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", *arguments]) == 2
    assert str(find_paths(os.environ).database) in capsys.readouterr().err
