"""The charts and the map: every figure is printed, and the country is walked region by region."""

import pytest
from rich.console import Console
from rich.table import Table
from textual.pilot import Pilot
from textual.widgets import Static

from db.desk.desk import Desk
from db.texts import Texts
from db.views.floor import BalanceLine, Tally
from screens.charts.country import LEVELS, level, neighbour, outline
from screens.charts.drawing import balance_chart, bar, hours_chart, week_chart
from screens.charts.map_screen import MapScreen
from screens.charts.screen import ChartsScreen
from screens.requests.quick_filters import QuickFilters
from screens.requests.screen import RequestsScreen
from tests.screens.test_floor import said, watching
from tests.screens.test_requests import press
from tests.support.people import add_attempt, add_candidate, add_request

NL = Texts("nl")


def plain(drawn: object) -> str:
    console = Console(width=100, no_color=True, record=True, file=None, quiet=False)
    with console.capture() as captured:
        console.print(drawn)
    return captured.get()


def test_each_hour_has_its_figures() -> None:
    drawn = plain(hours_chart({9: Tally(20, 5), 11: Tally(10, 10)}, NL, 80))
    assert [line.split()[:4] for line in drawn.splitlines()[1:4]] == [
        ["9–10", "20", "5", "25%"],
        ["10–11", "0"],
        ["11–12", "10", "10", "100%"],
    ]


def test_the_best_hour_is_marked_and_too_few_calls_say_nothing() -> None:
    week = {(0, 9): Tally(100, 20), (3, 18): Tally(100, 61), (4, 9): Tally(4, 4)}
    lines = plain(week_chart(week, NL, 6)).splitlines()
    assert "20" in lines[1]
    assert "«61»" in lines[2]
    assert "100" not in lines[3]


def test_what_is_short_is_said_in_figures() -> None:
    lines = [BalanceLine("wzw", available=4, offered=200, left=350), BalanceLine("sigra", offered=100)]
    drawn = plain(balance_chart(lines, "regions", NL, 90))
    assert "▲1,5" in drawn
    assert "Sigra" in drawn


def test_regions_of_nearly_the_same_name_are_told_apart() -> None:
    lines = [BalanceLine(code, offered=100) for code in ("wgv_zorg_en_welzijn", "wgv_zhz")]
    drawn = plain(balance_chart(lines, "regions", NL, 60))
    assert "WGV Zorg… Welzijn" in drawn
    assert "WGV Zorg…and Zuid" in drawn


@pytest.mark.parametrize("chart", [hours_chart({}, NL, 80), week_chart({}, NL, 6)])
def test_an_empty_chart_explains_itself(chart: object) -> None:
    assert "gebeld" in plain(chart)


@pytest.mark.parametrize(("value", "length"), [(0, 0), (1, 1), (500, 5), (1000, 10)])
def test_a_bar_shows_everything_that_is_not_nothing(value: int, length: int) -> None:
    assert len(bar(value, 1000, 10)) == length


def test_the_fullest_cells_have_the_most_dots() -> None:
    every = [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    levels = [level(value, every) for value in every]
    assert level(0, every) == 0
    assert levels == sorted(levels)
    assert (levels[0], levels[-1]) == (1, len(LEVELS) - 1)


def test_every_region_of_the_country_can_be_reached_by_the_arrows() -> None:
    reached, todo = {"sigra"}, ["sigra"]
    while todo:
        here = todo.pop()
        for way in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            there = neighbour(here, *way)
            if there not in reached:
                reached.add(there)
                todo.append(there)
    assert len(reached) == 14


@pytest.mark.parametrize("rows", [12, 20, 36])
def test_every_region_has_a_place_on_a_map_of_any_size(rows: int) -> None:
    drawn = outline(rows)
    assert len(drawn.middles) == 14
    assert {drawn.regions[cell] for cell in drawn.middles.values()} == set(drawn.middles)


def test_the_arrows_go_where_they_point() -> None:
    assert neighbour("zorgplein_noord", 0, 1) == "wgv_zorg_en_welzijn"
    assert neighbour("zorgplein_noord", 0, -1) == "zorgplein_noord"
    assert neighbour("zorg_aan_zet", -1, 0) == "transvorm"


def chosen(pilot: Pilot[None]) -> str:
    screen = pilot.app.screen
    assert isinstance(screen, MapScreen)
    return screen.chosen


async def test_walking_the_map_tells_each_region_and_enter_opens_its_requests(sqlite_desk: Desk) -> None:
    add_candidate(sqlite_desk, pc4=9711, match_from=1)
    add_request(sqlite_desk, pc4=8011)
    add_request(sqlite_desk, "Ziekenhuis", pc4=6811)
    async with watching(sqlite_desk) as pilot:
        await press(pilot, "k")
        assert chosen(pilot) == "zorgplein_noord"
        assert "⣿" in said(pilot, "#map-country")
        listed = pilot.app.screen.query_one("#map-list", Static).content
        assert isinstance(listed, Table)
        names = [str(cell) for cell in listed.columns[1].cells]
        assert (names[1], names[10]) == ("WGV Zorg en Welzijn", "WGV Zorg e…land Zuid")
        await press(pilot, "down")
        assert chosen(pilot) == "wgv_zorg_en_welzijn"
        await press(pilot, "v")
        assert said(pilot, "#map-legend").startswith("Open fte")
        await press(pilot, "enter")
        screen = pilot.app.screen
        assert isinstance(screen, RequestsScreen)
        assert screen.query_one(QuickFilters).wanted.region == "wgv_zorg_en_welzijn"
        assert screen.query_one("#request-table").row_count == 1  # type: ignore[attr-defined]


async def test_the_charts_are_turned_one_by_one(sqlite_desk: Desk) -> None:
    add_attempt(sqlite_desk, add_candidate(sqlite_desk), "no_answer")
    async with watching(sqlite_desk) as pilot:
        await press(pilot, "g")
        screen = pilot.app.screen
        assert isinstance(screen, ChartsScreen)
        fronts = []
        for pressed in ("right", "tab", "4", "right", "left"):
            await press(pilot, pressed)
            fronts.append(screen.front)
        assert fronts == ["week", "regions", "profiles", "today", "profiles"]
        shown = [str(chart.id) for chart in screen.query(".chart").results(Static) if chart.display]
        assert shown == ["chart-profiles"]


async def test_where_there_is_room_all_charts_are_seen_at_once(sqlite_desk: Desk) -> None:
    async with watching(sqlite_desk, (120, 40)) as pilot:
        await press(pilot, "g")
        assert all(chart.display for chart in pilot.app.screen.query(".chart"))


@pytest.mark.parametrize(("kind", "head"), [("regions", "Regio"), ("profiles", "Functie")])
def test_a_column_is_called_what_stands_in_it(kind: str, head: str) -> None:
    drawn = plain(balance_chart([BalanceLine("unknown", offered=100)], kind, NL, 90))
    assert drawn.split()[0] == head
