"""The board: who does what, what waits and what is held up; it renews itself, and every key leads on."""

from typing import ClassVar
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import ScreenResume, ScreenSuspend
from textual.timer import Timer
from textual.widgets import DataTable, Static

from db.views.floor import Board
from screens.base import DeskScreen, Workplace, key
from screens.floor.steady_table import SteadyTable
from screens.floor.wording import BoardText, heads
from screens.widgets.ask_bar import AskBar
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

BEAT_SECONDS = 3.0
SPARE = ("quality", "rounds", "settings", "exports", "find")
"""The keys that stand under `?` alone where the footer has no room."""


class BoardFooter(SteadyFooter):
    """The keys of the board: on a small screen the daily ones, whole."""

    def compose(self) -> ComposeResult:
        """Mark what may be left out."""
        for widget in super().compose():
            if getattr(widget, "action", "") in SPARE:
                widget.add_class("-spare")
            yield widget


class FloorScreen(DeskScreen[None]):
    """The place of the supervisor."""

    DEFAULT_CSS = """
    FloorScreen {
        #floor-strip { height: auto; padding: 0 1; }
        #floor-body { height: 1fr; }
        #floor-left { width: 1fr; }
        #floor-empty { padding: 1 2; display: none; }
        &.-empty #floor-empty { display: block; }
        &.-empty #floor-callers { display: none; }
        #floor-summary { height: auto; padding: 0 1; border-top: solid $primary; }
        #floor-right { display: none; padding: 0 1; scrollbar-size-vertical: 1; }
        #floor-right Static { height: auto; margin: 0 0 1 0; }
        &.-wide #floor-right { display: block; width: 41; border-left: solid $primary; }
        &.-wide #floor-summary { display: none; }
        &.-narrow FooterKey.-spare { display: none; }
        &.-narrow.-queue #floor-left { display: none; }
        &.-narrow.-queue #floor-right { display: block; width: 1fr; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("l", "lists", "floor.lists"),
        key("m", "moves", "floor.moves"),
        key("g", "charts", "floor.charts"),
        key("k", "map", "floor.map"),
        key("tab", "turn", "floor.turn"),
        key("d", "message", "floor.message"),
        key("q", "quality", "floor.quality"),
        key("o", "rounds", "floor.rounds"),
        key("s", "settings", "floor.settings"),
        key("x", "exports", "floor.exports"),
        key("c", "caller", "floor.caller", show=False),
        key("down,pagedown", "scroll(1)", "floor.down", show=False),
        key("up,pageup", "scroll(-1)", "floor.up", show=False),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._board: Board | None = None
        self._lease_minutes = 20
        self._beating: Timer | None = None

    def compose(self) -> ComposeResult:
        """The strip of counts, the callers, and beside them the queue."""
        yield TopBar(self.workplace, "place.team")
        yield Static("", id="floor-strip", markup=False)
        with Horizontal(id="floor-body"):
            with Vertical(id="floor-left"):
                yield Static(self.texts("floor.empty"), id="floor-empty", markup=False)
                yield SteadyTable(self.texts, id="floor-callers")
                yield Static("", id="floor-summary", markup=False)
            with VerticalScroll(id="floor-right", can_focus=False):
                yield Static("", id="floor-day", markup=False)
                yield Static("", id="floor-regions", markup=False)
                yield Static("", id="floor-held", markup=False)
                yield Static("", id="floor-leases", markup=False)
        yield AskBar(self.workplace)
        yield BoardFooter()

    def on_mount(self) -> None:
        """The cursor is on the callers; the board looks again every few seconds."""
        table = self.query_one(SteadyTable)
        table.head(heads(self.texts))
        table.focus()
        self._beating = self.set_interval(BEAT_SECONDS, self.load)

    @property
    def caller_id(self) -> UUID | None:
        """The caller under the cursor."""
        return self.query_one(SteadyTable).chosen

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The queue has a view of its own only where it does not stand beside the callers."""
        del parameters
        if action == "scroll":
            return self.has_class("-queue") and not self.has_class("-wide")
        return action != "turn" or not self.has_class("-wide")

    @on(ScreenResume)
    def _resumed(self) -> None:
        if self._beating is not None:
            self._beating.resume()
        self.load()

    @on(ScreenSuspend)
    def _suspended(self) -> None:
        """Nobody sees it: nothing is read."""
        if self._beating is not None:
            self._beating.pause()

    @work(exclusive=True, group="floor.load")
    async def load(self) -> None:
        """Look whether anything moved, and renew what did."""
        await self._look()

    async def _look(self) -> None:
        board = await self.desk.floor.board(self._board)
        if board is not None:
            self._board = board
            self._lease_minutes = (await self.desk.users.settings()).lease_minutes
        if self.is_here and self._board is not None:
            self._draw(self._board, renewed=board is not None)

    async def reload(self) -> None:
        """Everything anew: after an undo."""
        self._board = None
        # Not through `load`: the next beat would cancel it, and with it whoever waits for this.
        await self._look()

    def _draw(self, board: Board, *, renewed: bool) -> None:
        """Write what is different; the minutes go on though nobody wrote."""
        text = BoardText(board, self.texts, self.workplace.now(), self._lease_minutes)
        self.query_one(SteadyTable).renew([(line.user_id, text.cells(line)) for line in board.callers])
        self._put("#floor-strip", text.strip(self.size.width - 2))
        if board.leases:
            self._put("#floor-leases", text.leases())
        if not renewed:
            return
        self.set_class(not board.callers, "-empty")
        self.query_one(TopBar).note(text.note())
        self._put("#floor-summary", text.summary(self.size.width - 2))
        self._put("#floor-day", text.day("\n"))
        self._put("#floor-regions", text.regions())
        self._put("#floor-held", text.held())
        self._put("#floor-leases", text.leases())

    def _put(self, part: str, words: object) -> None:
        widget = self.query_one(part, Static)
        if widget.content != words:
            widget.update(words)  # type: ignore[arg-type]

    def action_turn(self) -> None:
        """The callers or the queue, where there is no room for both."""
        self.toggle_class("-queue")
        if not self.has_class("-queue"):
            self.query_one(SteadyTable).focus()

    def action_scroll(self, step: int) -> None:
        """Further down the queue or back up."""
        self.query_one("#floor-right").scroll_relative(y=step * 8, animate=False)

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        self.action_caller()

    def action_caller(self) -> None:
        """The caller under the cursor."""
        from screens.callers.screen import CallerScreen

        if self.caller_id is not None:
            self.app.push_screen(CallerScreen(self.workplace, self.caller_id))

    def action_moves(self) -> None:
        """Move calls, those of the caller under the cursor first."""
        from screens.moves.screen import MovesScreen

        self.app.push_screen(MovesScreen(self.workplace, self.caller_id))

    def action_lists(self) -> None:
        """What waits for a decision."""
        from screens.team.screen import TeamScreen

        self.app.push_screen(TeamScreen(self.workplace))

    def action_settings(self) -> None:
        """The rules of the desk."""
        from screens.desk_settings.screen import SettingsScreen

        self.app.push_screen(SettingsScreen(self.workplace))

    def action_quality(self) -> None:
        """The intakes that somebody looks over."""
        from screens.quality.screen import ReviewsScreen

        self.app.push_screen(ReviewsScreen(self.workplace))

    def action_rounds(self) -> None:
        """Ask again who is available."""
        from screens.rounds.screen import RoundsScreen

        self.app.push_screen(RoundsScreen(self.workplace))

    def action_exports(self) -> None:
        """What went out and must be destroyed."""
        from screens.exports.waiting import WaitingExports

        self.app.push_screen(WaitingExports(self.workplace))

    def action_charts(self) -> None:
        """The floor in charts."""
        from screens.charts.screen import ChartsScreen

        self.app.push_screen(ChartsScreen(self.workplace))

    def action_map(self) -> None:
        """The country."""
        from screens.charts.map_screen import MapScreen

        self.app.push_screen(MapScreen(self.workplace))

    @work(group="floor.ask")
    async def action_message(self) -> None:
        """The message of the day to everybody."""
        from screens.announcements.write import write_announcement

        if not self.query_one(AskBar).asking:
            await write_announcement(self)
            self.query_one(SteadyTable).focus()
