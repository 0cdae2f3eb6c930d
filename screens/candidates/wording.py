"""Everything known of a candidate, as text that no person's words can turn into markup."""

from datetime import datetime

from rich.console import Group, RenderableType
from rich.text import Text

from db.reference.lists import code_list, label
from db.reference.outcomes import outcomes
from db.rules.availability import show_grid
from db.rules.intake_fields import FIELD_BY_CODE, read_answers
from db.rules.names import show_name
from db.rules.phone import show_phone
from db.rules.times import local, show_ago, show_date, show_moment
from db.texts import Texts
from db.views.candidates import AttemptView, AvailabilityView, CandidateLine, CandidateView, QueueWhy
from screens.interview.wording import show_answer
from screens.matching_words import inside
from screens.proposals.wording import status_words
from screens.queue.card_text import GOOD, WRONG, Line, lines
from screens.widgets.marks import elsewhere_mark

UNSAID = "–"
REASON_LISTS = {"closed": "close_reason", "withdrawn": "withdrawal_reason", "paused": "pause_reason"}


class CandidateText:
    """The card in one language, at one moment."""

    def __init__(self, person: CandidateView, texts: Texts, now: datetime) -> None:
        self._person = person
        self._texts = texts
        self._language = texts.language
        self._now = now

    def everything(self) -> Group:
        """All parts that say something, under each other."""
        parts: list[RenderableType] = [self._title(), *self._alarms()]
        for title, said in (
            ("", self._who()),
            ("candidates.part.repairs", self._repairs()),
            ("candidates.part.consents", self._consents()),
            ("candidates.part.proposals", self._proposals()),
            ("candidates.part.referrals", self._referrals()),
            ("candidates.part.attempts", self._attempts()),
            ("candidates.part.household", self._household()),
            ("candidates.part.availability", self._availability()),
            ("candidates.part.interview", self._interview()),
        ):
            parts += self._part(self._texts(title) if title else "", said)
        for registration in self._person.registrations:
            source = label("registration_source", registration.source, self._language)
            when = show_date(local(registration.at).date(), self._language)
            title = self._texts("candidates.part.registration", source=source, date=when)
            parts += self._part(title, [item for item in registration.given.items() if item[1].strip()])
        return Group(*parts)

    def _part(self, title: str, said: list[Line]) -> list[RenderableType]:
        return [Text(""), lines(said, title)] if said else []

    def _title(self) -> Text:
        return Text.assemble((show_name(self._person.name), "bold"), f"  {self._status()}")

    def _status(self) -> str:
        """The status, and why the person is not called or proposed any more."""
        person, language = self._person, self._language
        status = label("candidate_status", person.status, language)
        reasons = REASON_LISTS.get(person.status)
        if reasons is None or person.status_reason not in code_list(reasons):
            return status
        return f"{status}: {inside(label(reasons, person.status_reason, language))}"

    def _alarms(self) -> list[RenderableType]:
        person = self._person
        limits = [label("work_limit", code, self._language) for code in person.work_limits]
        limits += [person.work_limit_note] if person.work_limit_note else []
        said = [f"▲ {' · '.join(limits)}"] if limits else []
        said += [f"▲ {self._texts('candidates.do_not_call')}"] if person.do_not_call else []
        return [Text(words, style="bold red") for words in said]

    def _who(self) -> list[Line]:
        person = self._person
        region = label("region", person.region_code, self._language)
        numbers = [show_phone(number) for number in (person.phone, person.phone2) if number]
        said = [
            ("candidates.fact.phone", " · ".join([*numbers, person.best_time])),
            ("candidates.fact.email", person.email or ""),
            ("candidates.fact.place", " · ".join([person.place, person.postcode, region])),
            ("candidates.fact.function", self._function()),
            ("candidates.fact.big", self._big()),
            ("candidates.fact.hours", person.hours_given),
            ("candidates.fact.remarks", person.remarks),
            ("candidates.fact.why", self._why(person.why)),
            ("candidates.fact.feedback", self._ago(person.last_feedback_at)),
        ]
        return [(self._texts(key), words.strip(" ·")) for key, words in said if words.strip(" ·")]

    def _function(self) -> str:
        person = self._person
        known = (
            label("function_profile", person.function_profile, self._language)
            if person.function_profile
            else ""
        )
        segment = label("segment", person.segment, self._language) if person.segment else ""
        return " · ".join(part for part in (known or person.function_given, segment) if part)

    def _big(self) -> str:
        person = self._person
        if not person.big_number and not person.big_given and person.big_status == "unknown":
            return ""
        status = label("big_status", person.big_status, self._language)
        return " · ".join(part for part in (person.big_number or person.big_given, status) if part)

    def _why(self, why: QueueWhy | None) -> str:
        if why is None:
            return self._texts("candidates.not_queued")
        words = [label("queue_reason", why.kind, self._language)]
        if why.state == "blocked" and why.blocked_reason:
            words.append(self._texts(f"candidates.blocked.{why.blocked_reason}"))
        elif why.state == "claimed":
            words.append(self._texts("candidates.in_hand_of", name=why.claimed_by))
        elif why.vests_at is not None and why.state == "scheduled":
            words.append(show_moment(why.vests_at, self._now, self._language))
        if why.assigned_to:
            words.append(self._texts("candidates.assigned_to", name=why.assigned_to))
        return " · ".join([*words, why.note] if why.note else words)

    def _repairs(self) -> list[Line]:
        return [
            (label("repair_kind", task.kind, self._language), task.given or UNSAID)
            for task in self._person.repairs
        ]

    def _consents(self) -> list[Line]:
        said = []
        for consent in self._person.consents:
            mark = GOOD if consent.state == "given" else WRONG
            state = label("consent_state", consent.state, self._language)
            when = show_date(local(consent.at).date(), self._language)
            words = " · ".join(part for part in (f"{mark} {state}", when, consent.recorded_by) if part)
            said.append(
                (label("consent_purpose", consent.purpose, self._language), f"{words} “{consent.text}”")
            )
        return said

    def _proposals(self) -> list[Line]:
        return [
            (
                proposal.organisation,
                " · ".join(
                    (
                        status_words(proposal.status, proposal.reason, self._language),
                        label("function_profile", proposal.function_profile, self._language),
                        self._ago(proposal.since),
                        proposal.by,
                    )
                ),
            )
            for proposal in self._person.proposals
        ]

    def _referrals(self) -> list[Line]:
        return [
            (
                label("referral_destination", view.destination, self._language),
                " · ".join(
                    part
                    for part in (
                        label("referral_outcome", view.outcome, self._language) if view.outcome else "",
                        self._ago(view.at),
                        view.by,
                        view.note,
                    )
                    if part
                ),
            )
            for view in self._person.referrals
        ]

    def _attempts(self) -> list[Line]:
        return [
            (f"{show_moment(attempt.at, self._now, self._language)} {attempt.caller}", self._attempt(attempt))
            for attempt in self._person.attempts
        ]

    def _attempt(self, attempt: AttemptView) -> str:
        words = [outcome_label(attempt.outcome, self._language)]
        if attempt.callback_at:
            words.append(show_moment(attempt.callback_at, self._now, self._language))
        words += [f"“{attempt.note}”"] if attempt.note else []
        words += [self._texts("candidates.retracted")] if attempt.retracted else []
        words += [self._texts("candidates.late")] if attempt.late else []
        return " · ".join(words)

    def _household(self) -> list[Line]:
        return [
            (show_name(member.name), label("candidate_status", member.status, self._language))
            for member in self._person.household
        ]

    def _availability(self) -> list[Line]:
        view = self._person.availability
        return [] if view is None else [(self._texts(key), words) for key, words in self._when(view) if words]

    def _when(self, view: AvailabilityView) -> list[Line]:
        until = show_date(view.available_until, self._language) if view.available_until else "…"
        travel = [f"{view.max_travel_km} km"] if view.max_travel_km is not None else []
        travel += [f"{view.max_travel_minutes} min"] if view.max_travel_minutes is not None else []
        travel += [label("transport", code, self._language) for code in view.transport]
        return [
            ("candidates.fact.period", f"{show_date(view.available_from, self._language)} – {until}"),
            ("candidates.fact.hours", "–".join(dict.fromkeys((str(view.hours_min), str(view.hours_max))))),
            ("candidates.fact.day_parts", show_grid(view.grid, self._language)),
            ("candidates.fact.travel", " · ".join(travel)),
            ("candidates.fact.confirmed", self._ago(view.last_confirmed_at)),
        ]

    def _interview(self) -> list[Line]:
        interview = self._person.interview
        if interview is None:
            return []
        state = "candidates.intake.complete" if interview.completed_at else "candidates.intake.draft"
        moment = interview.completed_at or interview.started_at
        said = [
            (
                self._texts("candidates.fact.intake"),
                f"{self._texts(state)} · {interview.by} · {self._ago(moment)}",
            )
        ]
        for code, answer in read_answers(interview.answers).items():
            if code in FIELD_BY_CODE and answer.given:
                shown = show_answer(FIELD_BY_CODE[code], answer, self._texts)
                said.append((self._texts(f"intake.field.{code}"), shown))
        return said

    def _ago(self, moment: datetime | None) -> str:
        return show_ago(moment, self._now, self._language) if moment else ""


def outcome_label(code: str, language: str) -> str:
    """What came of a call."""
    outcome = outcomes().get(code)
    return outcome.label(language) if outcome else code


def line_cells(line: CandidateLine, texts: Texts, now: datetime) -> list[Text]:
    """A row of the search results."""
    language = texts.language
    last = outcome_label(line.last_outcome, language) if line.last_outcome else ""
    if line.last_call_at is not None:
        last = f"{last}, {show_ago(line.last_call_at, now, language)}"
    household = f"+{line.household}" if line.household else ""
    return [
        Text(f"{elsewhere_mark(line.proposed)}{show_name(line.name)}"),
        Text(show_phone(line.phone) if line.phone else line.email or ""),
        Text(household, justify="right"),
        Text(line.place),
        Text(
            texts("candidates.do_not_call.short")
            if line.do_not_call
            else label("candidate_status", line.status, language)
        ),
        Text(last),
    ]
