"""The first rows with something to tell, and why."""

from rich.text import Text
from textual.widgets import DataTable

from db.reference.lists import label
from db.rules.hygiene import clean
from db.texts import Texts
from db.views.import_account import REASON_LISTS
from db.views.imports import ImportPreview, ImportProblem

ROW, OUTCOME = 5, 9
WHO, WHO_ROOMY, ROOMY = 20, 34, 110
"""How wide a name may be, and from which width of the table there is more room for it."""
AROUND = 9
"""What the columns have around them, with the scroll bar."""
LEAST_WHY = 20


class ProblemTable(DataTable[Text]):
    """Row number, who, what becomes of it, and what is wrong with what."""

    DEFAULT_CSS = """
    ProblemTable {
        height: 1fr; min-height: 4; width: 1fr; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0;
    }
    """

    def __init__(self) -> None:
        super().__init__(id="import-problems", cursor_type="row", zebra_stripes=True)
        self._told: tuple[ImportPreview, Texts] | None = None
        self._drawn_for = 0

    def fill(self, preview: ImportPreview, texts: Texts) -> None:
        """Draw them in the order of the file."""
        self._told = preview, texts
        self._draw()

    def on_resize(self) -> None:
        """The reasons take as many lines as they need in another width."""
        if self.size.width != self._drawn_for:
            self._draw()

    def _draw(self) -> None:
        self.clear(columns=True)
        if self._told is None:
            return
        preview, texts = self._told
        self._drawn_for = self.size.width
        width = self.size.width or self.app.size.width
        who = WHO_ROOMY if width >= ROOMY else WHO
        why = max(LEAST_WHY, width - ROW - who - OUTCOME - AROUND)
        for title, room in (("row", ROW), ("who", who), ("outcome", OUTCOME), ("why", why)):
            self.add_column(Text(texts(f"imports.problem.{title}")), width=room)
        for problem in preview.problems:
            self.add_row(*_cells(problem, preview.kind, texts), height=None)


def _cells(problem: ImportProblem, kind: str, texts: Texts) -> tuple[Text, ...]:
    rejected = problem.outcome == "rejected"
    list_name = REASON_LISTS[kind] if rejected else "repair_kind"
    why = [_why(list_name, code, given, texts.language) for code, given in problem.problems]
    why += [texts(f"imports.question.{problem.question}")] if problem.question else []
    outcome = Text(texts(f"imports.short.{problem.outcome}"), style="bold" if rejected else "")
    cells = (Text(str(problem.row_number), justify="right"), Text(clean(problem.who, 60)), outcome)
    for cell in cells:
        cell.no_wrap, cell.overflow = True, "ellipsis"
    return (*cells, Text("; ".join(why)))


def _why(list_name: str, code: str, given: str, language: str) -> str:
    words = label(list_name, code, language)
    return f"{words}: {clean(given, 40)}" if given.strip() else words
