"""The app: it wires the desk to the screens, and holds what works everywhere."""

import gc
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from textual import events, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.screen import Screen

from db.errors import DeskError
from db.rules.names import show_name
from ehvdz_tui.loud_app import LoudApp
from screens.base import DeskScreen, Workplace, key, speak, spoken_key
from screens.queue.screen import QueueScreen
from screens.widgets.ask_bar import AskBar

if TYPE_CHECKING:
    from db.texts import Texts
    from db.views.history import UndoneView
    from screens.candidates.acting import CallWanted
    from screens.help import Section

SMALLEST = (80, 24)
BELL_SECONDS = 20
STARTED_SECONDS = 3
ALONE_WITHOUT = ("find", "undo", "redo")
CALLS = ("queue.outcome", "queue.skip", "queue.hand_over", "interview.complete")


def resume_collecting() -> None:
    """Collect garbage again, leaving alone what was made at the start and stays for ever."""
    gc.freeze()
    gc.enable()


def holds_answers(screen: Screen[Any]) -> bool:
    """Whether something stands on a screen that is lost when it is not closed by its own key."""
    if isinstance(screen, DeskScreen) and screen.holds_answers:
        return True
    return any(bar.asking for bar in screen.query(AskBar))


def people_and_requests() -> type[Provider]:
    """What the palette finds besides actions; loaded when it is first opened."""
    from screens.palette import PeopleAndRequests

    return PeopleAndRequests


def undone_words(undone: "UndoneView", texts: "Texts") -> str:
    """What was taken back: the kind of move where the action has kinds; of a call the card says whose."""
    action = f"history.action.{undone.action}"
    names = (f"{action}.{undone.summary.get('what', '')}", action)
    words = texts(next((name for name in names if texts.has(name)), "history.action.other"))
    if undone.who is None or undone.action in CALLS:
        return words
    return texts("undo.of", what=words, name=show_name(undone.who))


