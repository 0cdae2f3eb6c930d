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
        "lease_minutes=15",
        "saturday=9:00-17:00",
        "sunday=",
    ]


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
