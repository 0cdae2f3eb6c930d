"""The files that came in, each with its account, and taking one back."""

from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import ScreenResume
from textual.widgets import DataTable, Static

from db.errors import DeskError
from db.reference.lists import label
from db.rules.hygiene import clean
from db.rules.import_columns import REGISTRATIONS
from db.rules.times import show_ago
from db.views.import_account import undo_lines
from db.views.imports import ImportBatchView
from screens.base import DeskScreen, Workplace, key
from screens.widgets.ask_bar import AskBar, Option
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

YES, NO = "yes", "no"


class BatchesScreen(DeskScreen[None]):
    """The list above, the account of the file under the cursor below."""

    DEFAULT_CSS = """
    BatchesScreen {
        #batches-empty { padding: 1 2; display: none; }
        #batches-detail { height: auto; max-height: 45%; border-top: solid $primary; padding: 0 1; }
        &.-empty { #batches-empty { display: block; } #batches-detail, ListTable { display: none; } }
        &.-asking #batches-detail { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("t", "take_back", "imports.take_back"),
        key("escape", "dismiss(None)", "imports.close_list"),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._batches: tuple[ImportBatchView, ...] = ()
        self._said = ""

    def compose(self) -> ComposeResult:
        """The list, and the account."""
        yield TopBar(self.workplace, "place.batches")
        yield Static(self.texts("imports.batches.empty"), id="batches-empty", markup=False)
        yield ListTable(self.texts)
        with VerticalScroll(id="batches-detail", can_focus=False):
            yield Static("", id="batches-text", markup=False)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.query_one(ListTable).focus()
        self.load()

    @work(exclusive=True, group="batches.load")
    async def load(self) -> None:
        """Draw the list anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after one was taken back."""
        self._batches = await self.desk.imports.batches()
        if not self.is_attached:
            return
        texts, table = self.texts, self.query_one(ListTable)
        self.set_class(not self._batches, "-empty")
        heads = (
            ("imports.batches.when", 17),
            ("imports.batches.file", 21),
            ("imports.batches.kind", 13),
            ("imports.batches.read", 6),
            ("imports.batches.state", 13),
        )
        table.head((texts(title), width) for title, width in heads)
        table.fill((batch.id, self._cells(batch)) for batch in self._batches)
        self._tell_more()

    @property
    def _chosen(self) -> ImportBatchView | None:
        chosen = self.query_one(ListTable).chosen
        return next((batch for batch in self._batches if batch.id == chosen), None)

    def _cells(self, batch: ImportBatchView) -> list[Text]:
        texts = self.texts
        kind = "registrations" if batch.kind == REGISTRATIONS else "requests"
        words = {
            "registrations": texts("imports.screen.kind.registrations"),
            "requests": texts("imports.screen.kind.requests"),
        }
        return [
            Text(show_ago(batch.at, self.workplace.now(), texts.language)),
            Text(clean(batch.file_name, 200)),
            Text(words[kind]),
            Text(str(batch.read), justify="right"),
            Text(texts("imports.batches.undone") if batch.undone_at else ""),
        ]

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self._said = ""
        self._tell_more()

    def _tell_more(self) -> None:
        batch = self._chosen
        self.query_one("#batches-text", Static).update(self._account(batch) if batch else "")

    def _account(self, batch: ImportBatchView) -> str:
        texts = self.texts
        names = ("read", "created", "merged", "unchanged", "rejected")
        counts = {name: getattr(batch, name) for name in names}
        source = label("registration_source", batch.source, texts.language) if batch.source else ""
        known = (clean(batch.file_name, 200), source, batch.by, batch.batch)
        head = " · ".join(part for part in known if part)
        said = [head, texts("imports.told.counts", **counts)]
        said.append(texts("imports.screen.repairs", count=batch.repairs))
        if batch.rejects_file:
            said.append(texts("imports.told.rejects", path=clean(batch.rejects_file, 500)))
        if batch.undone_at is not None:
            ago = show_ago(batch.undone_at, self.workplace.now(), texts.language)
            said.append(texts("imports.batches.undone_at", ago=ago))
        return "\n".join([*said, self._said] if self._said else said)

    @work(group="batches.write")
    async def action_take_back(self) -> None:
        """Take the file under the cursor back, what nobody has worked on."""
        batch, ask = self._chosen, self.query_one(AskBar)
        if batch is None or ask.asking:
            return
        texts = self.texts
        yes = "y" if texts.language == "en" else "j"
        options = [
            Option(yes, YES, texts("imports.batches.yes")),
            Option("n", NO, texts("imports.batches.no")),
        ]
        title = texts("imports.batches.ask", file=clean(batch.file_name, 200), count=batch.created)
        agreed = await ask.choose(title, options) == YES
        self.query_one(ListTable).focus()
        if not agreed:
            return
        try:
            undone = await self.desk.imports.undo(batch.id)
        except DeskError as error:
            self.tell_error(error)
        else:
            self._said = "\n".join(undo_lines(undone, texts))
        await self.reload()
