"""The cards in a caller's hands: usually one, sometimes a second beside it when somebody calls back."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from db.drafts.queue import Lease
from db.views.queue import CardView


@dataclass(slots=True)
class HeldCard:
    """A card, since when it is on the screen, and the note typed on it so far."""

    view: CardView
    since: datetime
    note: str = ""
    outside_hours_reason: str | None = None
    called_us: bool = False
    """They phoned the desk, so the opening words are other ones."""

    @property
    def lease(self) -> Lease:
        """What goes back with whatever is written."""
        return Lease(self.view.entry.id, self.view.entry.epoch)

    @property
    def candidate_id(self) -> UUID:
        """Whose card it is."""
        return self.view.candidate.id

    def go_on_from(self, earlier: "HeldCard") -> None:
        """It is the same call: what was typed and known of it stays."""
        self.since = earlier.since
        self.note = earlier.note or self.note
        self.outside_hours_reason = earlier.outside_hours_reason
        self.called_us = earlier.called_us

    def renewed(self, until: datetime) -> None:
        """The lease lasts longer."""
        self.view = replace(self.view, entry=replace(self.view.entry, claimed_until=until))


@dataclass(slots=True)
class Hand:
    """The cards in hand, and which one is in front."""

    cards: list[HeldCard] = field(default_factory=list)
    at: int = 0

    @property
    def front(self) -> HeldCard | None:
        """The card on the screen."""
        return self.cards[self.at] if self.cards else None

    @property
    def position(self) -> str:
        """Which of several is in front: "2/2"; nothing when there is one."""
        return f"{self.at + 1}/{len(self.cards)}" if len(self.cards) > 1 else ""

    def put(self, view: CardView, now: datetime) -> HeldCard:
        """Lay a card in front; one that was in hand already is renewed."""
        self.drop(view.entry.id)
        card = HeldCard(view, now, note=view.entry.note)
        self.cards.append(card)
        self.at = len(self.cards) - 1
        return card

    def drop(self, entry_id: UUID) -> None:
        """Lay a card down."""
        self.cards = [card for card in self.cards if card.view.entry.id != entry_id]
        self.at = max(0, len(self.cards) - 1)

    def turn(self, step: int) -> None:
        """Bring the next card to the front."""
        if self.cards:
            self.at = (self.at + step) % len(self.cards)

    def clear(self) -> list[Lease]:
        """Lay everything down; the leases to give back."""
        leases = [card.lease for card in self.cards]
        self.cards, self.at = [], 0
        return leases
