"""The quick filters over the list of requests: each is one key, and what is on stands in the line."""

from dataclasses import replace
from typing import Any

from textual.widgets import Static

from db.drafts.requests import RequestFilter
from db.reference.lists import label
from db.texts import Texts
from screens.base import key
from screens.widgets.ask_bar import AskBar
from screens.widgets.filter_line import choose_code, filter_line, pressed_keys

SHOWN = ("open", "draft", "on_hold", "all")
SHOWN_WORDS = {
    "open": "requests.shown.open",
    "draft": "requests.shown.draft",
    "on_hold": "requests.shown.on_hold",
    "all": "requests.shown.all",
}
LISTS = {"region": "region", "sector": "care_sector", "profile": "function_profile"}
ASKED = {
    "region": "requests.ask.region",
    "sector": "requests.ask.sector",
    "profile": "requests.ask.profile",
}
EVERY = {
    "region": "requests.every.region",
    "sector": "requests.every.sector",
    "profile": "requests.every.profile",
}
UNSET = {
    "region": "requests.filter.region",
    "sector": "requests.filter.sector",
    "profile": "requests.filter.profile",
}
BINDINGS = [
    key("r", "choose_filter('region')", "requests.by_region", show=False),
    key("b", "choose_filter('sector')", "requests.by_sector", show=False),
    key("c", "choose_filter('profile')", "requests.by_profile", show=False),
    key("d", "toggle_filter('urgent')", "requests.only_urgent", show=False),
    key("l", "toggle_filter('unfilled')", "requests.only_unfilled", show=False),
    key("v", "next_shown", "requests.shown", show=False),
]


class QuickFilters(Static):
    """One line: every filter with its key, and what it is set to."""

    DEFAULT_CSS = """
    QuickFilters { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, texts: Texts) -> None:
        super().__init__("", id="request-filters", markup=False)
        self._texts = texts
        self.wanted = RequestFilter()

    def draw(self) -> None:
        """Say what is set; the keys are those that are pressed today."""
        keys = pressed_keys(self)
        wanted, texts = self.wanted, self._texts
        parts = [
            (keys.get("requests.by_region", ""), self._chosen("region"), bool(wanted.region)),
            (keys.get("requests.by_sector", ""), self._chosen("sector"), bool(wanted.sector)),
            (keys.get("requests.by_profile", ""), self._chosen("profile"), bool(wanted.profile)),
            (keys.get("requests.only_urgent", ""), texts("requests.filter.urgent"), wanted.urgent),
            (keys.get("requests.only_unfilled", ""), texts("requests.filter.unfilled"), wanted.unfilled),
            (keys.get("requests.shown", ""), texts(SHOWN_WORDS[wanted.shown]), wanted.shown != "open"),
        ]
        self.update(filter_line(parts, self.size.width))

    def on_resize(self) -> None:
        """More or less of the names has room."""
        self.draw()

    def _chosen(self, what: str) -> str:
        value = getattr(self.wanted, what)
        return label(LISTS[what], value, self._texts.language) if value else self._texts(UNSET[what])

    async def choose(self, what: str, ask: AskBar) -> bool:
        """Ask for a code of a list, or for all of them again; whether something was chosen."""
        texts = self._texts
        chosen = await choose_code(ask, texts(ASKED[what]), texts(EVERY[what]), LISTS[what], texts.language)
        if chosen is None:
            return False
        value: dict[str, Any] = {what: chosen}
        self.wanted = replace(self.wanted, **value)
        return True

    def toggle(self, what: str) -> None:
        """On or off."""
        value: dict[str, Any] = {what: not getattr(self.wanted, what)}
        self.wanted = replace(self.wanted, **value)

    def next_shown(self) -> None:
        """Open requests, drafts, those on hold, all."""
        at = SHOWN.index(self.wanted.shown)
        self.wanted = replace(self.wanted, shown=SHOWN[(at + 1) % len(SHOWN)])

    def clear(self) -> None:
        """Everything that still wants people."""
        self.wanted = RequestFilter()
