"""What became of your candidates: a list for whoever spoke to them."""

from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import ScreenResume
from textual.widgets import DataTable, Static

from db.reference.lists import label
from db.rules.names import show_name
from db.rules.proposal_steps import steps
from db.rules.times import local, show_day, show_moment
from db.views.news import NewsLine
from screens.base import DeskScreen, Workplace, key
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

UNSEEN = "●"


class NewsScreen(DeskScreen[None]):
    """Newest first; what is new has a mark, and is read from then on."""

    DEFAULT_CSS = """
    NewsScreen {
        #news-empty { padding: 1 2; display: none; }
        &.-empty #news-empty { display: block; }
        &.-empty ListTable, &.-empty #news-detail { display: none; }
        #news-detail { height: 4; padding: 0 1; border-top: solid $primary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "dismiss(None)", "news.close")]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._lines: tuple[NewsLine, ...] = ()

    def compose(self) -> ComposeResult:
        """The list."""
        yield TopBar(self.workplace, "place.news")
        yield Static(self.texts("news.empty"), id="news-empty", markup=False)
        yield ListTable(self.texts)
        yield Static("", id="news-detail", markup=False)
        yield SteadyFooter()

    def on_mount(self) -> None:
        """The cursor is in the list."""
        self.query_one(ListTable).focus()

    def on_resize(self) -> None:
        """The columns take what room there is."""
        self._draw()

    @on(ScreenResume)
    def _resumed(self) -> None:
        if not self._lines:
            self.load()

    @work(exclusive=True, group="news.load")
    async def load(self) -> None:
        """Read the news; what was drawn is read."""
        self._lines = await self.desk.news.lines()
        if not self.is_here:
            return
        unseen = sum(line.unseen for line in self._lines)
        self.set_class(not self._lines, "-empty")
        self.query_one(TopBar).note(self.texts("news.count", count=unseen) if unseen else "")
        self._draw()
        if unseen:
            await self.desk.news.seen(self._lines[0].at)

    def _draw(self) -> None:
        texts = self.texts
        spare = max(0, self.size.width - 80)
        table = self.query_one(ListTable)
        table.head(
            [
                ("", 1),
                (texts("news.column.when"), 10),
                (texts("news.column.name"), 18 + spare // 4),
                (texts("news.column.what"), 25 + spare // 2),
                (texts("news.column.where"), 15 + spare // 4),
            ]
        )
        table.fill((line.event_id, self._cells(line)) for line in self._lines)
        self._tell_more()

    def _cells(self, line: NewsLine) -> list[Text]:
        language = self.texts.language
        style = "bold" if line.unseen else ""
        return [
            Text(UNSEEN if line.unseen else ""),
            Text(show_day(local(line.at).date(), local(self.workplace.now()).date(), language)),
            Text(show_name(line.name), style=style),
            Text(_what(line, language), style=style),
            Text(_where(line)),
        ]

    @property
    def line(self) -> NewsLine | None:
        """What is under the cursor."""
        chosen = self.query_one(ListTable).chosen
        return next((item for item in self._lines if item.event_id == chosen), None)

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self._tell_more()

    def _tell_more(self) -> None:
        """The whole line, which a small screen cuts."""
        line = self.line
        if line is None:
            return
        language = self.texts.language
        when = show_moment(line.at, self.workplace.now(), language)
        said = Content.assemble(
            (f"{show_name(line.name)}: {_what(line, language)}", "bold"), f"\n{_where(line)} · {when}"
        )
        self.query_one("#news-detail", Static).update(said)

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        from screens.candidates.one_candidate import OneCandidate

        if self.line is not None:
            self.app.push_screen(OneCandidate(self.workplace, self.line.candidate_id))


def _what(line: NewsLine, language: str) -> str:
    """The step, and the reason when it has one."""
    what = label("proposal_status", line.status, language)
    step = steps().get(line.status)
    if line.reason and step is not None and step.reasons:
        return f"{what}: {label(step.reasons, line.reason, language)}"
    return what


def _where(line: NewsLine) -> str:
    return ", ".join(part for part in (line.organisation, line.place) if part)
