"""What the call card says, as text that no person's words can turn into markup."""

from collections.abc import Callable, Iterable
from datetime import datetime

from rich.table import Table
from rich.text import Text

from db.reference.lists import label
from db.reference.outcomes import outcomes
from db.rules.names import formal_name, show_name
from db.rules.phone import show_phone
from db.rules.times import day_part_label, local, show_ago, show_date, show_day, show_moment, show_time
from db.texts import Texts
from db.views.candidates import AttemptView, CandidateView
from db.views.queue import CardView, EntryView, HandedOver, RecordedView

SHARE = "share_with_care_organisations"
GOOD, WRONG, UNSURE = "✓", "✗", "?"
SHOWN_HOUSEHOLD = 3

Line = tuple[str, str]
"""A label and what it says."""


class CardText:
    """The parts of a card in one language, at one moment."""

    def __init__(
        self, card: CardView, texts: Texts, now: datetime, caller: str, *, called_us: bool = False
    ) -> None:
        self.card = card
        self.person: CandidateView = card.candidate
        self.entry: EntryView = card.entry
        self._texts = texts
        self._language = texts.language
        self._now = now
        self._caller = caller
        self._called_us = called_us

    @property
    def name(self) -> str:
        """First name, tussenvoegsel, last name."""
        return show_name(self.person.name)

    def limits(self) -> str:
        """The work limits in words, or nothing; they stand above everything else."""
        words = [label("work_limit", code, self._language) for code in self.person.work_limits]
        if self.person.work_limit_note:
            words.append(self.person.work_limit_note)
        return " · ".join(words)

    def warnings(self) -> list[str]:
        """What must not be missed: do-not-call, consent refused, doubts about the number."""
        found = []
        if self.person.do_not_call:
            found.append(self._texts("queue.card.do_not_call"))
        if self._consent_state() == "refused":
            found.append(self._texts("queue.card.consent_refused"))
        return found

    def why(self) -> str:
        """Why this person, why now; first of all what a colleague said who gave this call."""
        if self.card.handed_over is not None:
            return self._handed_over(self.card.handed_over)
        last = next((attempt for attempt in self.person.attempts if not attempt.retracted), None)
        of_its_own: dict[str, Callable[[], str]] = {
            "callback": lambda: self._why_callback(last),
            "email": self._why_email,
            "follow_up": self._why_follow_up,
            "reconfirm": self._why_confirm,
            "wish": lambda: self._texts("queue.why.called" if self._called_us else "queue.why.wish"),
        }
        if self.entry.kind in of_its_own:
            return of_its_own[self.entry.kind]()
        if last is None:
            return self._texts(
                "queue.why.new", ago=show_ago(self.entry.registered_at, self._now, self._language)
            )
        return self._texts(
            "queue.why.retry",
            attempt=self.entry.attempts + 1,
            maximum=self.entry.maximum_attempts,
            outcome=self._outcome(last.outcome),
            ago=show_ago(last.at, self._now, self._language),
            caller=last.caller,
        )

    def _why_email(self) -> str:
        address = self.person.email or self._texts("queue.card.no_email")
        return self._texts("queue.why.email", count=self.entry.attempts, email=address)

    def _why_confirm(self) -> str:
        offer = self.person.availability
        if self.person.status == "paused" or offer is None:
            return self._texts("queue.why.reconfirm")
        ago = show_ago(offer.last_confirmed_at, self._now, self._language)
        return self._texts("queue.why.confirm", ago=ago)

    def _why_follow_up(self) -> str:
        jobs = [job for job in self.person.proposals if job.follow_up_at is not None]
        if not jobs or jobs[0].starts_on is None:
            return self._texts("queue.why.follow_up")
        day = show_date(jobs[0].starts_on, self._language)
        return self._texts("queue.why.follow_up_at", organisation=jobs[0].organisation, date=day)

    def _why_callback(self, last: AttemptView | None) -> str:
        moment = self.entry.vests_at
        when = show_moment(moment, self._now, self._language) if moment else ""
        by = last.caller if last else ""
        key = "queue.why.callback_mine" if self.entry.mine else "queue.why.callback"
        return self._texts(key, moment=when, caller=by)

    def phone(self) -> str:
        """The number to dial, as the Dutch write it."""
        return show_phone(self.person.phone) if self.person.phone else ""

    def other_ways(self) -> str:
        """The second number, the best time to call and the e-mail address."""
        parts = []
        if self.person.phone2:
            parts.append(self._texts("queue.card.second_number", number=show_phone(self.person.phone2)))
        if self.person.best_time:
            parts.append(self._texts("queue.card.best_time", time=self.person.best_time))
        if self.person.email:
            parts.append(self.person.email)
        return " · ".join(parts)

    def facts(self) -> list[Line]:
        """An interview that waits to go on, what the registration said, and what is known besides."""
        person = self.person
        lines = [
            ("queue.fact.intake", self._intake("draft")),
            ("queue.fact.place", self._place()),
            ("queue.fact.function", self._function()),
            ("queue.fact.hours", person.hours_given),
            ("queue.fact.big", self._big()),
            ("queue.fact.remarks", person.remarks),
            ("queue.fact.registered", self._registered()),
            ("queue.fact.consent", self._consent()),
            ("queue.fact.status", self._status()),
        ]
        return [(self._texts(key), words) for key, words in lines if words]

    def notes(self) -> list[Line]:
        """Doubts about the data, the household, a complete interview and the proposals."""
        person = self.person
        repairs = "; ".join(self._repair(task.kind, task.given) for task in person.repairs)
        proposals = "; ".join(
            f"{proposal.organisation}, {proposal.place} ({self._label('proposal_status', proposal.status)})"
            for proposal in person.proposals
            if proposal.is_live
        )
        lines = [
            ("queue.fact.intake", self._intake("complete")),
            ("queue.fact.proposals", proposals),
            ("queue.fact.household", self._household()),
            ("queue.fact.repairs", repairs),
        ]
        return [(self._texts(key), words) for key, words in lines if words]

    def attempts(self) -> list[Line]:
        """Every earlier attempt, newest first: when and by whom, and what came of it."""
        return [(self._when(attempt), self._what(attempt)) for attempt in self.person.attempts]

    def script(self) -> str:
        """The opening words, with the caller's own name and the person's."""
        greeting = "morning" if local(self._now).hour < 12 else "afternoon"
        if local(self._now).hour >= 18:
            greeting = "evening"
        return self._spoken(self._script_kind(), self._texts(f"queue.greeting.{greeting}"))

    def voicemail(self) -> str:
        """What to say to a machine."""
        return self._spoken("voicemail", "")

    def _spoken(self, kind: str, greeting: str) -> str:
        """The words of this desk for a kind of call, or else the catalog's, filled in."""
        names = {
            "greeting": greeting,
            "caller": self._caller,
            "name": self.name,
            "last_name": formal_name(self.person.name),
            "date": show_date(local(self.person.registered_at).date(), self._language),
        }
        own = self.card.script.get(f"{self._language}.{kind}")
        return own.format_map(names) if own else self._texts(f"queue.script.{kind}", **names)

    def _script_kind(self) -> str:
        if self._called_us:
            return "incoming"
        if self.entry.kind == "reconfirm" and self.person.status != "paused":
            return "confirm"
        return self.entry.kind if self.entry.kind in ("callback", "reconfirm", "follow_up") else "new"

    def _place(self) -> str:
        person = self.person
        region = self._label("region", person.region_code)
        return " · ".join(part for part in (person.place, person.postcode, region) if part)

    def _function(self) -> str:
        background = {True: "queue.care.yes", False: "queue.care.no"}.get(self.person.care_background is True)
        known = self.person.care_background is not None
        words = [self.person.function_given, self._texts(background) if background and known else ""]
        return " · ".join(dict.fromkeys(word for word in words if word))

    def _big(self) -> str:
        return self.person.big_number or self.person.big_given

    def _registered(self) -> str:
        sources = [self._label("registration_source", item.source) for item in self.person.registrations]
        day = show_date(local(self.person.registered_at).date(), self._language)
        return " · ".join([day, *dict.fromkeys(sources)])

    def _status(self) -> str:
        status = self._label("candidate_status", self.person.status)
        region_doubt = self._texts("queue.card.region_unresolved")
        return f"{status} · {region_doubt}" if self.person.region_code == "region_unresolved" else status

    def _consent_state(self) -> str:
        return next((item.state for item in self.person.consents if item.purpose == SHARE), "unknown")

    def _consent(self) -> str:
        consent = next((item for item in self.person.consents if item.purpose == SHARE), None)
        if consent is None:
            return f"{UNSURE} {self._texts('queue.consent.unknown')}"
        mark = GOOD if consent.state == "given" else WRONG
        day = show_date(local(consent.at).date(), self._language)
        return f"{mark} {self._label('consent_state', consent.state)} · {day}"

    def _household(self) -> str:
        members = self.person.household
        named = [
            f"{show_name(member.name)} ({self._label('candidate_status', member.status)})"
            for member in members[:SHOWN_HOUSEHOLD]
        ]
        if len(members) > SHOWN_HOUSEHOLD:
            named.append(self._texts("queue.card.others", count=len(members) - SHOWN_HOUSEHOLD))
        return "; ".join(named)

    def _intake(self, state: str) -> str:
        interview = self.person.interview
        if interview is None or interview.state != state:
            return ""
        day = show_day(local(interview.started_at).date(), local(self._now).date(), self._language)
        return self._texts(f"queue.intake.{interview.state}", by=interview.by, day=day)

    def _handed_over(self, given: HandedOver) -> str:
        when = show_ago(given.at, self._now, self._language)
        return self._texts("handover.by", caller=given.by, ago=when, note=given.note)

    def _repair(self, kind: str, given: str) -> str:
        words = self._label("repair_kind", kind)
        return f"{words}: {given}" if given else words

    def _when(self, attempt: AttemptView) -> str:
        day = show_day(local(attempt.at).date(), local(self._now).date(), self._language)
        return f"{day} {show_time(attempt.at, self._language)}"

    def _what(self, attempt: AttemptView) -> str:
        words = [attempt.caller, self._outcome(attempt.outcome)]
        if attempt.callback_at:
            words.append(show_moment(attempt.callback_at, self._now, self._language))
        if attempt.note:
            words.append(f"“{' '.join(attempt.note.split())}”")
        if attempt.retracted:
            words.append(self._texts("queue.card.retracted"))
        return " · ".join(words)

    def _outcome(self, code: str) -> str:
        outcome = outcomes().get(code)
        return outcome.label(self._language) if outcome else code

    def _label(self, list_name: str, code: str) -> str:
        return label(list_name, code, self._language)


