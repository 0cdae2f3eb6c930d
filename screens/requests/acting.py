"""What one can do with a request, from the list and from the request alike."""

from uuid import UUID

from textual import work

from db.errors import DeskError
from db.reference.lists import code_list, label
from db.rules.proposal_steps import AT_WORK
from db.rules.request_steps import CLOSED, request_steps
from db.views.requests import RequestView
from screens.base import DeskScreen, key
from screens.requests.wording import short_profile
from screens.widgets.ask_bar import AskBar

CHANGE = key("e", "change", "requests.change")
BINDINGS = [
    key("h", "hold", "requests.hold"),
    key("t", "call_off", "requests.call_off"),
    *(
        key(step.key, f"to_status('{step.status}')", f"requests.to.{step.status}", show=step.status != CLOSED)
        for step in request_steps().values()
    ),
]


async def enter_request(screen: DeskScreen[None]) -> UUID | None:
    """Ask who asks, write a new organisation down when it is one, then the request: its id, if any."""
    from screens.organisations.find import FindOrganisation
    from screens.organisations.form import OrganisationForm
    from screens.requests.request_form import RequestForm

    chosen = await screen.app.push_screen_wait(FindOrganisation(screen.workplace))
    if isinstance(chosen, str):
        chosen = await screen.app.push_screen_wait(OrganisationForm(screen.workplace, name=chosen))
    if chosen is None:
        return None
    return await screen.app.push_screen_wait(RequestForm(screen.workplace, chosen))


class ActingScreen(DeskScreen[None]):
    """A screen with a request under the cursor: `subject` says which, `reload` draws anew."""

    @property
    def subject(self) -> UUID | None:
        """The request that the keys are about."""
        raise NotImplementedError

    @property
    def subject_status(self) -> str | None:
        """The status of that request."""
        raise NotImplementedError

    async def reload(self) -> None:
        """Draw anew what may have changed."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Of the steps of a request only those that may follow."""
        if action != "to_status" or not self.is_mounted:
            return super().check_action(action, parameters)
        return self.subject_status in request_steps()[str(parameters[0])].follows

    def give_back_focus(self) -> None:
        """After a question the cursor is where it was."""

    def action_who_fits(self) -> None:
        """See who fits the request."""
        from screens.matching.screen import WhoFits

        if self.subject is not None:
            self.app.push_screen(WhoFits(self.workplace, self.subject))

    @work(group="requests.export")
    async def action_export(self) -> None:
        """See what would go out to the organisation, unless there is nobody to send."""
        from screens.exports.screen import ExportScreen

        if self.subject is None:
            return
        try:
            await self.desk.exports.check(self.subject)
        except DeskError as error:
            self.tell_error(error)
        else:
            self.app.push_screen(ExportScreen(self.workplace, self.subject))

    @work(group="requests.write")
    async def action_change(self) -> None:
        """Change what is asked."""
        from screens.requests.request_form import RequestForm

        if self.subject is None:
            return
        view = await self.desk.requests.request(self.subject)
        if view.organisation_id is not None:
            self.app.push_screen(RequestForm(self.workplace, view.organisation_id, self.subject))

    @work(group="requests.write")
    async def action_to_status(self, status: str) -> None:
        """Take the request on: submitted, verified, open or closed."""
        if self.subject is None or self.query_one(AskBar).asking:
            return
        view = await self.desk.requests.request(self.subject)
        try:
            reached = await self.desk.requests.step(self.subject, status)
        except DeskError as error:
            self.tell_error(error)
        else:
            words = label("request_status", reached, self.texts.language).lower()
            self.tell("requests.stepped", organisation=view.line.organisation, status=words)
        await self.reload()

    @work(group="requests.write")
    async def action_hold(self) -> None:
        """Set the request aside with a reason, or take it up again."""
        if self.subject is None or self.query_one(AskBar).asking:
            return
        view = await self.desk.requests.request(self.subject)
        if view.line.status == "on_hold":
            await self._resume(self.subject, self._named(view))
        else:
            await self._set_aside(self.subject, self._named(view))
        await self.reload()

    async def _resume(self, request_id: UUID, organisation: str) -> None:
        try:
            told = await self.desk.requests.resume(request_id, self.texts.language)
        except DeskError as error:
            self.tell_error(error)
        else:
            self.tell("requests.resumed", organisation=organisation, count=told)

    async def _set_aside(self, request_id: UUID, organisation: str) -> None:
        title = self.texts("requests.ask.hold", organisation=organisation)
        answer = await self._reason(title, "request_hold_reason")
        if answer is None:
            return
        try:
            told = await self.desk.requests.hold(request_id, *answer, self.texts.language)
        except DeskError as error:
            self.tell_error(error)
        else:
            self.tell("requests.held", organisation=organisation, count=told)

    @work(group="requests.write")
    async def action_call_off(self) -> None:
        """Call the request off with a reason; everyone who was proposed is free again."""
        if self.subject is None or self.query_one(AskBar).asking:
            return
        request_id = self.subject
        view = await self.desk.requests.request(request_id)
        named = self._named(view)
        title = self.texts("requests.ask.call_off", organisation=named)
        if ending := sum(item.is_live and item.status not in AT_WORK for item in view.proposals):
            title += f" {self.texts('requests.ask.call_off.ends', count=ending)}"
        answer = await self._reason(title, "request_cancel_reason")
        if answer is None:
            return
        try:
            ended = await self.desk.requests.cancel(request_id, *answer, self.texts.language)
        except DeskError as error:
            self.tell_error(error)
        else:
            self.tell("requests.called_off", organisation=named, count=ended)
        await self.reload()

    def _named(self, view: RequestView) -> str:
        """Which request it is: an organisation often has several."""
        return f"{view.line.organisation} ({short_profile(view.line, self.texts.language)})"

    async def _reason(self, title: str, list_name: str) -> tuple[str, str] | None:
        """A reason, with a note where it means nothing without one."""
        ask = self.query_one(AskBar)
        reason, note = await ask.reason(title, list_name), ""
        if reason is not None and code_list(list_name)[reason].note_required:
            given = await ask.word(title)
            reason, note = (reason, given) if given is not None else (None, "")
        self.give_back_focus()
        return None if reason is None else (reason, note)
