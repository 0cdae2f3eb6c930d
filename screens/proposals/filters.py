"""The filters over the work lists: each is one key, and what is on stands in the line."""

from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from db.drafts.proposals import ProposalFilter
from db.reference.lists import label
from db.texts import Texts
from screens.base import key
from screens.widgets.ask_bar import AskBar
from screens.widgets.filter_line import choose_code, filter_words, pressed_keys

BINDINGS = [
    key("o", "search", "proposals.search", show=False),
    key("l", "overdue", "proposals.overdue", show=False),
    key("r", "region", "proposals.region", show=False),
]


class ProposalFilters(Horizontal):
    """One line: the words that are searched, and the other filters with their keys."""

    DEFAULT_CSS = """
    ProposalFilters {
        height: 1;
        padding: 0 1;
        #proposal-search {
            display: none; border: none; height: 1; width: 30; padding: 0; background: $panel;
        }
        &.-searching #proposal-search { display: block; margin-right: 2; }
        #proposal-filters { width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.wanted = ProposalFilter()

    def compose(self) -> ComposeResult:
        """Where one types, and what is on."""
        yield Input(placeholder=self._texts("proposals.search.hint"), id="proposal-search")
        yield Static("", id="proposal-filters", markup=False)

    @property
    def box(self) -> Input:
        """Where one types."""
        return self.query_one(Input)

    def draw(self, overdue: int) -> None:
        """Say what is set, and how many are late; the keys are those that are pressed today."""
        keys = pressed_keys(self)
        texts, wanted = self._texts, self.wanted
        region = label("region", wanted.region, texts.language) if wanted.region else ""
        parts = [
            (keys.get("proposals.search"), texts("proposals.filter.search"), bool(wanted.search)),
            (keys.get("proposals.overdue"), texts("proposals.filter.overdue", count=overdue), wanted.overdue),
            (keys.get("proposals.region"), region or texts("proposals.filter.region"), bool(region)),
            (keys.get("proposals.more"), texts("proposals.filter.more"), False),
        ]
        words = [filter_words(pressed, name, is_on) for pressed, name, is_on in parts if pressed]
        self.query_one("#proposal-filters", Static).update(Content("  ").join(words))

    def look_for(self, words: str) -> None:
        """Only names with these words."""
        self.wanted = replace(self.wanted, search=words)

    def toggle_overdue(self) -> None:
        """Only what is late, or all."""
        self.wanted = replace(self.wanted, overdue=not self.wanted.overdue)

    async def choose_region(self, ask: AskBar) -> bool:
        """Ask for a region, or for all of them again; whether something was chosen."""
        texts = self._texts
        title, every = texts("requests.ask.region"), texts("requests.every.region")
        chosen = await choose_code(ask, title, every, "region", texts.language)
        if chosen is None:
            return False
        self.wanted = replace(self.wanted, region=chosen)
        return True

    def open(self) -> None:
        """Type here."""
        self.add_class("-searching")
        self.box.focus()

    def clear(self) -> None:
        """Everybody again."""
        self.wanted = ProposalFilter()
        self.remove_class("-searching")
        with self.prevent(Input.Changed):
            self.box.value = ""
