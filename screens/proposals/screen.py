"""Proposals on their way: who waits longest first, whom to phone, and one key for what came of it."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import Resize, ScreenResume
from textual.widgets import DataTable, Input, Static, Tab, Tabs

from db.errors import DeskError
from db.rules.names import show_name
from db.rules.phone import show_phone
from db.rules.proposal_steps import may_follow, steps
from db.views.proposals import ProposalLine, ProposalLists
from screens.base import DeskScreen, Workplace, key
from screens.proposals import filters
from screens.proposals.asking import ask_how_it_goes
from screens.proposals.filters import ProposalFilters
from screens.proposals.stepping import Subject, take_step
from screens.proposals.wording import COLUMNS, EMPTY, TABS, TITLES, WIDE, ProposalText, lines_of
from screens.queue.dialling import QrCode, open_telephone
from screens.widgets.ask_bar import AskBar
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

WIDE_FROM = 110
TALL_FROM = 32
"""From so many lines there is room for everything about the proposal under the cursor."""
LEFT_THERE = "stopped"


class ProposalsScreen(DeskScreen[None]):
    """Two lists; beneath them the proposal under the cursor with the keys that may follow."""

    DEFAULT_CSS = """
    ProposalsScreen {
        #proposals-empty { padding: 1 2; display: none; }
        #proposals-detail {
            height: auto; max-height: 50%; border-top: solid $primary; padding: 0 1;
            scrollbar-size-vertical: 1;
        }
        &.-empty { #proposals-empty { display: block; } #proposals-detail, ListTable { display: none; } }
        &.-asking #proposals-detail { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("t", "telephone", "proposals.telephone"),
        key("q", "qr", "proposals.qr"),
        key("h", "copy", "proposals.copy"),
        key("k", "card", "proposals.card"),
        key("b", "follow_up", "proposals.follow_up"),
        *filters.BINDINGS,
        key("space", "more", "proposals.more", show=False),
        key("right,tab", "turn(1)", "proposals.next_tab"),
        key("left,shift+tab", "turn(-1)", "proposals.previous_tab", show=False),
        *(key(str(number), f"tab({number})", "proposals.tab", show=False) for number in (1, 2)),
        *(
            key(step.key, f"step('{step.status}')", f"proposals.step.{step.status}", show=False)
            for step in steps().values()
            if step.key
        ),
        key("escape", "back", "proposals.back"),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._lists: ProposalLists | None = None
        self._turned_over = False

    @property
    def _filters(self) -> ProposalFilters:
        return self.query_one(ProposalFilters)

    @property
    def tab(self) -> str:
        """The list in front."""
        return self.query_one(Tabs).active or TABS[0]

    @property
    def line(self) -> ProposalLine | None:
        """What is under the cursor."""
        if self._lists is None:
            return None
        chosen = self.query_one(ListTable).chosen
        return next((line for line in lines_of(self._lists, self.tab) if line.id == chosen), None)

    def compose(self) -> ComposeResult:
        """Tabs, the list, and more of the line under the cursor."""
        yield TopBar(self.workplace, "proposals.place")
        yield Tabs(*(Tab(self.texts(TITLES[name]), id=name) for name in TABS))
        yield ProposalFilters(self.texts)
        yield Static("", id="proposals-empty", markup=False)
        yield ListTable(self.texts)
        with VerticalScroll(id="proposals-detail", can_focus=False):
            yield Static("", id="proposals-text", markup=False)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    def on_mount(self) -> None:
        """The cursor is in the list; the tabs have keys of their own."""
        self.query_one(Tabs).can_focus = False
        self.query_one(ListTable).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the steps that may follow, and only what a line is there for."""
        if action not in ("step", "follow_up", "telephone", "qr", "copy", "card") or not self.is_mounted:
            return True
        line = self.line
        if line is None:
            return False
        if action == "step":
            return any(step.status == parameters[0] for step in may_follow(line.status))
        return action != "follow_up" or line.status == "started"

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.load()

    @work(exclusive=True, group="proposals.load")
    async def load(self) -> None:
        """Draw the lists anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a step and after an undo."""
        lists = await self.desk.proposals.lists(wanted=self._filters.wanted)
        if not self.is_attached:
            return
        self._lists = lists
        for name in TABS:
            self.query_one(f"#{name}", Tab).label = f"{self.texts(TITLES[name])} {lists.counts[name]}"
        self._draw()

    @on(Tabs.TabActivated)
    def _turned(self) -> None:
        self._draw()

    @on(Resize)
    def _resized(self) -> None:
        self._draw()

    def _draw(self) -> None:
        """Draw the list in front."""
        if self._lists is None:
            return
        tab, wide = self.tab, self.size.width >= WIDE_FROM
        text = ProposalText(self.texts, self.workplace.now())
        found = lines_of(self._lists, tab)
        self.set_class(not found, "-empty")
        empty = "proposals.empty.filtered" if self._filters.wanted.narrowed else EMPTY[tab]
        self.query_one("#proposals-empty", Static).update(self.texts(empty))
        table = self.query_one(ListTable)
        table.head((self.texts(title), width) for title, width in (WIDE if wide else COLUMNS)[tab])
        table.fill((line.id, text.cells(line, tab, wide=wide)) for line in found)
        if found and not self.query_one(AskBar).asking and not self._filters.box.has_focus:
            table.focus()
        elif not found and self.focused is table:
            self.set_focus(None)
        self._filters.draw(self._lists.counts["overdue"])
        self._note()
        self._tell_more()

    def _note(self) -> None:
        lists = self._lists
        if lists is None:
            return
        shown, found = len(lines_of(lists, self.tab)), lists.found[self.tab]
        total = lists.counts[self.tab]
        words = [self.texts("proposals.count.shown", count=total)]
        if shown < found < total:
            cut = self.texts("proposals.count.cut", shown=shown, count=found)
            words = [self.texts("proposals.count.filtered", shown=cut, count=total)]
        elif shown < total:
            words = [self.texts("proposals.count.cut", shown=shown, count=total)]
        if any(line.elsewhere for line in lines_of(lists, self.tab)):
            words.append(self.texts("proposals.legend"))
        self.query_one(TopBar).note(" · ".join(words))

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self._tell_more()

    def _tell_more(self) -> None:
        line, text = self.line, ProposalText(self.texts, self.workplace.now())
        full = (self.size.height >= TALL_FROM) != self._turned_over
        told = (text.detail(line) if full else text.brief(line)) if line else ""
        self.query_one("#proposals-text", Static).update(told)
        self.refresh_bindings()

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        from screens.requests.one_request import OneRequest

        if self.line is not None:
            self.app.push_screen(OneRequest(self.workplace, self.line.request_id))

    def action_card(self) -> None:
        """Open the candidate's card."""
        from screens.candidates.one_candidate import OneCandidate

        if self.line is not None:
            self.app.push_screen(OneCandidate(self.workplace, self.line.candidate_id))

    @work(group="proposals.write")
    async def action_step(self, status: str) -> None:
        """Take the proposal under the cursor to this status."""
        line = self.line
        if line is None or self.query_one(AskBar).asking:
            return
        await take_step(self, Subject(line.id, line.name, line.status), status)
        self.query_one(ListTable).focus()
        await self.reload()

    @work(group="proposals.write")
    async def action_follow_up(self) -> None:
        """Write down how it goes; whoever is no longer there gets an end and a reason at once."""
        line = self.line
        if line is None or self.query_one(AskBar).asking:
            return
        name = show_name(line.name)
        said = await ask_how_it_goes(self, name, line.organisation)
        self.query_one(ListTable).focus()
        if said is None:
            return
        try:
            await self.desk.proposals.follow_up(line.id, said.still_there, said.wants_to_stay)
        except DeskError as error:
            self.tell_error(error)
        else:
            self.tell("proposals.followed_up", name=name)
            if not said.still_there:
                await take_step(self, Subject(line.id, line.name, line.status), LEFT_THERE)
        self.query_one(ListTable).focus()
        await self.reload()

    def action_more(self) -> None:
        """More of the proposal under the cursor, or more of the list."""
        self._turned_over = not self._turned_over
        self._tell_more()

    def action_search(self) -> None:
        """Type words of the candidate's or the organisation's name."""
        self._filters.open()

    def action_overdue(self) -> None:
        """Only what is late, or all."""
        self._filters.toggle_overdue()
        self.load()

    @work(group="proposals.filter")
    async def action_region(self) -> None:
        """Only one region."""
        ask = self.query_one(AskBar)
        if ask.asking:
            return
        chosen = await self._filters.choose_region(ask)
        self.query_one(ListTable).focus()
        if chosen:
            self.load()

    @on(Input.Changed, "#proposal-search")
    def _typed(self, event: Input.Changed) -> None:
        self._filters.look_for(event.value)
        self.load()

    @on(Input.Submitted, "#proposal-search")
    def _searched(self) -> None:
        self.query_one(ListTable).focus()

    def action_telephone(self) -> None:
        """Hand the contact person's number to this computer's telephone program, or else copy it."""
        number = self._number()
        if number is not None and not open_telephone(number):
            self.action_copy()

    def action_copy(self) -> None:
        """Put the contact person's number on the clipboard."""
        number = self._number()
        if number is not None:
            self.app.copy_to_clipboard(number)
            self.tell("proposals.copied", number=show_phone(number))

    def action_qr(self) -> None:
        """Show the contact person's number as a QR code."""
        number, line = self._number(), self.line
        if number is not None and line is not None:
            self.app.push_screen(QrCode(self.workplace, number, line.contact_name))

    def _number(self) -> str | None:
        line = self.line
        if line is not None and line.contact_phone is None:
            self.tell("proposals.no_number", "warning")
        return line.contact_phone if line else None

    def action_turn(self, step: int) -> None:
        """The other list."""
        self.query_one(Tabs).active = TABS[(TABS.index(self.tab) + step) % len(TABS)]

    def action_tab(self, number: int) -> None:
        """The list with this number."""
        self.query_one(Tabs).active = TABS[number - 1]

    def action_back(self) -> None:
        """Clear the filters, then back to where one came from."""
        if self._filters.wanted.narrowed or self._filters.box.has_focus:
            self._filters.clear()
            self.query_one(ListTable).focus()
            self.load()
        elif self.app.screen_stack[0] is not self:
            self.dismiss(None)
