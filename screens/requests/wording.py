"""What is said of a request, as text that no person's words can turn into markup."""

from datetime import date, datetime

from rich.console import Group
from rich.table import Table
from rich.text import Text

from db.reference.lists import label, short_label
from db.rules.availability import show_grid
from db.rules.names import show_name, show_name_last_first
from db.rules.phone import show_phone
from db.rules.times import local, show_date, show_moment
from db.texts import Texts
from db.views.requests import FteBook, RequestLine, RequestProposal, RequestView
from screens.proposals.wording import status_words
from screens.queue.card_text import lines
from screens.widgets.numbers import decimal

PROPOSED = "✓"
ELSEWHERE = "»"
BIG = "BIG"


def fte(hundredths: int, language: str) -> str:
    """Hundredths of an fte as people write them: 12,67."""
    return decimal(hundredths / 100, language, 2)


def hours(line: RequestLine) -> str:
    """The hours a week: 16–24, or one number when they are the same."""
    known = [str(value) for value in (line.hours_min, line.hours_max) if value is not None]
    return "–".join(dict.fromkeys(known))


def distance(line: RequestLine, language: str) -> str:
    """Kilometres; below ten with a decimal."""
    if line.distance_km is None:
        return ""
    return decimal(line.distance_km, language, 1 if line.distance_km < 10 else 0)


def profile(line: RequestLine, language: str) -> str:
    """The function profile, or what was given when it is none of the list."""
    if line.function_profile == "other" and line.function_given:
        return line.function_given
    return label("function_profile", line.function_profile, language)


def short_profile(line: RequestLine, language: str) -> str:
    """The function profile where there is little room."""
    if line.function_profile == "other" and line.function_given:
        return line.function_given
    return short_label("function_profile", line.function_profile, language)


def day(value: date | None, language: str) -> str:
    """A date, short: the year is the campaign's own."""
    return show_date(value, language)[:5] if value else ""


BOOK_WIDTH = 5
STATUS_WIDTH = 32
"""Cells for what became of a proposal."""
REASON_LISTS = {"on_hold": "request_hold_reason", "cancelled": "request_cancel_reason"}
ALSO = {"experience": "requests.also.experience", "vog": "requests.also.vog", "dutch": "requests.also.dutch"}


def book_heads(texts: Texts) -> str:
    """The heads over the fte book of a row: asked, proposed, accepted, started, left."""
    heads = (
        texts("requests.head.asked"),
        texts("requests.head.proposed"),
        texts("requests.head.accepted"),
        texts("requests.head.started"),
        texts("requests.head.left"),
    )
    return "".join(head[:BOOK_WIDTH].rjust(BOOK_WIDTH) for head in heads)


def book_cell(book: FteBook, language: str) -> Text:
    """The fte book in a row; nothing is a dot, what is left stands out."""
    amounts = (book.asked, book.proposed, book.accepted, book.started, book.left)
    shown = [decimal(part / 100, language) if part else "·" for part in amounts]
    *before, left = (part.rjust(BOOK_WIDTH) for part in shown)
    return Text.assemble("".join(before), (left, "bold" if book.left > 0 else "dim"))


