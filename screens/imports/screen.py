"""The screen of a file that comes in: choose it, see what it would do, do it, and take it back."""

import threading
from typing import Literal

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Input, ProgressBar, Select, Static

from db.desk.imports import ImportCancelledError
from db.drafts.imports import DEFAULT_SOURCE
from db.errors import DeskError
from db.reference.lists import Code, code_list
from db.rules.hygiene import clean
from db.rules.import_columns import REGISTRATIONS
from db.views.import_account import account_lines, undo_lines
from db.views.imports import ImportPreview, ImportReport
from screens.base import DeskScreen, Workplace, key, speak
from screens.imports.columns import ChooseColumn, ColumnTable
from screens.imports.path_input import PathInput
from screens.imports.problems import ProblemTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

Step = Literal["choose", "look", "run", "done"]
DRAW_SECONDS = 0.1


class ImportScreen(DeskScreen[None]):
    """Nothing is written until it is said so, and calling it off leaves nothing."""

    DEFAULT_CSS = """
    ImportScreen {
        .import-label { height: 1; padding: 0 1; color: $text-muted; }
        PathInput { padding: 0 1; }
        #import-source { display: none; margin: 0 1; width: 50; max-width: 100%; }
        #import-hint { height: auto; padding: 0 1; color: $text-primary; }
        #import-counts { height: auto; padding: 0 1; display: none; }
        #import-tables { display: none; height: 1fr; layout: vertical; }
        &.-wide #import-tables { layout: horizontal; }
        &.-wide ColumnTable { width: 76; margin-right: 1; }
        #import-progress { display: none; margin: 1; }
        #import-done { display: none; height: 1fr; padding: 0 1; }
        &.-look #import-source.-on { display: block; }
        &.-look #import-counts, &.-look #import-tables { display: block; }
        &.-run #import-progress { display: block; }
        &.-done #import-done { display: block; }
        &.-run PathInput, &.-done PathInput, &.-run .import-label, &.-done .import-label { display: none; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (160, "-wide")]
    AUTO_FOCUS = "#import-path"
    BINDINGS = [
        key("ctrl+s", "start", "imports.start"),
        key("u", "undo", "imports.undo"),
        key("escape", "back", "imports.back"),
        key("ctrl+l", "batches", "imports.batches"),
    ]

    def __init__(self, workplace: Workplace, path: str | None = None) -> None:
        super().__init__(workplace)
        self._path = path or ""
        self._step: Step = "choose"
        self._kind = REGISTRATIONS
        self._chosen: dict[str, str] = {}
        self._preview: ImportPreview | None = None
        self._report: ImportReport | None = None
        self._told = (0, 1)
        self._called_off = threading.Event()

    @property
    def ALONE(self) -> bool:
        """While it runs there is one way out: calling it off."""
        return self._step == "run"

    @property
    def holds_answers(self) -> bool:
        """While a file is looked at or taken in; its account stays in the list of imports."""
        return self._step in ("look", "run")

    @property
    def is_over(self) -> bool:
        """The account was read, or no file was named."""
        return self._step == "done" or (
            self._step == "choose" and not self.query_one("#import-path", Input).value
        )

    def compose(self) -> ComposeResult:
        """From the path at the top to the account at the end."""
        texts = self.texts
        yield TopBar(self.workplace, "place.imports")
        yield Static(texts("imports.screen.path"), classes="import-label", markup=False)
        yield PathInput(texts, self.desk.imports.paths, self._path, line_id="import-path")
        sources = [(Content(code.label(texts.language)), name) for name, code in _sources()]
        yield Select(sources, value=DEFAULT_SOURCE, allow_blank=False, id="import-source", compact=True)
        yield Static(texts("imports.screen.choose"), id="import-hint", markup=False)
        yield Static("", id="import-counts", markup=False)
        with Container(id="import-tables"):
            yield ColumnTable()
            yield ProblemTable()
        yield ProgressBar(id="import-progress", show_eta=False)
        with VerticalScroll(id="import-done"):
            yield Static("", id="import-account", markup=False)
        yield SteadyFooter()

    def on_mount(self) -> None:
        """A file that was named already is looked at once."""
        menu = self.query_one("SelectOverlay")
        menu._bindings.key_to_bindings["escape"] = [key("escape", "dismiss", "imports.close_menu")]
        speak(menu, self.texts)
        self.set_interval(DRAW_SECONDS, self._draw_progress)
        if self._path:
            self.look()

    def on_unmount(self) -> None:
        """Whoever closes the program has called it off."""
        self._called_off.set()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something at this step."""
        if action == "start":
            return self._step == "look"
        if action == "undo":
            return self._step == "done" and self._report is not None
        if action == "batches":
            return self._step != "run"
        return True

    @on(Input.Submitted, "#import-path")
    def _path_given(self, event: Input.Submitted) -> None:
        self._path, self._chosen = event.value, {}
        self.look()

    @on(Select.Changed, "#import-source")
    def _source_chosen(self) -> None:
        if self._step == "look":
            self.look(same_file=True)

    @work(exclusive=True, group="imports.look")
    async def look(self, same_file: bool = False) -> None:
        """Work out what an import would do, and show it."""
        imports = self.desk.imports
        hint = self.query_one("#import-hint", Static)
        hint.update(self.texts("imports.screen.reading"))
        try:
            if not same_file:
                self._kind = await imports.kind_of(self._path)
            preview = await imports.preview(self._path, self._chosen, kind=self._kind, source=self._source)
        except DeskError as error:
            hint.update(self.texts.error(error))
            self._go("choose")
            return
        self._show(preview, focus=not same_file)

    @property
    def _source(self) -> str:
        return str(self.query_one("#import-source", Select).value)

    def _show(self, preview: ImportPreview, *, focus: bool) -> None:
        self._preview = preview
        self.query_one("#import-source").set_class(self._kind == REGISTRATIONS, "-on")
        self.query_one(ColumnTable).fill(preview, self.texts)
        self.query_one(ProblemTable).fill(preview, self.texts)
        self.query_one("#import-counts", Static).update(self._counts(preview))
        if preview.missing:
            fields = ", ".join(self.texts(f"imports.field.{name}") for name in preview.missing)
            hint = self.texts("imports.screen.missing", fields=fields)
        else:
            hint = self.texts("imports.screen.look")
        self.query_one("#import-hint", Static).update(hint)
        self._go("look")
        if focus:
            self.query_one(ColumnTable).focus()

    def _counts(self, preview: ImportPreview) -> str:
        head = self.texts("imports.screen.kind.requests")
        if preview.kind == REGISTRATIONS:
            head = self.texts("imports.screen.kind.registrations")
        names = ("created", "merged", "unchanged", "rejected")
        counts = {name: getattr(preview, name) for name in ("read", *names)}
        parts = [f"{head}: {self.texts('imports.told.counts', **counts)}"]
        repairs = sum(preview.repairs.values())
        parts += [self.texts("imports.screen.repairs", count=repairs)] if repairs else []
        parts += [self.texts("imports.told.questions", count=preview.questions)] if preview.questions else []
        return "\n".join(parts)

    @on(DataTable.RowSelected, "#import-columns")
    def _column_wanted(self) -> None:
        self.choose_column()

    @work(exclusive=True, group="imports.column")
    async def choose_column(self) -> None:
        """Let the person say which column holds the field under the cursor."""
        name = self.query_one(ColumnTable).chosen
        if name is None or self._preview is None:
            return
        heading = await self.app.push_screen_wait(ChooseColumn(self.workplace, name, self._preview))
        if heading is not None:
            self._chosen = {**self._chosen, name: heading}
            self.look(same_file=True)

    def action_start(self) -> None:
        """Take the file in."""
        if self._preview is not None and not self._preview.missing:
            self.run_import()
        else:
            self.app.bell()

    @work(exclusive=True, group="imports.run")
    async def run_import(self) -> None:
        """Take the file in while the bar tells how far it is."""
        self._called_off.clear()
        self._told = (0, 1)
        self.query_one("#import-hint", Static).update(self.texts("imports.screen.running"))
        self._go("run")
        try:
            report = await self.desk.imports.run(
                self._path,
                self._source,
                self._chosen,
                self._note_progress,
                self._called_off.is_set,
                kind=self._kind,
                language=self.workplace.language,
            )
        except DeskError as error:
            self._failed(error)
            return
        self._report = report
        done = self.texts("imports.told.done", file=clean(report.file_name, 200), count=report.read)
        self._end("\n".join([done, *account_lines(report, self.texts)]), self.texts("imports.screen.done"))

    def _failed(self, error: DeskError) -> None:
        if not self.is_here:
            return
        self.tell_error(error) if not isinstance(error, ImportCancelledError) else self.tell(error.key)
        self.query_one("#import-hint", Static).update(self.texts("imports.screen.look"))
        self._go("look")
        self.query_one(ColumnTable).focus()

    def _note_progress(self, done: int, total: int) -> None:
        # Called on the desk's own thread: the screen looks at it when it draws.
        self._told = (done, total)

    def _draw_progress(self) -> None:
        if self._step == "run":
            done, total = self._told
            self.query_one(ProgressBar).update(progress=done, total=total)

    @work(exclusive=True, group="imports.run")
    async def undo_import(self) -> None:
        """Take back what was just taken in."""
        if self._report is None:
            return
        try:
            undone = await self.desk.imports.undo(self._report.batch_id)
        except DeskError as error:
            self.tell_error(error)
            return
        self._report = None
        self._end("\n".join(undo_lines(undone, self.texts)), self.texts("imports.screen.undone"))

    def action_undo(self) -> None:
        """Take the import back."""
        self.undo_import()

    def action_batches(self) -> None:
        """The files that came in before."""
        from screens.imports.batches import BatchesScreen

        self.app.push_screen(BatchesScreen(self.workplace))

    def action_back(self) -> None:
        """One step back: out of the work, to the file, out of the screen."""
        if self._step == "run":
            self._called_off.set()
        elif self._step == "look":
            self.query_one("#import-hint", Static).update(self.texts("imports.screen.choose"))
            self._go("choose")
            self.query_one("#import-path", Input).focus()
        else:
            self.dismiss(None)

    def _end(self, account: str, hint: str) -> None:
        if not self.is_here:
            return
        self.query_one("#import-account", Static).update(account)
        self.query_one("#import-hint", Static).update(hint)
        self._go("done")
        self.query_one("#import-done", VerticalScroll).focus()

    def _go(self, step: Step) -> None:
        self._step = step
        for name in ("choose", "look", "run", "done"):
            self.set_class(name == step, f"-{name}")
        self.refresh_bindings()


def _sources() -> list[tuple[str, Code]]:
    return [(name, code) for name, code in code_list("registration_source").items() if code.active]
