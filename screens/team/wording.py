"""The rows of the supervisor's lists, and what is said of the one under the cursor."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from rich.console import Group
from rich.table import Table
from rich.text import Text

from db.reference.lists import label
from db.reference.outcomes import outcomes
from db.rules.names import show_name
from db.rules.phone import show_phone
from db.rules.times import local, show_ago, show_date, show_moment
from db.texts import Texts
from db.views.team import (
    ConflictLine,
    EscalatedLine,
    LeaseLine,
    LikenessLine,
    LikePerson,
    RegionLine,
    RepairLine,
    TeamLists,
)
from screens.queue.card_text import lines

TABS = ("escalated", "likenesses", "repairs", "regions", "conflicts", "leases")
TITLES = {
    "escalated": "team.tab.escalated",
    "likenesses": "team.tab.likenesses",
    "repairs": "team.tab.repairs",
    "regions": "team.tab.regions",
    "conflicts": "team.tab.conflicts",
    "leases": "team.tab.leases",
}
EMPTY = {
    "escalated": "team.empty.escalated",
    "likenesses": "team.empty.likenesses",
    "repairs": "team.empty.repairs",
    "regions": "team.empty.regions",
    "conflicts": "team.empty.conflicts",
    "leases": "team.empty.leases",
}
HINTS = {
    "escalated": "team.hint.escalated",
    "likenesses": "team.hint.likenesses",
    "repairs": "team.hint.repairs",
    "regions": "team.hint.regions",
    "conflicts": "team.hint.conflicts",
    "leases": "team.hint.leases",
}
WHY = {
    "same_phone_like_name": "team.why.same_phone",
    "same_email_other_name": "team.why.same_email",
    "like_name_same_postcode": "team.why.same_postcode",
    "same_email_like_name": "team.why.same_email_like_name",
}
COLUMNS: dict[str, tuple[tuple[str, int], ...]] = {
    "escalated": (("team.column.name", 22), ("team.column.why", 36), ("team.column.since", 15)),
    "likenesses": (("team.column.one", 22), ("team.column.other", 22), ("team.column.shared", 28)),
    "repairs": (("team.column.name", 22), ("team.column.wrong", 30), ("team.column.given", 20)),
    "regions": (("team.column.name", 22), ("team.column.postcode", 24), ("team.column.suggestion", 26)),
    "conflicts": (("team.column.name", 18), ("team.column.written", 21), ("team.column.by", 34)),
    "leases": (("team.column.name", 26), ("team.column.caller", 20), ("team.column.until", 26)),
}
NARROWEST = 80
"""The width for which these are."""
Line = EscalatedLine | LikenessLine | RepairLine | RegionLine | ConflictLine | LeaseLine


def columns(tab: str, width: int) -> list[tuple[str, int]]:
    """The columns of a tab; what a wide screen has to spare is shared out among them."""
    more = max(0, width - NARROWEST) // len(COLUMNS[tab])
    return [(title, least + more) for title, least in COLUMNS[tab]]


def line_id(line: Line) -> UUID:
    """What a row is known by."""
    if isinstance(line, EscalatedLine | LeaseLine):
        return line.entry_id
    return line.candidate_id if isinstance(line, RegionLine) else line.id


def person_of(line: Line) -> UUID:
    """Whose card opens."""
    return line.newer.id if isinstance(line, LikenessLine) else line.candidate_id


def lines_of(lists: TeamLists, tab: str) -> Sequence[Line]:
    """The lines of a tab."""
    found: Sequence[Line] = getattr(lists, tab)
    return found


class TeamText:
    """What is said of a line, in one language and at one moment."""

    def __init__(self, texts: Texts, now: datetime) -> None:
        self._texts = texts
        self._language = texts.language
        self._now = now

    def cells(self, line: Line) -> list[Text]:
        """The row."""
        tell: dict[type, Callable[[Any], list[str]]] = {
            EscalatedLine: self._escalated,
            LikenessLine: self._likeness,
            RepairLine: self._repair,
            RegionLine: self._region,
            ConflictLine: self._conflict,
            LeaseLine: self._lease,
        }
        return [Text(words) for words in tell[type(line)](line)]

    def detail(self, line: Line) -> Group | Table | Text:
        """More of it: every skip, or both records side by side."""
        if isinstance(line, EscalatedLine):
            skips = [(f"{self._ago(skip.at)} · {skip.by}", self._skip(skip.reason)) for skip in line.skips]
            note = [(self._texts("team.fact.note"), line.note)] if line.note else []
            return lines([*note, *skips])
        if isinstance(line, LikenessLine):
            return self._side_by_side(line)
        if isinstance(line, RepairLine):
            phone = show_phone(line.phone) if line.phone else ""
            known = " · ".join(part for part in (phone, line.email) if part)
            said = [("team.column.given", line.given), ("team.fact.known", known)]
            return lines([(self._texts(key), words) for key, words in said if words])
        return Text("")

    def _escalated(self, line: EscalatedLine) -> list[str]:
        reasons = "; ".join(dict.fromkeys(self._skip(skip.reason) for skip in line.skips))
        return [show_name(line.name), reasons, self._ago(line.since)]

    def _likeness(self, line: LikenessLine) -> list[str]:
        return [show_name(line.older.name), show_name(line.newer.name), self._why(line)]

    def _repair(self, line: RepairLine) -> list[str]:
        return [show_name(line.name), label("repair_kind", line.kind, self._language), line.given]

    def _region(self, line: RegionLine) -> list[str]:
        postcode = " ".join(part for part in (line.postcode or line.postcode_given, line.place) if part)
        suggested = self._texts("team.no_suggestion")
        if line.suggestion:
            suggested = label("region", line.suggestion, self._language)
        return [show_name(line.name), postcode, suggested]

    def _conflict(self, line: ConflictLine) -> list[str]:
        outcome = outcomes().get(line.mine)
        written = outcome.label(self._language) if outcome else line.mine
        return [show_name(line.name), written, f"{line.by} · {self._ago(line.at)}"]

    def _lease(self, line: LeaseLine) -> list[str]:
        until = show_moment(line.until, self._now, self._language)
        over = f" · {self._texts('team.lease_over')}" if line.until <= self._now else ""
        return [show_name(line.name), line.by, f"{until}{over}"]

    def _why(self, line: LikenessLine) -> str:
        return self._texts(WHY[line.why]) if line.why in WHY else line.why

    def _skip(self, reason: str) -> str:
        return label("skip_reason", reason, self._language)

    def _ago(self, moment: datetime) -> str:
        return show_ago(moment, self._now, self._language)

    def _side_by_side(self, line: LikenessLine) -> Table:
        grid = Table.grid(padding=(0, 2, 0, 0))
        for _ in range(3):
            grid.add_column()
        heads = ("", self._texts("team.column.one"), self._texts("team.column.other"))
        grid.add_row(*(Text(head, style="bold") for head in heads))
        for key, older, newer in zip(*self._columns(line), strict=True):
            same = "" if older == newer else "bold"
            grid.add_row(
                Text(self._texts(key), style="dim"), Text(older, style=same), Text(newer, style=same)
            )
        return grid

    def _columns(self, line: LikenessLine) -> tuple[tuple[str, ...], list[str], list[str]]:
        keys = (
            "team.fact.name",
            "team.fact.phone",
            "team.fact.email",
            "team.fact.place",
            "team.fact.registered",
            "team.fact.status",
        )
        return keys, self._person(line.older), self._person(line.newer)

    def _person(self, person: LikePerson) -> list[str]:
        sources = ", ".join(label("registration_source", code, self._language) for code in person.sources)
        day = show_date(local(person.registered_at).date(), self._language)
        status = label("candidate_status", person.status, self._language)
        return [
            show_name(person.name),
            show_phone(person.phone) if person.phone else "",
            person.email or "",
            " ".join(part for part in (person.postcode, person.place) if part),
            " · ".join(part for part in (day, sources) if part),
            " · ".join((status, self._texts("team.attempts", count=person.attempts))),
        ]
