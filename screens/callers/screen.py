"""One caller: what they do and have, whom they are served, and the end of their work here."""

from collections.abc import Awaitable
from typing import ClassVar
from uuid import UUID

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import ScreenResume
from textual.widgets import Static

from db.errors import DeskError
from db.views.callers import CallerView
from screens.base import DeskScreen, Workplace, key
from screens.callers.groups import ask_groups, ask_regions
from screens.callers.wording import CallerText
from screens.widgets.ask_bar import AskBar, Option
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

YES = "yes"


class CallerScreen(DeskScreen[None]):
    """Read it, and change it with one key; every change can be taken back."""

    DEFAULT_CSS = """
    CallerScreen {
        #caller-name { padding: 0 1; height: 1; margin: 1 0 0 0; }
        #caller-text { padding: 1 1; }
        VerticalScroll { scrollbar-size-vertical: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("m", "moves", "callers.moves"),
        key("w", "stop", "callers.stop"),
        key("t", "trainee", "callers.trainee"),
        key("r", "regions", "callers.regions"),
        key("g", "groups", "callers.groups"),
        key("escape", "dismiss(None)", "callers.close"),
    ]

    def __init__(self, workplace: Workplace, user_id: UUID) -> None:
        super().__init__(workplace)
        self._user_id = user_id
        self._caller: CallerView | None = None

    def compose(self) -> ComposeResult:
        """The name, and everything about it."""
        yield TopBar(self.workplace, "place.caller")
        yield Static("", id="caller-name", markup=False)
        with VerticalScroll(id="caller-scroll"):
            yield Static("", id="caller-text", markup=False)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(VerticalScroll).focus()

    async def on_screen_resume(self, event: ScreenResume) -> None:
        """Calls may have been moved meanwhile."""
        del event
        self.look()

    @work(exclusive=True, group="callers.load")
    async def look(self) -> None:
        """Draw the caller anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a change and after an undo."""
        caller = await self.desk.callers.caller(self._user_id)
        if not self.is_here:
            return
        self._caller = caller
        text = CallerText(self.texts, self.workplace.now())
        self.query_one("#caller-name", Static).update(text.title(caller))
        self.query_one("#caller-text", Static).update(text.whole(caller))

    def action_moves(self) -> None:
        """Their open calls, to move."""
        from screens.moves.screen import MovesScreen

        self.app.push_screen(MovesScreen(self.workplace, self._user_id))

    @work(group="callers.write")
    async def action_stop(self) -> None:
        """Stops working here, after a look at what that means; or works here again."""
        caller, ask = self._caller, self.query_one(AskBar)
        if caller is None or ask.asking:
            return
        if not caller.active:
            await self._do(self.desk.callers.start(caller.id), "callers.told.started", name=caller.name)
            return
        title = self.texts("callers.ask.stop", name=caller.name, count=caller.open_count)
        yes = Option("1", YES, self.texts("callers.ask.stop_yes", name=caller.name))
        if await self._asked(title, yes):
            try:
                stopped = await self.desk.callers.stop(caller.id)
            except DeskError as error:
                self.tell_error(error)
            else:
                self.tell("callers.told.stopped", name=stopped.name, count=stopped.released)
            await self.reload()

    async def _asked(self, title: str, yes: Option) -> bool:
        answer = await self.query_one(AskBar).choose(title, [yes])
        self.query_one(VerticalScroll).focus()
        return answer == YES

    @work(group="callers.write")
    async def action_trainee(self) -> None:
        """A trainee, or no longer."""
        caller = self._caller
        if caller is None or self.query_one(AskBar).asking:
            return
        told = "callers.told.trained" if caller.trainee else "callers.told.trainee"
        await self._do(self.desk.callers.set_trainee(caller.id, not caller.trainee), told, name=caller.name)

    @work(group="callers.write")
    async def action_regions(self) -> None:
        """The regions that are served."""
        caller, ask = self._caller, self.query_one(AskBar)
        if caller is None or ask.asking:
            return
        regions = await ask_regions(ask, self.texts, caller.name, caller.regions)
        self.query_one(VerticalScroll).focus()
        if regions is not None:
            await self._do(
                self.desk.callers.set_regions(caller.id, regions), "callers.told.regions", name=caller.name
            )

    @work(group="callers.write")
    async def action_groups(self) -> None:
        """The groups that are served."""
        caller, ask = self._caller, self.query_one(AskBar)
        if caller is None or ask.asking:
            return
        groups = await ask_groups(ask, self.texts, caller.name, caller.groups)
        self.query_one(VerticalScroll).focus()
        if groups is not None:
            await self._do(
                self.desk.callers.set_groups(caller.id, groups), "callers.told.groups", name=caller.name
            )

    async def _do(self, change: Awaitable[None], told: str, **params: object) -> None:
        """Carry a change out; the caller is drawn anew either way."""
        await self.carry_out(change, told, **params)
        await self.reload()
