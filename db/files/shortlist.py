"""The shortlist of one request as a table of words, and as the bytes of a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.reference.lists import code_list, label
from db.rules.availability import show_grid
from db.rules.names import search_key, show_name
from db.rules.phone import show_phone
from db.rules.times import local, show_date
from db.texts import Texts
from db.views.exports import EducationLine, ExperienceLine, Shortlist, ShortlistPerson

COLUMNS = (
    "exports.column.name",
    "exports.column.phone",
    "exports.column.email",
    "exports.column.place",
    "exports.column.education",
    "exports.column.experience",
    "exports.column.available",
    "exports.column.hours",
    "exports.column.day_parts",
    "exports.column.big",
)
"""All that an organisation may see; a cell of several lines holds one thing a line."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands in a shortlist, in words."""

    title: str
    subtitle: str
    warning: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    made: str


def page_of(shortlist: Shortlist, texts: Texts, by: str, now: datetime) -> Page:
    """Put a shortlist into words."""
    destroy_by = show_date(local(shortlist.destroy_by).date(), texts.language)
    asked = " · ".join(part for part in (profile_of(shortlist, texts), shortlist.place) if part)
    return Page(
        title=texts("exports.page.title", organisation=shortlist.organisation),
        subtitle=texts("exports.page.subtitle", asked=asked, count=len(shortlist.people)),
        warning=texts("exports.page.warning", date=destroy_by),
        headings=tuple(texts(key) for key in COLUMNS),
        rows=tuple(_cells(person, texts) for person in shortlist.people),
        made=texts("exports.page.made", by=by, date=show_date(local(now).date(), texts.language)),
    )


def profile_of(shortlist: Shortlist, texts: Texts) -> str:
    """The function that was asked, or what was given when it is none of the list."""
    if shortlist.function_profile == "other" and shortlist.function_given:
        return shortlist.function_given
    return label("function_profile", shortlist.function_profile, texts.language)


def file_stem(shortlist: Shortlist, now: datetime) -> str:
    """A name for the file: what it is, for whom, and of which day; it names no candidate."""
    words = search_key(shortlist.organisation).split()[:4]
    return "-".join(["shortlist", *words, local(now).strftime("%Y%m%d")])


def render(page: Page, kind: str, language: str) -> bytes:
    """The file itself: xlsx, csv or pdf."""
    return _renderers()[kind](page, language)


def _renderers() -> Mapping[str, Callable[[Page, str], bytes]]:
    from db.files.shortlist_pdf import render_pdf
    from db.files.shortlist_sheets import render_csv, render_xlsx

    return {"xlsx": render_xlsx, "csv": render_csv, "pdf": render_pdf}


def _cells(person: ShortlistPerson, texts: Texts) -> tuple[str, ...]:
    language = texts.language
    return (
        show_name(person.name),
        show_phone(person.phone) if person.phone else "",
        person.email or "",
        person.place,
        "\n".join(_education(line, language) for line in person.educations),
        "\n".join(_experience(line, texts) for line in person.experiences),
        _period(person, texts),
        hours_of(person),
        show_grid(person.grid, language),
        label("big_status", person.big_status, language),
    )


def hours_of(person: ShortlistPerson) -> str:
    """The hours a week: 16–24, or one number when they are the same."""
    known = [str(value) for value in (person.hours_min, person.hours_max) if value is not None]
    return "–".join(dict.fromkeys(known))


def _period(person: ShortlistPerson, texts: Texts) -> str:
    if person.available_from is None:
        return ""
    begin = show_date(person.available_from, texts.language)
    if person.available_until is None:
        return texts("exports.period.from", begin=begin)
    return texts("exports.period", begin=begin, end=show_date(person.available_until, texts.language))


def _education(line: EducationLine, language: str) -> str:
    details: Sequence[str] = [line.programme, str(line.year or "")]
    if line.completed != "yes" and line.completed in code_list("education_completed"):
        details = [*details, label("education_completed", line.completed, language).lower()]
    return _with_details(label("education_level", line.level, language), details)


def _experience(line: ExperienceLine, texts: Texts) -> str:
    sector = label("care_sector", line.sector, texts.language) if line.sector else ""
    years = ""
    if line.years is not None:
        number = f"{line.years:g}"
        shown = number.replace(".", ",") if texts.language == "nl" else number
        years = texts("exports.years", count=line.years, years=shown)
    until = texts("exports.until", year=line.until_year) if line.until_year else ""
    where = line.organisation or sector
    return _with_details(
        label("function_profile", line.function_profile, texts.language), [where, years, until]
    )


def _with_details(words: str, details: Sequence[str]) -> str:
    known = ", ".join(detail for detail in details if detail)
    return f"{words} ({known})" if known else words
