"""What the board says: the callers' cells, the strip of counts, the queue and what holds it up."""

from collections.abc import Sequence
from datetime import datetime

from rich.table import Table
from rich.text import Text
from textual.content import Content

from db.reference.lists import label
from db.rules.names import show_name
from db.texts import Texts
from db.views.floor import AWAY, BETWEEN, BREAK, CALLING, LEFT, Board, CallerLine, RegionQueue
from screens.widgets.numbers import decimal, whole
from screens.widgets.packing import packed

MARKS = {CALLING: "☎", BREAK: "‖", BETWEEN: "·", AWAY: "–", LEFT: "✗"}
"""What somebody does, told without colour too."""
COLUMNS = (
    ("floor.column.name", 16),
    ("floor.column.doing", 20),
    ("floor.column.since", 7),
    ("floor.column.calls", 6),
    ("floor.column.reached", 7),
    ("floor.column.pace", 4),
    ("floor.column.own", 5),
)
URGENT = ("overdue", "leases", "conflicts")
COUNTS = ("overdue", "leases", "escalated", "likenesses", "repairs", "regions", "conflicts")
GAP = "   "
GROUPS = (1, 2, 3, 4)
REASONS = (
    "callback",
    "retry",
    "email",
    "in_hand",
    "expired",
    "no_number",
    "data_problem",
    "escalated",
    "paused",
    "do_not_call",
)


def heads(texts: Texts) -> list[tuple[str, int]]:
    """The titles of the columns; those of figures stand over the figures, at the right."""
    told = ("floor.column.name", "floor.column.doing")
    return [(texts(title) if title in told else texts(title).rjust(width), width) for title, width in COLUMNS]


