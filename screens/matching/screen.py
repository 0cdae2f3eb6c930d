"""Who fits a request: the best first, each with its reckoning, and proposing several in one go."""

from collections.abc import Iterator
from typing import ClassVar
from uuid import UUID

from rich.console import Group
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import ScreenResume
from textual.widgets import DataTable, Static

from db.errors import DeskError
from db.reference.lists import label
from db.rules.availability import show_grid
from db.rules.names import show_name, show_name_last_first
from db.rules.times import local
from db.views.matching import MatchLine, MatchResult
from screens.base import DeskScreen, Workplace, key
from screens.matching_words import (
    FitWords,
    counted_reasons,
    more_than_asked,
    note_words,
    person_words,
    stacked,
)
from screens.queue.card_text import lines
from screens.requests.wording import day
from screens.widgets.ask_bar import AskBar, Option
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

CHOSEN = "✓"
PATIENCE = 0.3
"""Seconds after which somebody who waits is told that it is being looked up."""
YES, NO = "yes", "no"


class WhoFits(DeskScreen[None]):
    """The list above or at the left, the reckoning of whoever is under the cursor below or at the right."""

    DEFAULT_CSS = """
    WhoFits {
        #fit-head { padding: 0 1; height: auto; text-style: bold; }
        #fit-near { padding: 0 1; height: auto; color: $text-warning; display: none; }
        #fit-near.-on { display: block; }
        #fit-body { height: 1fr; layout: vertical; }
        #fit-empty { padding: 1 2; display: none; height: auto; }
        &.-empty #fit-empty { display: block; }
        &.-empty #fit-body { display: none; }
        #fit-reckoning { height: 9; border-top: solid $primary; padding: 0 1; scrollbar-size-vertical: 1; }
        &.-wide #fit-body { layout: horizontal; }
        &.-wide ListTable { width: 80; height: 1fr; }
        &.-wide #fit-reckoning { width: 1fr; height: 1fr; border-top: none; border-left: solid $primary; }
        #fit-text { height: auto; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "choose", "matching.select"),
        key("p", "propose", "matching.propose"),
        key("f", "widen", "matching.widen"),
        key("escape", "dismiss(None)", "matching.close"),
        key("pagedown", "scroll(1)", "matching.scroll_down", show=False),
        key("pageup", "scroll(-1)", "matching.scroll_up", show=False),
    ]

    def __init__(self, workplace: Workplace, request_id: UUID) -> None:
        super().__init__(workplace)
        self._request_id = request_id
        self._result: MatchResult | None = None
        self._lines: dict[UUID, MatchLine] = {}
        self._chosen: dict[UUID, MatchLine] = {}
        self._wide = False

    def compose(self) -> ComposeResult:
        """What is asked, whom it lacks, the list, the reckoning."""
        yield TopBar(self.workplace, "matching.screen")
        yield Static("", id="fit-head", markup=False)
        yield Static("", id="fit-near", markup=False)
        yield Static("", id="fit-empty", markup=False)
        with Horizontal(id="fit-body"):
            yield ListTable(self.texts)
            with VerticalScroll(id="fit-reckoning", can_focus=False):
                yield Static("", id="fit-text", markup=False)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    def on_resize(self) -> None:
        """The reckoning is told in another form beside the list than below it."""
        self.call_after_refresh(self._show_reckoning)

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.query_one(ListTable).focus()
        self.load()

    @work(exclusive=True, group="matching.load")
    async def load(self) -> None:
        """Draw it anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a proposal and after an undo."""
        result = await self.desk.matching.candidates_for(self._request_id, widen=self._wide)
        if not self.is_attached:
            return
        self._result = result
        self._lines = {line.candidate_id: line for line in (*result.lines, *result.near)}
        self._chosen = {key: line for key, line in self._chosen.items() if key in self._lines}
        self.set_class(not self._lines, "-empty")
        empty = "matching.empty.widened" if self._wide else "matching.empty"
        self.query_one("#fit-empty", Static).update(self.texts(empty))
        self._show_head(result)
        self._show_list()
        self._show_reckoning()
        if self._lines and self.focused is None:  # a list that was hidden while nobody fitted lost it
            self.query_one(ListTable).focus()

    def _show_head(self, result: MatchResult) -> None:
        asked, texts = result.request, self.texts
        profile = label("function_profile", asked.profile, texts.language)
        hours = "–".join(dict.fromkeys(str(h) for h in (asked.hours_min, asked.hours_max) if h is not None))
        ends = (day(asked.starts_on, texts.language) or "…", day(asked.ends_on, texts.language) or "…")
        shifts = show_grid(asked.grid, texts.language) or texts("matching.no_shifts")
        first = texts("matching.who", organisation=result.organisation, profile=profile)
        second = texts("matching.asked", hours=hours or "?", period=" – ".join(ends), shifts=shifts)
        self.query_one("#fit-head", Static).update(Text.assemble((first, "bold"), "\n", (second, "not bold")))
        near = self.query_one("#fit-near", Static)
        near.set_class(result.near_counts is not None, "-on")
        if result.near_counts is not None:
            counts = counted_reasons(result.near_counts, texts)
            near.update(texts("matching.near", counts=counts) if counts else texts("matching.near.none"))
        self._note()

    def _say_searching(self) -> None:
        self.query_one(TopBar).note(self.texts("matching.searching"))

    def _note(self) -> None:
        if self._result is None:
            return
        shown, total = len(self._result.lines), self._result.total
        name = "matching.count" if shown == total else "matching.count.cut"
        said = [self.texts(name, count=total, shown=shown)]
        said += [self.texts("matching.selected", count=len(self._chosen))] if self._chosen else []
        self.query_one(TopBar).note(" · ".join(said))

    def _show_list(self) -> None:
        texts = self.texts
        table = self.query_one(ListTable)
        table.head(
            [
                ("", 1),
                (texts("matching.column.score"), 3),
                (texts("matching.column.marks"), 8),
                (texts("matching.column.name"), 18),
                (texts("matching.column.fit"), 25),
                (texts("matching.column.note"), 12),
            ]
        )
        table.fill((key, list(self._cells(line))) for key, line in self._lines.items())

    def _cells(self, line: MatchLine) -> Iterator[Text]:
        words = self._words(line)
        dim = "" if line.fit.fits else "dim"
        today = local(self.workplace.now()).date()
        note = note_words(line, today, self.texts) if line.fit.fits else words.fails()
        yield Text(CHOSEN if line.candidate_id in self._chosen else "", style="bold")
        yield Text(str(line.fit.score), style=dim, justify="right")
        yield words.marks()
        yield Text(show_name_last_first(line.name), style=dim)
        yield Text(words.cells(), style=dim)
        yield Text(note, style=dim)

    def _words(self, line: MatchLine) -> FitWords:
        if self._result is None:
            raise RuntimeError("nothing was read yet")
        return FitWords(line.fit, self._result.request, self.texts)

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self._show_reckoning()

    def _show_reckoning(self) -> None:
        line = self._under_cursor()
        if line is None:
            self.query_one("#fit-text", Static).update("")
            return
        today = local(self.workplace.now()).date()
        person = (self.texts("matching.part.person"), person_words(line, today, self.texts))
        words = self._words(line)
        about = "".join(f" · {part}" for part in (line.place, words.short()) if part)
        title = Text.assemble((show_name(line.name), "bold"), about)
        parts = [*words.lines(), person]
        body = stacked(parts) if self.has_class("-wide") else lines(parts)
        self.query_one("#fit-text", Static).update(Group(title, body))

    def _under_cursor(self) -> MatchLine | None:
        chosen = self.query_one(ListTable).chosen
        return self._lines.get(chosen) if chosen is not None else None

    def action_choose(self) -> None:
        """Choose whoever is under the cursor, or not, and go on to the next."""
        line, table = self._under_cursor(), self.query_one(ListTable)
        if line is None or self.query_one(AskBar).asking:
            return
        if self._chosen.pop(line.candidate_id, None) is None:
            self._chosen[line.candidate_id] = line
        self._show_list()
        table.move_cursor(row=min(table.cursor_row + 1, table.row_count - 1))
        self._note()

    def action_widen(self) -> None:
        """Show also whoever fails on one thing, beginning with them, or only those who fit."""
        self._wide = not self._wide
        self._widen()

    @work(exclusive=True, group="matching.load")
    async def _widen(self) -> None:
        waiting = self.set_timer(PATIENCE, self._say_searching)
        try:
            await self.reload()
        finally:
            waiting.stop()
        if self._wide and self._result is not None and self._result.near:
            self.query_one(ListTable).move_cursor(row=len(self._result.lines), animate=False)

    @work(group="matching.write")
    async def action_propose(self) -> None:
        """Say what will be done, and do it."""
        here = self._under_cursor()
        wanted = list(self._chosen.values()) or ([here] if here else [])
        if self.query_one(AskBar).asking or self._result is None:
            return
        if not wanted:
            self.tell("matching.nobody_chosen", "warning")
            return
        sharing = [line for line in wanted if line.may_be_shared]
        if not sharing:
            self.tell("matching.none_may", "warning")
            return
        if await self._agrees(sharing, [line for line in wanted if not line.may_be_shared]):
            await self._propose([line.candidate_id for line in sharing])

    async def _agrees(self, sharing: list[MatchLine], refused: list[MatchLine]) -> bool:
        if self._result is None:
            return False
        texts = self.texts
        title = texts("matching.ask.propose", organisation=self._result.organisation, names=_names(sharing))
        title += f"\n{texts('matching.ask.propose.sends')}"
        if refused:
            title += f"\n{texts('matching.ask.propose.refused', names=_names(refused))}"
        view = await self.desk.requests.request(self._request_id)
        if warning := more_than_asked(view, sharing, texts):
            title += f"\n{warning}"
        keys = [Option("p", YES, texts("matching.ask.yes")), Option("n", NO, texts("matching.ask.no"))]
        answer = await self.query_one(AskBar).choose(title, keys)
        self.query_one(ListTable).focus()
        return answer == YES

    async def _propose(self, people: list[UUID]) -> None:
        try:
            made = await self.desk.matching.propose(people, self._request_id)
        except DeskError as error:
            self.tell_error(error)
            return
        for refusal in made.refused:
            self.tell_error(refusal)
        if made.names:
            names = ", ".join(show_name(name) for name in made.names)
            self.tell("matching.proposed", organisation=made.organisation, names=names)
        self._chosen.clear()
        await self.reload()

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        """Open the card of whoever is under the cursor."""
        from screens.candidates.one_candidate import OneCandidate

        line = self._under_cursor()
        if line is not None:
            self.app.push_screen(OneCandidate(self.workplace, line.candidate_id))

    def action_scroll(self, direction: int) -> None:
        """Read on in the reckoning."""
        body = self.query_one("#fit-reckoning", VerticalScroll)
        body.scroll_page_down(animate=False) if direction > 0 else body.scroll_page_up(animate=False)


def _names(people: list[MatchLine]) -> str:
    return ", ".join(show_name(line.name) for line in people)
