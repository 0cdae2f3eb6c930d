"""The files that came in, each with its account, and taking one back."""

from collections.abc import Iterable, Mapping
from typing import ClassVar
from uuid import UUID

from rich.text import Text
from textual import work
from textual.binding import BindingType

from db.errors import DeskError
from db.reference.lists import label
from db.rules.hygiene import clean
from db.rules.import_columns import REGISTRATIONS
from db.rules.times import show_ago
from db.views.import_account import undo_lines
from db.views.imports import ImportBatchView
from screens.base import Workplace, key
from screens.list_screen import ListScreen
from screens.widgets.ask_bar import AskBar, Option
from screens.widgets.numbers import whole

YES, NO = "yes", "no"


class BatchesScreen(ListScreen[ImportBatchView]):
    """The list above, the account of the file under the cursor below."""

    PLACE = "place.batches"
    OPENS = False
    BINDINGS: ClassVar[list[BindingType]] = [
        key("t", "take_back", "imports.take_back"),
        key("escape", "dismiss(None)", "imports.close_list"),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._batches: tuple[ImportBatchView, ...] = ()
        self._undone: dict[UUID, str] = {}
        """What is said of those that were just taken back."""

    @property
    def is_over(self) -> bool:
        """It is a list to look at."""
        return True

    async def read(self) -> None:
        """Every file that came in."""
        self._batches = await self.desk.imports.batches()

    def lines(self) -> Mapping[UUID, ImportBatchView]:
        """All of them."""
        return {batch.id: batch for batch in self._batches}

    def heads(self) -> Iterable[tuple[str, int]]:
        """When, which file, what was in it, how much, and whether it was taken back."""
        texts = self.texts
        return (
            (texts("imports.batches.when"), 17),
            (texts("imports.batches.file"), 21),
            (texts("imports.batches.kind"), 13),
            (texts("imports.batches.read"), 6),
            (texts("imports.batches.state"), 13),
        )

    def empty(self) -> str:
        """Nothing came in yet."""
        return self.texts("imports.batches.empty")

    def cells(self, batch: ImportBatchView) -> list[Text]:
        """The file in a line."""
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
            Text(whole(batch.read, texts.language), justify="right"),
            Text(texts("imports.batches.undone") if batch.undone_at else ""),
        ]

    def detail(self, batch: ImportBatchView) -> str:
        """The account of the file."""
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
        if batch.id in self._undone:
            said.append(self._undone[batch.id])
        return "\n".join(said)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was taken back already cannot be again."""
        del parameters
        if action != "take_back" or not (self.is_here and self.shown):
            return True
        return self.line is not None and self.line.undone_at is None

    def tell_more(self) -> None:
        """The keys are those of the file under the cursor as well."""
        super().tell_more()
        self.refresh_bindings()

    @work(group="batches.write")
    async def action_take_back(self) -> None:
        """Take the file under the cursor back, what nobody has worked on."""
        batch, ask = self.line, self.query_one(AskBar)
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
        self.table.focus()
        if not agreed:
            return
        try:
            undone = await self.desk.imports.undo(batch.id)
        except DeskError as error:
            self.tell_error(error)
        else:
            self._undone[batch.id] = "\n".join(undo_lines(undone, texts))
        await self.reload()