def lines(items: Iterable[Line], title: str = "", *, label_width: int = 0) -> Table | Text:
    """Labels and what they say in two columns: long words stay under their own; nothing for nothing.

    `label_width` is what the labels take at least, to stand in line with others.
    """
    rows = list(items)
    if not rows:
        return Text("")
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(min_width=label_width)
    grid.add_column()
    grid.title = Text(title, style="bold") if title else None
    grid.title_justify = "left"
    for name, words in rows:
        grid.add_row(Text(name, style="dim", no_wrap=True), Text(" ".join(words.split())))
    return grid


def said(recorded: RecordedView, texts: Texts, now: datetime, name: str) -> str:
    """What was written down and when the person comes back: "opnieuw donderdagavond"."""
    language = texts.language
    outcome = outcomes()[recorded.outcome].label(language)
    if recorded.late:
        return texts("queue.said.late", outcome=outcome, name=name)
    tell: dict[str, Callable[[], str]] = {
        "retry": lambda: texts("queue.said.again", when=_turn(recorded, texts, now)),
        "callback": lambda: texts("queue.said.callback", when=_moment(recorded, texts, now)),
        "email": lambda: texts("queue.said.email"),
        "close": lambda: _closed(recorded, texts),
    }
    return texts("queue.said", outcome=outcome, name=name, follows=tell[recorded.kind]())


def _closed(recorded: RecordedView, texts: Texts) -> str:
    """Nobody calls again by itself; what it waits for."""
    if recorded.outcome == "emailed":
        return texts("queue.said.wait")
    if outcomes()[recorded.outcome].family == "data_problem":
        return texts("queue.said.data_problem")
    return texts("queue.said.closed")


def _moment(recorded: RecordedView, texts: Texts, now: datetime) -> str:
    return show_moment(recorded.again_at, now, texts.language) if recorded.again_at else ""


def _turn(recorded: RecordedView, texts: Texts, now: datetime) -> str:
    """The day and its part: "morgen, avond"; a try later today is told with its time."""
    if recorded.again_at is None:
        return ""
    today, day = local(now).date(), local(recorded.again_at).date()
    if recorded.day_part is None or (recorded.again_at - now).total_seconds() < 2 * 3600:
        return show_moment(recorded.again_at, now, texts.language)
    return f"{show_day(day, today, texts.language)} ({day_part_label(recorded.day_part, texts.language)})"