class RequestText:
    """The parts of a request in one language, at one moment."""

    def __init__(self, view: RequestView, texts: Texts, now: datetime) -> None:
        self._view = view
        self._line = view.line
        self._texts = texts
        self._language = texts.language
        self._now = now

    def title(self) -> Text:
        """The organisation and what it asks."""
        return Text.assemble((self._line.organisation, "bold"), f"\n{profile(self._line, self._language)}")

    def facts(self) -> Table | Text:
        """Everything that was asked, label by label."""
        texts, line, view, language = self._texts, self._line, self._view, self._language
        said = [
            ("requests.fact.place", " · ".join(part for part in (line.place, view.postcode) if part)),
            ("requests.fact.distance", self._distance()),
            ("requests.fact.region", label("region", line.region_code, language)),
            ("requests.fact.sector", label("care_sector", line.sector, language)),
            ("requests.fact.status", self._status()),
            ("requests.fact.complete", self._completeness()),
            ("requests.fact.fte", self._book()),
            ("requests.fact.hours", hours(line)),
            ("requests.fact.period", self._period()),
            ("requests.fact.deadline", show_date(line.deadline, language) if line.deadline else ""),
            ("requests.fact.day_parts", show_grid(view.grid, language) or view.day_parts_given),
            ("requests.fact.education", self._education()),
            ("requests.fact.big", self._big()),
            ("requests.fact.also", self._also()),
            ("requests.fact.conditions", self._codes("request_condition", view.conditions)),
            ("requests.fact.employment", self._codes("employment_form", view.employment_forms)),
            ("requests.fact.given", line.function_given),
            ("requests.fact.contact", view.contact_name),
            ("requests.fact.reach", self._reach()),
            ("requests.fact.note", view.note),
        ]
        return lines([(texts(key), words) for key, words in said if words])

    def proposals(self) -> Table | Text:
        """Who was proposed, in a few words each."""
        if not self._view.proposals:
            return Text(self._texts("requests.no_proposals"), style="dim")
        title = self._texts("requests.proposals", count=len(self._view.proposals))
        return lines([(show_name(item.name), self._proposal(item)) for item in self._view.proposals], title)

    def everything(self) -> Group:
        """Title, facts and proposals under each other."""
        return Group(self.title(), Text(""), self.facts(), Text(""), self.proposals())

    def _proposal(self, item: RequestProposal) -> str:
        words = [status_words(item.status, item.reason, self._language), item.by]
        if item.elsewhere and item.is_live:
            words.append(self._texts("requests.elsewhere", count=item.elsewhere))
        return " · ".join(word for word in words if word)

    def _distance(self) -> str:
        words = [f"{distance(self._line, self._language)} km"] if self._line.distance_km is not None else []
        if self._line.already_proposed:
            words.append(f"{PROPOSED} {self._texts('requests.already')}")
        elif self._line.shortlisted:
            words.append(self._texts("requests.shortlisted"))
        return " · ".join(words)

    def _book(self) -> str:
        book = self._line.fte
        return self._texts(
            "requests.book" if book.left >= 0 else "requests.book.more",
            asked=fte(book.asked, self._language),
            proposed=fte(book.proposed, self._language),
            accepted=fte(book.accepted, self._language),
            started=fte(book.started, self._language),
            left=fte(abs(book.left), self._language),
        )

    def _period(self) -> str:
        ends = (self._line.starts_on, self._line.ends_on)
        shown = [show_date(value, self._language) if value else "…" for value in ends]
        return " – ".join(shown) if any(ends) else ""

    def _status(self) -> str:
        status = self._line.status
        code, _, note = self._view.status_reason.partition(": ")
        why = label(REASON_LISTS[status], code, self._language) if code and status in REASON_LISTS else ""
        words = (label("request_status", status, self._language), why, note)
        return " · ".join(word for word in words if word)

    def _completeness(self) -> str:
        told = self._view.completeness
        if not told.missing:
            return self._texts("requests.complete")
        fields = ", ".join(self._texts(f"request_form.field.{code}") for code in told.missing)
        return self._texts("requests.incomplete_yet", done=told.done, needed=told.needed, fields=fields)

    def _education(self) -> str:
        level = self._view.education_level
        return self._with_need(label("education_level", level, self._language), "education") if level else ""

    def _big(self) -> str:
        needed = self._view.big_requirement
        if needed == "none":
            return ""
        words = label("big_requirement", needed, self._language)
        named = words if words.startswith(BIG) else f"{BIG}: {words[:1].lower()}{words[1:]}"
        return self._with_need(named, "big")

    def _also(self) -> str:
        """Experience, certificate of conduct and Dutch, as far as they are asked."""
        asked = [name for name in ALSO if name in self._view.qualifications]
        return " · ".join(self._with_need(self._texts(ALSO[name]), name) for name in asked)

    def _with_need(self, words: str, name: str) -> str:
        need = self._view.qualifications.get(name)
        return f"{words} ({label('need', need, self._language).lower()})" if need else words

    def _codes(self, list_name: str, codes: tuple[str, ...]) -> str:
        return ", ".join(label(list_name, code, self._language) for code in codes)

    def _reach(self) -> str:
        """The number in a line that it does not have to share with a name: it is dialled from here."""
        number = show_phone(self._view.contact_phone) if self._view.contact_phone else ""
        known = (number, self._view.contact_email)
        return " · ".join(part for part in known if part)


def proposal_cells(item: RequestProposal, texts: Texts, now: datetime) -> list[Text]:
    """A row of the list of proposals."""
    language = texts.language
    elsewhere = texts("requests.elsewhere", count=item.elsewhere) if item.elsewhere and item.is_live else ""
    due = show_moment(item.response_due_at, now, language) if item.response_due_at else ""
    status = status_words(item.status, item.reason, language, short_label)
    if len(status) > STATUS_WIDTH:
        status = status_words(item.status, item.reason, language, short_label, short_label)
    if item.status == "interview" and item.interview_at is not None:
        status = f"{status} {show_moment(item.interview_at, now, language)}"
    mark = f"{ELSEWHERE} " if elsewhere else ""
    return [
        Text(f"{mark}{show_name_last_first(item.name)}", style="" if item.is_live else "dim"),
        Text(status),
        Text(due),
        Text(day(local(item.since).date(), language)),
        Text(item.by),
        Text(elsewhere),
    ]
