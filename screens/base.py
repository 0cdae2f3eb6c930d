"""What every screen stands on: the workplace, the catalogs and the way to tell somebody something."""

from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Literal, TypeVar

from textual.binding import Binding
from textual.dom import DOMNode
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from db.desk.desk import Desk
from db.drafts.exports import MailServer
from db.errors import DeskError
from db.texts import Texts

Severity = Literal["information", "warning", "error"]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Workplace:
    """The desk one works at and the language it speaks."""

    desk: Desk
    texts: Texts
    practice: bool = False
    """A practice floor: every screen says so."""
    exports: Path = field(default_factory=Path.cwd)
    """The folder for files that go out."""
    mail: MailServer | None = None
    """The server that sends mail, when one is set."""

    @property
    def language(self) -> str:
        """nl or en."""
        return self.texts.language

    def now(self) -> datetime:
        """The moment by the desk's clock, in UTC."""
        return self.desk.clock()


def key(keys: str, action: str, name: str, *, show: bool = True, priority: bool = False) -> Binding:
    """A binding whose words are in the catalogs: `key.<name>` for the footer, `tip.<name>` for the help."""
    return Binding(keys, action, name, show=show, priority=priority, id=name)


def spoken_key(shown: str, texts: Texts) -> str:
    """A key as it is called in the language; what stands on the keyboard as a sign or a letter stays so."""
    *held, last = shown.split("+") if len(shown) > 1 else [shown]
    return "+".join([*held, texts("key_name.space") if last == "space" else last])


def speak(node: DOMNode, texts: Texts) -> None:
    """Give the node's own bindings their words; Textual keeps bindings on the class, languages come later."""
    bindings = node._bindings.key_to_bindings
    for pressed, choices in bindings.items():
        bindings[pressed] = [_spoken(binding, texts) for binding in choices]


def _spoken(binding: Binding, texts: Texts) -> Binding:
    name = binding.id
    if name is None or not texts.has(f"key.{name}"):
        return binding
    return replace(binding, description=texts(f"key.{name}"), tooltip=texts(f"tip.{name}"))


class _Speaking:
    """The words of a screen; mixed into full screens and questions alike."""

    workplace: Workplace

    @property
    def texts(self) -> Texts:
        """The catalogs in the language of this workplace."""
        return self.workplace.texts

    @property
    def desk(self) -> Desk:
        """The use cases."""
        return self.workplace.desk


class DeskScreen(_Speaking, Screen[Result]):
    """A full screen of the desk."""

    GIVES_WAY: ClassVar[str] = "*, ToastRack"
    """Selects what looks different while a question stands at the bottom (the class `-asking`).

    What was told is named apart: everything (`*`) is without what belongs to the system.
    """
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As in every screen, but not all is drawn again when the focus moves: what has it shows it by itself."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.workplace = workplace
        speak(self, workplace.texts)

    @property
    def is_here(self) -> bool:
        """Whether its parts can still be drawn; no longer from the moment on which it is taken away."""
        return self.is_attached and not self._pruning

    @property
    def holds_answers(self) -> bool:
        """Whether something stands here that only closing the screen by its own key keeps."""
        return False

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do here: whoever goes to another place does not find it again."""
        return False

    def arrived(self) -> None:
        """What is done whenever somebody comes here by the key of this place."""

    def fit(self) -> None:
        """Be of the right width and height from the first picture on: else all is styled twice.

        For a `compose` that has many parts to yield.
        """
        width, height = self.app.size
        for length, steps in ((width, self.HORIZONTAL_BREAKPOINTS), (height, self.VERTICAL_BREAKPOINTS)):
            for _least, name in steps or ():
                self.set_class(False, name, update=False)
            reached = max((step for step in steps or () if step[0] <= length), default=None)
            if reached is not None:
                self.set_class(True, reached[1], update=False)

    def mark(self, marked: bool, name: str, seen_by: str) -> None:
        """Set a class of this screen, or take it away, that shows in these parts alone.

        Only they are styled anew, and not what they hold; styling a whole screen takes longer than a key may.
        """
        if marked != self.has_class(name):
            self.set_class(marked, name, update=False)
            self.app.stylesheet.update_nodes(self.query(seen_by))

    def tell(self, text_key: str, severity: Severity = "information", **params: object) -> None:
        """Say something in a corner, never as markup."""
        self.notify(self.texts(text_key, **params), severity=severity, markup=False)

    def tell_error(self, error: DeskError) -> None:
        """Say what the desk could not do, what was kept and what to do."""
        self.notify(self.texts.error(error), severity="error", timeout=10, markup=False)

    async def carry_out(self, act: Awaitable[object], told: str, **params: object) -> bool:
        """Do it and say so, or say why not; whether it was done."""
        try:
            await act
        except DeskError as error:
            self.tell_error(error)
            return False
        self.tell(told, "information", **params)
        return True


class Question(_Speaking, ModalScreen[Result]):
    """A question over the screen; escape leaves it without an answer."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.workplace = workplace
        speak(self, workplace.texts)

    @property
    def is_here(self) -> bool:
        """Whether its parts can still be drawn; no longer from the moment on which it is taken away."""
        return self.is_attached and not self._pruning
