"""The parts of the queue screen: the card, the outcome keys, and why nobody is served."""

import asyncio
from datetime import datetime

from rich.table import Table
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Digits, Static

from db.errors import DeskError
from db.reference.outcomes import Outcome, outcomes
from db.rules.best_time import Rates
from db.rules.calling_hours import CallingHours
from db.rules.times import show_moment
from db.texts import Texts
from db.views.queue import DayView, WaitingView
from screens.base import Workplace
from screens.queue.best_call import best_call
from screens.queue.card_text import CardText, lines
from screens.widgets.lease_clock import LeaseClock
from screens.widgets.numbers import whole

LEARN_SECONDS = 10
WARNINGS = ("card-limits", "card-warning")
"""What stands on the card only when there is something to warn of."""
CONFIRM = "confirm"
FAMILIES = ("not_reached", "reached", "data_problem", "message")
REASONS = (
    "ready_elsewhere",
    "closed_hours",
    "assigned",
    "callback_now",
    "cooling_down",
    "callback_later",
    "in_hand",
    "email",
    "paused",
    "no_number",
    "data_problem",
    "escalated",
    "do_not_call",
)


class CallCard(Vertical):
    """The person in hand."""

    DEFAULT_CSS = """
    CallCard {
        height: 1fr; padding: 0 1;
        #card-limits { background: $error; color: $text; text-style: bold; padding: 0 1; display: none; }
        #card-warning { color: $text-error; text-style: bold; display: none; }
        #card-limits.-on, #card-warning.-on { display: block; }
        #card-head { height: 1; }
        #card-name { width: 1fr; text-style: bold; height: 1; }
        #card-numbers { height: auto; }
        #card-phone { text-style: bold; color: $text-accent; width: auto; padding: 0 2 0 0; }
        #card-digits { display: none; width: auto; color: $text-accent; padding: 0 2 0 0; }
        #card-ways { width: 1fr; color: $text; }
        #card-why { color: $text-primary; text-style: italic; }
        #card-body { height: 1fr; scrollbar-size-vertical: 1; }
        .card-part { height: auto; margin: 1 0 0 0; }
        .card-part.-empty { display: none; }
        #card-script { border-left: outer $accent; padding: 0 1; }
    }
    CallCard #card-left, CallCard #card-right { height: auto; }
    """

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._rates: Rates = {}
        self._hours: CallingHours | None = None

    def on_mount(self) -> None:
        """Learn how people in general are reached, when the start is long past."""
        self.set_timer(LEARN_SECONDS, self._learn)

    @work(group="card.learn")
    async def _learn(self) -> None:
        desk = self._workplace.desk
        try:
            self._hours = CallingHours.from_settings((await desk.users.settings()).calling_hours)
            # What is used for the first time is loaded first: no key waits for that.
            floor = await asyncio.to_thread(lambda: desk.floor)
            await floor.learn_rates()
        except DeskError:
            # It only makes the advice on the card better, and every write tells of a database that fails.
            return
        self._rates = floor.rates

    def compose(self) -> ComposeResult:
        """Limits above all, then name and number, why, and what is known."""
        yield Static(id="card-limits", markup=False)
        yield Static(id="card-warning", markup=False)
        with Horizontal(id="card-head"):
            yield Static(id="card-name", markup=False)
            yield LeaseClock(self._workplace)
        with Horizontal(id="card-numbers"):
            yield Static(id="card-phone", markup=False)
            yield Digits(id="card-digits")
            yield Static(id="card-ways", markup=False)
        yield Static(id="card-why", markup=False)
        with VerticalScroll(id="card-body", can_focus=False):
            with Vertical(id="card-left"):
                yield Static(id="card-script", classes="card-part", markup=False)
                yield Static(id="card-facts", classes="card-part", markup=False)
            with Vertical(id="card-right"):
                yield Static(id="card-notes", classes="card-part", markup=False)
                yield Static(id="card-attempts", classes="card-part", markup=False)
                yield Static(id="card-voicemail", classes="card-part", markup=False)

    def show(self, card: CardText, position: str, until: datetime, note: str) -> None:
        """Draw a card; `position` tells which of several is in front."""
        texts = self._workplace.texts
        self._put("card-limits", Content(f"▲ {card.limits()}" if card.limits() else ""))
        self._put("card-warning", Content("\n".join(f"▲ {words}" for words in card.warnings())))
        name = Content.assemble((card.name, "bold"), (f"  {position}" if position else "", "$text-muted"))
        self._put("card-name", name)
        self._put("card-phone", Content(f"☎ {card.phone()}"))
        self.query_one(Digits).update(card.phone())
        self._put("card-ways", Content(card.other_ways()))
        self._put("card-why", Content(card.why()))
        self._put("card-script", Content(card.script()))
        facts, machine = card.facts(), [(texts("queue.voicemail.title"), card.voicemail())]
        width = max(len(name) for name, _ in (*facts, *machine))
        self._put("card-facts", lines(facts, label_width=width))
        self._put("card-voicemail", lines(machine, label_width=width))
        own_note = [(texts("queue.fact.note"), note)] if note else []
        words = best_call(card.person, self._rates, self._workplace.now(), texts, self._hours)
        best = [(texts("floor.best"), words)] if words else []
        self._put("card-notes", lines([*own_note, *best, *card.notes()]))
        self._put("card-attempts", self._attempts(card))
        clock = self.query_one(LeaseClock)
        clock.until = until
        clock.show()
        self.query_one("#card-body").scroll_home(animate=False)

    def keep_until(self, until: datetime) -> None:
        """The lease was renewed."""
        self.query_one(LeaseClock).until = until

    def _attempts(self, card: CardText) -> Table | Text:
        texts = self._workplace.texts
        earlier = card.attempts()
        if not earlier:
            return Text(texts("queue.card.no_attempts"), style="dim")
        return lines(earlier, texts("queue.card.attempts", count=len(earlier)))

    def _put(self, part: str, content: Content | Table | Text) -> None:
        widget = self.query_one(f"#{part}", Static)
        widget.update(content)
        empty = not isinstance(content, Table) and not content.plain
        if part in WARNINGS:
            widget.set_class(not empty, "-on")
        else:
            # Only the parts of the body close up when they have nothing to say.
            widget.set_class(empty, "-empty", update=widget.has_class("card-part"))


