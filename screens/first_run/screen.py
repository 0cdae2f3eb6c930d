"""The screen of the first run: a name, and one key for what to begin with."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input, Label, Static

from db.files.paths import DATABASES, READABLE, complete_path
from db.rules.hygiene import clean
from db.texts import Texts
from db.views.imports import PathChoices
from screens.base import key, speak
from screens.imports.path_input import PathInput

Action = Literal["enter", "import", "practise", "open", "empty"]
NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class FirstRunChoice:
    """What the person wants: under this name, do this, with the file or database at `path`."""

    name: str
    action: Action
    path: str = ""


class NameInput(Input):
    """A name, which leaves the digits to the choices below it.

    A digit passes through here, behind the letters that were typed before it, so that none is overtaken. Only
    behind a space one belongs to the name, until enter said that it is all.
    """

    def __init__(self, known: str) -> None:
        super().__init__(known, id="first-name", max_length=NAME_LENGTH, compact=True)
        self._whole = known
        """The name that was known before, or at which enter was pressed."""

    def on_key(self, event: events.Key) -> None:
        """Keep a digit that chooses from being typed; what stands here at enter is the name."""
        if event.key == "enter":
            self._whole = self.value
        elif self._chooses(event.character):
            event.prevent_default()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether this key is text here; a digit that chooses is not."""
        return not self._chooses(character) and super().check_consume_key(key, character)

    def _chooses(self, character: str | None) -> bool:
        before = self.value[: self.cursor_position].rstrip("0123456789")
        within = before != before.rstrip() and self.value != self._whole
        return (character or "").isdigit() and not within


class FirstRunScreen(Screen[FirstRunChoice | None]):
    """Asks the name; when there is no database yet, also what to begin with."""

    CSS_PATH = "first_run.tcss"
    AUTO_FOCUS = "#first-name"
    BINDINGS = [
        key("1", "begin('import')", "first_run.import"),
        key("2", "begin('practise')", "first_run.practise"),
        key("3", "begin('open')", "first_run.open"),
        key("4", "begin('empty')", "first_run.empty"),
        key("escape", "back", "first_run.back"),
        key("escape", "leave", "first_run.leave"),
    ]

    def __init__(self, texts: Texts, *, database: str, name: str = "", name_only: bool = False) -> None:
        super().__init__()
        self._texts = texts
        self._database = database
        self._known_name = name
        self._name_only = name_only
        self._asking: Action | None = None
        """Whether a path is being typed, and what for."""
        self._path_is_for: Action | None = None
        """What the path was typed for that stands there."""
        speak(self, texts)

    def compose(self) -> ComposeResult:
        """From top to bottom as one reads it."""
        texts = self._texts
        with VerticalScroll(id="first-page", can_focus=False):
            yield Label(texts("first_run.title"), id="first-title", markup=False)
            yield Label(texts("first_run.welcome"), classes="first-text", markup=False)
            yield Label(texts("first_run.name"), classes="first-label", markup=False)
            yield NameInput(self._known_name)
            yield Label("", id="first-name-wrong", classes="first-wrong", markup=False)
            if self._name_only:
                yield Label(texts("first_run.name_only"), classes="first-text", markup=False)
            else:
                yield from self._choices()
        yield Footer(show_command_palette=False)

    def _choices(self) -> ComposeResult:
        texts = self._texts
        yield Label(texts("first_run.begin"), classes="first-label", markup=False)
        for number, words in enumerate(
            (
                texts("first_run.choice.import"),
                texts("first_run.choice.practise"),
                texts("first_run.choice.open"),
                texts("first_run.choice.empty"),
            ),
            1,
        ):
            choice = Content.assemble((f" {number} ", "bold reverse"), f"  {words}")
            yield Static(choice, classes="first-choice")
        with Vertical(id="first-path-box"):
            yield Label("", id="first-path-label", classes="first-label", markup=False)
            yield PathInput(texts, self._complete, line_id="first-path")
            yield Label("", id="first-path-wrong", classes="first-wrong", markup=False)
        yield Label(
            texts("first_run.place", path=self._database), classes="first-text first-place", markup=False
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The digits choose only where no path is being typed: paths have digits too."""
        del parameters
        if action == "begin":
            at_path = self.focused is not None and self.focused.id == "first-path"
            return not (self._name_only or at_path)
        return {"back": self._asking is not None, "leave": self._asking is None}.get(action, True)

    def action_begin(self, action: Action) -> None:
        """Begin with this, or ask first which file or database."""
        if not self._checked_name():
            return
        if action in ("practise", "empty"):
            self._leave(action)
            return
        self._asking = action
        self._scold("name", "")
        self._scold("path", "")
        texts = self._texts
        label = texts("first_run.path.import") if action == "import" else texts("first_run.path.open")
        self.query_one("#first-path-label", Label).update(label)
        self.query_one("#first-path-box").add_class("-asked")
        line = self.query_one("#first-path", Input)
        if self._path_is_for != action:
            line.value, self._path_is_for = "", action
        line.focus()
        self.refresh_bindings()

    def action_leave(self) -> None:
        """Away, and nothing was done."""
        self.dismiss(None)

    def action_back(self) -> None:
        """Back to the choices."""
        self._asking = None
        self.query_one("#first-path-box").remove_class("-asked")
        self._scold("path", "")
        self.query_one("#first-name").focus()
        self.refresh_bindings()

    @on(Input.Submitted, "#first-name")
    def _name_given(self) -> None:
        if not self._checked_name():
            return
        if self._name_only:
            self._leave("enter")
        else:
            self._scold("name", self._texts("first_run.choose"))

    @on(Input.Changed, "#first-name")
    def _name_changed(self) -> None:
        self._scold("name", "")

    @on(Input.Submitted, "#first-path")
    def _path_given(self) -> None:
        if self._asking is None or not self._checked_name():
            return
        given = self.query_one("#first-path", Input).value.strip().strip("\"'")
        if self._asking == "open" and "://" in given:
            self._leave("open", given)
        elif given and Path(given).expanduser().is_file():
            self._leave(self._asking, str(Path(given).expanduser().absolute()))
        else:
            self._scold("path", self._texts("first_run.no_file"))

    def _scold(self, field: str, words: str) -> None:
        label = self.query_one(f"#first-{field}-wrong", Label)
        label.update(words)
        label.display = bool(words)

    def _checked_name(self) -> str:
        """The name as it will be kept; says so under the field when there is none."""
        box = self.query_one("#first-name", Input)
        name = clean(box.value, NAME_LENGTH)
        if not name:
            self._scold("name", self._texts("first_run.name_missing"))
            box.focus()
        return name

    def _leave(self, action: Action, path: str = "") -> None:
        self.dismiss(FirstRunChoice(self._checked_name(), action, path))

    async def _complete(self, typed: str) -> PathChoices:
        suffixes = DATABASES if self._asking == "open" else READABLE
        return await asyncio.to_thread(complete_path, typed, suffixes)
