"""What a caller should know beside the card: the message of the day, intakes that came back, news."""

from time import monotonic
from typing import ClassVar

from textual import work
from textual.content import Content
from textual.widgets import Static

from db.rules.names import show_name
from db.texts import Texts
from db.views.news import Glance
from screens.base import Workplace


class Notices(Static):
    """Everything while no card is in hand; above a card one line: what is new for a while, then what waits.

    It looks by itself and never takes the focus.
    """

    DEFAULT_CSS = """
    Notices {
        height: auto; max-height: 8; padding: 0 1; background: $boost; color: $text; display: none;
    }
    Notices.-on { display: block; }
    Notices.-in-hand { max-height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Notices.-in-hand.-fresh { max-height: 3; text-wrap: wrap; }
    """
    EVERY: ClassVar[float] = 30
    """Seconds between two looks."""
    FRESH: ClassVar[float] = 20
    """Seconds that a new message of the day stands above the card."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__("", markup=False)
        self._workplace = workplace
        self._fresh_since = 0.0
        self.glance = Glance()
        self.in_hand = False
        self.due = ""
        """What is said of call-backs whose moment has come."""
        self._shown = Content("")

    def on_mount(self) -> None:
        """Look now and then."""
        self.set_interval(self.EVERY, self.look)
        self.set_interval(5, self.show)

    @work(exclusive=True, group="notices")
    async def look(self) -> None:
        """See what is new."""
        await self.refresh_now()

    async def refresh_now(self) -> None:
        """The same, awaited."""
        glance = await self._workplace.desk.news.glance()
        if glance.announcement is not None and glance.announcement != self.glance.announcement:
            self._fresh_since = monotonic()
        self.glance = glance
        if self.is_attached:
            self.show()

    def tell_due(self, words: str) -> None:
        """Say that the moment of a call-back has come, until it is taken in hand; nothing takes it away."""
        if words != self.due:
            self.due = words
            self.show()

    def show(self) -> None:
        """Draw what should be known at this moment."""
        kinds = {"due", "message", "handed_back", "news"}
        fresh = self.glance.announcement is not None and monotonic() - self._fresh_since < self.FRESH
        self.set_class(fresh, "-fresh")
        if self.in_hand:
            kinds = {"due", "message", "handed_back"} if fresh else {"due", "handed_back"}
        found = notices(self.glance, self._workplace.texts)
        if self.due:
            found.insert(0, ("due", Content.styled(f"▲ {self.due}", "bold $text-warning")))
        lines = [line for kind, line in found if kind in kinds][: 1 if self.in_hand else None]
        self.set_class(self.in_hand, "-in-hand")
        self.set_class(bool(lines), "-on")
        words = Content("\n").join(lines)
        if not words.is_same(self._shown):
            self._shown = words
            self.update(words)


def notices(glance: Glance, texts: Texts) -> list[tuple[str, Content]]:
    """What there is to say, each with its kind: message | handed_back | news."""
    found = []
    if glance.announcement is not None:
        said = texts("announcements.shown", by=glance.announcement.by, text=glance.announcement.text)
        found.append(("message", Content.styled(f"▲ {said}", "bold")))
    if glance.handed_back:
        first = glance.handed_back[0]
        told = {"name": show_name(first.name), "note": first.note}
        if len(glance.handed_back) == 1:
            words = texts("news.handed_back", by=first.by, **told)
        else:
            words = texts("news.handed_back.more", count=len(glance.handed_back), **told)
        found.append(("handed_back", Content.styled(f"! {words}", "$text-warning")))
    if glance.unseen:
        found.append(("news", Content(f"● {texts('news.unseen', count=glance.unseen)}")))
    return found
