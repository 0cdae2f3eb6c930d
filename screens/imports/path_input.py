"""A line to type a path on; tab completes it as a shell does."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from db.texts import Texts
from db.views.imports import PathChoices
from screens.base import key, speak

MOST_SHOWN = 12

Complete = Callable[[str], Awaitable[PathChoices]]
"""What a path that is being typed may become."""


class PathLine(Input):
    """The line itself; tab belongs to it as long as there is something to complete."""

    BINDINGS: ClassVar[list[BindingType]] = [key("tab", "complete", "imports.complete", show=False)]

    def __init__(self, texts: Texts, complete: Complete, path: str, *, id: str) -> None:
        super().__init__(path, id=id, select_on_focus=False, compact=True)
        self._complete = complete
        speak(self, texts)

    @work(exclusive=True, group="imports.complete")
    async def action_complete(self) -> None:
        """Type as far as the files there agree, and show them when there are several."""
        found = await self._complete(self.value)
        if len(found.choices) < 2 and found.completed == self.value:
            self.screen.focus_next()
            return
        self.value = found.completed
        self.cursor_position = len(self.value)
        self.query_ancestor(PathInput).show(found.choices if len(found.choices) > 1 else ())


class PathInput(Vertical):
    """The line, and under it what it may become."""

    DEFAULT_CSS = """
    PathInput {
        height: auto;
        Input { background: $boost; width: 100%; }
        .path-choices { color: $text-muted; height: auto; max-height: 4; padding: 0 1; display: none; }
        .path-choices.-on { display: block; }
    }
    """

    def __init__(self, texts: Texts, complete: Complete, path: str = "", *, line_id: str) -> None:
        super().__init__()
        self._line = PathLine(texts, complete, path, id=line_id)

    def compose(self) -> ComposeResult:
        """The line and the choices."""
        yield self._line
        yield Static("", classes="path-choices", markup=False)

    def on_input_changed(self) -> None:
        """What was shown belongs to what stood there before."""
        self.show(())

    def show(self, choices: tuple[str, ...]) -> None:
        """Show what the path may become, by its last part."""
        shown = [
            choice.rstrip("/\\").replace("\\", "/").rsplit("/", 1)[-1] for choice in choices[:MOST_SHOWN]
        ]
        more = " …" if len(choices) > MOST_SHOWN else ""
        box = self.query_one(".path-choices", Static)
        box.update(Content("   ".join(shown) + more))
        box.set_class(bool(shown), "-on")
