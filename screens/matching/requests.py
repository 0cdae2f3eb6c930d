"""Which open requests fit a person, best first, to propose them or to mark them for the recruiter."""

from collections.abc import Callable, Iterator
from typing import ClassVar
from uuid import UUID

from rich.console import Group
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import ScreenResume
from textual.widgets import DataTable, Static

from db.errors import DeskError
from db.reference.lists import label, short_label
from db.rules.names import show_name
from db.views.matching import RequestMatch
from db.views.requests import ProposalView
from screens.base import DeskScreen, Workplace, key
from screens.matching_words import FitWords, stacked
from screens.queue.card_text import lines
from screens.requests.wording import PROPOSED, fte
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

AFTER_INTAKE = 5
"""So many are shown to a caller who goes on calling."""
ALL = 50


class WhatFits(DeskScreen[None]):
    """The list above or at the left, the reckoning of the request under the cursor below or at the right."""

    DEFAULT_CSS = """
    WhatFits {
        #fit-head { padding: 0 1; height: auto; text-style: bold; }
        #fit-body { height: 1fr; layout: vertical; }
        #fit-empty { padding: 1 2; display: none; height: auto; }
        &.-empty #fit-empty { display: block; }
        &.-empty #fit-body { display: none; }
        #fit-reckoning { height: 9; border-top: solid $primary; padding: 0 1; scrollbar-size-vertical: 1; }
        &.-wide #fit-body { layout: horizontal; }
        &.-wide ListTable { width: 80; height: 1fr; }
        &.-wide #fit-reckoning { width: 1fr; height: 1fr; border-top: none; border-left: solid $primary; }
        #fit-text { height: auto; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("p", "propose", "matching.offer"),
        key("m", "mark", "matching.mark"),
        key("escape", "dismiss(None)", "matching.close"),
        key("pagedown", "scroll(1)", "matching.scroll_down", show=False),
        key("pageup", "scroll(-1)", "matching.scroll_up", show=False),
    ]

    def __init__(self, workplace: Workplace, candidate_id: UUID, limit: int = ALL) -> None:
        super().__init__(workplace)
        self._candidate_id = candidate_id
        self._limit = limit
        self._matches: dict[UUID, RequestMatch] = {}

    def compose(self) -> ComposeResult:
        """For whom, the list, the reckoning."""
        yield TopBar(self.workplace, "matching.requests.screen")
        yield Static("", id="fit-head", markup=False)
        yield Static(self.texts("matching.requests.empty"), id="fit-empty", markup=False)
        with Horizontal(id="fit-body"):
            yield ListTable(self.texts)
            with VerticalScroll(id="fit-reckoning", can_focus=False):
                yield Static("", id="fit-text", markup=False)
        yield SteadyFooter()

    def on_resize(self) -> None:
        """The reckoning is told in another form beside the list than below it."""
        self.call_after_refresh(self._show_reckoning)

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.query_one(ListTable).focus()
        self.load()

    @work(exclusive=True, group="matching.load")
    async def load(self) -> None:
        """Draw it anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a proposal and after an undo."""
        card = await self.desk.candidates.card(self._candidate_id, log_read=False)
        found = await self.desk.matching.requests_for(self._candidate_id, self._limit)
        if not self.is_attached:
            return
        self._matches = {match.request_id: match for match in found}
        self.set_class(not found, "-empty")
        place = f" · {card.place}" if card.place else ""
        who = self.texts("matching.requests.who", name=show_name(card.name))
        self.query_one("#fit-head", Static).update(Text(f"{who}{place}"))
        best = self._limit == AFTER_INTAKE
        count = self.texts("matching.requests.count", count=len(found))
        self.query_one(TopBar).note(self.texts("matching.requests.best") if best else count)
        self._show_list()
        self._show_reckoning()

    def _show_list(self) -> None:
        texts = self.texts
        table = self.query_one(ListTable)
        table.head(
            [
                (texts("matching.column.score"), 3),
                (texts("matching.column.marks"), 8),
                (texts("matching.requests.column.organisation"), 20),
                (texts("matching.requests.column.profile"), 13),
                (texts("matching.column.fit"), 25),
            ]
        )
        table.fill((key, list(self._cells(match))) for key, match in self._matches.items())

    def _cells(self, match: RequestMatch) -> Iterator[Text]:
        words = FitWords(match.fit, match.request, self.texts)
        style = "dim" if match.already_proposed else ""
        already = f"{PROPOSED} " if match.already_proposed else ""
        yield Text(str(match.fit.score), style=style, justify="right")
        yield words.marks()
        yield Text(f"{already}{match.request.organisation}", style=style)
        yield Text(self._profile(match, short_label), style=style)
        yield Text(words.cells(), style=style)

    def _profile(self, match: RequestMatch, named: Callable[[str, str, str], str] = label) -> str:
        if match.request.profile == "other" and match.function_given:
            return match.function_given
        return named("function_profile", match.request.profile, self.texts.language)

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self._show_reckoning()

    def _show_reckoning(self) -> None:
        match = self._under_cursor()
        if match is None:
            self.query_one("#fit-text", Static).update("")
            return
        place = f" · {match.place}" if match.place else ""
        title = Text.assemble((match.request.organisation, "bold"), f"{place} · {self._profile(match)}")
        left = (self.texts("matching.requests.column.left"), fte(match.fte_left, self.texts.language))
        words = FitWords(match.fit, match.request, self.texts)
        parts = [*words.lines(), left]
        self.query_one("#fit-text", Static).update(
            Group(title, stacked(parts) if self.has_class("-wide") else lines(parts))
        )

    def _under_cursor(self) -> RequestMatch | None:
        chosen = self.query_one(ListTable).chosen
        return self._matches.get(chosen) if chosen is not None else None

    @work(group="matching.write")
    async def action_propose(self) -> None:
        """Propose the person to the organisation under the cursor."""
        match = self._under_cursor()
        if match is None:
            return
        try:
            made = await self.desk.proposals.propose(self._candidate_id, match.request_id)
        except DeskError as error:
            self.tell_error(error)
            return
        await self._done("matching.requests.proposed", made)

    @work(group="matching.write")
    async def action_mark(self) -> None:
        """Leave it to the recruiter."""
        match = self._under_cursor()
        if match is None:
            return
        try:
            made = await self.desk.matching.mark(self._candidate_id, match.request_id)
        except DeskError as error:
            self.tell_error(error)
            return
        await self._done("matching.requests.marked", made)

    async def _done(self, said: str, made: ProposalView) -> None:
        words = self.texts(said, name=show_name(made.name), organisation=made.organisation)
        self.notify(words, markup=False)
        await self.reload()

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        """Open the request under the cursor."""
        from screens.requests.one_request import OneRequest

        match = self._under_cursor()
        if match is not None:
            self.app.push_screen(OneRequest(self.workplace, match.request_id, self._candidate_id))

    def action_scroll(self, direction: int) -> None:
        """Read on in the reckoning."""
        body = self.query_one("#fit-reckoning", VerticalScroll)
        body.scroll_page_down(animate=False) if direction > 0 else body.scroll_page_up(animate=False)
