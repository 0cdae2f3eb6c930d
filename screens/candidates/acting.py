"""What one can do with a candidate, from the list and from the card alike."""

from dataclasses import dataclass
from uuid import UUID

from textual import work
from textual.message import Message

from db.rules.names import show_name
from screens.base import DeskScreen, key
from screens.candidates.repairing import ask_repair, note_returned_mail

BINDINGS = [
    key("c", "call", "candidates.call"),
    key("e", "repair", "candidates.repair"),
    key("p", "propose", "candidates.propose"),
    key("r", "refer", "candidates.refer"),
    key("x", "end", "candidates.end"),
    key("m", "what_fits", "matching.requests", show=False),
    key("b", "mail_came_back", "candidates.mail_came_back", show=False),
    key("greater_than_sign", "hand_over", "handover.give", show=False),
]


@dataclass
class CallWanted(Message):
    """Somebody wants this candidate in hand: the call card, and from there the interview."""

    candidate_id: UUID


class ActingScreen(DeskScreen[None]):
    """A screen with a candidate under the cursor: `subject` says which, `reload` draws anew."""

    @property
    def subject(self) -> UUID | None:
        """The candidate that the keys are about."""
        raise NotImplementedError

    async def reload(self) -> None:
        """Draw anew what may have changed."""
        raise NotImplementedError

    def give_back_focus(self) -> None:
        """After a question the cursor is where it was."""

    def action_call(self) -> None:
        """Take the candidate in hand."""
        if self.subject is not None:
            self.post_message(CallWanted(self.subject))

    @work(group="candidates.write")
    async def action_repair(self) -> None:
        """Change what is wrong with the data."""
        if self.subject is None:
            return
        changed = await ask_repair(self, self.subject)
        self.give_back_focus()
        if changed:
            await self.reload()

    @work(group="candidates.write")
    async def action_mail_came_back(self) -> None:
        """Nothing is mailed to this address any more."""
        if self.subject is not None and await note_returned_mail(self, self.subject):
            await self.reload()

    @work(group="candidates.write")
    async def action_refer(self) -> None:
        """Refer somebody, or say what came of it."""
        from screens.candidates.referring import ask_referral

        if self.subject is not None and await ask_referral(self, self.subject):
            await self.reload()
        self.give_back_focus()

    @work(group="candidates.write")
    async def action_end(self) -> None:
        """Close the card."""
        from screens.candidates.referring import ask_close

        if self.subject is not None and await ask_close(self, self.subject):
            await self.reload()
        self.give_back_focus()

    @work(group="candidates.write")
    async def action_hand_over(self) -> None:
        """Give the candidate to a colleague, with a note."""
        from screens.handover import hand_over

        if self.subject is None:
            return
        name = show_name((await self.desk.candidates.card(self.subject, log_read=False)).name)
        to = await hand_over(self, self.subject, name)
        self.give_back_focus()
        if to is not None:
            self.tell("handover.done", name=name, to=to)
            await self.reload()

    def action_propose(self) -> None:
        """Look for a request for this candidate."""
        from screens.requests.screen import RequestsScreen

        if self.subject is not None:
            self.app.push_screen(RequestsScreen(self.workplace, self.subject))

    def action_what_fits(self) -> None:
        """See which open requests fit this candidate."""
        from screens.matching.requests import WhatFits

        if self.subject is not None:
            self.app.push_screen(WhatFits(self.workplace, self.subject))
