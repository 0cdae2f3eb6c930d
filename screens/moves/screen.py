"""Moving calls: choose them by filter or by mark, see what would happen, and one key does it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import ClassVar
from uuid import UUID

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Static

from db.drafts.moves import Move, Which
from db.errors import DeskError
from db.reference.lists import code_list, label
from db.rules.groups import PRIORITIES
from db.views.moves import MoveLine, MoveList
from screens.base import DeskScreen, Workplace, key
from screens.moves.asking import choose_caller, choose_named
from screens.moves.filters import BINDINGS as FILTER_BINDINGS
from screens.moves.filters import MoveFilters
from screens.moves.wording import WIDE, asked, cells, columns, same, told
from screens.widgets.ask_bar import AskBar, Option
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

YES, WITH_HELD = "yes", "with_held"
TOLD_SECONDS = 8


class MovesScreen(DeskScreen[None]):
    """The open calls; opened for one caller, they are that caller's.

    A move takes what is marked, else what is under the cursor. "All" marks whatever the filter leaves, also
    what does not fit on the list.
    """

    DEFAULT_CSS = """
    MovesScreen {
        #moves-said { padding: 0 1; height: 1; text-style: bold; }
        #moves-empty { padding: 1 2; display: none; }
        &.-empty { #moves-empty { display: block; } ListTable { display: none; } }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "mark", "moves.mark"),
        key("a", "all", "moves.all"),
        key("t", "move('caller')", "moves.to_caller"),
        key("w", "move('common')", "moves.to_common"),
        key("g", "move('region')", "moves.to_region"),
        key("f", "move('priority')", "moves.to_priority"),
        key("z", "move('pause')", "moves.pause"),
        key("v", "move('release')", "moves.release"),
        *FILTER_BINDINGS,
        key("escape", "back", "moves.close"),
    ]

    def __init__(self, workplace: Workplace, caller_id: UUID | None = None) -> None:
        super().__init__(workplace)
        self._caller_id = caller_id
        self._found = MoveList()
        self._marked: dict[UUID, None] = {}
        self._all = False
        self._moved = False
        """Whether something was moved since the filters were set: then an empty list is as it should be."""

    def compose(self) -> ComposeResult:
        """The filters, how many there are, the calls."""
        yield TopBar(self.workplace, "place.moves")
        yield MoveFilters(self.workplace, self._caller_id)
        yield Static("", id="moves-said", markup=False)
        yield Static("", id="moves-empty", markup=False)
        yield ListTable(self.texts)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    def on_mount(self) -> None:
        """Look at once."""
        self.query_one(ListTable).focus()
        self.look()

    def on_resize(self) -> None:
        """Other columns fit."""
        self._draw()

    @work(exclusive=True, group="moves.load")
    async def look(self) -> None:
        """Find the calls of the filters."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a move and after an undo."""
        filters = self.query_one(MoveFilters)
        choices = await self.desk.moves.choices()
        found = await self.desk.moves.calls(filters.wanted)
        if not self.is_here:
            return
        filters.choices, self._found = choices, found
        self._draw()

    def _draw(self) -> None:
        table = self.query_one(ListTable)
        without = same(self.query_one(MoveFilters).wanted)
        heads = columns(self.size.width, without)
        table.head((self.texts(title), width) for title, width in heads)
        table.fill((line.entry_id, self._cells(line, without)) for line in self._found.lines)
        empty = self.texts("moves.empty_after" if self._moved else "moves.empty")
        self.query_one("#moves-empty", Static).update(empty)
        self.set_class(not self._found.count, "-empty")
        if self._found.count and self.focused is None:  # a list that was hidden while it was empty lost it
            table.focus()
        self.query_one(MoveFilters).draw()
        self._say()

    def _cells(self, line: MoveLine, without: Collection[str]) -> list[Text]:
        marked, wide = self._is_marked(line.entry_id), self.size.width >= WIDE
        now = self.workplace.now()
        return cells(line, self.texts, now, marked=marked, wide=wide, without=without)

    def _is_marked(self, entry_id: UUID) -> bool:
        return self._all or entry_id in self._marked

    def _say(self) -> None:
        """How many there are, and how many are marked."""
        count, shown = self._found.count, len(self._found.lines)
        marked = count if self._all else len(self._marked)
        parts = [self.texts("moves.count", count=count)]
        if shown < count:
            parts.append(self.texts("moves.cut", count=shown))
        if marked:
            parts.append(self.texts("moves.marked", count=marked))
        self.query_one("#moves-said", Static).update(" · ".join(parts))

    def _which(self) -> Which:
        if self._all:
            return self.query_one(MoveFilters).wanted
        chosen = self.query_one(ListTable).chosen
        return list(self._marked) or ([chosen] if chosen else [])

    def action_mark(self) -> None:
        """Mark or unmark the call under the cursor, and go down one."""
        table = self.query_one(ListTable)
        chosen = table.chosen
        if chosen is None:
            return
        if self._all:
            self._all, self._marked = False, dict.fromkeys(line.entry_id for line in self._found.lines)
        if chosen in self._marked:
            del self._marked[chosen]
        else:
            self._marked[chosen] = None
        self._draw()
        table.action_cursor_down()

    def action_all(self) -> None:
        """Mark whatever the filter leaves, or nothing."""
        self._all, self._marked = not self._all and self._found.count > 0, {}
        self._draw()

    def action_clear(self) -> None:
        """No filter, no marks."""
        self.query_one(MoveFilters).clear()
        self._moved = False
        self._unmark()
        self.look()

    def action_back(self) -> None:
        """Unmark first, then leave."""
        if self._all or self._marked:
            self._unmark()
            self._draw()
        else:
            self.dismiss(None)

    def _unmark(self) -> None:
        self._all, self._marked = False, {}

    @work(group="moves.ask")
    async def action_filter(self, what: str) -> None:
        """Choose a filter."""
        ask = self.query_one(AskBar)
        if ask.asking:
            return
        changed = await self.query_one(MoveFilters).choose(what, ask)
        self.query_one(ListTable).focus()
        if changed:
            self._moved = False
            self._unmark()
            self.look()

    @work(group="moves.ask")
    async def action_move(self, what: str) -> None:
        """Ask where to, show what would happen, and do it on one key."""
        which = self._which()
        if self.query_one(AskBar).asking or which == []:
            return
        found = await self._where_to(what)
        if found is not None:
            move, to = found
            try:
                await self._look_and_move(which, move, to)
            except DeskError as error:
                self.tell_error(error)
        self.query_one(ListTable).focus()

    async def _look_and_move(self, which: Which, move: Move, to: str) -> None:
        """Preview until somebody says yes or no: with those in hand, or without."""
        ask = self.query_one(AskBar)
        while True:
            preview = await self.desk.moves.preview(which, move)
            options = (
                [Option("1", YES, self.texts("moves.yes", count=preview.count))] if preview.count else []
            )
            held = preview.left.get("in_hand", 0)
            if held:
                options.append(Option("2", WITH_HELD, self.texts("moves.with_held", count=held)))
            words = asked(preview, move.what, to, self.texts)
            if not options:  # there is nothing to answer: the next key is for the list again
                self.notify(words, severity="warning", timeout=TOLD_SECONDS, markup=False)
                return
            answer = await ask.choose(words, options)
            if answer == WITH_HELD:
                move = replace(move, take_held=True)
                continue
            if answer != YES:
                return
            break
        done = await self.desk.moves.move(preview, move)
        self._moved = True
        self._unmark()
        self.notify(told(done, move.what, to, self.texts), timeout=TOLD_SECONDS, markup=False)
        await self.reload()

    async def _where_to(self, what: str) -> tuple[Move, str] | None:
        """The move and what its destination is called; None when nobody chose one."""
        if what == "caller":
            return await self._to_caller()
        offered = self._destinations(what)
        if offered is None:
            return Move(what), ""
        title, named = offered
        chosen = await choose_named(self.query_one(AskBar), title, named, self.texts("moves.ask.more"))
        if chosen is None:
            return None
        if what == "region":
            return Move(what, region_code=chosen), label("region", chosen, self.texts.language)
        return Move(what, priority_group=int(chosen)), chosen

    async def _to_caller(self) -> tuple[Move, str] | None:
        filters = self.query_one(MoveFilters)
        others = [one for one in filters.choices.callers if one.id != filters.wanted.caller_id]
        title = self.texts("moves.ask.caller")
        to = await choose_caller(self.query_one(AskBar), self.workplace, title, others)
        return None if to is None else (Move("caller", user_id=to.id), to.name)

    def _destinations(self, what: str) -> tuple[str, Sequence[tuple[str, str]]] | None:
        if what == "region":
            regions = code_list("region").values()
            return self.texts("moves.ask.region"), [
                (code.code, code.label(self.texts.language)) for code in regions
            ]
        if what == "priority":
            return self.texts("moves.ask.priority"), [
                (str(number), self.texts("moves.group", number=number)) for number in PRIORITIES
            ]
        return None

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        from screens.candidates.one_candidate import OneCandidate

        chosen = self.query_one(ListTable).chosen
        line = next((line for line in self._found.lines if line.entry_id == chosen), None)
        if line is not None:
            self.app.push_screen(OneCandidate(self.workplace, line.candidate_id))
