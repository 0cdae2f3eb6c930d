"""The rows of the recruiter's work lists, and what is said of the one under the cursor."""

from collections.abc import Callable, Sequence
from datetime import datetime

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.text import Text

from db.reference.lists import label, short_label
from db.rules.availability import show_grid
from db.rules.names import show_name, show_name_last_first
from db.rules.phone import show_phone
from db.rules.proposal_steps import may_follow, steps
from db.rules.times import local, show_date, show_moment
from db.texts import Texts
from db.views.proposals import ProposalLine, ProposalLists
from screens.queue.card_text import lines
from screens.widgets.marks import elsewhere_mark
from screens.widgets.short_organisation import short_organisation

TABS = ("waiting", "working")
TITLES = {"waiting": "proposals.tab.waiting", "working": "proposals.tab.working"}
EMPTY = {"waiting": "proposals.empty.waiting", "working": "proposals.empty.working"}
OVERDUE = "!"
Named = Callable[[str, str, str], str]
"""How a code is called: `label` or `short_label`."""
COLUMNS: dict[str, tuple[tuple[str, int], ...]] = {
    "waiting": (
        ("proposals.column.due", 8),
        ("proposals.column.candidate", 19),
        ("proposals.column.organisation", 19),
        ("proposals.column.status", 25),
    ),
    "working": (
        ("proposals.column.ask", 8),
        ("proposals.column.candidate", 18),
        ("proposals.column.organisation", 20),
        ("proposals.column.starts", 10),
        ("proposals.column.status", 13),
    ),
}
WIDE: dict[str, tuple[tuple[str, int], ...]] = {
    "waiting": (
        ("proposals.column.due", 9),
        ("proposals.column.candidate", 22),
        ("proposals.column.organisation", 31),
        ("proposals.column.contact", 13),
        ("proposals.column.status", 25),
        ("proposals.column.by", 7),
    ),
    "working": (
        ("proposals.column.ask", 9),
        ("proposals.column.candidate", 24),
        ("proposals.column.organisation", 35),
        ("proposals.column.starts", 11),
        ("proposals.column.status", 16),
        ("proposals.column.ends", 11),
    ),
}


def lines_of(lists: ProposalLists, tab: str) -> Sequence[ProposalLine]:
    """The lines of a tab."""
    return lists.working if tab == "working" else lists.waiting


def status_words(
    status: str, reason: str | None, language: str, named: Named = label, reasoned: Named = label
) -> str:
    """What became of a proposal and why, the same wherever it is told."""
    words = named("proposal_status", status, language)
    step = steps().get(status)
    if reason is None or step is None or reason == step.reason:
        return words
    why = reasoned(step.reasons or "mismatch_reason", reason, language)
    return f"{words}: {why if why[:2].isupper() else why[:1].lower() + why[1:]}"


