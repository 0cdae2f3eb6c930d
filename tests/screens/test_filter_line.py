"""The line of filters: where room lacks, long names are cut and nothing falls off the end."""

import pytest

from screens.widgets.filter_line import filter_line

FILTERS = [
    ("r", "WGV Zorg en Welzijn Zuid-Holland Zuid", True),
    ("b", "Ziekenhuis/medisch-specialistisch", True),
    ("c", "functie", False),
    ("d", "dringend", True),
]


def test_with_room_every_name_is_whole() -> None:
    line = filter_line(FILTERS, 120).plain
    assert all(words in line for _, words, _ in FILTERS)


@pytest.mark.parametrize("room", [48, 60, 76])
def test_names_that_are_too_long_are_cut_and_none_is_lost(room: int) -> None:
    line = filter_line(FILTERS, room)
    assert line.cell_length <= room
    assert [part[:10] for part in line.plain.split("  ")[2:]] == ["c functie", "d ■ dringe"]
    assert "…" in line.plain


def test_a_line_that_is_narrower_than_all_keeps_the_keys() -> None:
    assert [part[0] for part in filter_line(FILTERS, 5).plain.split("  ")] == ["r", "b", "c", "d"]
