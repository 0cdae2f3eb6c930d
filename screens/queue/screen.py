"""The queue: one key serves the next candidate, one key records what came of it."""

from time import monotonic
from typing import ClassVar, TypeVar
from uuid import UUID

from textual import work
from textual.binding import Binding
from textual.screen import Screen

from db.drafts.queue import OutcomeDraft
from db.errors import DeskError
from db.reference.lists import code_list
from db.reference.outcomes import Outcome, outcomes
from db.rules.names import show_name
from db.views.queue import WaitingView
from screens.base import Workplace, key
from screens.queue.asking import ask_demands
from screens.queue.card_text import said
from screens.queue.hand import HeldCard
from screens.queue.in_hand import HandScreen
from screens.queue.notices import Notices
from screens.widgets.ask_bar import AskBar

INTAKE_DONE = "reached_intake_done"
Result = TypeVar("Result")


class QueueScreen(HandScreen):
    """The caller's place."""

    BINDINGS = [
        key("n", "next", "queue.next"),
        key("i", "intake", "queue.intake"),
        key("right_square_bracket", "turn(1)", "queue.next_card"),
        key("s", "skip", "queue.skip"),
        key("e", "note", "queue.note"),
        key("c", "copy", "queue.copy", show=False),
        key("t", "telephone", "queue.telephone", show=False),
        key("q", "qr", "queue.qr", show=False),
        key("p", "propose", "queue.propose"),
        key("b", "break", "queue.break"),
        key("o", "outside_hours", "queue.outside_hours", show=False),
        key("greater_than_sign", "hand_over", "handover.give", show=False),
        key("less_than_sign", "handed_back", "queue.handed_back", show=False),
        key("equals_sign", "news", "queue.news", show=False),
        key("left_square_bracket", "turn(-1)", "queue.previous_card", show=False),
        key("pagedown,down", "scroll_card(1)", "queue.scroll_down", show=False),
        key("pageup,up", "scroll_card(-1)", "queue.scroll_up", show=False),
    ]
    NEEDS_CARD = frozenset(
        {"intake", "skip", "note", "copy", "telephone", "qr", "propose", "hand_over", "outcome"}
    )
    GRACE: ClassVar[float] = 0.35
    """Seconds in which a new card takes no outcome: a key pressed twice must not fall on the next person."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._busy = False
        self._on_break = False
        self._away = False
        for outcome in outcomes().values():
            self._bind_outcome(outcome)

    def _bind_outcome(self, outcome: Outcome) -> None:
        label = outcome.label(self.workplace.language)
        binding = Binding(
            outcome.key,
            f"outcome('{outcome.code}')",
            label,
            tooltip=label,
            show=False,
            id=f"outcome.{outcome.code}",
        )
        self._bindings.key_to_bindings.setdefault(outcome.key, []).append(binding)

    def on_screen_resume(self) -> None:
        """Count again after a visit elsewhere: a file may have been read in meanwhile."""
        if self.started and not self._on_break and self.hand.front is None:
            self._count_waiting()

    @work(group="queue")
    async def _count_waiting(self) -> None:
        await self.show_ready()
        await self.query_one(Notices).refresh_now()

    # What the keys do

    def action_next(self) -> None:
        """Serve the next candidate; a card that is in hand comes first."""
        if not self._free():
            return
        if self.hand.front is not None:
            self.say(self.texts("queue.card_first"))
            return
        self._serve(None)

    @work(group="queue")
    async def action_outside_hours(self) -> None:
        """Serve somebody outside calling hours, with a reason; within them none is needed."""
        if not self._free():
            return
        if self.hand.front is not None:
            self.say(self.texts("queue.card_first"))
            return
        hours = await self.desk.queue.calling_hours()
        if hours.is_open(self.workplace.now()):
            await self._serve_next()
            return
        reason = await self.query_one(AskBar).reason(
            self.texts("queue.ask.outside_hours"), "outside_hours_reason"
        )
        if reason is not None:
            await self._serve_next(reason)

    @work(group="queue")
    async def action_outcome(self, code: str) -> None:
        """Record what came of the call and serve the next."""
        card = self.hand.front
        if card is None or not self._free() or monotonic() - self.shown_at < self.GRACE:
            return
        if code == INTAKE_DONE:
            # Only the interview itself can be complete: this key leads to what it still misses.
            self._hold_intake(card)
            return
        draft = await ask_demands(self, card, outcomes()[code])
        if draft is None:
            self.focus_card()
            return
        await self._record(card, draft)

    def action_intake(self) -> None:
        """Hold the intake interview."""
        if self.hand.front is not None and self._free():
            self._hold_intake(self.hand.front)

    @work(group="queue")
    async def action_skip(self) -> None:
        """Pass over the candidate, with a reason."""
        card = self.hand.front
        if card is None or not self._free():
            return
        ask = self.query_one(AskBar)
        reason = await ask.reason(self.texts("queue.ask.skip"), "skip_reason")
        if reason is None:
            return
        note: str | None = card.note
        if code_list("skip_reason")[reason].note_required and not note:
            note = await ask.note(self.texts("queue.ask.why"))
        if note is not None:
            await self._skip(card, reason, note)

    @work(group="queue")
    async def action_note(self) -> None:
        """Write a note on the card; the outcome takes it along."""
        card = self.hand.front
        if card is None or not self._free():
            return
        note = card.note
        while (given := await self.query_one(AskBar).note(self.texts("queue.ask.note"), note)) is not None:
            note = given
            try:
                await self.desk.queue.keep_note(card.lease, note)
            except DeskError as error:
                # What was typed stands on the line again, to be put right.
                self.tell_error(error)
            else:
                card.note = note
                self.show_card()
                return

    def action_copy(self) -> None:
        """Put the number on the clipboard of the terminal."""
        if self.hand.front is not None and self.hand.front.view.candidate.phone:
            self.app.copy_to_clipboard(self.hand.front.view.candidate.phone)
            self.say(self.texts("queue.copied", number=self.text_of(self.hand.front).phone()))

    def action_telephone(self) -> None:
        """Hand the number to the telephone program of this computer."""
        from screens.queue.dialling import open_telephone

        card = self.hand.front
        if card is not None and card.view.candidate.phone and not open_telephone(card.view.candidate.phone):
            self.tell("queue.no_telephone", "warning")

    def action_qr(self) -> None:
        """Show the number as a QR code, to dial from a mobile."""
        from screens.queue.dialling import QrCode

        card = self.hand.front
        if card is not None and card.view.candidate.phone:
            self.app.push_screen(QrCode(self.workplace, card.view.candidate.phone, self.text_of(card).name))

    @work(group="queue")
    async def action_propose(self) -> None:
        """Look for a request for the candidate in hand."""
        if self.hand.front is None:
            return
        from screens.requests.screen import RequestsScreen

        await self._visit(RequestsScreen(self.workplace, self.hand.front.candidate_id))
        await self.reload()

    @work(group="queue")
    async def action_break(self) -> None:
        """Stop for a while; what is in hand goes back."""
        if not self._free():
            return
        reason = await self.query_one(AskBar).reason(self.texts("queue.ask.break"), "pause_reason")
        if reason is None:
            return
        await self.desk.queue.begin_break(reason)
        self.hand.clear()
        self._on_break = True
        self.show_panel("queue.break.title", "queue.break.hint", await self.desk.queue.waiting())

    @work(group="queue")
    async def action_hand_over(self) -> None:
        """Give the candidate in hand to a colleague, with a note."""
        from screens.handover import hand_over

        card = self.hand.front
        if card is None or not self._free():
            return
        name = show_name(card.view.candidate.name)
        to = await hand_over(self, card.candidate_id, name)
        if to is None:
            self.focus_card()
            return
        self.hand.drop(card.view.entry.id)
        self.say(self.texts("handover.done", name=name, to=to))
        await self._serve_next()

    @work(group="queue")
    async def action_handed_back(self) -> None:
        """Correct the interview that came back, as it stands, outside a call."""
        notices = self.query_one(Notices)
        await notices.refresh_now()
        if not notices.glance.handed_back:
            self.say(self.texts("news.nothing_handed_back"))
            return
        from screens.interview.screen import InterviewScreen

        back = notices.glance.handed_back[0]
        closed = await self._visit(InterviewScreen(self.workplace, back.candidate_id, None, None))
        if closed == "completed":
            self.say(self.texts("news.corrected", name=show_name(back.name)))
        await notices.refresh_now()

    @work(group="queue")
    async def action_news(self) -> None:
        """What became of the candidates one spoke to."""
        from screens.news.screen import NewsScreen

        await self._visit(NewsScreen(self.workplace))
        await self.query_one(Notices).refresh_now()

    # How it is done

    @work(group="queue")
    async def _serve(self, outside_hours_reason: str | None) -> None:
        await self._serve_next(outside_hours_reason)

    async def _serve_next(self, outside_hours_reason: str | None = None) -> None:
        """The card behind the one that was done, else the next of the queue."""
        self._busy = True
        try:
            if self._on_break:
                await self.desk.queue.end_break()
                self._on_break = False
            if self.hand.front is not None:
                self.show_card()
                return
            served = await self.desk.queue.next(outside_hours_reason)
        except DeskError as error:
            self._refuse(error)
            return
        finally:
            self._busy = False
        if isinstance(served, WaitingView):
            self.show_waiting(served)
            return
        self.take(served).outside_hours_reason = outside_hours_reason

    async def _record(self, card: HeldCard, draft: OutcomeDraft) -> None:
        self._busy = True
        try:
            recorded = await self.desk.queue.record(card.lease, draft)
        except DeskError as error:
            self._refuse(error)
            return
        finally:
            self._busy = False
        name = show_name(card.view.candidate.name)
        self.hand.drop(card.view.entry.id)
        self.say(said(recorded, self.texts, self.workplace.now(), name), trouble=recorded.late)
        await self._serve_next()
        await self.count_day()

    def _refuse(self, error: DeskError) -> None:
        """Said where the next outcome is told: in a corner it would still stand over the next candidate."""
        self.say(self.texts.error(error), trouble=True)

    async def _skip(self, card: HeldCard, reason: str, note: str) -> None:
        try:
            escalated = await self.desk.queue.skip(card.lease, reason, note)
        except DeskError as error:
            self._refuse(error)
            return
        self.hand.drop(card.view.entry.id)
        name = show_name(card.view.candidate.name)
        self.say(self.texts("queue.said.escalated" if escalated else "queue.said.skipped", name=name))
        await self._serve_next()

    @work(group="queue")
    async def _hold_intake(self, card: HeldCard) -> None:
        from screens.interview.screen import InterviewScreen

        entry = card.view.entry
        screen = InterviewScreen(self.workplace, card.candidate_id, entry.id, entry.epoch)
        if await self._visit(screen) == "completed":
            self.hand.drop(entry.id)
            self.app.clear_notifications()
            self.say(self.texts("queue.said.intake", name=show_name(card.view.candidate.name)))
            await self._show_what_fits(card.candidate_id)
            await self._serve_next()
            await self.count_day()
            return
        await self.reload()

    async def _visit(self, screen: Screen[Result]) -> Result | None:
        """Go to another screen and come back with its result; a key pressed twice goes there once."""
        if self._away:
            return None
        self._away = True
        try:
            return await self.app.push_screen_wait(screen)
        finally:
            self._away = False

    async def _show_what_fits(self, candidate_id: UUID) -> None:
        """After an intake: the few requests that fit best, when there are any."""
        from screens.matching.requests import AFTER_INTAKE, WhatFits

        if await self.desk.matching.requests_for(candidate_id, limit=1):
            await self.app.push_screen_wait(WhatFits(self.workplace, candidate_id, AFTER_INTAKE))

    def _free(self) -> bool:
        """Whether a key may begin something: nothing is being written and nothing is being asked."""
        return not self._busy and not self.query_one(AskBar).asking
