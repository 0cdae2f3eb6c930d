"""Charts out of cells: bars and a heat map, every figure printed, so that nothing is told by colour alone."""

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from db.reference.lists import label
from db.rules.times import weekday_label
from db.texts import Texts
from db.views.floor import BalanceLine, Tally
from screens.widgets.cut import cut_middle
from screens.widgets.numbers import decimal, whole

FULL, EMPTY = "█", "░"
FEW = 5
"""Fewer calls than this say nothing of how often people are reached."""
DEPTHS = ((0.55, "bold on #1b6e3c"), (0.4, "on #24583a"), (0.25, "on #2b4438"), (0.0, "on #3a3a3a"))
LISTS = {"regions": "region", "profiles": "function_profile"}
HEADS = {"regions": "charts.region", "profiles": "charts.profile"}


def bar(value: int, of: int, width: int, glyph: str = FULL) -> str:
    """A bar as long as the value; what is not nothing has at least one cell."""
    if not value or not of:
        return ""
    return glyph * max(1, round(width * value / of))


def hours_chart(today: Mapping[int, Tally], texts: Texts, width: int) -> Table | Text:
    """Calls and reached per hour: reached full, the others light, with both figures."""
    if not today:
        return Text(texts("charts.none_today"), style="dim")
    table = Table.grid(padding=(0, 1, 0, 0))
    most = max(tally.calls for tally in today.values())
    room = max(8, width - 26)
    heads = (texts("charts.hour"), texts("charts.calls"), texts("charts.reached"))
    table.add_row(*(Text(head, style="dim") for head in heads), Text(""))
    for hour in range(min(today), max(today) + 1):
        tally = today.get(hour, Tally())
        reached = bar(tally.reached, most, room)
        missed = EMPTY * max(0, len(bar(tally.calls, most, room)) - len(reached))
        drawn = Text(reached).append(missed, style="dim")
        table.add_row(
            Text(f"{hour:>2}–{hour + 1}"),
            Text(str(tally.calls), justify="right"),
            Text(_percent(tally), justify="right"),
            drawn,
        )
    table.add_row(Text(""), Text(""), Text(""), Text(texts("charts.today.note"), style="dim"))
    return table


def _percent(tally: Tally) -> str:
    return f"{tally.reached} {round(100 * (tally.rate or 0))}%" if tally.calls else ""


def week_chart(week: Mapping[tuple[int, int], Tally], texts: Texts, weeks: int) -> Table | Text:
    """The part that was reached by weekday and hour, in per cent; the best one between marks."""
    known = {slot: tally for slot, tally in week.items() if tally.calls >= FEW}
    if not known:
        return Text(texts("charts.none_week"), style="dim")
    best = max(known, key=lambda slot: (known[slot].rate or 0, known[slot].calls))
    hours = range(min(hour for _, hour in week), max(hour for _, hour in week) + 1)
    table = Table.grid()
    table.add_row(Text("   "), *(Text(f" {hour:>2} ", style="dim") for hour in hours))
    for weekday in sorted({slot[0] for slot in week}):
        cells = [_heat(known.get((weekday, hour)), is_best=(weekday, hour) == best) for hour in hours]
        table.add_row(Text(f"{weekday_label(weekday, texts.language)} "), *cells)
    outer = Table.grid()
    outer.add_row(table)
    outer.add_row(Text(""))
    outer.add_row(Text(texts("charts.week.note", weeks=weeks, few=FEW), style="dim"))
    return outer


def _heat(tally: Tally | None, *, is_best: bool) -> Text:
    if tally is None or tally.rate is None:
        return Text("  · ", style="dim")
    figure = f"{round(100 * tally.rate):>2}"
    style = next(style for least, style in DEPTHS if tally.rate >= least)
    shown = f"«{figure}»" if is_best else f" {figure} "
    return Text(shown, style=f"{style} #ffffff")


def balance_chart(lines: Sequence[BalanceLine], kind: str, texts: Texts, width: int) -> Table | Text:
    """Supply above demand as two bars a line, with the figures and what is short."""
    shown = [line for line in lines if line.offered or line.left]
    if not shown:
        return Text(texts("charts.none_balance"), style="dim")
    language = texts.language
    most = max(line.offered + line.left for line in shown)
    name = 17 if width < 70 else 24
    room = max(6, width - name - 36)
    table = Table.grid(padding=(0, 1, 0, 0))
    heads = (HEADS[kind], "charts.people", "charts.offered", "charts.left", "charts.short")
    table.add_column(width=name, no_wrap=True)
    for _ in heads[1:]:
        table.add_column(justify="right", no_wrap=True)
    table.add_row(*(Text(texts(head), style="dim") for head in heads), Text(""))
    for line in shown:
        short = line.left - line.offered
        table.add_row(
            Text(cut_middle(_named(line.code, kind, texts), name)),
            Text(whole(line.available, language)),
            Text(decimal(line.offered / 100, language)),
            Text(decimal(line.left / 100, language)),
            Text(f"▲{decimal(short / 100, language)}" if short > 0 else "", style="bold"),
            Text(bar(line.offered, most, room)).append(bar(line.left, most, room, EMPTY), style="dim"),
        )
    outer = Table.grid()
    outer.add_row(table)
    outer.add_row(Text(texts("charts.balance.note"), style="dim"))
    return outer


def _named(code: str, kind: str, texts: Texts) -> str:
    return texts("charts.unknown") if code == "unknown" else label(LISTS[kind], code, texts.language)
