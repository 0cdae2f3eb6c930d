"""The quick filters over the list of requests: each is one key, and what is on stands in the line."""

from dataclasses import replace
from typing import Any

from textual.content import Content
from textual.widgets import Static

from db.drafts.requests import RequestFilter
from db.reference.lists import code_list, label
from db.texts import Texts
from screens.base import key
from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option

ANY = "-"
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
        keys = {
            active.binding.id: self.app.get_key_display(active.binding)
            for active in self.screen.active_bindings.values()
        }
        wanted, texts = self.wanted, self._texts
        parts = [
            (keys.get("requests.by_region"), self._chosen("region"), bool(wanted.region)),
            (keys.get("requests.by_sector"), self._chosen("sector"), bool(wanted.sector)),
            (keys.get("requests.by_profile"), self._chosen("profile"), bool(wanted.profile)),
            (keys.get("requests.only_urgent"), texts("requests.filter.urgent"), wanted.urgent),
            (keys.get("requests.only_unfilled"), texts("requests.filter.unfilled"), wanted.unfilled),
            (keys.get("requests.shown"), texts(SHOWN_WORDS[wanted.shown]), wanted.shown != "open"),
        ]
        words = [self._part(pressed or "", name, is_on) for pressed, name, is_on in parts]
        self.update(Content("  ").join(words))

    def _chosen(self, what: str) -> str:
        value = getattr(self.wanted, what)
        return label(LISTS[what], value, self._texts.language) if value else self._texts(UNSET[what])

    def _part(self, pressed: str, name: str, is_on: bool) -> Content:
        mark, style = ("■ ", "bold $text-warning") if is_on else ("", "$text-muted")
        shown = Content(name).truncate(22, ellipsis=True)
        return Content.assemble((pressed, "bold $text-accent"), " ", (mark, style), shown.stylize(style))

    async def choose(self, what: str, ask: AskBar) -> bool:
        """Ask for a code of a list, or for all of them again; whether something was chosen."""
        language = self._texts.language
        codes = [code for code in code_list(LISTS[what]).values() if code.active]
        options = [Option(ANY, ANY, self._texts(EVERY[what]))]
        options += [
            Option(pressed, code.code, code.label(language))
            for pressed, code in zip(SPARE_KEYS, codes, strict=False)
        ]
        chosen = await ask.choose(self._texts(ASKED[what]), options)
        if chosen is None:
            return False
        value: dict[str, Any] = {what: "" if chosen == ANY else chosen}
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
