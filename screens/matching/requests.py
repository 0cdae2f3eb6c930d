"""Which open requests fit a person, best first, to propose them or to mark them for the recruiter."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import ClassVar
from uuid import UUID

from rich.console import Group
from rich.text import Text
from textual import on, work
from textual.binding import BindingType
from textual.widgets import DataTable, Static

from db.errors import DeskError
from db.reference.lists import label, short_label
from db.rules.names import show_name
from db.rules.proposal_steps import UNAVAILABLE
from db.views.matching import RequestMatch
from db.views.requests import ProposalView
from screens.base import Workplace, key
from screens.matching.fit_screen import FitScreen
from screens.matching_words import FitWords, inside
from screens.requests.wording import PROPOSED, fte
from screens.widgets.short_organisation import short_organisation
from screens.widgets.top_bar import TopBar

AFTER_INTAKE = 5
"""So many are shown to a caller who goes on calling."""
ALL = 50
NAME = 20
"""Cells for the name of an organisation."""


class WhatFits(FitScreen[RequestMatch]):
    """The requests, and the reckoning of the one under the cursor."""

    PLACE = "matching.requests.screen"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("p", "propose", "matching.offer"),
        key("m", "mark", "matching.mark"),
        key("escape", "dismiss(None)", "matching.close"),
    ]

    def __init__(self, workplace: Workplace, candidate_id: UUID, limit: int = ALL) -> None:
        super().__init__(workplace)
        self._candidate_id = candidate_id
        self._limit = limit

    async def read(self) -> None:
        """The person, and what fits."""
        self._card = await self.desk.candidates.card(self._candidate_id, log_read=False)
        self._found = await self.desk.matching.requests_for(self._candidate_id, self._limit)

    def lines(self) -> Mapping[UUID, RequestMatch]:
        """The best first."""
        return {match.request_id: match for match in self._found}

    def heads(self) -> Iterable[tuple[str, int]]:
        """How well, who asks for what, and what fits."""
        texts = self.texts
        return (
            (texts("matching.column.score"), 3),
            (texts("matching.column.marks"), 8),
            (texts("matching.requests.column.organisation"), NAME),
            (texts("matching.requests.column.profile"), 13),
            (texts("matching.column.fit"), 25),
        )

    def empty(self) -> str:
        """No open request fits."""
        return self.texts("matching.requests.empty")

    def draw_around(self) -> None:
        """For whom, and how many."""
        card = self._card
        place = f" · {card.place}" if card.place else ""
        who = self.texts("matching.requests.who", name=show_name(card.name))
        if card.status in UNAVAILABLE:
            status = label("candidate_status", card.status, self.texts.language)
            place += f" · {self.texts('matching.requests.not_now', status=inside(status))}"
        self.query_one("#fit-head", Static).update(Text(f"{who}{place}"))
        best = self._limit == AFTER_INTAKE
        count = self.texts("matching.requests.count", count=len(self._found))
        self.query_one(TopBar).note(self.texts("matching.requests.best") if best else count)

    def cells(self, match: RequestMatch) -> Iterator[Text]:
        """One request in a line; one to which the person was proposed stands back."""
        words = FitWords(match.fit, match.request, self.texts)
        style = "dim" if match.already_proposed else ""
        already = f"{PROPOSED} " if match.already_proposed else ""
        yield Text(str(match.fit.score), style=style, justify="right")
        yield words.marks()
        name = short_organisation(match.request.organisation, NAME - len(already))
        yield Text(f"{already}{name}", style=style)
        yield Text(self._profile(match, short_label), style=style)
        yield Text(words.cells(), style=style)

    def _profile(self, match: RequestMatch, named: Callable[[str, str, str], str] = label) -> str:
        if match.request.profile == "other" and match.function_given:
            return match.function_given
        return named("function_profile", match.request.profile, self.texts.language)

    def detail(self, match: RequestMatch) -> Group:
        """How it was reckoned."""
        place = f" · {match.place}" if match.place else ""
        title = Text.assemble((match.request.organisation, "bold"), f"{place} · {self._profile(match)}")
        left = (self.texts("matching.requests.column.left"), fte(match.fte_left, self.texts.language))
        words = FitWords(match.fit, match.request, self.texts)
        return self.reckoning(title, [*words.lines(), left])

    @work(group="matching.write")
    async def action_propose(self) -> None:
        """Propose the person to the organisation under the cursor."""
        match = self.line
        if match is None:
            return
        try:
            made = await self.desk.proposals.propose(self._candidate_id, match.request_id)
        except DeskError as error:
            self.tell_error(error)
            return
        await self._done("matching.requests.proposed", made)

    @work(group="matching.write")
    async def action_mark(self) -> None:
        """Leave it to the recruiter."""
        match = self.line
        if match is None:
            return
        try:
            made = await self.desk.matching.mark(self._candidate_id, match.request_id)
        except DeskError as error:
            self.tell_error(error)
            return
        await self._done("matching.requests.marked", made)

    async def _done(self, said: str, made: ProposalView) -> None:
        words = self.texts(said, name=show_name(made.name), organisation=made.organisation)
        self.notify(words, markup=False)
        await self.reload()

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        """Open the request under the cursor."""
        from screens.requests.one_request import OneRequest

        match = self.line
        if match is not None:
            self.app.push_screen(OneRequest(self.workplace, match.request_id, self._candidate_id))
