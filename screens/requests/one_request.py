"""One request with everyone proposed to it."""

from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.events import ScreenResume
from textual.widgets import DataTable, Static

from db.errors import DeskError
from db.rules.proposal_steps import may_follow
from db.views.requests import RequestView
from screens.base import Workplace, key
from screens.proposals.stepping import Subject, choose_step, take_step
from screens.requests import acting
from screens.requests.acting import ActingScreen
from screens.requests.proposing import propose
from screens.requests.wording import STATUS_WIDTH, RequestText, proposal_cells
from screens.widgets.ask_bar import AskBar
from screens.widgets.list_table import ListTable
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar


class OneRequest(ActingScreen):
    """What is asked above, the proposals below."""

    DEFAULT_CSS = """
    OneRequest {
        #one-request { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        #one-title { padding: 0 0 1 0; }
        #one-head { padding: 0 1; text-style: bold; background: $panel; }
        ListTable { height: auto; max-height: 40%; }
    }
    """
    BINDINGS = [
        key("m", "who_fits", "matching.who"),
        key("s", "step", "requests.step"),
        key("x", "export", "requests.export"),
        acting.CHANGE,
        key("w", "withdraw", "requests.withdraw"),
        key("p", "propose", "requests.propose"),
        *acting.BINDINGS,
        key("k", "invitation", "requests.invitation", show=False),
        key("escape", "dismiss(None)", "requests.close"),
        key("pagedown", "scroll(1)", "requests.scroll_down", show=False),
        key("pageup", "scroll(-1)", "requests.scroll_up", show=False),
    ]

    def __init__(self, workplace: Workplace, request_id: UUID, candidate_id: UUID | None = None) -> None:
        super().__init__(workplace)
        self._request_id = request_id
        self._candidate_id = candidate_id
        self._view: RequestView | None = None

    def compose(self) -> ComposeResult:
        """The request, then who was proposed."""
        yield TopBar(self.workplace, "requests.one")
        with VerticalScroll(id="one-request", can_focus=False):
            yield Static("", id="one-title", markup=False)
            yield Static("", id="one-facts", markup=False)
        yield Static("", id="one-head", markup=False)
        yield ListTable(self.texts)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    @on(ScreenResume)
    def _resumed(self) -> None:
        if not self.query_one(AskBar).asking:  # whoever read the keys comes back to the question
            self.query_one(ListTable).focus()
        self.load()

    @work(exclusive=True, group="request.load")
    async def load(self) -> None:
        """Draw it anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited: after a change and after an undo."""
        view = await self.desk.requests.request(self._request_id, self._candidate_id)
        if not self.is_here:
            return
        self._view = view
        text = RequestText(view, self.texts, self.workplace.now())
        self.query_one("#one-title", Static).update(text.title())
        self.query_one("#one-facts", Static).update(text.facts())
        count = len(view.proposals)
        head = self.texts("requests.proposals", count=count) if count else self.texts("requests.no_proposals")
        self.query_one("#one-head", Static).update(head)
        table = self.query_one(ListTable)
        table.head(
            [
                (self.texts("requests.column.candidate"), 21),
                (self.texts("requests.column.status"), STATUS_WIDTH),
                (self.texts("requests.column.due"), 15),
                (self.texts("requests.column.since"), 6),
                (self.texts("requests.column.by"), 8),
                (self.texts("requests.column.elsewhere"), 25),
            ]
        )
        table.fill(
            (item.id, proposal_cells(item, self.texts, self.workplace.now())) for item in view.proposals
        )
        self.refresh_bindings()

    @property
    def subject(self) -> UUID | None:
        """This request."""
        return self._request_id

    @property
    def subject_status(self) -> str | None:
        """The status of this request."""
        return self._view.line.status if self._view else None

    def give_back_focus(self) -> None:
        """Back to the proposals."""
        self.query_one(ListTable).focus()

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        """Open the card of whoever is under the cursor."""
        from screens.candidates.one_candidate import OneCandidate

        chosen = self.query_one(ListTable).chosen
        proposals = self._view.proposals if self._view else ()
        proposal = next((item for item in proposals if item.id == chosen), None)
        if proposal is not None:
            self.app.push_screen(OneCandidate(self.workplace, proposal.candidate_id))

    @work(group="request.write")
    async def action_propose(self) -> None:
        """Propose the candidate in hand to this request."""
        if await propose(self, self._candidate_id, self._request_id):
            await self.reload()

    @work(group="request.write")
    async def action_withdraw(self) -> None:
        """Take the proposal under the cursor back, with a reason."""
        subject = self._chosen()
        if subject is None or self.query_one(AskBar).asking:
            return
        if "withdrawn_recruiter" not in {step.status for step in may_follow(subject.status)}:
            self.tell_error(DeskError("proposals.not_live"))
            return
        await take_step(self, subject, "withdrawn_recruiter")
        self.query_one(ListTable).focus()
        await self.reload()

    @work(group="request.write")
    async def action_step(self) -> None:
        """Take the proposal under the cursor a step further."""
        subject = self._chosen()
        if subject is None or self.query_one(AskBar).asking:
            return
        await choose_step(self, subject)
        self.query_one(ListTable).focus()
        await self.reload()

    def _chosen(self) -> Subject | None:
        chosen = self.query_one(ListTable).chosen
        proposals = self._view.proposals if self._view else ()
        found = next((item for item in proposals if item.id == chosen), None)
        return Subject(found.id, found.name, found.status) if found else None

    @work(group="request.write")
    async def action_invitation(self) -> None:
        """Save the interview of the proposal under the cursor as an appointment."""
        from screens.exports.invitation import save_invitation

        chosen = self.query_one(ListTable).chosen
        if chosen is not None:
            await save_invitation(self, chosen)

    def action_scroll(self, direction: int) -> None:
        """Read on in the request."""
        body = self.query_one("#one-request", VerticalScroll)
        body.scroll_page_down(animate=False) if direction > 0 else body.scroll_page_up(animate=False)
