"""The means to answer, and the order of keys.

A key that ends an answer must be done with before the next key is looked at: who types fast answers the
next question with it, not this one. Textual hands keys to whatever has the focus when they arrive, so the
parts hold back what comes while the screen is at work.
"""

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message
from textual.widgets import Input, TextArea

from db.texts import Texts
from screens.widgets.choice_pad import ChoicePad
from screens.widgets.day_grid import DayGrid

if TYPE_CHECKING:
    from textual.widget import Widget as _Widget
else:
    _Widget = object


class KeyOrder:
    """Holds keys back while the screen is at work, and gives them to the part that is in use by then."""

    def __init__(self) -> None:
        self.part: OrderedPart | None = None
        self._held: list[events.Key] = []
        self._at_work = False
        self._draining = False

    def hand_over(self) -> None:
        """The screen is at work from here on."""
        self._at_work = True

    def hold(self, event: events.Key) -> bool:
        """Keep a key for later, if it must wait."""
        if self._at_work or self._draining:
            self._held.append(event)
            return True
        return False

    async def release(self) -> None:
        """The screen is done: the keys that waited are pressed now."""
        self._at_work = False
        self._draining = True
        while self._held and not self._at_work and self.part is not None:
            await self.part.take(self._held.pop(0))
        self._draining = False


@dataclass
class Commanded(Message):
    """A key of the screen was pressed: its action is to be run in turn."""

    action: str


class OrderedPart(_Widget):
    """A part that takes its keys in order; mixed into the widgets that are answered with.

    It is no widget itself, so that styles and focus come from the widget that it is mixed into.
    """

    keys: KeyOrder

    async def _on_key(self, event: events.Key) -> None:
        event.prevent_default()
        if self.keys.hold(event):
            event.stop()
        else:
            await self.take(event)

    async def take(self, event: events.Key) -> None:
        """Press a key: one's own, a binding of one's own, or one of the screen."""
        if await self.own(event):
            event.stop()
            return
        active = self.screen.active_bindings.get(event.key)
        if active is not None and active.node is self:
            event.stop()
            await self.run_action(active.binding.action)
        elif active is not None and active.node is self.screen:
            event.stop()
            self.post_message(Commanded(active.binding.action))

    @abstractmethod
    async def own(self, event: events.Key) -> bool:
        """Whether the key means something here, in which case it was done."""

    def post_message(self, message: Message) -> bool:
        """Hand over to the screen with the message that ends an answer."""
        if isinstance(message, ENDS):
            self.keys.hand_over()
        return super().post_message(message)


class Pad(OrderedPart, ChoicePad):
    """Single-key choices."""

    def __init__(self, keys: KeyOrder) -> None:
        super().__init__(id="pad")
        self.keys = keys

    async def own(self, event: events.Key) -> bool:
        """A choice, enter or backspace."""
        return self.press(event)


class Grid(OrderedPart, DayGrid):
    """The week."""

    def __init__(self, keys: KeyOrder, texts: Texts) -> None:
        super().__init__(texts, id="grid")
        self.keys = keys

    async def own(self, event: events.Key) -> bool:
        """A day, a day part or enter."""
        return self.press(event)


class LineInput(OrderedPart, Input, inherit_bindings=False):
    """One line of text; backspace in an empty one takes the last row back.

    It has the keys that edit and not those that scroll: up and down are for the conversation.
    """

    BINDINGS = [*Input.BINDINGS]

    class Confirmed(Message):
        """Enter: go on."""

    class Erased(Message):
        """Backspace without anything to erase."""

    def __init__(self, keys: KeyOrder) -> None:
        super().__init__(id="line", compact=True, select_on_focus=False)
        self.keys = keys

    async def own(self, event: events.Key) -> bool:
        """Enter, text, or backspace with nothing left to erase."""
        if event.key == "enter":
            self.post_message(self.Confirmed())
        elif event.key == "backspace" and not self.value:
            self.post_message(self.Erased())
        elif event.is_printable:
            await Input._on_key(self, event)
        else:
            return False
        return True


class NoteArea(OrderedPart, TextArea, inherit_bindings=False):
    """A note of several lines: enter goes on, ctrl+j breaks the line."""

    BINDINGS = [
        binding
        for binding in TextArea.BINDINGS
        if not isinstance(binding, tuple) and binding.key not in ("pageup", "pagedown")
    ]

    class Confirmed(Message):
        """Enter: go on."""

    @dataclass
    class Left(Message):
        """The cursor was moved past the first or the last line."""

        down: bool

    def __init__(self, keys: KeyOrder) -> None:
        super().__init__(
            id="note", compact=True, soft_wrap=True, tab_behavior="focus", show_line_numbers=False
        )
        self.keys = keys

    async def own(self, event: events.Key) -> bool:
        """Enter, a new line, or text."""
        if event.key == "enter":
            self.post_message(self.Confirmed())
        elif event.key == "ctrl+j":
            self.insert("\n")
        elif event.is_printable:
            await TextArea._on_key(self, event)
        else:
            return False
        return True

    def action_cursor_up(self, select: bool = False) -> None:
        """Go up a line, or to the question before."""
        if self.cursor_at_first_line and not select:
            self.post_message(self.Left(down=False))
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Go down a line, or to the next question."""
        if self.cursor_at_last_line and not select:
            self.post_message(self.Left(down=True))
        else:
            super().action_cursor_down(select)


ENDS = (
    Commanded,
    ChoicePad.Picked,
    ChoicePad.Confirmed,
    ChoicePad.Erased,
    DayGrid.Confirmed,
    DayGrid.Left,
    LineInput.Confirmed,
    LineInput.Erased,
    NoteArea.Confirmed,
    NoteArea.Left,
)
"""After these messages the screen is at work."""
