"""What is said of one caller."""

from collections.abc import Sequence
from datetime import datetime

from rich.table import Table
from rich.text import Text

from db.reference.lists import label
from db.rules.groups import EVERYTHING, Groups
from db.rules.moving import STANDINGS
from db.rules.names import show_name
from db.rules.times import show_ago, show_moment
from db.texts import Texts
from db.views.callers import CallerView
from screens.moves.filters import STANDING_WORDS
from screens.queue.card_text import lines


class CallerText:
    """A caller in words, in one language and at one moment."""

    def __init__(self, texts: Texts, now: datetime) -> None:
        self._texts = texts
        self._language = texts.language
        self._now = now

    def whole(self, caller: CallerView) -> Table | Text:
        """Everything, the most important on top."""
        facts = [
            ("callers.fact.role", self._role(caller)),
            ("callers.fact.now", self._doing(caller)),
            ("callers.fact.today", self._today(caller)),
            ("callers.fact.open", self._open(caller)),
            ("callers.fact.held", self._held(caller)),
            ("callers.fact.regions", self._regions(caller)),
            ("callers.fact.groups", groups_said(caller.groups, self._texts)),
        ]
        return lines([(self._texts(key), words) for key, words in facts if words])

    def title(self, caller: CallerView) -> Text:
        """The name, and whether they still work here."""
        name = Text(caller.name, style="bold")
        if not caller.active:
            name.append(f" · {self._texts('callers.stopped')}", style="bold reverse")
        return name

    def _role(self, caller: CallerView) -> str:
        trainee = self._texts("callers.trainee") if caller.trainee else ""
        parts = (label("user_role", caller.role, self._language), trainee, caller.team)
        return " · ".join(part for part in parts if part)

    def _doing(self, caller: CallerView) -> str:
        if caller.paused_for:
            reason = label("pause_reason", caller.paused_for, self._language)
            return self._texts("callers.on_break", reason=reason)
        if caller.last_call_at is None:
            return self._texts("callers.never_called")
        ago = show_ago(caller.last_call_at, self._now, self._language)
        return self._texts("callers.last_call", ago=ago)

    def _today(self, caller: CallerView) -> str:
        day = caller.today
        return self._texts("callers.day", calls=day.calls, reached=day.reached, intakes=day.intakes)

    def _open(self, caller: CallerView) -> str:
        if not caller.open_count:
            return self._texts("callers.no_calls")
        parts = [
            f"{caller.open_calls[code]} {self._texts(STANDING_WORDS[code])}"
            for code in STANDINGS
            if caller.open_calls.get(code)
        ]
        return f"{caller.open_count}: {', '.join(parts)}"

    def _held(self, caller: CallerView) -> str:
        return "; ".join(
            self._texts(
                "callers.holds" if card.until > self._now else "callers.holds_over",
                name=show_name(card.name),
                until=show_moment(card.until, self._now, self._language),
            )
            for card in caller.held
        )

    def _regions(self, caller: CallerView) -> str:
        if not caller.regions:
            return self._texts("callers.all_regions")
        return ", ".join(label("region", code, self._language) for code in caller.regions)


def groups_said(groups: Groups, texts: Texts) -> str:
    """Whom a caller is never, or only, served."""
    if groups == EVERYTHING:
        return texts("callers.everything")
    parts = [
        _part("callers.groups.only_kinds", _kinds(groups.only_kinds, texts), texts),
        _part("callers.groups.not_kinds", _kinds(groups.not_kinds, texts), texts),
        _part("callers.groups.not_priorities", _numbers(groups.not_priorities), texts),
        _part("callers.groups.not_callbacks", _numbers(groups.not_callbacks), texts),
        texts("callers.groups.not_languages") if groups.not_languages else "",
    ]
    return "; ".join(part for part in parts if part)


def _part(text_key: str, codes: Sequence[str], texts: Texts) -> str:
    return texts(text_key, what=", ".join(codes)) if codes else ""


def _kinds(kinds: Sequence[str], texts: Texts) -> list[str]:
    return [label("queue_reason", kind, texts.language) for kind in kinds]


def _numbers(numbers: Sequence[int]) -> list[str]:
    return [str(number) for number in numbers]
