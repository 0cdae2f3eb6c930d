"""The line at the bottom that asks for a reason, a moment or a note, without leaving the screen."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from db.reference.lists import code_list
from db.rules.calling_hours import CallingHours
from db.rules.moments import Moment, MomentProblem, interpret
from db.rules.times import show_moment
from screens.base import DeskScreen, Workplace
from screens.widgets.packing import packed
from screens.widgets.steady_text import put_in_place

SPARE_KEYS = "1234567890abcdefghijklmnopqrstuvwxyz"
FUNCTION_KEYS = frozenset(f"f{number}" for number in range(1, 13))
GAP = "   "
TABS = ("tab", "shift+tab")
TAKEN = ("escape", *TABS)
"""Keys that mean something while a question stands, whatever they mean to the screen."""
WRONG_MOMENTS = {"moment_passed": "problem.moment_passed", "moment_too_far": "problem.moment_too_far"}
"""What is said of a moment that was understood but cannot be."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer and the key that gives it."""

    key: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A call-back: when, and whether it is this caller's own."""

    at: datetime
    mine: bool


def options_of(list_name: str, language: str) -> list[Option]:
    """The active codes of a list, each with its own key or else the next spare one."""
    codes = [code for code in code_list(list_name).values() if code.active]
    taken = {code.key for code in codes if code.key}
    spare = iter(key for key in SPARE_KEYS if key not in taken)
    return [Option(code.key or next(spare), code.code, code.label(language)) for code in codes]


