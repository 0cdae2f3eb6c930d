"""The command palette finds people and requests too."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, runtime_checkable
from uuid import UUID

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from db.reference.lists import label
from db.rules.names import show_name
from db.rules.phone import show_phone
from db.texts import Texts
from screens.base import Workplace

SHORTEST = 3
SHOWN = 8


@runtime_checkable
class AtWork(Protocol):
    """An app that has a workplace."""

    workplace: Workplace


class SpokenPalette(CommandPalette):
    """The palette in the language of the workplace."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(placeholder=texts("palette.search"), id="--command-palette")
        self._nothing = texts("palette.nothing")

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Say that nothing was found, after the same while as Textual, whose words are English."""
        self._stop_no_matches_countdown()
        self._no_matches_timer = self.set_timer(
            self._NO_MATCHES_COUNTDOWN, partial(self._say_nothing, bool(search_value))
        )

    def _say_nothing(self, searched: bool) -> None:
        if searched:
            self.query_one(OptionList).add_option(
                Option(Content(self._nothing), disabled=True, id=self._NO_MATCHES)
            )
        self._list_visible = searched


class PeopleAndRequests(Provider):
    """Candidates by digits, name or e-mail, then open requests by organisation, place or profile."""

    @property
    def _workplace(self) -> Workplace:
        app = self.app
        if not isinstance(app, AtWork):
            raise TypeError("this provider belongs to an app with a workplace")
        return app.workplace

    async def search(self, query: str) -> Hits:
        """Everyone and everything that answers to the words."""
        if len(query.strip()) < SHORTEST:
            return
        people = await self._workplace.desk.candidates.search(query, limit=SHOWN)
        for person in people.lines:
            words = [show_name(person.name), show_phone(person.phone) if person.phone else "", person.place]
            yield self._hit(query, words, "palette.candidate", partial(self._candidate, person.id))
        requests = await self._workplace.desk.requests.open_requests(search=query)
        for request in requests.lines[:SHOWN]:
            profile = label("function_profile", request.function_profile, self._workplace.language)
            words = [request.organisation, profile, request.place]
            yield self._hit(query, words, "palette.request", partial(self._request, request.id))

    async def discover(self) -> Hits:
        """Nothing before something was typed, for people are not a menu."""
        for hit in list[DiscoveryHit]():
            yield hit

    def _hit(self, query: str, words: list[str], help_key: str, do: Callable[[], None]) -> Hit:
        text = " · ".join(word for word in words if word)
        # The words themselves were searched in the database: here they only need an order.
        score = max(self.matcher(query).match(text), 0.5)
        return Hit(score, Content(text), do, text=text, help=self._workplace.texts(help_key))

    def _candidate(self, candidate_id: UUID) -> None:
        from screens.candidates.one_candidate import OneCandidate

        self.app.push_screen(OneCandidate(self._workplace, candidate_id))

    def _request(self, request_id: UUID) -> None:
        from screens.requests.one_request import OneRequest

        self.app.push_screen(OneRequest(self._workplace, request_id))
