"""Which column is taken for which field, to be changed by hand."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import DataTable, OptionList, Static
from textual.widgets.option_list import Option

from db.rules.hygiene import clean
from db.texts import Texts
from db.views.imports import ImportPreview
from screens.base import Question, Workplace, key

NO_COLUMN = ""
LONGEST_HEADING = 64


class ColumnTable(DataTable[Text]):
    """One row per field: its column, and what stands in it."""

    DEFAULT_CSS = """
    ColumnTable { height: 1fr; min-height: 5; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; }
    """

    def __init__(self) -> None:
        super().__init__(id="import-columns", cursor_type="row", zebra_stripes=True)
        self._fields: tuple[str, ...] = ()

    def fill(self, preview: ImportPreview, texts: Texts) -> None:
        """Draw the fields, the needed ones that have no column in words of warning."""
        at = self.cursor_row
        self.clear(columns=True)
        for title, width in (("field", 16), ("column", 28), ("example", 26)):
            self.add_column(Text(texts(f"imports.column.{title}")), width=width)
        self._fields = preview.fields
        for name in preview.fields:
            self.add_row(*self._cells(name, preview, texts))
        self.move_cursor(row=min(at, len(preview.fields) - 1), animate=False)

    @property
    def chosen(self) -> str | None:
        """The field under the cursor."""
        return self._fields[self.cursor_row] if self.cursor_row < len(self._fields) else None

    def _cells(self, name: str, preview: ImportPreview, texts: Texts) -> tuple[Text, Text, Text]:
        heading = preview.columns.get(name)
        example = next((row[name] for row in preview.sample if row.get(name, "").strip()), "")
        if heading is None:
            needed = name in preview.missing
            words = texts("imports.column.needed") if needed else texts("imports.column.none")
            column = Text(words, style="bold red" if needed else "dim")
        else:
            column = Text(clean(heading, 80))
        cells = (Text(texts(f"imports.field.{name}")), column, Text(clean(example, 60)))
        for cell in cells:
            cell.no_wrap, cell.overflow = True, "ellipsis"
        return cells


def _short(heading: str) -> str:
    """A heading on one line; some forms put the whole question there."""
    text = clean(heading, 200)
    return text if len(text) <= LONGEST_HEADING else f"{text[: LONGEST_HEADING - 1]}…"


class ChooseColumn(Question[str | None]):
    """Answers with the heading of a column, with nothing for no column, or with None when it was left."""

    DEFAULT_CSS = """
    ChooseColumn { align: center middle; }
    ChooseColumn > Vertical {
        width: 80; max-width: 90%; height: auto; max-height: 80%; background: $surface; border: round $accent;
        padding: 0 1;
    }
    ChooseColumn #choose-title { text-style: bold; }
    ChooseColumn OptionList, ChooseColumn OptionList:focus { height: auto; max-height: 16; border: none; }
    """
    BINDINGS = [key("escape", "dismiss(None)", "imports.leave", show=False)]

    def __init__(self, workplace: Workplace, field: str, preview: ImportPreview) -> None:
        super().__init__(workplace)
        self._field, self._preview = field, preview

    def compose(self) -> ComposeResult:
        """The field, and every column of the file."""
        title = self.texts("imports.column.choose", field=self.texts(f"imports.field.{self._field}"))
        with Vertical():
            yield Static(title, id="choose-title", markup=False)
            none = Option(Content(self.texts("imports.column.none")))
            headings = (Option(Content(_short(heading))) for heading in self._preview.headings)
            yield OptionList(none, *headings, id="choose-column")

    def on_mount(self) -> None:
        """The cursor stands on the column of now."""
        columns = self.query_one(OptionList)
        heading = self._preview.columns.get(self._field)
        columns.highlighted = self._preview.headings.index(heading) + 1 if heading else 0
        columns.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """One of them it is."""
        index = event.option_index
        self.dismiss(self._preview.headings[index - 1] if index else NO_COLUMN)
