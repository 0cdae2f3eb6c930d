"""Proposals on their way: who waits longest first, whom to phone, and one key for what came of it."""

from collections.abc import Iterable, Mapping
from typing import ClassVar
from uuid import UUID

from rich.text import Text
from textual import on, work
from textual.binding import BindingType
from textual.events import Resize
from textual.visual import VisualType
from textual.widget import Widget
from textual.widgets import DataTable, Input

from db.errors import DeskError
from db.rules.names import show_name
from db.rules.phone import show_phone
from db.rules.proposal_steps import may_follow, steps
from db.views.proposals import ProposalLine
from screens.base import Workplace, key
from screens.list_screen import LOADING, TabbedScreen
from screens.proposals import filters
from screens.proposals.asking import ask_how_it_goes
from screens.proposals.filters import ProposalFilters
from screens.proposals.stepping import Subject, take_step
from screens.proposals.wording import COLUMNS, EMPTY, TABS, TITLES, WIDE, ProposalText, lines_of
from screens.queue.dialling import QrCode, open_telephone
from screens.widgets.ask_bar import AskBar
from screens.widgets.numbers import whole
from screens.widgets.top_bar import TopBar

WIDE_FROM = 110
TALL_FROM = 32
"""From so many lines there is room for everything about the proposal under the cursor."""
LEFT_THERE = "stopped"


class ProposalsScreen(TabbedScreen[ProposalLine]):
    """Two lists; beneath them the proposal under the cursor with the keys that may follow."""

    DEFAULT_CSS = """
    ProposalsScreen {
        #list-detail { max-height: 50%; }
    }
    """
    PLACE = "proposals.place"
    TABS = TABS
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
        self._turned_over = False

    @property
    def _filters(self) -> ProposalFilters:
        return self.query_one(ProposalFilters)

    async def read(self) -> None:
        """Both lists, as far as the filters let through."""
        self._lists = await self.desk.proposals.lists(wanted=self._filters.wanted)

    def lines(self) -> Mapping[UUID, ProposalLine]:
        """The list in front."""
        return {line.id: line for line in lines_of(self._lists, self.tab)}

    def first_title(self, name: str) -> str:
        """What it is called, behind the key that brings it to the front."""
        return f"{TABS.index(name) + 1} {self.texts(TITLES[name])}"

    def tab_title(self, name: str) -> str:
        """With how many there are."""
        return f"{self.first_title(name)} {whole(self._lists.counts[name], self.texts.language)}"

    def heads(self) -> Iterable[tuple[str, int]]:
        """Those of the list in front, more where there is room."""
        columns = (WIDE if self._wide else COLUMNS)[self.tab]
        return ((self.texts(title), width) for title, width in columns)

    def cells(self, line: ProposalLine) -> Iterable[Text]:
        """One proposal in a line."""
        return self._text.cells(line, self.tab, wide=self._wide)

    def empty(self) -> str:
        """Nobody at all, or nobody who is looked for."""
        return self.texts("proposals.empty.filtered" if self._filters.wanted.narrowed else EMPTY[self.tab])

    def detail(self, line: ProposalLine) -> VisualType:
        """Everything about it, or the short of it where the list needs the room."""
        full = (self.size.height >= TALL_FROM) != self._turned_over
        return self._text.detail(line) if full else self._text.brief(line)

    @property
    def _wide(self) -> bool:
        return self.size.width >= WIDE_FROM

    @property
    def _text(self) -> ProposalText:
        return ProposalText(self.texts, self.workplace.now())

    def above(self) -> Iterable[Widget]:
        """The tabs and the filters."""
        return (*super().above(), ProposalFilters(self.texts))

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

    @on(Resize)
    def _resized(self) -> None:
        self.draw()

    def draw_around(self) -> None:
        """The filters, and how much of the list is shown."""
        self._filters.draw(self._lists.counts["overdue"])
        self._note()

    def _note(self) -> None:
        lists = self._lists
        shown, found = len(self.shown), lists.found[self.tab]
        total = lists.counts[self.tab]
        words = [self.texts("proposals.count.shown", count=total)]
        if shown < found < total:
            cut = self.texts("proposals.count.cut", shown=shown, count=found)
            words = [self.texts("proposals.count.filtered", shown=cut, count=total)]
        elif shown < total:
            words = [self.texts("proposals.count.cut", shown=shown, count=total)]
        if any(line.elsewhere for line in self.shown.values()):
            words.append(self.texts("proposals.legend"))
        self.query_one(TopBar).note(" · ".join(words))

    def tell_more(self) -> None:
        """More of it, and its keys."""
        super().tell_more()
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
        if line is None or self.asking:
            return
        await take_step(self, Subject(line.id, line.name, line.status), status)
        self.table.focus()
        await self.reload()

    @work(group="proposals.write")
    async def action_follow_up(self) -> None:
        """Write down how it goes; whoever is no longer there gets an end and a reason at once."""
        line = self.line
        if line is None or self.asking:
            return
        name = show_name(line.name)
        said = await ask_how_it_goes(self, name, line.organisation)
        self.table.focus()
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
        self.table.focus()
        await self.reload()

    def action_more(self) -> None:
        """More of the proposal under the cursor, or more of the list."""
        self._turned_over = not self._turned_over
        self.tell_more()

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
        self.table.focus()
        if chosen:
            self.load()

    @on(Input.Changed, "#proposal-search")
    def _typed(self, event: Input.Changed) -> None:
        self._filters.look_for(event.value)
        self.load()

    @on(Input.Submitted, "#proposal-search")
    @work(exclusive=True, group=LOADING)
    async def _searched(self) -> None:
        """Who types fast presses enter before the list has followed: the next key is for what was typed."""
        await self.reload()
        if self.is_here:
            self.table.focus()

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

    def action_back(self) -> None:
        """Clear the filters, then back to where one came from."""
        if self._filters.wanted.narrowed or self._filters.box.has_focus:
            self._filters.clear()
            self.table.focus()
            self.load()
        elif self.app.screen_stack[0] is not self:
            self.dismiss(None)
