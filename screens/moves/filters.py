"""The filters over the open calls: each is one key, and what is set stands in the line."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from textual.content import Content
from textual.widgets import Static

from db.drafts.moves import MoveFilter
from db.reference.lists import code_list, label
from db.reference.outcomes import outcomes
from db.rules.groups import PRIORITIES
from db.rules.moving import STANDINGS
from db.rules.times import local, show_date
from db.views.moves import MoveChoices
from screens.base import Workplace, key
from screens.moves.asking import Named, caller_words, choose_named
from screens.widgets.ask_bar import AskBar, Option
from screens.widgets.filter_line import ANY, filter_words, pressed_keys
from screens.widgets.packing import packed

NOBODY, NEVER = "nobody", "none"
MOST = 26
"""Cells that a filter takes at the most, its mark counted."""
AGES = (1, 3, 7, 14, 30)
KINDS = ("new", "retry", "callback", "reconfirm", "wish", "email", "email_sent", "follow_up")
NAMES = {
    "region": "moves.filter.region",
    "caller": "moves.filter.caller",
    "standing": "moves.filter.standing",
    "priority": "moves.filter.priority",
    "age": "moves.filter.age",
    "outcome": "moves.filter.outcome",
    "source": "moves.filter.source",
    "batch": "moves.filter.batch",
}
STANDING_WORDS = {
    "ready": "moves.standing.ready",
    "due": "moves.standing.due",
    "scheduled": "moves.standing.scheduled",
    "claimed": "moves.standing.claimed",
    "paused": "moves.standing.paused",
    "blocked": "moves.standing.blocked",
}
BINDINGS = [
    key("r", "filter('region')", "moves.by_region", show=False),
    key("c", "filter('caller')", "moves.by_caller", show=False),
    key("k", "filter('standing')", "moves.by_standing", show=False),
    key("p", "filter('priority')", "moves.by_priority", show=False),
    key("d", "filter('age')", "moves.by_age", show=False),
    key("o", "filter('outcome')", "moves.by_outcome", show=False),
    key("s", "filter('source')", "moves.by_source", show=False),
    key("b", "filter('batch')", "moves.by_batch", show=False),
    key("x", "clear", "moves.clear", show=False),
]
BOUND = {
    "region": "moves.by_region",
    "caller": "moves.by_caller",
    "standing": "moves.by_standing",
    "priority": "moves.by_priority",
    "age": "moves.by_age",
    "outcome": "moves.by_outcome",
    "source": "moves.by_source",
    "batch": "moves.by_batch",
}


class MoveFilters(Static):
    """One line or two: every filter with its key, and what it is set to."""

    DEFAULT_CSS = "MoveFilters { height: auto; padding: 0 1; }"

    def __init__(self, workplace: Workplace, caller_id: UUID | None) -> None:
        super().__init__("", id="move-filters", markup=False)
        self._workplace = workplace
        self._texts = workplace.texts
        self.wanted = MoveFilter(caller_id=caller_id)
        self.choices = MoveChoices()

    def draw(self) -> None:
        """Say what is set, never parting a key from its word."""
        keys = pressed_keys(self)
        width = self.screen.size.width - 2
        said = {what: self._said(what) for what in NAMES}
        items = [
            filter_words(keys.get(BOUND[what], ""), said[what] or self._texts(name), bool(said[what]), MOST)
            for what, name in NAMES.items()
        ]
        if any(said.values()):
            items.append(
                filter_words(keys.get("moves.clear", ""), self._texts("moves.filter.clear"), is_on=False)
            )
        words = packed([Content(self._texts("moves.filter.line")), *items], width, "  ")
        # Measured here: left to the layout, the second line was at times not there.
        self.styles.height = 1 + words.plain.count("\n")
        self.update(words)

    def caller(self, user_id: UUID) -> str:
        """The name of a caller, whether they still work here or not."""
        everyone = (*self.choices.callers, *self.choices.gone)
        return next((choice.name for choice in everyone if choice.id == user_id), "")

    async def choose(self, what: str, ask: AskBar) -> bool:
        """Ask for a value, or for all of them again; whether something was chosen."""
        leading = [Option(ANY, ANY, self._texts("moves.filter.any"))]
        title = self._texts("moves.ask.filter", what=self._texts(NAMES[what]))
        more = self._texts("moves.ask.more")
        chosen = await choose_named(ask, title, self._offered(what), more, leading=leading)
        if chosen is None:
            return False
        self.wanted = replace(self.wanted, **self._values(what, None if chosen == ANY else chosen))
        return True

    def clear(self) -> None:
        """Every open call."""
        self.wanted = MoveFilter()

    def _offered(self, what: str) -> Sequence[Named]:
        language, texts = self._texts.language, self._texts
        sources = code_list("registration_source").values()
        offered: dict[str, Callable[[], Sequence[Named]]] = {
            "region": lambda: [(code.code, code.label(language)) for code in code_list("region").values()],
            "caller": self._callers,
            "standing": self._standings,
            "priority": lambda: [(str(group), texts("moves.group", number=group)) for group in PRIORITIES],
            "age": lambda: [(str(days), texts("moves.older", count=days)) for days in AGES],
            "outcome": self._outcomes,
            "source": lambda: [(code.code, code.label(language)) for code in sources if code.active],
            "batch": self._batches,
        }
        return offered[what]()

    def _callers(self) -> Sequence[Named]:
        now = self._workplace.now()
        here = [(choice.id.hex, caller_words(choice, self._texts, now)) for choice in self.choices.callers]
        gone = [(choice.id.hex, self._texts("moves.gone", name=choice.name)) for choice in self.choices.gone]
        return [(NOBODY, self._texts("moves.filter.nobody")), *here, *gone]

    def _standings(self) -> Sequence[Named]:
        stands = [(code, self._texts(STANDING_WORDS[code])) for code in STANDINGS]
        kinds = [(f"kind {kind}", label("queue_reason", kind, self._texts.language)) for kind in KINDS]
        return stands + kinds

    def _outcomes(self) -> Sequence[Named]:
        known = [(code, outcome.label(self._texts.language)) for code, outcome in outcomes().items()]
        return [(NEVER, self._texts("moves.never_called")), *known]

    def _batches(self) -> Sequence[Named]:
        return [
            (choice.id.hex, f"{show_date(local(choice.at).date(), self._texts.language)} {choice.name}")
            for choice in self.choices.batches
            if choice.at is not None
        ]

    def _values(self, what: str, chosen: str | None) -> dict[str, Any]:
        if what == "caller":
            named = chosen is not None and chosen != NOBODY
            return {"caller_id": UUID(chosen) if named else None, "unassigned": chosen == NOBODY}
        if what == "standing":
            kind = chosen.removeprefix("kind ") if chosen and chosen.startswith("kind ") else None
            return {"kind": kind, "standing": None if kind else chosen}
        if what in ("priority", "age"):
            column = "priority_group" if what == "priority" else "older_than_days"
            return {column: int(chosen) if chosen else None}
        if what == "batch":
            return {"batch_id": UUID(chosen) if chosen else None}
        return {"region_code" if what == "region" else what: chosen}

    def _said(self, what: str) -> str:
        """What a filter is set to; empty when it leaves everything."""
        wanted = self.wanted
        if what == "caller" and wanted.caller_id is not None:
            return self.caller(wanted.caller_id)
        current = {
            "region": wanted.region_code,
            "caller": NOBODY if wanted.unassigned else None,
            "standing": f"kind {wanted.kind}" if wanted.kind else wanted.standing,
            "priority": wanted.priority_group and str(wanted.priority_group),
            "age": wanted.older_than_days and str(wanted.older_than_days),
            "outcome": wanted.outcome,
            "source": wanted.source,
            "batch": wanted.batch_id and wanted.batch_id.hex,
        }[what]
        return next((words for code, words in self._offered(what) if code == current), "")
