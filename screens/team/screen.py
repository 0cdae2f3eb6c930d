"""The team: what waits for a supervisor's decision, each list under a tab, each decision one key."""

from collections.abc import Awaitable, Iterable, Mapping
from typing import ClassVar
from uuid import UUID

from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import DataTable, Static

from db.desk.team import LIMIT
from db.errors import DeskError
from db.rules.names import show_name
from db.rules.times import show_moment
from db.views.team import EscalatedLine, LeaseLine, LikenessLine, RegionLine, RepairLine
from screens.base import Workplace, key
from screens.candidates.acting import CallWanted
from screens.candidates.repairing import FIELD_OF_TASK, ask_region, ask_repair
from screens.list_screen import TabbedScreen
from screens.moves.asking import choose_caller
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
from screens.widgets.ask_bar import AskBar, Option
from screens.widgets.numbers import whole
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
MORE = 5
"""How many times as much of a list is read at its end; so the first look is quick at any size."""
YES = "yes"
PER_TAB = set().union(*ACTIONS.values())


class TeamScreen(TabbedScreen[Line]):
    """Six lists, their counts in the tabs."""

    DEFAULT_CSS = """
    TeamScreen {
        #team-hint { padding: 0 1; color: $text-muted; height: auto; }
    }
    """
    PLACE = "place.lists"
    TABS = TABS
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
        self._most = LIMIT

    async def read(self) -> None:
        """All the lists, as far as was walked."""
        self._lists = await self.desk.team.lists(self._most)

    def lines(self) -> Mapping[UUID, Line]:
        """The list in front."""
        return {line_id(line): line for line in lines_of(self._lists, self.tab)}

    def first_title(self, name: str) -> str:
        """What it is called."""
        return self.texts(TITLES[name])

    def tab_title(self, name: str) -> str:
        """With how many there are, if any."""
        count = self._lists.counts[name]
        return (
            f"{self.first_title(name)} {whole(count, self.texts.language)}"
            if count
            else self.first_title(name)
        )

    def heads(self) -> Iterable[tuple[str, int]]:
        """Those of the list in front."""
        return ((self.texts(title), width) for title, width in columns(self.tab, self.size.width))

    def cells(self, line: Line) -> Iterable[Text]:
        """One decision in a line."""
        return TeamText(self.texts, self.workplace.now()).cells(line)

    def empty(self) -> str:
        """What it means that there is nothing."""
        return self.texts(EMPTY[self.tab])

    def detail(self, line: Line) -> Group | Table | Text:
        """What one must know to decide."""
        return TeamText(self.texts, self.workplace.now()).detail(line)

    def above(self) -> Iterable[Widget]:
        """The tabs, and what the keys of this one do."""
        return (*super().above(), Static("", id="team-hint", markup=False))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys of this list."""
        del parameters
        if action not in PER_TAB or not self.is_mounted:
            return True
        return action in ACTIONS[self.tab] and self.line is not None

    def draw_around(self) -> None:
        """What the keys of the list in front do, and how much of it is shown."""
        shown = len(self.shown)
        hint = self.query_one("#team-hint", Static)
        hint.update(self.texts(HINTS[self.tab]))
        hint.display = bool(shown)
        total = self._lists.counts[self.tab]
        cut = self.texts("team.cut", shown=shown, count=total) if shown < total else ""
        self.query_one(TopBar).note(cut)

    @on(DataTable.RowHighlighted)
    def _at_the_end(self) -> None:
        if self.table.cursor_row == self._most - 1 < self._lists.counts[self.tab] - 1:
            self._most *= MORE
            self.load()

    def tell_more(self) -> None:
        """More of it where there is more, and its keys."""
        super().tell_more()
        line = self.line
        self.query_one("#list-detail").display = line is not None and str(self.detail(line)) != ""
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
        people = (await self.desk.moves.choices()).callers
        title = self.texts("team.ask.assign", name=show_name(line.name))
        to = await choose_caller(ask, self.workplace, title, people)
        self.table.focus()
        if to is not None:
            assign = self.desk.team.assign(line.entry_id, to.id)
            await self._do(assign, "team.assigned", name=show_name(line.name), to=to.name)

    @work(group="team.write")
    async def action_answer(self, answer: str) -> None:
        """One person, a household, or two people."""
        from screens.likeness.wording import TOLD

        if not isinstance(self.line, LikenessLine):
            return
        try:
            name = await self.desk.team.answer_likeness(self.line.id, answer)
        except DeskError as error:
            self.tell_error(error)
        else:
            self.tell(TOLD[answer], name=name)
        await self.reload()

    @work(group="team.write")
    async def action_accept_region(self) -> None:
        """The suggested region, with a reason."""
        line = self.line
        if not isinstance(line, RegionLine) or self.asking:
            return
        changed = await ask_region(self, line.candidate_id, show_name(line.name), line.suggestion)
        self.table.focus()
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
        self.table.focus()
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
        """Give a card back that hangs; one that is in use only when somebody says so."""
        line = self.line
        if not isinstance(line, LeaseLine) or self.asking or not await self._may_go(line):
            return
        release = self.desk.team.release_lease(line.entry_id, line.epoch)
        await self._do(release, "team.released", name=show_name(line.name), caller=line.by)

    async def _may_go(self, line: LeaseLine) -> bool:
        now = self.workplace.now()
        if line.until <= now:
            return True
        until = show_moment(line.until, now, self.texts.language)
        title = self.texts("team.ask.release", name=show_name(line.name), caller=line.by, until=until)
        yes = Option("1", YES, self.texts("team.release_yes"))
        answer = await self.query_one(AskBar).choose(title, [yes])
        self.table.focus()
        return answer == YES

    async def _do(self, decision: Awaitable[None], told: str, **params: object) -> None:
        """Carry a decision out; the list is drawn anew either way."""
        await self.carry_out(decision, told, **params)
        await self.reload()
