"""Shortlists from the command line."""

import asyncio
from pathlib import Path

import pytest

from db.desk.desk import Desk
from ehvdz_tui.__main__ import main
from ehvdz_tui.front_door import FrontDoor
from tests.support.shortlists import add_asked, add_nurse


@pytest.fixture
def filled(door: FrontDoor) -> FrontDoor:
    """A desk with somebody proposed to one of three requests."""
    desk = door.open_desk(create=True)
    door.sign_in(desk)
    request = add_asked(desk, "Zonnehof")
    add_asked(desk, "De Linde")
    add_asked(desk, "De Linde Oost")
    propose(desk, request)
    desk.close()
    return door


def propose(desk: Desk, request: object) -> None:
    asyncio.run(desk.proposals.propose(add_nurse(desk), request))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["xlsx", "csv", "pdf"])
def test_words_point_to_the_request(
    filled: FrontDoor, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    arguments = ["export", "shortlist", "zonnehof", "--format", kind, "--to", str(tmp_path / "uit")]
    assert main([*arguments, "--as", "Kim"]) == 0
    (file,) = (tmp_path / "uit").iterdir()
    assert file.suffix == f".{kind}"
    told = capsys.readouterr().out
    assert str(file) in told
    assert "1 kandidaat, aan Els de Vries, Zonnehof" in told


def test_without_a_folder_it_goes_where_the_program_keeps_them(filled: FrontDoor) -> None:
    assert main(["export", "shortlist", "zonnehof", "--as", "Kim"]) == 0
    assert len(list(filled.paths.exports.iterdir())) == 1


def test_list_tells_what_went_out(filled: FrontDoor, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "list"]) == 0
    assert "nog niets uitgegeven" in capsys.readouterr().out
    assert main(["export", "shortlist", "zonnehof", "--as", "Kim", "--recipient", "Jan"]) == 0
    capsys.readouterr()
    assert main(["export", "list", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "Kim  Jan  shortlist-zonnehof-" in told
    assert "to be destroyed by" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("de linde", "2 aanvragen"),
        ("nergens", "geen open aanvraag"),
        ("de linde oost", "niemand op antwoord"),
    ],
)
def test_what_cannot_be_sent_is_a_sentence(
    filled: FrontDoor, capsys: pytest.CaptureFixture[str], words: str, said: str
) -> None:
    assert main(["export", "shortlist", *words.split(), "--as", "Kim"]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""
    assert not filled.paths.exports.exists()


def test_nothing_goes_out_without_a_name(filled: FrontDoor, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "shortlist", "zonnehof"]) == 2
    assert "--as" in capsys.readouterr().err
    assert not filled.paths.exports.exists()