def duration(since: datetime, now: datetime) -> str:
    """How long it has been: 4 m, 1:05 h; seconds would make the board restless."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} m"
    if minutes < 24 * 60:
        return f"{minutes // 60}:{minutes % 60:02d} h"
    return f"{minutes // 1440} d"


class BoardText:
    """The parts of the board in one language at one moment."""

    def __init__(self, board: Board, texts: Texts, now: datetime, lease_minutes: int = 20) -> None:
        self._board = board
        self._texts = texts
        self._language = texts.language
        self._now = now
        self._lease = lease_minutes

    def note(self) -> str:
        """In the top line: how many do what."""
        doing = [line.doing for line in self._board.callers]
        return self._texts("floor.note", calling=doing.count(CALLING), breaks=doing.count(BREAK))

    def day(self, gap: str = " · ") -> str:
        """The day's total, and what a mark in the list means."""
        lines = self._board.callers
        said = self._texts(
            "floor.day",
            calls=whole(sum(line.calls for line in lines), self._language),
            reached=whole(sum(line.reached for line in lines), self._language),
        )
        if not any(line.trainee for line in lines):
            return said
        return f"{said}{gap}{self._texts('floor.trainee')} {self._texts('callers.trainee')}"

    def cells(self, line: CallerLine) -> list[Text]:
        """The row of one caller."""
        stopped = line.stopped(self._now)
        quiet = "" if line.at_work or stopped else "dim"
        name = Text(line.name, style=quiet)
        if line.trainee:
            mark = f" {self._texts('floor.trainee')}"
            name.truncate(COLUMNS[0][1] - len(mark), overflow="ellipsis")
            name.append(mark)
        since = duration(line.since, self._now) if line.since else ""
        pace = line.pace(self._now)
        rate = f" {round(100 * line.reached / line.calls)}%" if line.calls else ""
        return [
            name,
            Text(f"{MARKS[line.doing]} {self.doing(line)}", style=quiet),
            Text(
                f"▲{since}" if stopped else since,
                justify="right",
                style="bold" if self._long(line) else quiet,
            ),
            Text(str(line.calls) if line.at_work else "", justify="right"),
            Text(f"{line.reached}{rate}" if line.at_work else "", justify="right"),
            Text(decimal(pace, self._language) if pace is not None else "", justify="right"),
            # Calls that lie with somebody who is not there are what a supervisor looks for.
            Text(str(line.own or ""), justify="right", style="bold" if not line.at_work else ""),
        ]

    def doing(self, line: CallerLine) -> str:
        """What somebody does, in words."""
        if line.doing == CALLING and line.candidate is not None:
            more = f" +{line.in_hand - 1}" if line.in_hand > 1 else ""
            return f"{show_name(line.candidate)}{more}"
        if line.pause_reason and not line.stopped(self._now):
            return label("pause_reason", line.pause_reason, self._language)
        if line.doing == AWAY and line.stopped(self._now):
            return self._texts("floor.doing.stopped", count=line.own)
        return self._texts(f"floor.doing.{line.doing}")

    def _long(self, line: CallerLine) -> bool:
        """Longer on one card than a lease lasts, or on a break than an hour."""
        if line.since is None or line.stopped(self._now):
            return line.stopped(self._now)
        minutes = (self._now - line.since).total_seconds() / 60
        return minutes >= {CALLING: self._lease, BREAK: 60}.get(line.doing, minutes + 1)

    def strip(self, width: int) -> Content:
        """What waits for a supervisor, each with its number, whole on a line; what presses is marked."""
        numbers = {
            **self._board.counts,
            "overdue": self._board.overdue.count,
            "leases": len(self._board.leases),
        }
        parts = []
        for name in COUNTS:
            count = numbers[name]
            pressing = count and name in URGENT
            style = "bold $text-warning" if pressing else ("bold" if count else "$text-muted")
            mark = "▲" if pressing else ""
            words = self._texts(f"floor.count.{name}")
            shown = f"{mark}{whole(count, self._language)}"
            oldest = self._board.overdue.oldest
            if name == "overdue" and count and oldest:
                shown += f" ({self._texts('floor.oldest', time=duration(oldest, self._now))})"
            parts.append(Content.styled(f"{words} {shown}", style))
        return _laid(parts, width)

    def summary(self, width: int) -> Content:
        """The queue in a few lines, for a small screen; no count is parted from its word."""
        board = self._board
        ready = {group: sum(line.ready.get(group, 0) for line in board.queue) for group in GROUPS}
        groups = " · ".join(
            f"P{group} {whole(count, self._language)}" for group, count in ready.items() if count
        )
        total = whole(sum(ready.values()), self._language)
        held = [Content(f"{words} {count}") for words, count in self._held()]
        held = held or [Content(self._texts("floor.nothing"))]
        held[0] = Content.assemble((self._texts("floor.held"), "bold"), "  ", held[0])
        return Content.assemble(
            (self._texts("floor.ready", count=total), "bold"),
            f"  {groups}\n",
            f"{self.day()}\n",
            packed(held, width, " · "),
        )

    def regions(self) -> Table:
        """Who waits where, by priority, and how many are held up."""
        table = Table.grid(padding=(0, 1, 0, 0), expand=True)
        table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        for _ in range(len(GROUPS) + 1):
            table.add_column(justify="right", no_wrap=True)
        heads = [self._texts("floor.queue.region"), *(f"P{group}" for group in GROUPS)]
        table.add_row(*(Text(head, style="bold") for head in [*heads, self._texts("floor.queue.held")]))
        for line in self._board.queue:
            table.add_row(*self._region(line))
        return table

    def _region(self, line: RegionQueue) -> list[Text]:
        numbers = [line.ready.get(group, 0) for group in GROUPS]
        return [
            Text(label("region", line.region_code, self._language)),
            *(Text(str(count) if count else "·", style="" if count else "dim") for count in numbers),
            Text(str(line.held_up), style="dim"),
        ]

    def held(self) -> Table:
        """What holds calls up, in words."""
        return _pairs(self._texts("floor.held"), self._held(), self._texts("floor.nothing"))

    def leases(self) -> Table:
        """The cards whose lease is about to end."""
        lines = [
            (f"{lease.caller}: {show_name(lease.name)}", self._left(lease.until))
            for lease in self._board.leases
        ]
        return _pairs(self._texts("floor.leases"), lines, self._texts("floor.leases.none"))

    def _left(self, until: datetime) -> str:
        minutes = int((until - self._now).total_seconds() // 60)
        return self._texts("floor.lease.over") if until <= self._now else f"{max(minutes, 0)} m"

    def _held(self) -> list[tuple[str, str]]:
        held = self._board.held
        return [
            (self._texts(f"floor.held.{reason}"), whole(held[reason], self._language))
            for reason in REASONS
            if held.get(reason)
        ]


def _laid(parts: Sequence[Content], width: int) -> Content:
    """The parts one after another, none of them broken over two lines."""
    lines: list[list[Content]] = [[]]
    used = 0
    for part in parts:
        if used and used + len(GAP) + part.cell_length > width:
            lines.append([])
            used = 0
        lines[-1].append(part)
        used += part.cell_length + (len(GAP) if used else 0)
    return Content("\n").join(Content(GAP).join(line) for line in lines)


def _pairs(title: str, lines: list[tuple[str, str]], nothing: str) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column(justify="right", no_wrap=True)
    table.add_row(Text(title, style="bold"), Text(""))
    for words, number in lines:
        table.add_row(Text(words), Text(number))
    if not lines:
        table.add_row(Text(nothing, style="dim"), Text(""))
    return table
