"""Where one goes from the list of requests."""

from screens.requests.acting import ActingScreen


class PlacesScreen(ActingScreen):
    """A screen of requests from which the recruiter's other places are one key away."""

    @property
    def region_here(self) -> str | None:
        """The region of the request under the cursor."""
        raise NotImplementedError

    def action_exports(self) -> None:
        """See what went out and is still to be destroyed."""
        from screens.exports.waiting import WaitingExports

        self.app.push_screen(WaitingExports(self.workplace))

    def action_plan(self) -> None:
        """See who could go where: in one's own region, else in that of the request under the cursor."""
        from screens.plan.screen import PlanScreen

        own = self.desk.seat.regions[0] if self.desk.seat.regions else None
        self.app.push_screen(PlanScreen(self.workplace, own or self.region_here))

    def action_organisations(self) -> None:
        """See who asks for help, and who to talk to there."""
        from screens.organisations.screen import OrganisationsScreen

        self.app.push_screen(OrganisationsScreen(self.workplace))

    def action_waiting(self) -> None:
        """The proposals that wait for an answer, and who is at work."""
        from screens.proposals.screen import ProposalsScreen

        self.app.push_screen(ProposalsScreen(self.workplace))