class Unparted:
    """Keys with their words in as few lines as they fit in: a key is never parted from its words."""

    GAP = "   "

    def __init__(self, parts: Sequence[Text]) -> None:
        self._parts = parts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Line by line; rich itself would break inside the words."""
        row: list[Text] = []
        for part in self._parts:
            wider = Text(self.GAP).join([*row, part])
            if row and wider.cell_len > options.max_width:
                yield Text(self.GAP).join(row)
                row = []
            row.append(part)
        yield Text(self.GAP).join(row)


class ProposalText:
    """What is said of proposals, in one language and at one moment."""

    def __init__(self, texts: Texts, now: datetime) -> None:
        self._texts = texts
        self._language = texts.language
        self._now = now

    def cells(self, line: ProposalLine, tab: str, *, wide: bool) -> list[Text]:
        """A row; what is overdue has a mark and is bold."""
        first = self._due(line) if tab == "waiting" else self._ask(line)
        status = Text(self._short_status(line))
        name = Text(f"{elsewhere_mark(line.elsewhere)}{show_name_last_first(line.name)}")
        room = dict((WIDE if wide else COLUMNS)[tab])["proposals.column.organisation"]
        shared = [first, name, Text(short_organisation(line.organisation, room))]
        if tab == "waiting":
            return [*shared, Text(self._number(line)), status, Text(line.by)] if wide else [*shared, status]
        starts = show_date(line.starts_on, self._language) if line.starts_on else ""
        ends = show_date(line.ends_on, self._language) if line.ends_on else ""
        return [*shared, Text(starts), status, *([Text(ends)] if wide else [])]

    def _short_status(self, line: ProposalLine) -> str:
        """The status, and of an interview when it is."""
        status = short_label("proposal_status", line.status, self._language)
        if line.status != "interview" or line.interview_at is None:
            return status
        at = local(line.interview_at)
        return f"{status} {show_date(at.date(), self._language)[:5]} {at:%H:%M}"

    def _due(self, line: ProposalLine) -> Text:
        return self._day(line.response_due_at or line.since)

    def _ask(self, line: ProposalLine) -> Text:
        return self._day(line.follow_up_at) if line.follow_up_at else Text("")

    def _day(self, moment: datetime) -> Text:
        """A day, short: the year is the campaign's own; with a mark when it is over."""
        late = moment < self._now
        day = show_date(local(moment).date(), self._language)[:5]
        return Text(f"{OVERDUE if late else ' '} {day}", style="bold" if late else "")

    def _number(self, line: ProposalLine) -> str:
        return show_phone(line.contact_phone) if line.contact_phone else line.contact_email or ""

    def brief(self, line: ProposalLine) -> Group:
        """Whom to phone about whom and for what, a line each, and the keys."""
        number = show_phone(line.contact_phone) if line.contact_phone else line.contact_email or ""
        contact = [part for part in (line.contact_name, number) if part] or [
            self._texts("proposals.no_contact")
        ]
        home = Text.assemble((line.organisation, "bold"), " · ", " · ".join(contact))
        home.no_wrap, home.overflow = True, "ellipsis"
        about = Text(self._about(line), no_wrap=True, overflow="ellipsis")
        return Group(home, about, self.keys(line))

    def _about(self, line: ProposalLine) -> str:
        profile = label("function_profile", line.function_profile, self._language)
        hours = self._texts("proposals.hours", hours=line.hours) if line.hours else ""
        return " · ".join(part for part in (show_name(line.name), profile, hours) if part)

    def detail(self, line: ProposalLine) -> Group:
        """Whom to phone, about whom, and the keys that say what came of it."""
        texts = self._texts
        contact = " · ".join(
            part
            for part in (
                line.contact_name,
                show_phone(line.contact_phone) if line.contact_phone else "",
                line.contact_email or "",
            )
            if part
        )
        said = [
            ("proposals.fact.contact", contact or texts("proposals.no_contact")),
            ("proposals.fact.candidate", self._person(line)),
            ("proposals.fact.work", self._work(line)),
            ("proposals.fact.state", self._state(line)),
        ]
        facts = lines([(texts(key), words) for key, words in said])
        return Group(Text(line.organisation, style="bold"), facts, self.keys(line))

    def keys(self, line: ProposalLine) -> Unparted:
        """Every step that may follow, under its key."""
        parts: list[Text] = []
        for step in may_follow(line.status):
            words = self._texts(f"key.proposals.step.{step.status}")
            parts.append(Text.assemble((step.key, "bold reverse"), f" {words}"))
        return Unparted(parts)

    def _person(self, line: ProposalLine) -> str:
        words = [show_name(line.name), show_phone(line.phone) if line.phone else ""]
        if line.elsewhere:
            words.append(self._texts("proposals.elsewhere", count=line.elsewhere))
        return " · ".join(word for word in words if word)

    def _work(self, line: ProposalLine) -> str:
        words = [label("function_profile", line.function_profile, self._language)]
        words += [self._texts("proposals.hours", hours=line.hours)] if line.hours else []
        words += [show_grid(line.grid, self._language)] if line.grid else []
        ends = [show_date(day, self._language) if day else "…" for day in (line.starts_on, line.ends_on)]
        words += [" – ".join(ends)] if line.starts_on or line.ends_on else []
        return " · ".join(words)

    def _state(self, line: ProposalLine) -> str:
        language, now = self._language, self._now
        words = [
            label("proposal_status", line.status, language),
            self._texts("proposals.sent_on", moment=show_moment(line.proposed_at, now, language), by=line.by),
        ]
        if line.interview_at is not None:
            when = show_moment(line.interview_at, now, language)
            words.append(self._texts("proposals.interview_on", moment=when))
        if line.follow_up_at is not None:
            when = show_moment(line.follow_up_at, now, language)
            words.append(self._texts("proposals.ask_on", moment=when))
        return " · ".join(words)
