"""The team: what waits for a supervisor's decision, each list under a tab, each decision one key."""

from collections.abc import Awaitable
from typing import ClassVar
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import ScreenResume
from textual.widgets import DataTable, Static, Tab, Tabs

from db.errors import DeskError
from db.rules.names import show_name
from db.views.team import EscalatedLine, LeaseLine, LikenessLine, RegionLine, RepairLine, TeamLists
from screens.base import DeskScreen, Workplace, key
from screens.candidates.acting import CallWanted
from screens.candidates.repairing import FIELD_OF_TASK, ask_region, ask_repair
from screens.team.wording import (
    EMPTY,
    HINTS,
    TABS,
    TITLES,
    Line,
    TeamText,
    columns,
    line_id,
    lines_of,
    person_of,
)
from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

ACTIONS = {
    "escalated": {"requeue", "assign", "call"},
    "likenesses": {"answer"},
    "repairs": {"repair", "close_repair", "call"},
    "regions": {"accept_region", "repair", "call"},
    "conflicts": {"decide"},
    "leases": {"release"},
}
"""Which keys apply on which tab; the others always do."""
PER_TAB = set().union(*ACTIONS.values())


class TeamScreen(DeskScreen[None]):
    """Six lists, their counts in the tabs."""

    DEFAULT_CSS = """
    TeamScreen {
        #team-hint { padding: 0 1; color: $text-muted; height: auto; }
        #team-empty { padding: 1 2; display: none; }
        #team-detail {
            height: auto; max-height: 45%; border-top: solid $primary; padding: 0 1;
            scrollbar-size-vertical: 1;
        }
        &.-empty { #team-empty { display: block; } #team-detail, ListTable { display: none; } }
        &.-asking #team-detail { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("r", "requeue", "team.requeue"),
        key("a", "assign", "team.assign"),
        key("m", "answer('merged')", "team.merge"),
        key("h", "answer('household')", "team.household"),
        key("d", "answer('distinct')", "team.distinct"),
        key("g", "accept_region", "team.accept_region"),
        key("e", "repair", "team.repair"),
        key("k", "close_repair", "team.close_repair"),
        key("s", "decide('seen')", "team.seen"),
        key("t", "decide('call')", "team.call_again"),
        key("v", "release", "team.release"),
        key("c", "call", "team.call"),
        key("w", "proposals", "team.proposals"),
        key("right,tab", "turn(1)", "team.next_tab"),
        key("left,shift+tab", "turn(-1)", "team.previous_tab", show=False),
        key("escape", "dismiss(None)", "team.close"),
        *(key(str(number), f"tab({number})", "team.tab", show=False) for number in range(1, 7)),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._lists: TeamLists | None = None

    @property
    def tab(self) -> str:
        """The list in front."""
        return self.query_one(Tabs).active or TABS[0]

    @property
    def line(self) -> Line | None:
        """What is under the cursor."""
        if self._lists is None:
            return None
        chosen = self.query_one(ListTable).chosen
        return next((item for item in lines_of(self._lists, self.tab) if line_id(item) == chosen), None)

    def compose(self) -> ComposeResult:
        """Tabs, the list, and more of the line under the cursor."""
        yield TopBar(self.workplace, "place.lists")
        yield Tabs(*(Tab(self.texts(TITLES[name]), id=name) for name in TABS))
        yield Static("", id="team-hint", markup=False)
        yield Static("", id="team-empty", markup=False)
        yield ListTable(self.texts)
        with VerticalScroll(id="team-detail", can_focus=False):
            yield Static("", id="team-text", markup=False)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    def on_mount(self) -> None:
        """The cursor is in the list; the tabs have keys of their own."""
        self.query_one(Tabs).can_focus = False
        self.query_one(ListTable).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys of this list."""
        del parameters
        if action not in PER_TAB or not self.is_mounted:
            return True
        return action in ACTIONS[self.tab] and self.line is not None

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.load()

    @work(exclusive=True, group="team.load")
    async def load(self) -> None:
        """Draw the lists anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a decision and after an undo."""
        lists = await self.desk.team.lists()
        if not self.is_attached:
            return
        self._lists = lists
        for name in TABS:
            count = lists.counts[name]
            title = self.texts(TITLES[name])
            self.query_one(f"#{name}", Tab).label = f"{title} {count}" if count else title
        self._draw()

    @on(Tabs.TabActivated)
    def _turned(self) -> None:
        self._draw()

    def _draw(self) -> None:
        """Draw the list in front."""
        if self._lists is None:
            return
        text = TeamText(self.texts, self.workplace.now())
        found = lines_of(self._lists, self.tab)
        self.set_class(not found, "-empty")
        self.query_one("#team-empty", Static).update(self.texts(EMPTY[self.tab]))
        hint = self.query_one("#team-hint", Static)
        hint.update(self.texts(HINTS[self.tab]))
        hint.display = bool(found)
        table = self.query_one(ListTable)
        table.head((self.texts(title), width) for title, width in columns(self.tab, self.size.width))
        table.fill((line_id(line), text.cells(line)) for line in found)
        if found and not self.query_one(AskBar).asking:
            table.focus()
        total = self._lists.counts[self.tab]
        cut = self.texts("team.cut", shown=len(found), count=total) if len(found) < total else ""
        self.query_one(TopBar).note(cut)
        self._tell_more()

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self._tell_more()

    def _tell_more(self) -> None:
        line = self.line
        detail = TeamText(self.texts, self.workplace.now()).detail(line) if line else ""
        self.query_one("#team-text", Static).update(detail)
        self.query_one("#team-detail").display = bool(line) and str(detail) != ""
        self.refresh_bindings()

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        from screens.candidates.one_candidate import OneCandidate
        from screens.likeness.screen import LikenessScreen

        if isinstance(self.line, LikenessLine):
            self.app.push_screen(LikenessScreen(self.workplace, self.line.id))
        elif self.line is not None:
            self.app.push_screen(OneCandidate(self.workplace, person_of(self.line)))

    def action_proposals(self) -> None:
        """The proposals that wait for an answer, and who is at work."""
        from screens.proposals.screen import ProposalsScreen

        self.app.push_screen(ProposalsScreen(self.workplace))

    def action_turn(self, step: int) -> None:
        """The next list or the one before."""
        self.query_one(Tabs).active = TABS[(TABS.index(self.tab) + step) % len(TABS)]

    def action_tab(self, number: int) -> None:
        """The list with this number."""
        self.query_one(Tabs).active = TABS[number - 1]

    def action_call(self) -> None:
        """Take the candidate in hand oneself."""
        if self.line is not None:
            self.post_message(CallWanted(person_of(self.line)))

    @work(group="team.write")
    async def action_requeue(self) -> None:
        """Back in the queue for anyone."""
        if isinstance(self.line, EscalatedLine):
            name = show_name(self.line.name)
            await self._do(self.desk.team.requeue(self.line.entry_id), "team.requeued", name=name)

    @work(group="team.write")
    async def action_assign(self) -> None:
        """To one caller."""
        line, ask = self.line, self.query_one(AskBar)
        if not isinstance(line, EscalatedLine) or ask.asking:
            return
        users = await self.desk.users.everyone()
        options = [
            Option(letter, user.id.hex, user.name) for letter, user in zip(SPARE_KEYS, users, strict=False)
        ]
        chosen = await ask.choose(self.texts("team.ask.assign", name=show_name(line.name)), options)
        self.query_one(ListTable).focus()
        if chosen is not None:
            to = next(option.label for option in options if option.code == chosen)
            await self._do(
                self.desk.team.assign(line.entry_id, UUID(chosen)),
                "team.assigned",
                name=show_name(line.name),
                to=to,
            )

    @work(group="team.write")
    async def action_answer(self, answer: str) -> None:
        """One person, a household, or two people."""
        if isinstance(self.line, LikenessLine):
            told = {
                "merged": "team.merged",
                "household": "team.answered.household",
                "distinct": "team.answered.distinct",
            }
            await self._do(
                self.desk.team.answer_likeness(self.line.id, answer),
                told[answer],
                name=show_name(self.line.older.name),
            )

    @work(group="team.write")
    async def action_accept_region(self) -> None:
        """The suggested region, with a reason."""
        line = self.line
        if not isinstance(line, RegionLine) or self.query_one(AskBar).asking:
            return
        changed = await ask_region(self, line.candidate_id, show_name(line.name), line.suggestion)
        self.query_one(ListTable).focus()
        if changed:
            await self.reload()

    @work(group="team.write")
    async def action_repair(self) -> None:
        """Change what is wrong."""
        line = self.line
        if not isinstance(line, RepairLine | RegionLine):
            return
        field = FIELD_OF_TASK.get(line.kind) if isinstance(line, RepairLine) else None
        changed = await ask_repair(self, line.candidate_id, field)
        self.query_one(ListTable).focus()
        if changed:
            await self.reload()

    @work(group="team.write")
    async def action_close_repair(self) -> None:
        """It is right as it is."""
        if isinstance(self.line, RepairLine):
            name = show_name(self.line.name)
            await self._do(self.desk.team.close_repair(self.line.id), "team.repair_closed", name=name)

    @work(group="team.write")
    async def action_decide(self, resolution: str) -> None:
        """Leave it as it stands, or have the person called again."""
        line = self.line
        if line is not None and not isinstance(line, LikenessLine | EscalatedLine | LeaseLine):
            told = "team.called_again" if resolution == "call" else "team.seen"
            await self._do(
                self.desk.team.decide_conflict(line_id(line), resolution), told, name=show_name(line.name)
            )

    @work(group="team.write")
    async def action_release(self) -> None:
        """Give a card back that hangs."""
        if isinstance(self.line, LeaseLine):
            line = self.line
            await self._do(
                self.desk.team.release_lease(line.entry_id, line.epoch),
                "team.released",
                name=show_name(line.name),
                caller=line.by,
            )

    async def _do(self, decision: Awaitable[None], told: str, **params: object) -> None:
        """Carry a decision out and say so, or say why not; the list is drawn anew either way."""
        try:
            await decision
        except DeskError as error:
            self.tell_error(error)
        else:
            self.tell(told, "information", **params)
        await self.reload()
