"""What an answer says, in one line."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from db.reference.lists import code_list, label
from db.rules.availability import show_grid
from db.rules.intake import Answer, Field
from db.rules.times import show_date
from db.texts import Texts

NOTHING = {
    "available_until": "interview.none.until",
    "big_expires": "interview.none.date",
    "vog_date": "interview.none.date",
    "motivation": "interview.none.note",
    "notes": "interview.none.note",
}
"""What it means that nothing was filled in; elsewhere it is "none"."""


def show_answer(field: Field, answer: Answer | None, texts: Texts) -> str:
    """The answer in words; a question that was not reached says nothing."""
    if answer is None:
        return ""
    if not answer.asked:
        return texts("interview.not_asked")
    if answer.value is None or answer.value in ("", []):
        return texts(NOTHING.get(field.code, "interview.none"))
    return _show_value(field, answer.value, texts)


def _show_value(field: Field, value: Any, texts: Texts) -> str:  # noqa: ANN401  # any answer is JSON
    language = texts.language
    shown: dict[str, Callable[[], str]] = {
        "yes_no": lambda: label("yes_no_maybe", "yes" if value else "no", language),
        "choice": lambda: label(field.list_name, value, language),
        "choices": lambda: ", ".join(label(field.list_name, code, language) for code in value),
        "date": lambda: show_date(date.fromisoformat(value), language),
        "grid": lambda: show_week(value.get("available", 0), value.get("preferred", 0), language),
        "periods": lambda: "; ".join(show_period(pair, language) for pair in value),
        "educations": lambda: "; ".join(show_education(entry, texts) for entry in value),
        "experiences": lambda: "; ".join(show_experience(entry, texts) for entry in value),
    }
    show = shown.get(field.kind)
    return show() if show else " ".join(str(value).split())


def show_week(available: int, preferred: int, language: str) -> str:
    """The days and day parts, with those that are preferred behind a star."""
    words = show_grid(available, language)
    return f"{words} (★ {show_grid(preferred, language)})" if preferred else words


def show_period(pair: list[str], language: str) -> str:
    """Two days, both inclusive."""
    first, last = (show_date(date.fromisoformat(day), language) for day in pair)
    return f"{first} – {last}"


def show_education(entry: Mapping[str, Any], texts: Texts) -> str:
    """Level, programme, year, and what is out of the ordinary."""
    language = texts.language
    parts = [label("education_level", entry["level"], language), entry.get("programme"), entry.get("year")]
    if entry.get("completed", "yes") != "yes":
        parts.append(label("education_completed", entry["completed"], language).lower())
    if entry.get("is_care") is False and _may_be_care(entry["level"]):
        parts.append(texts("interview.education.not_care"))
    if entry.get("diploma_seen"):
        parts.append(texts("interview.education.seen"))
    if entry.get("foreign") and entry["level"] != "foreign":
        parts.append(texts("interview.education.foreign"))
    return " · ".join(str(part) for part in parts if part)


def show_experience(entry: Mapping[str, Any], texts: Texts) -> str:
    """Position, sector, organisation, how long and until when."""
    language = texts.language
    parts = [label("function_profile", entry["function_profile"], language)]
    if entry.get("sector"):
        parts.append(label("care_sector", entry["sector"], language))
    if entry.get("organisation"):
        parts.append(entry["organisation"])
    if entry.get("years") is not None:
        parts.append(texts("interview.experience.years", years=_number(entry["years"], language)))
    if entry.get("until_year"):
        parts.append(texts("interview.experience.until", year=entry["until_year"]))
    if entry.get("paid") is False:
        parts.append(texts("interview.experience.unpaid"))
    return " · ".join(parts)


def _may_be_care(level: str) -> bool:
    entry = code_list("education_level").get(level)
    return entry is not None and entry.group != "general"


def _number(years: float, language: str) -> str:
    text = f"{years:g}"
    return text if language == "en" else text.replace(".", ",")
