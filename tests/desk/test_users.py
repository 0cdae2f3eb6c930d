"""Taking a seat."""

import pytest

from db.desk.desk import Desk
from db.errors import DeskError


async def test_first_sign_in_adds_the_person(desk: Desk) -> None:
    view = await desk.users.sign_in("Noor", "supervisor")
    assert (view.name, view.role) == ("Noor", "supervisor")
    assert [user.name for user in await desk.users.everyone()] == ["Kim", "Noor"]


async def test_a_name_in_other_case_is_the_same_person(desk: Desk) -> None:
    first = await desk.users.sign_in("Noor")
    assert (await desk.users.sign_in("NOOR")).id == first.id


async def test_an_empty_name_is_refused(desk: Desk) -> None:
    with pytest.raises(DeskError, match="name_missing"):
        await desk.users.sign_in("  \x1b[31m ")