class AskLine(Input):
    """The line to type on; what leads out of it is for the question, and no key of the screen."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """The ways out, and what can be typed."""
        return key in TAKEN or super().check_consume_key(key, character)


class AskBar(Vertical, can_focus=True):
    """Asks one thing at a time; None is the answer when escape is pressed."""

    DEFAULT_CSS = """
    AskBar {
        height: auto; display: none; background: $panel; padding: 0 1; border-top: tall $accent;
        &.-asking { display: block; }
        #ask-title { text-style: bold; }
        #ask-input { display: none; border: none; height: 1; padding: 0; background: $surface; }
        &.-typing #ask-hint { color: $text-muted; }
        &.-typing #ask-input { display: block; }
    }
    .-asking ToastRack { dock: top; align: right top; margin: 1 0 0 0; }
    """
    SCOPED_CSS = False
    """While a question stands at the bottom, what was told before stands at the top."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._answer: asyncio.Future[Any] | None = None
        self._options: Sequence[Option] = ()
        self._leave = "ask.leave"
        self._reads_moment = False
        self._mine = True
        self._owned = True
        self.hours: CallingHours | None = None
        """When the desk calls; a moment outside it is an appointment all the same, and is marked."""

    def compose(self) -> ComposeResult:
        """A title, a line to type on, and what was understood."""
        yield Static("", id="ask-title", markup=False)
        yield AskLine(id="ask-input", select_on_focus=False)
        yield Static("", id="ask-hint", markup=False)

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self._answer is not None

    @property
    def listening(self) -> bool:
        """Whether a question is open that nobody answered yet."""
        return self._answer is not None and not self._answer.done()

    async def choose(self, title: str, options: Sequence[Option], leave: str = "ask.leave") -> str | None:
        """Ask for one of a few; each is one key. `leave` is the text that says what escape does."""
        self._options, self._leave = options, leave
        answer: str | None = await self._ask(title, self._listed(), typing=False)
        return answer

    def on_resize(self) -> None:
        """Lay the answers out anew; a key is never parted from its word."""
        if self._options:
            put_in_place(self.query_one("#ask-hint", Static), self._listed())

    def _listed(self) -> Content:
        """The answers packed into lines, and the way out at the end."""
        width = self.screen.size.width - 2
        leave = Option("esc", "", self._workplace.texts(self._leave))
        items = (
            Content.assemble((option.key, "bold $text-accent"), f" {option.label}")
            for option in (*self._options, leave)
        )
        return packed(items, width, GAP)

    async def reason(self, title: str, list_name: str) -> str | None:
        """Ask for a code of a list."""
        return await self.choose(title, options_of(list_name, self._workplace.language))

    async def note(
        self, title: str, value: str = "", hint: Content | None = None, *, replaced: bool = False
    ) -> str | None:
        """Ask for a line of text; `hint` is what stands under it, else that enter keeps it.

        The value stands there to be gone on with; with `replaced` the first letter typed takes its place.
        """
        hint = hint or Content(self._workplace.texts("ask.note.hint"))
        answer: str | None = await self._ask(title, hint, value=value, replaced=replaced)
        return answer

    async def word(self, title: str) -> str | None:
        """Ask for a line of text that means nothing when it is empty."""
        texts = self._workplace.texts
        hint = Content(texts("ask.word.hint"))
        while True:
            given = await self.note(title, hint=hint)
            if given is None or given.strip():
                return given
            hint = Content.styled(texts("ask.word.needed"), "$text-warning")

    async def moment(self, title: str, *, owned: bool) -> Promise | None:
        """Ask when; `owned` also asks whose call-back it is: tab changes between mine and anyone's."""
        self._reads_moment, self._mine, self._owned = True, True, owned
        try:
            hint = Content(self._workplace.texts("ask.moment.hint"))
            answer: Promise | None = await self._ask(title, hint)
            return answer
        finally:
            self._reads_moment = False

    async def _ask(
        self, title: str, hint: Content, *, typing: bool = True, value: str = "", replaced: bool = False
    ) -> Any:  # noqa: ANN401  # each question has an answer of its own kind
        self._answer = asyncio.get_running_loop().create_future()
        self.query_one("#ask-title", Static).update(title)
        self.query_one("#ask-hint", Static).update(hint)
        box = self.query_one(Input)
        with self.prevent(Input.Changed):
            box.value = value
        box.selection = Selection(0 if replaced else len(value), len(value))
        self.update_classes({"-asking": True, "-typing": typing})
        self._give_way(asking=True)
        (box if typing else self).focus()
        try:
            return await self._answer
        finally:
            self._answer = None
            self._options = ()
            self.remove_class("-asking", "-typing")
            if self.is_attached:  # a program that ends takes its open question along
                self._give_way(asking=False)

    def _give_way(self, *, asking: bool) -> None:
        """Let the rest of the screen make room for the question, and come back after it."""
        screen = self.screen
        if isinstance(screen, DeskScreen):
            screen.mark(asking, "-asking", screen.GIVES_WAY)
        else:
            screen.set_class(asking, "-asking")
        screen.refresh_bindings()  # others hold now, also where the bar had the focus before it asked

    def _give(self, answer: object) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """While a question stands its keys are no keys of the screen; help and the way out stay."""
        if key in TAKEN:
            return self.asking
        return bool(self._options) and key not in FUNCTION_KEYS and not key.startswith("ctrl+")

    def on_key(self, event: events.Key) -> None:
        """Escape leaves, a listed key answers, tab changes whose call-back it is."""
        if not self.asking:
            return
        if event.key == "escape":
            event.stop()
            self._give(None)
        elif event.key in TABS:
            # It never leads out of the question: what lies behind would take the next keys.
            event.stop()
            event.prevent_default()
            if self._reads_moment and self._owned:
                self._mine = not self._mine
                self._show_moment()
        elif self._options and event.key not in FUNCTION_KEYS:
            event.stop()
            event.prevent_default()
            chosen = next((option for option in self._options if option.key == event.character), None)
            if chosen is not None:
                self._give(chosen.code)

    def on_mount(self) -> None:
        """Show what was understood while it is typed, in the same picture as the letter."""
        self.watch(self.query_one(Input), "value", self._typed, init=False)

    def _typed(self) -> None:
        if self._reads_moment:
            self._show_moment()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed here is for nobody else."""
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the line, or the moment when it was understood."""
        event.stop()
        if not self._reads_moment:
            self._give(event.value)
            return
        found = self._interpret()
        if isinstance(found, Moment):
            self._give(Promise(found.at, self._mine))

    def _interpret(self) -> Moment | MomentProblem:
        box = self.query_one(Input)
        return interpret(box.value, self._workplace.now(), self._workplace.language)

    def _show_moment(self) -> None:
        hint = self.query_one("#ask-hint", Static)
        texts = self._workplace.texts
        if not self.query_one(Input).value.strip():
            put_in_place(hint, texts("ask.moment.hint"))
            return
        found = self._interpret()
        if not isinstance(found, Moment):
            wrong = WRONG_MOMENTS.get(found.code, "ask.moment.unread")
            put_in_place(hint, Content.styled(texts(wrong), "$text-warning"))
            return
        when = show_moment(found.at, self._workplace.now(), texts.language)
        owner = texts("ask.moment.keep")
        if self._owned:
            owner = texts("ask.moment.mine" if self._mine else "ask.moment.anyone")
        if self.hours is not None and not self.hours.is_open(found.at):
            owner = f"{texts('ask.moment.outside_hours')} · {owner}"
        put_in_place(hint, Content.assemble((f"→ {when}", "bold $text-success"), f"   {owner}"))