class OutcomeKeys(Widget):
    """Every outcome with its key, by family, as wide as the screen is; none is ever parted from its word."""

    DEFAULT_CSS = """
    OutcomeKeys { height: auto; background: $panel; padding: 0 1; }
    """

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._offered = False

    def show_for(self, *, offered: bool) -> None:
        """Show the keys for a person; only who offered something before can still be available."""
        if offered != self._offered:
            self._offered = offered
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the keys take in this width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The families one under the other."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        return outcome_keys(self._texts, width, offered=self._offered)


def outcome_keys(texts: Texts, width: int, *, offered: bool = False) -> list[Content]:
    """The families one under the other, their keys packed into lines of at most this width."""
    shown = [outcome for outcome in outcomes().values() if offered or outcome.effect != CONFIRM]
    titles = {family: texts(f"queue.family.{family}") for family in FAMILIES}
    indent = max(len(title) for title in titles.values()) + 2
    rows: list[Content] = []
    for family, title in titles.items():
        known = [outcome for outcome in shown if outcome.family == family]
        for number, packed in enumerate(_packed(known, texts.language, width - indent)):
            head = title if number == 0 else ""
            rows.append(Content.assemble((head.ljust(indent), "bold"), Content("  ").join(packed)))
    return rows


def _packed(known: list[Outcome], language: str, width: int) -> list[list[Content]]:
    rows: list[list[Content]] = [[]]
    used = 0
    for outcome in known:
        item = Content.assemble((outcome.key, "bold $text-accent"), f" {outcome.short(language)}")
        if rows[-1] and used + item.cell_length > width:
            rows.append([])
            used = 0
        rows[-1].append(item)
        used += item.cell_length + 2
    return rows


class WaitingPanel(VerticalScroll, can_focus=False):
    """No card in hand: what can be done, who waits for what, and when the next one comes free."""

    DEFAULT_CSS = """
    WaitingPanel { height: 1fr; padding: 1 2; #waiting-text { height: auto; } }
    """

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(id="waiting-text", markup=False)

    def show(self, title: str, hint: str, waiting: WaitingView | None, texts: Texts, now: datetime) -> None:
        """Say it: a title, the next key, and the counts by reason."""
        parts = [Content.styled(title, "bold $text-accent"), Content(hint)]
        if waiting is not None:
            parts += [Content(""), _waiting_lines(waiting, texts, now)]
        self.query_one("#waiting-text", Static).update(Content("\n").join(parts))


def _waiting_lines(waiting: WaitingView, texts: Texts, now: datetime) -> Content:
    if not waiting.anyone:
        return Content(texts("queue.empty.nobody"))
    counted = [(reason, waiting.counts[reason]) for reason in REASONS if waiting.counts.get(reason)]
    width = max(len(whole(number, texts.language)) for _, number in counted)
    rows = [
        Content.assemble(
            (whole(number, texts.language).rjust(width), "bold"), f"  {texts(f'queue.waits.{reason}')}"
        )
        for reason, number in counted
    ]
    if waiting.holders:
        names = ", ".join(f"{name} ({count})" for name, count in waiting.holders.items())
        rows.append(Content(texts("queue.empty.holders", names=names)))
    if not waiting.open_now and waiting.next_open:
        moment = show_moment(waiting.next_open, now, texts.language)
        rows += [Content(""), Content.styled(texts("queue.closed.next_open", moment=moment), "bold")]
    elif waiting.next_free and waiting.next_free > now and not waiting.counts.get("ready_elsewhere"):
        moment = show_moment(waiting.next_free, now, texts.language)
        rows += [Content(""), Content.styled(texts("queue.empty.next_free", moment=moment), "bold")]
    return Content("\n").join(rows)


def day_line(day: DayView, texts: Texts, now: datetime, *, with_pace: bool) -> str:
    """The day's own counts, small, and the pace when there is room."""
    if not day.calls:
        return texts("queue.day.none")
    counts = texts("queue.day", calls=day.calls, reached=day.reached, intakes=day.intakes)
    if not with_pace:
        return counts
    hours = max((now - day.first_at).total_seconds() / 3600, 0.25) if day.first_at else 1
    return f"{counts} · {texts('queue.day.pace', pace=round(day.calls / hours))}"
