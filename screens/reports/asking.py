"""What is asked on the line at the bottom of the reports."""

from dataclasses import replace

from db.drafts.reports import ReportFilter, day_of
from db.errors import DeskError
from db.files.reports import FORMATS
from db.reference.lists import Code, code_list
from db.rules.times import show_date
from db.texts import Texts
from screens.base import DeskScreen, Workplace
from screens.reports.figure_table import Chosen
from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option

FORMAT_NAMES = {"md": "Markdown", "csv": "CSV", "xlsx": "Excel", "json": "JSON"}
SHOWN_NAMES = 3


async def ask_filter(bar: AskBar, workplace: Workplace, now: ReportFilter) -> ReportFilter | None:
    """Another filter, or None when it stays; raises DeskError for a day that is none."""
    texts = workplace.texts
    options = [
        Option("p", "period", texts("reports.option.period")),
        Option("r", "region", texts("reports.option.region")),
        Option("g", "wave", texts("reports.option.wave")),
        Option("x", "clear", texts("reports.option.clear")),
    ]
    what = await bar.choose(texts("reports.ask.filter"), options)
    if what == "clear":
        return ReportFilter()
    if what == "period":
        return await _ask_period(bar, texts, now)
    if what == "region":
        regions = [Option(letter, code.code, code.label(texts.language)) for letter, code in _regions()]
        region = await bar.choose(texts("reports.ask.region"), regions)
        return replace(now, region=region) if region else None
    if what == "wave":
        waves = await workplace.desk.reports.waves()
        listed = [
            Option(letter, wave.code, texts("reports.scope.wave", wave=wave.code))
            for letter, wave in zip(SPARE_KEYS, waves, strict=False)
        ]
        wave = await bar.choose(texts("reports.ask.wave"), listed)
        return replace(now, wave=wave) if wave else None
    return None


def _regions() -> list[tuple[str, Code]]:
    return list(zip(SPARE_KEYS, code_list("region").values(), strict=False))


async def _ask_period(bar: AskBar, texts: Texts, now: ReportFilter) -> ReportFilter | None:
    days = " ".join(show_date(day, texts.language) for day in (now.from_, now.to) if day)
    given = await bar.note(texts("reports.ask.period"), days, replaced=True)
    if given is None:
        return None
    first, _, last = given.strip().partition(" ")
    wanted = replace(now, from_=day_of(first) if first else None, to=day_of(last) if last.strip() else None)
    return wanted.checked()


async def ask_format(bar: AskBar, texts: Texts) -> str | None:
    """In which form a report is saved."""
    options = [Option(letter, kind, FORMAT_NAMES[kind]) for letter, kind in zip("mcxj", FORMATS, strict=True)]
    return await bar.choose(texts("reports.ask.format"), options)


async def ask_week_format(bar: AskBar, texts: Texts) -> str | None:
    """In which form the page of last week is saved."""
    options = [Option("p", "pdf", "PDF"), Option("m", "md", FORMAT_NAMES["md"])]
    return await bar.choose(texts("reports.ask.week"), options)


async def put_first(
    screen: DeskScreen[None], bar: AskBar, name: str, chosen: Chosen, wanted: ReportFilter
) -> None:
    """Show how many and who, and put them at the head of the queue when that is meant."""
    figure, texts, reports = chosen.figure, screen.texts, screen.desk.reports
    if figure.unit not in ("candidates", "days") or not figure.traceable:
        screen.tell("reports.not_people", "warning")
        return
    people = await reports.people(name, figure.id, wanted)
    first = await reports.rows(name, figure.id, wanted, SHOWN_NAMES)
    names = ", ".join(row.cells[0].words(texts) for row in first.rows)
    more = "…" if len(people) > SHOWN_NAMES else ""
    title = texts("reports.ask.first", count=len(people), names=f"{names}{more}")
    if await bar.choose(title, [Option("1", "yes", texts("reports.option.yes"))]) != "yes":
        return
    try:
        done = await reports.put_first(people)
    except DeskError as error:
        screen.tell_error(error)
        return
    if done.left:
        left = ", ".join(texts(f"reports.left.{code}", count=number) for code, number in done.left)
        screen.tell("reports.moved_rest", "information", count=done.moved, left=left)
    else:
        screen.tell("reports.moved", "information", count=done.moved)
