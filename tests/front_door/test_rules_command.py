"""The rules of the desk as they are typed."""

import pytest

from ehvdz_tui.__main__ import main
from ehvdz_tui.front_door import FrontDoor


def test_the_rules_are_shown_and_changed(door: FrontDoor, capsys: pytest.CaptureFixture[str]) -> None:
    door.open_desk(create=True).close()
    assert main(["rules", "--as", "Kim", "saturday=9:00-17:00", "lease_minutes=15", "sunday="]) == 0
    capsys.readouterr()
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith(("saturday", "lease", "sunday"))] == [
        "saturday=9:00-17:00",
        "sunday=",
        "lease_minutes=15",
    ]


def test_the_waves_are_shown_and_changed(door: FrontDoor, capsys: pytest.CaptureFixture[str]) -> None:
    door.open_desk(create=True).close()
    main(["rules"])
    assert "waves=1: 01-03-2020 – 31-08-2020; 2+3: 01-09-2020 –" in capsys.readouterr().out
    assert main(["rules", "--as", "Kim", "waves=eerste: 1-3-2020 - 31-8-2020"]) == 0
    assert "waves=eerste: 01-03-2020 – 31-08-2020" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    ["nothing=1", "lease_minutes=0", "lease_minutes=x", "saturday=17-9", "holidays_closed=mmm", "lease"],
)
def test_a_rule_that_cannot_be_changes_nothing(
    door: FrontDoor, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    door.open_desk(create=True).close()
    assert main(["rules", "--as", "Kim", "skip_limit=9", change]) == 2
    assert change.partition("=")[0] in capsys.readouterr().err
    main(["rules"])
    assert "skip_limit=3" in capsys.readouterr().out
