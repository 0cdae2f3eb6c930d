"""The plan of a region: request by request who could go there, and one key to propose them."""

from typing import ClassVar
from uuid import UUID

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import DataTable, Static

from db.errors import DeskError
from db.reference.lists import code_list, label, short_label
from db.rules.names import show_name
from db.texts import Texts
from db.views.plan import Plan, PlannedPerson, PlannedRequest
from screens.base import DeskScreen, Workplace, key
from screens.requests.wording import fte
from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option
from screens.widgets.list_table import ListTable
from screens.widgets.numbers import decimal
from screens.widgets.short_organisation import short_organisation
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

ALL = "all"
DONE = "✓"
NARROW = 80
"""Cells in which every column fits; what there is beyond goes to the names."""
NAME = 22
"""Cells for the name of an organisation, more where the screen is wider."""


class PlanScreen(DeskScreen[None]):
    """Nothing of it happens by itself: a recruiter proposes, request by request."""

    DEFAULT_CSS = """
    PlanScreen {
        #plan-said { padding: 0 1; height: auto; color: $text-muted; }
        #plan-detail {
            height: auto; max-height: 45%; border-top: solid $primary; padding: 0 1;
            scrollbar-size-vertical: 1;
        }
        &.-empty #plan-detail, &.-empty ListTable { display: none; }
        &.-asking #plan-detail { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("p", "propose", "plan.propose"),
        key("r", "region", "plan.region"),
        key("n", "again", "plan.again"),
        key("escape", "dismiss(None)", "plan.close"),
    ]

    def __init__(self, workplace: Workplace, region: str | None = None) -> None:
        super().__init__(workplace)
        self._region = region
        self._plan: Plan | None = None
        self._done: set[UUID] = set()

    def compose(self) -> ComposeResult:
        """What it comes to, the requests, and the people for the one under the cursor."""
        yield TopBar(self.workplace, "place.plan")
        yield Static("", id="plan-said", markup=False)
        yield ListTable(self.texts)
        with VerticalScroll(id="plan-detail", can_focus=False):
            yield Static("", id="plan-people", markup=False)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    def on_resize(self) -> None:
        """The names take what room there is."""
        self._draw()

    def on_mount(self) -> None:
        """Look at once."""
        self.query_one(ListTable).focus()
        self.look()

    @work(exclusive=True, group="plan.load")
    async def look(self) -> None:
        """Look for the plan of the region."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after an undo."""
        said = self.query_one("#plan-said", Static)
        said.update(self.texts("plan.working"))
        try:
            plan = await self.desk.plan.plan(self._region)
        except DeskError as error:
            said.update(self.texts.error(error))
            self.add_class("-empty")
            return
        if not self.is_here:
            return
        self._plan, self._done = plan, set()
        self._draw()

    def _draw(self) -> None:
        plan, texts = self._plan, self.texts
        if plan is None:
            return
        self.set_class(not plan.requests, "-empty")
        self.query_one("#plan-said", Static).update(self._said(plan))
        table = self.query_one(ListTable)
        if self.focused is None:
            table.focus()
        table.head(
            [
                (texts("plan.column.organisation"), NAME + self._spare // 2),
                (texts("plan.column.place"), 12 + self._spare // 4),
                (texts("plan.column.profile"), 13),
                (texts("plan.column.left"), 5),
                (texts("plan.column.filled"), 9),
                (texts("plan.column.people"), 6),
            ]
        )
        table.fill((request.request_id, self._cells(request)) for request in self._ordered(plan))
        self._tell_more()

    def _ordered(self, plan: Plan) -> list[PlannedRequest]:
        """Where something can be done first; among those the most urgent stay on top."""
        return sorted(plan.requests, key=lambda request: not request.people)

    def _said(self, plan: Plan) -> str:
        if not plan.requests:
            return self.texts("plan.told.nothing")
        language = self.texts.language
        region = label("region", self._region, language) if self._region else self.texts("plan.all")
        told = self.texts(
            "plan.count",
            region=region,
            filled=fte(plan.filled, language),
            left=fte(plan.left, language),
            count=len(plan.people),
            km=decimal(plan.average_km, language),
        )
        return told if plan.proven else f"{told}\n{self.texts('plan.told.not_proven')}"

    @property
    def _spare(self) -> int:
        """Cells beyond what the narrowest screen has."""
        return max(self.app.size.width - NARROW, 0)

    def _cells(self, request: PlannedRequest) -> list[Text]:
        language = self.texts.language
        style = "" if request.people else "dim"
        mark = f"{DONE} " if request.request_id in self._done else ""
        room = NAME + self._spare // 2 - len(mark)
        name = short_organisation(request.organisation, room, request.place)
        return [
            Text(f"{mark}{name}", style=style),
            Text(request.place, style=style),
            Text(short_label("function_profile", request.function_profile, language), style=style),
            Text(fte(request.left, language), justify="right", style=style),
            Text(fte(request.filled, language) if request.people else "", justify="right"),
            Text(str(len(request.people) or ""), justify="right"),
        ]

    @property
    def _chosen(self) -> PlannedRequest | None:
        chosen = self.query_one(ListTable).chosen
        requests = self._plan.requests if self._plan else ()
        return next((request for request in requests if request.request_id == chosen), None)

    @on(DataTable.RowHighlighted)
    def _tell_more(self) -> None:
        chosen = self._chosen
        people = [person_line(person, self.texts) for person in chosen.people] if chosen else []
        words = "\n".join(people) or self.texts("plan.nobody")
        self.query_one("#plan-people", Static).update(words if chosen else "")

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        from screens.requests.one_request import OneRequest

        if self._chosen is not None:
            self.app.push_screen(OneRequest(self.workplace, self._chosen.request_id))

    @work(group="plan.write")
    async def action_propose(self) -> None:
        """Propose the people of the plan to the request under the cursor."""
        chosen = self._chosen
        if chosen is None or not chosen.people:
            self.tell("plan.nobody", "warning")
            return
        if chosen.request_id in self._done:
            self.tell("plan.done_already", "warning")
            return
        ids = [person.candidate_id for person in chosen.people]
        made = await self.desk.matching.propose(ids, chosen.request_id)
        for refused in made.refused:
            self.tell_error(refused)
        if made.names:
            self._done.add(chosen.request_id)
            self.tell("plan.proposed", count=len(made.names), organisation=made.organisation)
        self._draw()

    @work(group="plan.write")
    async def action_region(self) -> None:
        """Another region, or all."""
        ask = self.query_one(AskBar)
        if ask.asking:
            return
        language = self.texts.language
        named = [
            (ALL, self.texts("plan.all")),
            *((code, label("region", code, language)) for code in regions()),
        ]
        options = [
            Option(letter, code, name) for letter, (code, name) in zip(SPARE_KEYS, named, strict=False)
        ]
        answer = await ask.choose(self.texts("plan.ask.region"), options)
        self.query_one(ListTable).focus()
        if answer is not None:
            self._region = None if answer == ALL else answer
            self.look()

    def action_again(self) -> None:
        """Look anew."""
        self.look()


def regions() -> list[str]:
    """The regions themselves, without their parts."""
    return [code for code in code_list("region") if not code.startswith("RA")]


def person_line(person: PlannedPerson, texts: Texts) -> str:
    """Somebody of the plan in one line."""
    hours = (
        texts("plan.hours", hours=person.hours) if person.hours is not None else texts("plan.unknown_hours")
    )
    km = texts("plan.unknown_km")
    if person.km is not None:
        km = texts("plan.km", km=decimal(person.km, texts.language))
    return texts("plan.person", name=show_name(person.name), place=person.place, hours=hours, km=km)
