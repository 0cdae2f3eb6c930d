"""The plan from the command line."""

import pytest

from ehvdz_tui.__main__ import main
from ehvdz_tui.front_door import FrontDoor
from tests.desk.test_plan import add_asked, add_carer


@pytest.fixture
def filled(door: FrontDoor) -> FrontDoor:
    """A desk with two requests and one person who is free."""
    desk = door.open_desk(create=True)
    door.sign_in(desk)
    add_asked(desk, "Zonnehof")
    add_asked(desk, "Daar", region_code="wzw", x_km=150.0)
    add_carer(desk, "Een", x_km=3.0)
    desk.close()
    return door


def test_it_tells_who_could_go_where(filled: FrontDoor, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "--now", "2020-05-07T10:00"]) == 0
    told = capsys.readouterr().out
    assert "Zonnehof" in told
    assert "  Een van der Een (Uddel), 24 uur per week, 3,0 km" in told
    assert "1 aanvraag blijft zonder voorstel" in told
    assert "0,67 van 1,34 fte te vullen met 1 persoon" in told
    assert "Er is niemand voorgesteld" in told


@pytest.mark.parametrize("words", ["wzw", "WZW"])
def test_one_region_by_its_code_or_name(
    filled: FrontDoor, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    assert main(["plan", "--region", words, "--lang", "en", "--now", "2020-05-07T10:00"]) == 0
    assert "Een" not in capsys.readouterr().out


def test_an_unknown_region_names_those_that_are(
    filled: FrontDoor, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "--region", "utopia"]) == 2
    assert "zorgplein_noord" in capsys.readouterr().err
