"""What a caller has in hand: the card in front or why there is none, and the lease that keeps it."""

from time import monotonic
from typing import ClassVar
from uuid import UUID

from textual import events, work
from textual.app import ComposeResult
from textual.widgets import Static

from db.errors import DeskError
from db.views.queue import CardView, WaitingView
from screens.base import DeskScreen, Workplace
from screens.queue.card_text import CardText
from screens.queue.hand import Hand, HeldCard
from screens.queue.notices import Notices
from screens.queue.panels import CallCard, OutcomeKeys, WaitingPanel, day_line
from screens.widgets.ask_bar import AskBar
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

RENEW_SECONDS = 60
BESIDE_A_CARD = "CallCard, OutcomeKeys, WaitingPanel, ToastRack"
"""What shows whether a card is in hand."""


class HandScreen(DeskScreen[None]):
    """Draws the hand and keeps it; what keys do with it is for the screen."""

    DEFAULT_CSS = """
    HandScreen {
        #last { height: auto; min-height: 1; max-height: 3; padding: 0 1; color: $text-success; }
        #last.-trouble { color: $text-error; }
        CallCard, OutcomeKeys { display: none; }
        &.-in-hand { CallCard, OutcomeKeys { display: block; } WaitingPanel { display: none; } }
        &.-asking OutcomeKeys { display: none; }
        &.-in-hand ToastRack { margin: 0 0 8 0; }
        &.-in-hand.-asking ToastRack { margin: 1 0 0 0; }
        &.-tall #card-digits { display: block; }
        &.-tall #card-phone, &.-tall #card-ways { padding: 1 2 0 0; }
        &.-wide #card-body { layout: horizontal; }
        &.-wide #card-left { width: 3fr; padding: 0 2 0 0; }
        &.-wide #card-right { width: 2fr; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]
    GIVES_WAY = "OutcomeKeys, ToastRack"
    NEEDS_CARD: ClassVar[frozenset[str]] = frozenset()
    """Actions that do something with the card in front."""
    AUTO_FOCUS = ""
    """The keys are for the card; only a question takes the focus."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.hand = Hand()
        self.started = False
        """The first picture stands."""
        self.shown_at = 0.0
        """Since when the card in front is there, by the clock that only goes on."""
        self._renewed_at = 0.0
        self._active_at = 0.0

    def compose(self) -> ComposeResult:
        """The bar, the card or why there is none, the outcome keys, the question, the last thing."""
        self.fit()
        yield TopBar(self.workplace, "place.queue")
        yield Notices(self.workplace)
        yield CallCard(self.workplace)
        yield WaitingPanel()
        yield OutcomeKeys(self.texts)
        yield AskBar(self.workplace)
        yield Static("", id="last", markup=False)
        yield SteadyFooter()

    async def on_mount(self) -> None:
        """Begin with what was in hand, or how many wait, and keep the lease while somebody works.

        The first picture is the whole one: drawing an empty desk before it would only cost time.
        """
        self.set_interval(15, self._keep_lease)
        await self._draw_hand(None)
        self.started = True
        self.call_after_refresh(self._look_around)

    @work(group="queue")
    async def _look_around(self) -> None:
        await self.count_day()
        if self.is_here:  # the program may end as soon as it began
            await self.query_one(Notices).refresh_now()

    def tell_due(self, words: str) -> None:
        """Say above the card, or where none is, that the moment of a call-back has come."""
        if self.started:  # who begins elsewhere has no queue yet: the next ring says it there
            self.query_one(Notices).tell_due(words)

    def tell_last(self, words: str) -> None:
        """Say something on the line of the last thing, in place of what stood there."""
        self.say(words)

    async def reload(self, front: UUID | None = None) -> None:
        """Draw what is in hand by now, with this candidate in front: at the start, and after an undo."""
        await self._draw_hand(front)
        await self.count_day()

    async def _draw_hand(self, front: UUID | None) -> None:
        if front is None and self.hand.front is not None:
            front = self.hand.front.candidate_id
        known = {card.view.entry.id: card for card in self.hand.cards}
        self.hand = Hand()
        for view in await self.desk.queue.held():
            card = self.hand.put(view, self.workplace.now())
            if earlier := known.get(view.entry.id):
                card.go_on_from(earlier)
        self._bring_to_front(front)
        if self.hand.front is None:
            await self.show_ready()
        else:
            self.show_card()

    def _bring_to_front(self, candidate_id: UUID | None) -> None:
        for number, card in enumerate(self.hand.cards):
            if card.candidate_id == candidate_id:
                self.hand.at = number

    async def open_candidate(self, candidate_id: UUID, *, called_us: bool = True) -> None:
        """Lay the card of somebody who calls back, or who was chosen in a list, beside the one in hand."""
        try:
            view = await self.desk.queue.open_candidate(candidate_id)
        except DeskError as error:
            self.tell_error(error)
            return
        self.take(view, called_us=called_us)

    # Turning and reading on

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a card is offered while one is in hand, turning to another while there is one."""
        if action == "turn":
            return len(self.hand.cards) > 1
        return action not in self.NEEDS_CARD or self.hand.front is not None

    def action_turn(self, step: int) -> None:
        """Bring the other card to the front."""
        self.hand.turn(step)
        if self.hand.front is not None:
            self.show_card()

    def action_scroll_card(self, step: int) -> None:
        """Read on."""
        body = self.query_one("#card-body" if self.hand.front else "WaitingPanel")
        body.scroll_relative(y=step * 6, animate=False)

    # What is shown

    def take(self, view: CardView, *, called_us: bool = False) -> HeldCard:
        """Lay a card in front."""
        card = self.hand.put(view, self.workplace.now())
        card.called_us = called_us
        if view.entry.mine:
            self.tell_due("")
        self.show_card()
        return card

    def text_of(self, card: HeldCard) -> CardText:
        """What is said of a card, at this moment."""
        now, caller = self.workplace.now(), self.desk.seat.name
        return CardText(card.view, self.texts, now, caller, called_us=card.called_us)

    def show_card(self) -> None:
        """Draw the card in front."""
        card = self.hand.front
        if card is None:
            return
        self.shown_at = self._renewed_at = monotonic()
        self.mark(True, "-in-hand", BESIDE_A_CARD)
        self.refresh_bindings()
        self.query_one(OutcomeKeys).show_for(offered=card.view.candidate.availability is not None)
        self._tell_notices(in_hand=True)
        self.query_one(CallCard).show(
            self.text_of(card), self.hand.position, card.view.entry.claimed_until, card.note
        )
        self.focus_card()

    def show_waiting(self, waiting: WaitingView) -> None:
        """No card in hand: the desk is closed, or nobody can be called."""
        closed = not waiting.open_now
        title = "queue.closed.title" if closed else "queue.empty.title"
        self.show_panel(title, "queue.closed.hint" if closed else "queue.empty.hint", waiting)

    async def show_ready(self) -> None:
        """No card in hand: who waits."""
        waiting = await self.desk.queue.waiting()
        if self.hand.front is not None:  # a card was taken while this counted
            return
        if waiting.open_now and waiting.anyone_now:
            self.show_panel("queue.ready.title", "queue.ready.hint", waiting)
        else:
            self.show_waiting(waiting)

    def show_panel(self, title: str, hint: str, waiting: WaitingView | None) -> None:
        """Say why there is no card, and what can be done."""
        self.mark(False, "-in-hand", BESIDE_A_CARD)
        self.refresh_bindings()
        self._tell_notices(in_hand=False)
        self.query_one(WaitingPanel).show(
            self.texts(title), self.texts(hint), waiting, self.texts, self.workplace.now()
        )

    def _tell_notices(self, *, in_hand: bool) -> None:
        notices = self.query_one(Notices)
        notices.in_hand = in_hand
        notices.show()

    def focus_card(self) -> None:
        """The keys are for the card."""
        self.set_focus(None)

    def say(self, words: str, *, trouble: bool = False) -> None:
        """Say what was done, on the line of the last thing."""
        last = self.query_one("#last", Static)
        last.update(words)
        last.set_class(trouble, "-trouble")

    async def count_day(self) -> None:
        """Count the day's own calls anew."""
        day = await self.desk.queue.today()
        if not self.is_here:
            return
        roomy = self.has_class("-wide")
        self.query_one(TopBar).note(day_line(day, self.texts, self.workplace.now(), with_pace=roomy))

    # The lease

    def on_key(self, _event: events.Key) -> None:
        """Every key is a sign of life."""
        self._active_at = monotonic()

    @work(group="lease")
    async def _keep_lease(self) -> None:
        """Renew the leases while the caller is at work."""
        if self._active_at <= self._renewed_at or monotonic() - self._renewed_at < RENEW_SECONDS:
            return
        self._renewed_at = monotonic()
        for card in list(self.hand.cards):
            until = await self.desk.queue.renew(card.lease)
            card.renewed(until or self.workplace.now())
        front = self.hand.front
        if front is not None:
            self.query_one(CallCard).keep_until(front.view.entry.claimed_until)
