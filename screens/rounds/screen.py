"""The rounds of re-confirmation: what came of each, and starting the next."""

from collections.abc import Iterable, Mapping
from typing import ClassVar
from uuid import UUID

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.content import Content

from db.drafts.rounds import RoundDraft
from db.errors import DeskError
from db.reference.lists import code_list, label
from db.rules.names import show_name
from db.rules.times import local, show_day
from db.texts import Texts
from db.views.rounds import RoundPreview, RoundView
from screens.base import Workplace, key
from screens.list_screen import ListScreen
from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option
from screens.widgets.numbers import whole

USUAL_DAYS = 28
EVERYWHERE, YES = "everywhere", "yes"
NAMED = 6
COUNT_WORDS = {
    "asked": "rounds.count.asked",
    "still": "rounds.count.still",
    "no_longer": "rounds.count.no_longer",
    "no_answer": "rounds.count.no_answer",
    "unreachable": "rounds.count.unreachable",
}
COUNT_WIDTHS = {"asked": 8, "still": 7, "no_longer": 9, "no_answer": 8, "unreachable": 9}
TAKEN, NARROWEST, WIDEST = 65, 15, 50
"""What the other columns take; the one that tells whom has what is left."""


class RoundsScreen(ListScreen[RoundView]):
    """The list, what its counts mean, and one key for a new round."""

    PLACE = "place.rounds"
    OPENS = False
    BINDINGS: ClassVar[list[BindingType]] = [
        key("n", "start", "rounds.start"),
        key("escape", "dismiss(None)", "rounds.close"),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._rounds: tuple[RoundView, ...] = ()

    def on_resize(self) -> None:
        """The columns take the width there is."""
        self.draw()

    async def read(self) -> None:
        """Every round there was."""
        self._rounds = await self.desk.rounds.list()

    def lines(self) -> Mapping[UUID, RoundView]:
        """All of them."""
        return {view.id: view for view in self._rounds}

    def heads(self) -> Iterable[tuple[str, int]]:
        """When, whom, and a count for each thing that came of it."""
        texts = self.texts
        yield texts("rounds.column.when"), 9
        yield texts("rounds.column.whom"), min(max(self.size.width - TAKEN, NARROWEST), WIDEST)
        for name, width in COUNT_WIDTHS.items():
            yield texts(COUNT_WORDS[name]).rjust(width), width

    def empty(self) -> str:
        """There was none yet."""
        return self.texts("rounds.empty")

    def cells(self, view: RoundView) -> list[Text]:
        """One round in a line."""
        language, today = self.texts.language, local(self.workplace.now()).date()
        day = show_day(local(view.at).date(), today, language)
        numbers = [Text(whole(getattr(view, name), language), justify="right") for name in COUNT_WIDTHS]
        return [Text(day), Text(_whom_short(view, self.texts)), *numbers]

    def detail(self, view: RoundView) -> str:
        """Whom was asked, and what share was heard."""
        return _told(view, self.texts)

    @work(group="rounds.write")
    async def action_start(self) -> None:
        """Ask whom, show who that is, and put them into the queue."""
        if not self.asking:
            await self._start()
            self.table.focus()

    async def _start(self) -> None:
        try:
            draft = await self._ask_whom()
            if draft is None:
                return
            preview = await self.desk.rounds.preview(draft)
            if await self._agreed(draft, preview):
                started = await self.desk.rounds.start(draft, preview.count)
                self.tell("rounds.started", count=preview.count)
                await self.reload()
                self.table.go_to(started)
        except DeskError as error:
            self.tell_error(error)
        await self.reload()

    async def _ask_whom(self) -> RoundDraft | None:
        ask = self.query_one(AskBar)
        hint = Content(self.texts("rounds.ask.hint"))
        days = await ask.note(self.texts("rounds.ask.days"), str(USUAL_DAYS), hint, replaced=True)
        while days is not None and not days.strip().isdecimal():
            days = await ask.note(self.texts("rounds.ask.days_again"), days, hint)
        if days is None:
            return None
        codes = [code for code in code_list("region").values() if code.code != "region_unresolved"]
        options = [Option("0", EVERYWHERE, self.texts("rounds.everywhere"))]
        keys = SPARE_KEYS.replace("0", "")
        language = self.texts.language
        options += [Option(k, code.code, code.label(language)) for k, code in zip(keys, codes, strict=False)]
        region = await ask.choose(self.texts("rounds.ask.region"), options)
        if region is None:
            return None
        return RoundDraft(int(days), None if region == EVERYWHERE else region)

    async def _agreed(self, draft: RoundDraft, preview: RoundPreview) -> bool:
        texts = self.texts
        if not preview.count:
            words = " ".join([texts("rounds.nobody"), *_left_out(preview, texts)])
            self.notify(words, severity="warning", markup=False)
            return False
        names = ", ".join(show_name(name) for name in preview.names[:NAMED])
        more = texts("rounds.and_more") if preview.count > NAMED else ""
        whom = _whom(draft.older_than_days, draft.region_code, texts)
        count = whole(preview.count, texts.language)
        said = [texts("rounds.ask.start", count=count, whom=whom, names=f"{names}{more}")]
        title = " ".join([*said, *_left_out(preview, texts)])
        options = [Option("1", YES, texts("rounds.yes"))]
        return await self.query_one(AskBar).choose(title, options) == YES


def _left_out(preview: RoundPreview, texts: Texts) -> list[str]:
    said = []
    if preview.waiting:
        said.append(texts("rounds.left.waiting", count=preview.waiting))
    if preview.no_number:
        said.append(texts("rounds.left.no_number", count=preview.no_number))
    return said


def _whom(days: int, region: str | None, texts: Texts) -> str:
    older = texts("rounds.older", days=days)
    return f"{label('region', region, texts.language)}, {older}" if region else older


def _whom_short(view: RoundView, texts: Texts) -> str:
    """The same for the list, the days first: they tell rounds apart."""
    older = texts("rounds.older_short", days=view.older_than_days)
    return f"{older}, {label('region', view.region_code, texts.language)}" if view.region_code else older


def _told(view: RoundView, texts: Texts) -> str:
    whom = _whom(view.older_than_days, view.region_code, texts)
    heard = view.still + view.no_longer
    share = round(100 * heard / view.asked) if view.asked else 0
    numbers = {
        "heard": whole(heard, texts.language),
        "asked": whole(view.asked, texts.language),
        "percent": share,
    }
    return "\n".join([texts("rounds.detail", by=view.by, whom=whom), texts("rounds.heard", **numbers)])
