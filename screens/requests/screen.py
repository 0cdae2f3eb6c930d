"""The open requests: what is asked, how far it is from the candidate in hand, and one key to propose."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.events import DescendantFocus, ScreenResume
from textual.timer import Timer
from textual.widgets import DataTable, Input, Static

from db.errors import DeskError
from db.rules.names import show_name
from db.rules.proposal_steps import SHORTLISTED
from db.views.requests import RequestLine, RequestList
from screens.base import Workplace, key
from screens.requests import acting, quick_filters
from screens.requests.acting import enter_request
from screens.requests.listing import SORT_WORDS, SORTS, cells, columns
from screens.requests.places import PlacesScreen
from screens.requests.proposing import propose
from screens.requests.quick_filters import QuickFilters
from screens.requests.wording import RequestText
from screens.widgets.ask_bar import AskBar
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

LOOK_SECONDS = 0.1
"""How long the cursor rests before the request beside the list is read."""


class RequestsScreen(PlacesScreen):
    """A place of its own, and what opens over a card with that candidate in hand.

    `in_hand` tells the place whom the caller has in hand at the moment.
    """

    DEFAULT_CSS = """
    RequestsScreen {
        #request-who { height: 1; padding: 0 1; color: $text-primary; text-style: bold; display: none; }
        #request-who.-on { display: block; }
        #request-filter { border: none; height: 1; padding: 0 1; background: $panel; display: none; }
        &.-filtering #request-filter { display: block; }
        #request-body { height: 1fr; }
        #request-empty { padding: 1 2; display: none; }
        &.-empty #request-empty { display: block; }
        &.-empty ListTable { display: none; }
        #request-detail { display: none; width: 1fr; border-left: solid $primary; padding: 0 1; }
        &.-wide #request-detail { display: block; }
        &.-empty #request-detail { display: none; }
        &.-wide #request-table { width: 79; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    AUTO_FOCUS = ""
    BINDINGS = [
        key("m", "who_fits", "matching.who"),
        key("p", "propose", "requests.propose"),
        key("f", "filter", "requests.filter"),
        key("a", "add", "requests.add"),
        acting.CHANGE,
        key("x", "export", "requests.export"),
        key("w", "waiting", "requests.waiting"),
        key("o", "sort", "requests.sort"),
        *acting.BINDINGS,
        key("g", "organisations", "requests.organisations"),
        *quick_filters.BINDINGS,
        key("X", "exports", "requests.exports", show=False),
        key("P", "plan", "requests.plan", show=False),
        key("escape", "back", "requests.back"),
        key("down", "to_list", "requests.to_list"),
    ]

    def __init__(
        self,
        workplace: Workplace,
        candidate_id: UUID | None = None,
        in_hand: Callable[[], UUID | None] | None = None,
    ) -> None:
        super().__init__(workplace)
        self.candidate_id = candidate_id
        self._in_hand = in_hand
        self._sort: str | None = None
        self._lines: dict[UUID, RequestLine] = {}
        self._looking: Timer | None = None
        self._wanted: UUID | None = None
        self._worked_at: UUID | None = None
        self._offered: str | None = None
        self._left_out: UUID | None = None

    def compose(self) -> ComposeResult:
        """Whom it is for, the filter, the list, and beside it the request under the cursor."""
        yield TopBar(self.workplace, "place.requests")
        yield Static("", id="request-who", markup=False)
        yield QuickFilters(self.texts)
        yield Input(placeholder=self.texts("requests.filter.hint"), id="request-filter")
        yield Static("", id="request-empty", markup=False)
        with Horizontal(id="request-body"):
            yield ListTable(self.texts, id="request-table")
            with VerticalScroll(id="request-detail", can_focus=False):
                yield Static("", id="request-text", markup=False)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    def on_mount(self) -> None:
        """The cursor is in the list at once."""
        self.query_one(ListTable).focus()

    @on(DescendantFocus)
    def _focus_moved(self) -> None:
        """The keys of the filters stand there while they are no letters of a search."""
        self._filters.draw()

    @on(ScreenResume)
    def _resumed(self) -> None:
        before = self.candidate_id
        if self._in_hand is not None:
            in_hand = self._in_hand()
            self.candidate_id = in_hand if in_hand != self._left_out else None
        tables = self.query(ListTable)  # none while the screen is taken away
        self._worked_at = tables.first().chosen if tables and self.candidate_id == before else None
        self.load()

    @work(exclusive=True, group="requests.load")
    async def load(self) -> None:
        """Draw the list anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a proposal and after an undo."""
        search = self.query_one("#request-filter", Input).value
        wanted = self._filters.wanted
        found = await self.desk.requests.open_requests(self.candidate_id, search, self._sort, wanted=wanted)
        listed = len(found.lines)
        found = await self._with_new(found)
        who = await self._who()
        if not self.is_here:
            return
        self._show(found, who)
        self._count(found.total, found.total if len(found.lines) == found.total else listed)
        self._look()

    async def _with_new(self, found: RequestList) -> RequestList:
        """What was just written down, or worked at, is on top when the list does not reach so far."""
        cut = len(found.lines) < found.total
        self._wanted = self._wanted or (self._worked_at if cut else None)
        self._worked_at = None
        if self._wanted is None or any(line.id == self._wanted for line in found.lines):
            return found
        try:
            view = await self.desk.requests.request(self._wanted, self.candidate_id)
        except DeskError:  # taken back meanwhile, with the file it came from
            return found
        total = found.total if cut else found.total + 1
        return replace(found, lines=(view.line, *found.lines), total=total)

    async def _who(self) -> str:
        if self.candidate_id is None:
            return ""
        card = await self.desk.candidates.card(self.candidate_id, log_read=False)
        words = [show_name(card.name), card.place]
        words += [self.texts("requests.who.no_consent")] if not card.may_be_shared else []
        live = sum(proposal.is_live and proposal.status != SHORTLISTED for proposal in card.proposals)
        words += [self.texts("requests.who.proposed", count=live)] if live else []
        return self.texts("requests.who", who=" · ".join(word for word in words if word))

    def _show(self, found: RequestList, who: str) -> None:
        self._lines = {line.id: line for line in found.lines}
        banner = self.query_one("#request-who", Static)
        banner.update(who)
        banner.set_class(bool(who), "-on")
        self.set_class(not found.lines, "-empty")
        searched = (
            bool(self.query_one("#request-filter", Input).value.strip()) or self._filters.wanted.narrowed
        )
        empty = "requests.empty.filtered" if searched else "requests.empty"
        self.query_one("#request-empty", Static).update(self.texts(empty))
        table = self.query_one(ListTable)
        in_hand = self.candidate_id is not None
        table.head(columns(self.texts, in_hand=in_hand))
        language = self.texts.language
        table.fill((line.id, cells(line, language, in_hand=in_hand)) for line in found.lines)
        if self._wanted is not None:
            table.go_to(self._wanted)
            self._wanted = None
        self._settle_focus(bool(found.lines))
        self._filters.draw()
        self._offer_steps()

    def _settle_focus(self, listed: bool) -> None:
        """An empty list cannot have the cursor; without this the hidden search line would get it."""
        if self.has_class("-filtering") or self.query_one(AskBar).asking:
            return
        if listed and self.focused is None:
            self.query_one(ListTable).focus()
        elif not listed:
            self.set_focus(None)

    def _count(self, total: int, shown: int) -> None:
        order = self.texts(SORT_WORDS[self._sort or ("distance" if self.candidate_id else "urgency")])
        name = "requests.count" if shown == total else "requests.count.cut"
        self.query_one(TopBar).note(self.texts(name, count=total, shown=shown, order=order))

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self._offer_steps()
        if self._looking is not None:
            self._looking.stop()
        self._looking = self.set_timer(LOOK_SECONDS, self._look)

    def _offer_steps(self) -> None:
        """Other keys only for a request that stands otherwise: most moves leave them as they are."""
        if self.subject_status != self._offered:
            self._offered = self.subject_status
            self.refresh_bindings()

    @work(exclusive=True, group="requests.look")
    async def _look(self) -> None:
        """Show the request under the cursor beside the list, where there is room for it."""
        chosen = self.query_one(ListTable).chosen
        if chosen is None or not self.has_class("-wide"):
            return
        view = await self.desk.requests.request(chosen, self.candidate_id)
        text = RequestText(view, self.texts, self.workplace.now())
        self.query_one("#request-text", Static).update(text.everything())

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        self.action_open()

    @on(Input.Changed, "#request-filter")
    def _filter_changed(self) -> None:
        self.load()

    @on(Input.Submitted, "#request-filter")
    @work(exclusive=True, group="requests.load")
    async def _filter_done(self) -> None:
        """Who types fast presses enter before the list has followed: the next key is for what was typed."""
        await self.reload()
        if self.is_here:
            self.query_one(ListTable).focus()

    @work(group="requests.write")
    async def action_propose(self) -> None:
        """Propose the candidate in hand to the request under the cursor."""
        if await propose(self, self.candidate_id, self.query_one(ListTable).chosen):
            await self.reload()

    def action_open(self) -> None:
        """Open the request under the cursor with everyone proposed to it."""
        from screens.requests.one_request import OneRequest

        chosen = self.query_one(ListTable).chosen
        if chosen is not None:
            self.app.push_screen(OneRequest(self.workplace, chosen, self.candidate_id))

    def action_filter(self) -> None:
        """Type words of the organisation, the place, the function or the sector."""
        self.add_class("-filtering")
        self.query_one("#request-filter", Input).focus()

    def action_to_list(self) -> None:
        """From the filter to the list."""
        self.query_one(ListTable).focus()

    @property
    def subject(self) -> UUID | None:
        """The request under the cursor."""
        return self.query_one(ListTable).chosen

    @property
    def subject_status(self) -> str | None:
        """The status of the request under the cursor."""
        line = self._lines.get(self.subject) if self.subject else None
        return line.status if line else None

    @property
    def region_here(self) -> str | None:
        """The region of the request under the cursor."""
        line = self._lines.get(self.subject) if self.subject else None
        return line.region_code if line else None

    def give_back_focus(self) -> None:
        """Back to the list."""
        self.query_one(ListTable).focus()

    @property
    def _filters(self) -> QuickFilters:
        return self.query_one(QuickFilters)

    @work(group="requests.write")
    async def action_add(self) -> None:
        """Write a request down: whose it is first, and everything else after."""
        self._wanted = await enter_request(self)
        await self.reload()

    @work(group="requests.filter")
    async def action_choose_filter(self, what: str) -> None:
        """Only one region, sector or function profile."""
        ask = self.query_one(AskBar)
        if ask.asking:
            return
        chosen = await self._filters.choose(what, ask)
        self.give_back_focus()
        if chosen:
            self.load()

    def action_toggle_filter(self, what: str) -> None:
        """Only what is urgent, or not filled yet."""
        self._filters.toggle(what)
        self.load()

    def action_next_shown(self) -> None:
        """Open requests, drafts, those on hold, or all."""
        self._filters.next_shown()
        self.load()

    def action_sort(self) -> None:
        """The next order: nearest, most urgent, most left, by name, region, sector, profile."""
        orders = SORTS if self.candidate_id else SORTS[1:]
        at = orders.index(self._sort) if self._sort in orders else 0
        self._sort = orders[(at + 1) % len(orders)]
        self.load()

    def action_back(self) -> None:
        """Leave the filter, then clear it, then go back to the card, or look without whoever is in hand."""
        box = self.query_one("#request-filter", Input)
        if box.has_focus or box.value:
            box.value = ""
            self.remove_class("-filtering")
            self.query_one(ListTable).focus()
        elif self._filters.wanted.narrowed:
            self._filters.clear()
            self.load()
        elif self.app.screen_stack[0] is not self:
            self.dismiss(None)
        elif self.candidate_id is not None:
            self._left_out, self.candidate_id = self.candidate_id, None
            self.load()
