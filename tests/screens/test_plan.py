"""The plan on screen: see it, propose one request of it, take that back."""

from textual.widgets import Static

from db.desk.desk import Desk
from screens.plan.screen import PlanScreen
from tests.desk.test_plan import add_asked, add_carer
from tests.screens.test_requests import browsing, press, rows, told


async def test_propose_what_is_planned_and_take_it_back(sqlite_desk: Desk) -> None:
    request = add_asked(sqlite_desk, "Zonnehof [b]", fte=133)
    add_asked(sqlite_desk, "Te ver", x_km=150.0)
    for name in ("Een", "Twee"):
        add_carer(sqlite_desk, name)
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "P")
        assert isinstance(pilot.app.screen, PlanScreen)
        assert [row[0] for row in rows(pilot)] == ["Zonnehof [b]", "Te ver"]
        assert rows(pilot)[0][3:] == ["1,33", "1,33", "2"]
        people = str(pilot.app.screen.query_one("#plan-people", Static).content)
        assert "Een van der Een" in people
        await press(pilot, "p")
        assert rows(pilot)[0][0] == "✓ Zonnehof [b]"
        assert any("2 kandidaten voorgesteld" in message for message in told(pilot))
        assert len((await sqlite_desk.requests.request(request)).proposals) == 2
        await press(pilot, "p")
        assert any("al voorgesteld" in message for message in told(pilot))
        await press(pilot, "u")
        assert rows(pilot)[0][0] == "Zonnehof [b]"
    assert (await sqlite_desk.requests.request(request)).proposals == ()


async def test_another_region_is_one_key_further(sqlite_desk: Desk) -> None:
    add_asked(sqlite_desk, "Hier")
    add_asked(sqlite_desk, "Daar", region_code="zorgplein_noord")
    async with browsing(sqlite_desk) as pilot:
        await press(pilot, "P", "r", "1")
        assert sorted(row[0] for row in rows(pilot)) == ["Daar", "Hier"]
        await press(pilot, "r", "2")
        assert [row[0] for row in rows(pilot)] == ["Daar"]
        await press(pilot, "p")
        assert any("Niemand die vrij is" in message for message in told(pilot))
