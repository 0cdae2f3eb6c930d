"""Who fits a request: the best first, each with its reckoning, and proposing several in one go."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar
from uuid import UUID

from rich.console import Group
from rich.text import Text
from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import DataTable, Static

from db.errors import DeskError
from db.reference.lists import label
from db.rules.availability import show_grid
from db.rules.names import show_name, show_name_last_first
from db.rules.request_steps import OPEN_STATUSES
from db.rules.times import local
from db.views.matching import MatchLine, MatchResult
from screens.base import Workplace, key
from screens.list_screen import LOADING
from screens.matching.fit_screen import FitScreen
from screens.matching_words import (
    FitWords,
    counted_reasons,
    fails_on,
    more_than_asked,
    note_words,
    person_words,
)
from screens.requests.wording import day
from screens.widgets.ask_bar import AskBar, Option
from screens.widgets.top_bar import TopBar

CHOSEN = "✓"
PATIENCE = 0.3
"""Seconds after which somebody who waits is told that it is being looked up."""
YES, NO = "yes", "no"


class WhoFits(FitScreen[MatchLine]):
    """The people, and the reckoning of whoever is under the cursor."""

    DEFAULT_CSS = """
    WhoFits {
        #fit-near { padding: 0 1; height: auto; color: $text-warning; display: none; }
        #fit-near.-on { display: block; }
    }
    """
    PLACE = "matching.screen"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "choose", "matching.select"),
        key("p", "propose", "matching.propose"),
        key("f", "widen", "matching.widen"),
        key("escape", "dismiss(None)", "matching.close"),
    ]

    def __init__(self, workplace: Workplace, request_id: UUID) -> None:
        super().__init__(workplace)
        self._request_id = request_id
        self._result: MatchResult | None = None
        self._chosen: dict[UUID, MatchLine] = {}
        self._wide = False
        self._before_widening: UUID | None = None

    def above(self) -> Iterable[Widget]:
        """What is asked, and whom it lacks."""
        return (*super().above(), Static("", id="fit-near", markup=False))

    async def read(self) -> None:
        """Who fits, and when asked for, who nearly does."""
        self._result = await self.desk.matching.candidates_for(self._request_id, widen=self._wide)

    def lines(self) -> Mapping[UUID, MatchLine]:
        """Those who fit come first."""
        result = self._result
        return {line.candidate_id: line for line in (*result.lines, *result.near)} if result else {}

    def heads(self) -> Iterable[tuple[str, int]]:
        """Whether chosen, how well, who, what fits, and what else one must know."""
        texts = self.texts
        return (
            ("", 1),
            (texts("matching.column.score"), 3),
            (texts("matching.column.marks"), 8),
            (texts("matching.column.name"), 18),
            (texts("matching.column.fit"), 25),
            (texts("matching.column.note"), 12),
        )

    def empty(self) -> str:
        """Nobody fits, or not even nearly."""
        return self.texts("matching.empty.widened" if self._wide else "matching.empty")

    def draw_around(self) -> None:
        """What is asked; whoever is no longer listed is no longer chosen."""
        self._chosen = {key: line for key, line in self._chosen.items() if key in self.shown}
        if self._result is not None:
            self._show_head(self._result)

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

    def cells(self, line: MatchLine) -> Iterator[Text]:
        """One person in a line; whoever fails on something stands back."""
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

    def detail(self, line: MatchLine) -> Group:
        """How it was reckoned, and what is known of the person."""
        today = local(self.workplace.now()).date()
        person = (self.texts("matching.part.person"), person_words(line, today, self.texts))
        words = self._words(line)
        about = "".join(f" · {part}" for part in (line.place, words.short()) if part)
        title = Text.assemble((show_name(line.name), "bold"), about)
        return self.reckoning(title, [*words.lines(), person])

    def action_choose(self) -> None:
        """Choose whoever is under the cursor, or not, and go on to the next."""
        line, table = self.line, self.table
        if line is None or self.asking:
            return
        if self._chosen.pop(line.candidate_id, None) is None:
            self._chosen[line.candidate_id] = line
        self.draw()
        table.move_cursor(row=min(table.cursor_row + 1, table.row_count - 1))

    def action_widen(self) -> None:
        """Show also whoever fails on one thing, beginning with them, or only those who fit."""
        self._wide = not self._wide
        if self._wide:
            self._before_widening = self.table.chosen
        self._widen()

    @work(exclusive=True, group=LOADING)
    async def _widen(self) -> None:
        waiting = self.set_timer(PATIENCE, self._say_searching)
        try:
            await self.reload()
        finally:
            waiting.stop()
        if not self.is_here or self._result is None:
            return
        if self._wide and self._result.near:
            self.table.move_cursor(row=len(self._result.lines), animate=False)
        elif not self._wide and self._before_widening is not None:
            self.table.go_to(self._before_widening)

    @work(group="matching.write")
    async def action_propose(self) -> None:
        """Say what will be done, and do it."""
        here = self.line
        wanted = list(self._chosen.values()) or ([here] if here else [])
        if self.asking or self._result is None:
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
        view = await self.desk.requests.request(self._request_id)
        if view.line.status not in OPEN_STATUSES:
            self.tell_error(DeskError("proposals.request_closed", organisation=self._result.organisation))
            return False
        texts = self.texts
        title = texts("matching.ask.propose", organisation=self._result.organisation, names=_names(sharing))
        title += f"\n{texts('matching.ask.propose.sends')}"
        title += "".join(f"\n{words}" for words in self._failing(sharing))
        if refused:
            title += f"\n{texts('matching.ask.propose.refused', names=_names(refused))}"
        if warning := more_than_asked(view, sharing, texts):
            title += f"\n{warning}"
        keys = [Option("p", YES, texts("matching.ask.yes")), Option("n", NO, texts("matching.ask.no"))]
        self.ask_soon()
        answer = await self.query_one(AskBar).choose(title, keys)
        self.table.focus()
        return answer == YES

    def _failing(self, people: list[MatchLine]) -> Iterator[str]:
        """Of whoever does not fit, on what."""
        for line in people:
            if not line.fit.fits:
                reasons = fails_on(line.fit, self.texts)
                yield self.texts("matching.ask.propose.fails", name=show_name(line.name), reasons=reasons)

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

        line = self.line
        if line is not None:
            self.app.push_screen(OneCandidate(self.workplace, line.candidate_id))


def _names(people: list[MatchLine]) -> str:
    return ", ".join(show_name(line.name) for line in people)
