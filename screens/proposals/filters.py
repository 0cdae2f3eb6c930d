"""The filters over the work lists: each is one key, and what is on stands in the line."""

from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from db.drafts.proposals import ProposalFilter
from db.reference.lists import code_list, label
from db.texts import Texts
from screens.base import key
from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option

ANY = "-"
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
        keys = {
            active.binding.id: self.app.get_key_display(active.binding)
            for active in self.screen.active_bindings.values()
        }
        texts, wanted = self._texts, self.wanted
        region = label("region", wanted.region, texts.language) if wanted.region else ""
        parts = [
            (keys.get("proposals.search"), texts("proposals.filter.search"), bool(wanted.search)),
            (keys.get("proposals.overdue"), texts("proposals.filter.overdue", count=overdue), wanted.overdue),
            (keys.get("proposals.region"), region or texts("proposals.filter.region"), bool(region)),
            (keys.get("proposals.more"), texts("proposals.filter.more"), False),
        ]
        words = [_part(pressed, name, is_on) for pressed, name, is_on in parts if pressed]
        self.query_one("#proposal-filters", Static).update(Content("  ").join(words))

    def look_for(self, words: str) -> None:
        """Only names with these words."""
        self.wanted = replace(self.wanted, search=words)

    def toggle_overdue(self) -> None:
        """Only what is late, or all."""
        self.wanted = replace(self.wanted, overdue=not self.wanted.overdue)

    async def choose_region(self, ask: AskBar) -> bool:
        """Ask for a region, or for all of them again; whether something was chosen."""
        codes = [code for code in code_list("region").values() if code.active]
        options = [Option(ANY, ANY, self._texts("requests.every.region"))]
        options += [
            Option(pressed, code.code, code.label(self._texts.language))
            for pressed, code in zip(SPARE_KEYS, codes, strict=False)
        ]
        chosen = await ask.choose(self._texts("requests.ask.region"), options)
        if chosen is None:
            return False
        self.wanted = replace(self.wanted, region="" if chosen == ANY else chosen)
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


def _part(pressed: str, name: str, is_on: bool) -> Content:
    mark, style = ("■ ", "bold $text-warning") if is_on else ("", "$text-muted")
    return Content.assemble((pressed, "bold $text-accent"), " ", (mark, style), (name, style))
