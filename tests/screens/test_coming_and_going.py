"""Whoever is in a hurry leaves a screen before it was drawn: nothing may come of that."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from textual.screen import Screen

from db.desk.desk import Desk
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.callers.screen import CallerScreen
from screens.candidates.one_candidate import OneCandidate
from screens.charts.map_screen import MapScreen
from screens.charts.screen import ChartsScreen
from screens.desk_settings.screen import SettingsScreen
from screens.exports.screen import ExportScreen
from screens.exports.waiting import WaitingExports
from screens.find import FindPerson
from screens.floor.screen import FloorScreen
from screens.help import KeyHelp
from screens.imports.batches import BatchesScreen
from screens.interview.screen import InterviewScreen
from screens.matching.requests import WhatFits
from screens.matching.screen import WhoFits
from screens.moves.screen import MovesScreen
from screens.news.screen import NewsScreen
from screens.organisations.find import FindOrganisation
from screens.organisations.screen import OrganisationsScreen
from screens.plan.screen import PlanScreen
from screens.proposals.screen import ProposalsScreen
from screens.quality.screen import ReviewsScreen
from screens.reports.screen import ReportsScreen
from screens.requests.one_request import OneRequest
from screens.requests.screen import RequestsScreen
from screens.rounds.screen import RoundsScreen
from screens.team.screen import TeamScreen
from tests.screens.test_requests import settle
from tests.support.people import add_candidate, add_request, add_user

Make = Callable[[Workplace, UUID, UUID, UUID], Screen[Any]]

SCREENS: tuple[Make, ...] = (
    lambda place, person, request, user: CallerScreen(place, user),
    lambda place, person, request, user: OneCandidate(place, person),
    lambda place, person, request, user: MapScreen(place),
    lambda place, person, request, user: ChartsScreen(place),
    lambda place, person, request, user: SettingsScreen(place),
    lambda place, person, request, user: ExportScreen(place, request),
    lambda place, person, request, user: WaitingExports(place),
    lambda place, person, request, user: FindPerson(place),
    lambda place, person, request, user: FindOrganisation(place),
    lambda place, person, request, user: FloorScreen(place),
    lambda place, person, request, user: BatchesScreen(place),
    lambda place, person, request, user: InterviewScreen(place, person, None, None),
    lambda place, person, request, user: WhatFits(place, person),
    lambda place, person, request, user: WhoFits(place, request),
    lambda place, person, request, user: MovesScreen(place),
    lambda place, person, request, user: NewsScreen(place),
    lambda place, person, request, user: OrganisationsScreen(place),
    lambda place, person, request, user: PlanScreen(place),
    lambda place, person, request, user: ProposalsScreen(place),
    lambda place, person, request, user: ReviewsScreen(place),
    lambda place, person, request, user: ReportsScreen(place),
    lambda place, person, request, user: OneRequest(place, request),
    lambda place, person, request, user: RequestsScreen(place),
    lambda place, person, request, user: RoundsScreen(place),
    lambda place, person, request, user: TeamScreen(place),
)


async def test_a_screen_that_is_left_at_once_ends_quietly(sqlite_desk: Desk) -> None:
    person, request = add_candidate(sqlite_desk), add_request(sqlite_desk)
    user = add_user(sqlite_desk, "Noor")
    place = Workplace(sqlite_desk, Texts("nl"))
    app = EhvdzApp(place)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for make in SCREENS:
            await app.push_screen(make(place, person, request, user))
            app.pop_screen()
            await app.push_screen(make(place, person, request, user))
            await settle(pilot)
            await app.push_screen(KeyHelp(place, []))
            app.screen.dismiss(None)
            app.pop_screen()
            await settle(pilot)
            assert app.screen is app.queue_screen
