"""The list of requests: its columns, its lines, and the orders it can stand in."""

from rich.text import Text

from db.texts import Texts
from db.views.requests import RequestLine
from screens.requests.wording import (
    PROPOSED,
    book_cell,
    book_heads,
    day,
    distance,
    hours,
    short_profile,
)
from screens.widgets.numbers import decimal
from screens.widgets.short_organisation import short_organisation

NAME, NAME_FOR = 17, 20
"""Cells for the name of an organisation; the second where the list is for whoever is in hand."""
SORTS = (None, "urgency", "left", "organisation", "region", "sector", "profile")
SORT_WORDS = {
    "distance": "requests.sort.distance",
    "urgency": "requests.sort.urgency",
    "left": "requests.sort.left",
    "organisation": "requests.sort.organisation",
    "region": "requests.sort.region",
    "sector": "requests.sort.sector",
    "profile": "requests.sort.profile",
}


def columns(texts: Texts, *, in_hand: bool) -> list[tuple[str, int]]:
    """The columns: how far it is for whoever is in hand, else when it begins and how full it is."""
    if not in_hand:
        return [
            (texts("requests.column.start"), 5),
            (texts("requests.column.organisation"), NAME),
            (texts("requests.column.place"), 9),
            (texts("requests.column.profile"), 13),
            (book_heads(texts), 25),
        ]
    return [
        (texts("requests.column.distance"), 5),
        (texts("requests.column.organisation"), NAME_FOR),
        (texts("requests.column.place"), 13),
        (texts("requests.column.profile"), 13),
        (texts("requests.column.hours"), 5),
        (texts("requests.column.fte"), 9),
    ]


def cells(line: RequestLine, language: str, *, in_hand: bool) -> list[Text]:
    """One request in a line."""
    if not in_hand:
        return [
            Text(day(line.starts_on, language), justify="right"),
            Text(short_organisation(line.organisation, NAME, line.place)),
            Text(line.place),
            Text(short_profile(line, language)),
            book_cell(line.fte, language),
        ]
    mark = f"{PROPOSED} " if line.already_proposed else ""
    name = short_organisation(line.organisation, NAME_FOR - len(mark), line.place)
    left = "/".join(decimal(part / 100, language) for part in (line.fte.left, line.fte.asked))
    return [
        Text(distance(line, language), justify="right"),
        Text(f"{mark}{name}", style="dim" if line.already_proposed else ""),
        Text(line.place),
        Text(short_profile(line, language)),
        Text(hours(line), justify="right"),
        Text(left, justify="right", style="dim" if line.fte.left <= 0 else ""),
    ]
