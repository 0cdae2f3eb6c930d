"""The message of the day: the newest that stands, until its day is over."""

from db.desk.desk import Desk
from tests.conftest import TestClock


async def text(desk: Desk) -> str:
    found = await desk.announcements.current()
    return found.text if found else ""


async def test_the_newest_stands_and_an_empty_one_takes_it_away(desk: Desk, clock: TestClock) -> None:
    assert await text(desk) == ""
    await desk.announcements.write("Vandaag eerst [b]Limburg[/b]\x1b[31m")
    found = await desk.announcements.current()
    assert found is not None
    assert (found.text, found.by) == ("Vandaag eerst [b]Limburg[/b]", "Kim")
    clock.forward(minutes=1)
    await desk.announcements.write("Nee, Zeeland")
    assert await text(desk) == "Nee, Zeeland"
    clock.forward(minutes=1)
    assert await desk.announcements.write(" ") is None
    assert await text(desk) == ""
    await desk.history.undo()
    await desk.history.undo()
    assert await text(desk) == "Vandaag eerst [b]Limburg[/b]"


async def test_it_is_gone_the_next_day(desk: Desk, clock: TestClock) -> None:
    await desk.announcements.write("Vandaag")
    clock.forward(hours=13)
    assert await text(desk) == "Vandaag"
    clock.forward(hours=2)
    assert await text(desk) == ""


async def test_what_is_written_in_the_night_is_for_the_next_day(desk: Desk, clock: TestClock) -> None:
    clock.forward(hours=12)
    await desk.announcements.write("Morgen taart")
    clock.forward(hours=20)
    assert await text(desk) == "Morgen taart"
    clock.forward(hours=8)
    assert await text(desk) == ""