class EhvdzApp(LoudApp[None]):
    """The program in a terminal."""

    TITLE = "ehvdz"
    COMMANDS = LoudApp.COMMANDS | {people_and_requests}
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f2", "place('queue')", "app.queue", show=False),
        key("f3", "place('candidates')", "app.candidates", show=False),
        key("f4", "place('requests')", "app.requests", show=False),
        key("f5", "place('team')", "app.team", show=False),
        key("f6", "import_file", "app.import", show=False),
        key("f7", "place('reports')", "app.reports", show=False),
        key("slash", "find", "app.find"),
        key("u", "undo", "app.undo"),
        key("ctrl+r", "redo", "app.redo", show=False),
        key("question_mark,f1", "help", "app.help"),
        key("ctrl+q", "quit", "app.quit", show=False, priority=True),
    ]

    def __init__(
        self, workplace: Workplace, start_place: str = "queue", import_file: str | None = None
    ) -> None:
        # The first place is the first screen: an empty one before it would be laid out and drawn as well.
        self.DEFAULT_MODE = start_place  # type: ignore[misc]
        super().__init__()
        self.workplace = workplace
        self._import_file = import_file
        self._rung: datetime | None = None
        self._told_small = False
        self.queue_screen = QueueScreen(workplace)
        speak(self, workplace.texts)
        places: dict[str, Callable[[], Screen[Any]]] = {
            "queue": lambda: self.queue_screen,
            "candidates": self._candidates,
            "requests": self._requests,
            "team": self._team,
            "reports": self._reports,
        }
        for name, place in places.items():
            self.add_mode(name, place)

    def on_mount(self) -> None:
        """Listen for call-backs; the place of one's role stands already."""
        self.set_interval(BELL_SECONDS, self._ring)
        self.set_timer(STARTED_SECONDS, resume_collecting)
        if self._import_file:
            self.call_after_refresh(self._open_import, self._import_file)

    def _candidates(self) -> Screen[Any]:
        from screens.candidates.screen import CandidatesScreen

        return CandidatesScreen(self.workplace)

    def _requests(self) -> Screen[Any]:
        from screens.requests.screen import RequestsScreen

        return RequestsScreen(self.workplace, in_hand=self._in_hand)

    def _in_hand(self) -> UUID | None:
        front = self.queue_screen.hand.front
        return front.candidate_id if front is not None else None

    def _team(self) -> Screen[Any]:
        from screens.floor.screen import FloorScreen

        return FloorScreen(self.workplace)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Not offered where it would act unseen, or where the key would only be typed."""
        if action in ALONE_WITHOUT and getattr(self.screen, "ALONE", False):
            return False
        focused = self.focused
        if action == "find" and focused is not None and focused.check_consume_key("slash", "/"):
            return False
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """A screen that is not ready yet has the key wait."""
        takes = getattr(self.screen, "takes", None)
        if takes is not None and takes(event):
            event.stop()
            event.prevent_default()

    def _reports(self) -> Screen[Any]:
        from screens.reports.screen import ReportsScreen

        return ReportsScreen(self.workplace)

    async def action_place(self, name: str) -> None:
        """Go to a place; what stands open in the one that is left stays there, but nothing that is over.

        The key of the place where one is closes what lies over it, but nothing that holds answers.
        """
        if name != self.current_mode:
            while isinstance(self.screen, DeskScreen) and self.screen.is_over:
                self.screen.dismiss(None)
            await self.switch_mode(name)
        else:
            while len(self.screen_stack) > 1:
                if holds_answers(self.screen):
                    self.notify(self.workplace.texts("place.close_first"), markup=False)
                    return
                self.screen.dismiss(None)
        if isinstance(self.screen, DeskScreen) and not holds_answers(self.screen):
            self.screen.arrived()

    def action_import_file(self) -> None:
        """Read a file in."""
        self._open_import(None)

    def _open_import(self, path: str | None) -> None:
        from screens.imports.screen import ImportScreen

        self.push_screen(ImportScreen(self.workplace, path))

    @work(group="find")
    async def action_find(self) -> None:
        """Somebody calls back: find them, and lay their card beside the one in hand."""
        from screens.find import FindPerson

        chosen = await self.push_screen_wait(FindPerson(self.workplace))
        if chosen is not None:
            await self.open_card(chosen)

    async def open_card(self, candidate_id: UUID, *, called_us: bool = True) -> None:
        """Take a candidate in hand, from wherever one is."""
        await self.switch_mode("queue")
        if self.screen is not self.queue_screen:
            self.notify(self.workplace.texts("find.close_first"), severity="warning", markup=False)
            return
        await self.queue_screen.open_candidate(candidate_id, called_us=called_us)

    @work(group="find")
    async def on_call_wanted(self, wanted: "CallWanted") -> None:
        """Somebody was chosen in a list: take them in hand."""
        await self.open_card(wanted.candidate_id, called_us=False)

    @work(group="history")
    async def action_undo(self) -> None:
        """Take the last thing back, whatever it was."""
        await self._step(self.workplace.desk.history.undo, "undo.done")

    @work(group="history")
    async def action_redo(self) -> None:
        """Do again what was taken back."""
        await self._step(self.workplace.desk.history.redo, "redo.done")

    async def _step(self, step: Callable[[], Any], told: str) -> None:
        texts = self.workplace.texts
        try:
            undone: UndoneView = await step()
        except DeskError as error:
            self.notify(texts.error(error), severity="warning", markup=False)
            return
        what = undone_words(undone, texts)
        if undone.left:
            self.notify(texts("history.left", count=undone.left), severity="warning", markup=False)
        if told == "undo.done" and (freed := undone.summary.get("freed", 0)):
            self.notify(texts("history.freed", count=freed), severity="warning", markup=False)
        if undone.action in CALLS:
            await self.switch_mode("queue")
            await self.queue_screen.reload(undone.candidate_id)
            # On the line of the outcomes: a toast would lie over the outcome keys.
            self.queue_screen.tell_last(texts(told, what=what))
            if self.screen is self.queue_screen:
                return
        if self.screen is self.queue_screen:
            self.queue_screen.tell_last(texts(told, what=what))
        else:
            self.notify(texts(told, what=what), markup=False)
        if (reload := getattr(self.screen, "reload", None)) is not None:
            await (self._draw_undone(self.screen, reload) if told == "undo.done" else reload())

    async def _draw_undone(self, screen: Screen[Any], reload: Callable[[], Awaitable[None]]) -> None:
        """Draw a screen anew; what comes back into its list is under the cursor again."""
        from screens.widgets.list_table import ListTable

        listed = {table: set(table.rows) for table in screen.query(ListTable)}
        await reload()
        for table, before in listed.items():
            back = next((row for row in table.rows if row not in before), None)
            if before and back is not None:
                table.move_cursor(row=table.get_row_index(back), animate=False)

    def get_key_display(self, binding: Binding) -> str:
        """A key as it is called in the language of this workplace."""
        return spoken_key(super().get_key_display(binding), self.workplace.texts)

    def action_help(self) -> None:
        """Show the keys of this place."""
        from screens.help import KeyHelp

        self.push_screen(KeyHelp(self.workplace, self._key_sections()))

    def _key_sections(self) -> list["Section"]:
        from screens.help import answer_keys

        texts = self.workplace.texts
        here: dict[str, tuple[str, str]] = {}
        outcomes: dict[str, tuple[str, str]] = {}
        everywhere: dict[str, tuple[str, str]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.id is None:
                continue
            row = (self.get_key_display(binding), binding.tooltip or binding.description)
            if binding.id.startswith("outcome."):
                outcomes[binding.id] = row
            else:
                (everywhere if binding.id.startswith("app.") else here)[binding.id] = row
        sections = [("help.title", here), ("help.outcomes", outcomes), ("help.everywhere", everywhere)]
        said = [(texts(title), list(rows.values())) for title, rows in sections if rows]
        return [*answer_keys(self.focused, texts), *said]

    def action_command_palette(self) -> None:
        """Find every action, candidate and request by its words."""
        from screens.palette import SpokenPalette

        if self.use_command_palette and not isinstance(self.screen, CommandPalette):
            self.push_screen(SpokenPalette(self.workplace.texts))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action of this place, findable by its words."""
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.id and active.enabled:
                told = self._told(binding)
                yield SystemCommand(binding.description, told, self._doer(binding.action, active.node))
        texts = self.workplace.texts
        yield SystemCommand(texts("palette.theme"), texts("palette.theme.tip"), self.action_change_theme)

    def _told(self, binding: Binding) -> str:
        """What the action does, unless its name says so already, and the key that does it at once."""
        pressed = self.workplace.texts("palette.key", pressed=self.get_key_display(binding))
        if binding.tooltip in ("", binding.description):
            return pressed
        return f"{binding.tooltip} · {pressed}"

    def _doer(self, action: str, node: Any) -> Callable[[], Any]:  # noqa: ANN401  # a DOM node or the app
        async def do() -> None:
            await self.run_action(action, node)

        return do

    @work(group="bell", exclusive=True)
    async def _ring(self) -> None:
        """Ring when the moment of a call-back has come, on whatever screen is open."""
        bell = await self.workplace.desk.queue.bell()
        texts = self.workplace.texts
        told = "bell.mine" if bell.mine == 1 else "bell.mine.more"
        words = texts(told, name=bell.name, count=bell.mine)
        self.queue_screen.tell_due(words if bell.mine else "")
        if not bell.mine or bell.oldest is None or bell.oldest == self._rung:
            return
        self._rung = bell.oldest
        self.bell()
        if self.screen is not self.queue_screen:
            way = texts("bell.after" if self._in_hand() else "bell.now")
            self.notify(f"{words} {way}", severity="warning", timeout=15, markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Say so when the window is too small to show all."""
        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        if small and not self._told_small:
            self.notify(self.workplace.texts("top.too_small"), severity="warning", markup=False)
        self._told_small = small

    async def action_quit(self) -> None:
        """Leave; what is in hand goes back to the queue."""
        leases = self.queue_screen.hand.clear()
        if leases:
            await self.workplace.desk.queue.release(*leases)
        self.exit()
