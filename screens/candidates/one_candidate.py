"""One candidate: everything known, over the whole screen."""

from typing import ClassVar
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import ScreenResume
from textual.widgets import Static

from screens.base import Workplace, key
from screens.candidates.acting import BINDINGS as ACTS
from screens.candidates.acting import ActingScreen
from screens.candidates.wording import CandidateText
from screens.widgets.ask_bar import AskBar
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar


class OneCandidate(ActingScreen):
    """The card to read, not to call from."""

    DEFAULT_CSS = """
    OneCandidate #one-candidate { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*ACTS, key("escape", "dismiss(None)", "candidates.close")]

    def __init__(self, workplace: Workplace, candidate_id: UUID) -> None:
        super().__init__(workplace)
        self._candidate_id = candidate_id
        self._read = False

    @property
    def subject(self) -> UUID | None:
        """The candidate of this card."""
        return self._candidate_id

    def compose(self) -> ComposeResult:
        """One long text to scroll."""
        yield TopBar(self.workplace, "candidates.one")
        with VerticalScroll(id="one-candidate"):
            yield Static("", id="candidate-text", markup=False)
        yield AskBar(self.workplace)
        yield SteadyFooter()

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.give_back_focus()
        self.load()

    @work(exclusive=True, group="candidate.load")
    async def load(self) -> None:
        """Draw it anew."""
        await self.reload()

    async def reload(self) -> None:
        """The same, awaited; looking is logged once."""
        card = await self.desk.candidates.card(self._candidate_id, log_read=not self._read)
        self._read = True
        if self.is_here:
            text = CandidateText(card, self.texts, self.workplace.now())
            self.query_one("#candidate-text", Static).update(text.everything())

    def give_back_focus(self) -> None:
        """The arrows scroll the card."""
        self.query_one("#one-candidate").focus()
