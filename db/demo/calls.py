"""The calls of the practice floor: who was called, how often, and what came of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from db.demo.entries import Queue
from db.demo.files import read
from db.demo.floor import Floor, Row
from db.demo.intakes import Intakes
from db.demo.people import SHARE, TEXT_VERSION, Person
from db.demo.team import Team
from db.models import CallAttempt, Consent, Referral, RepairTask
from db.reference.outcomes import Outcome, outcomes
from db.rules.calling_hours import add_working_days
from db.rules.retry import AttemptFact, next_try
from db.rules.settings import DeskSettings
from db.texts import Texts

CALLED = 15_500
UNANSWERED = (
    ("no_answer",) * 62
    + ("voicemail_left",) * 22
    + ("voicemail_full",) * 8
    + ("busy",) * 7
    + ("technical_failure",)
)
ESCALATED = "escalated"
MARGIN = timedelta(minutes=1)
WITHDRAWN = (
    "found_work",
    "own_job_busy",
    "lost_interest",
    "lost_interest",
    "private",
    "no_pay",
    "retired",
    "study",
)
CHANNELS = ("via_ehvdz", "own_initiative", "own_initiative", "former_employer", "agency", "unknown")
DESTINATIONS = (
    "nzk",
    "sterk_in_je_werk",
    "regional_contact_point",
    "ontdek_de_zorg",
    "red_cross",
    "volunteer_centre",
)


@dataclass(frozen=True, slots=True)
class Story:
    """How calling somebody went: how many at the real desk, the last outcomes, and since when it can be.

    `unanswered` is how many tries came before (a range), `recent` how many days ago the last call is.
    """

    figure: int
    outcomes: tuple[str, ...]
    unanswered: tuple[int, int]
    recent: float

    @property
    def long(self) -> bool:
        """Whether it took weeks: all tries were used."""
        return self.unanswered[0] > 1


STORIES = (
    Story(7_700, ("reached_intake_done",), (0, 3), 60),
    Story(260, ("reached_intake_partial",), (0, 2), 9),
    Story(430, ("reached_callback_requested",), (0, 2), 12),
    Story(880, ("reached_not_available_now",), (0, 2), 30),
    Story(1_280, ("reached_withdrawn",), (0, 3), 60),
    Story(690, ("reached_already_working",), (0, 3), 60),
    Story(480, ("reached_referred",), (0, 3), 60),
    Story(170, ("reached_no_consent",), (0, 2), 60),
    Story(120, ("reached_do_not_call",), (0, 3), 60),
    Story(130, ("wrong_number",), (0, 0), 40),
    Story(110, ("number_not_in_service",), (0, 0), 40),
    Story(60, ("reached_wrong_person",), (0, 1), 40),
    Story(50, ("reached_language_barrier",), (0, 1), 1.5),
    Story(430, ("emailed", "emailed_no_response"), (5, 5), 30),
    Story(230, ("emailed",), (5, 5), 6.5),
    Story(110, (), (5, 5), 1.5),
    Story(30, (ESCALATED,), (1, 2), 10),
)
"""Whoever is left was tried a few times and not reached yet."""
NOT_YET = Story(0, (), (1, 4), 12)
LONG = timedelta(days=27)
"""Five tries and an e-mail take so long at least, with room."""
AT_HOME = {
    9: 0.4, 10: 0.5, 11: 0.5, 12: 0.55, 13: 0.45, 14: 0.35, 15: 0.35, 16: 0.45, 17: 0.65, 18: 0.75, 19: 0.8,
    20: 0.6,
}  # fmt: skip
"""How likely somebody is at home, by the hour."""
SATURDAY = 0.1
BUSY = (1.0, 0.95, 0.85, 0.8, 0.65, 0.6, 0.0)
"""How much is called, by weekday."""
DRAWS = 3


class Calls:
    """Makes the calls; `queue` and `intakes` do what follows from them."""

    def __init__(self, floor: Floor, team: Team, queue: Queue, intakes: Intakes) -> None:
        self._floor = floor
        self._team = team
        self._queue = queue
        self._intakes = intakes
        self._settings = DeskSettings()
        self._words = Texts("nl")
        self._notes: dict[str, list[str]] = {}
        for row in read("notes"):
            self._notes.setdefault(row["outcome"], []).extend([row["note"]] * int(row["weight"]))
        self._callbacks: list[tuple[Row, Row]] = []
        self.called = 0

    def make(self, people: Sequence[tuple[Person, Row]], step: Callable[[], None]) -> None:
        """Call as many of the people as the real desk had, most of them those who registered first."""
        reachable = [pair for pair in people if pair[0].row["phone"]]
        reachable.sort(key=lambda pair: self._turn(*pair))
        wanted = self._floor.share(CALLED)
        for story, (person, entry) in self._cast(reachable[:wanted], reachable[wanted:]):
            self._tell(story, person, entry)
            step()
        self._floor.chance.shuffle(self._callbacks)
        self._queue.call_back(self._callbacks)

    def _turn(self, person: Person, entry: Row) -> float:
        """When somebody's turn was: the scarce professions first, and never quite in order."""
        advance = {1: 8, 2: 3}.get(entry["priority_group"], 0)
        return person.imported_at.timestamp() / 86_400 + self._floor.chance.gauss(0, 6) - advance

    def _cast(
        self, called: list[tuple[Person, Row]], spare: list[tuple[Person, Row]]
    ) -> Iterator[tuple[Story, tuple[Person, Row]]]:
        """Give everyone a story that fits in the time since the registration came in."""
        floor = self._floor
        floor.chance.shuffle(called)
        early = [pair for pair in called if pair[0].imported_at < floor.now - LONG]
        late = [pair for pair in called if pair[0].imported_at >= floor.now - LONG]
        left = len(called)
        for story in sorted(STORIES, key=lambda story: not story.long):
            for _ in range(min(floor.share(story.figure), left - 1)):
                long = story.long or not late
                pool = (
                    early if (long or floor.chance.randrange(len(early) + len(late)) < len(early)) else late
                )
                pool = pool or late or early
                yield story, pool.pop()
                left -= 1
        for pair in early + late:
            yield NOT_YET, pair

    def _tell(self, story: Story, person: Person, entry: Row) -> None:
        codes = [*self._unanswered(story), *(code for code in story.outcomes if code != ESCALATED)]
        attempts = [self._attempt(person, entry, *fact) for fact in self._dated(codes, story, person)]
        for epoch, attempt in enumerate(attempts, 1):
            attempt["claim_epoch"] = epoch
        self.called += 1
        last = attempts[-1]
        entry |= {
            "claim_epoch": len(attempts),
            "updated_at": last["at"],
            "row_version": 1 + 2 * len(attempts),
        }
        person.row |= {"updated_at": last["at"], "row_version": 1 + len(attempts)}
        self._follow(person, entry, attempts)
        if ESCALATED in story.outcomes:
            self._queue.escalate(entry, last["at"] + timedelta(hours=3))

    def _unanswered(self, story: Story) -> list[str]:
        chance = self._floor.chance
        codes = [chance.choice(UNANSWERED) for _ in range(chance.randint(*story.unanswered))]
        return ["no_answer" if code == "technical_failure" and story.long else code for code in codes]

    def _dated(self, codes: list[str], story: Story, person: Person) -> list[tuple[str, datetime]]:
        """The outcomes with their moments, worked out from the last back to when the candidate came in."""
        floor = self._floor
        since = person.imported_at + (LONG - timedelta(days=4) if story.long else timedelta())
        start = max(since, floor.now - timedelta(days=story.recent))
        at = self._moment(start, floor.now - MARGIN, codes[-1])
        moment = at or floor.now - MARGIN
        dated = [(codes[-1], moment)]
        for code, following in zip(codes[-2::-1], codes[:0:-1], strict=True):
            earlier = self._before(moment, code, following)
            if earlier is None or earlier <= person.imported_at:
                break
            moment = earlier
            dated.append((code, moment))
        return dated[::-1]

    def _moment(self, start: datetime, end: datetime, code: str) -> datetime | None:
        """When a call with such an outcome was: people are reached when they are at home."""
        floor, reached = self._floor, outcomes()[code].family == "reached"
        moment = None
        for _ in range(DRAWS):
            moment = floor.calling_moment(start, end)
            if moment is None:
                break
            wall = floor.hours.local(moment)
            at_home = AT_HOME[min(wall.hour, 20)] - (SATURDAY if wall.weekday() == 5 else 0)
            if floor.chance.random() < (at_home if reached else 1 - at_home) * BUSY[wall.weekday()]:
                break
        return moment

    def _before(self, moment: datetime, code: str, following: str) -> datetime | None:
        """When the call before this one was."""
        if following == "emailed_no_response":
            return moment - timedelta(days=7, minutes=20)
        nearest = timedelta(minutes=30) if following == "emailed" else timedelta(hours=4)
        end = moment - nearest
        return self._moment(moment - timedelta(days=3), end, code) or self._moment(
            moment - timedelta(days=6), end, code
        )

    def _attempt(self, person: Person, entry: Row, code: str, at: datetime) -> Row:
        chance = self._floor.chance
        reached = outcomes()[code].family == "reached"
        seconds = chance.randint(540, 1500) if code == "reached_intake_done" else chance.randint(60, 300)
        return self._floor.add(
            CallAttempt,
            at,
            candidate_id=person.id,
            entry_id=entry["id"],
            user_id=self._team.caller(entry["region_code"], at),
            outcome=code,
            number=person.row["phone"],
            note=chance.choice(self._notes[code]),
            seconds=seconds if reached else chance.randint(20, 75),
        )

    def _follow(self, person: Person, entry: Row, attempts: list[Row]) -> None:
        """What the desk does after the last outcome."""
        last = attempts[-1]
        outcome = outcomes()[last["outcome"]]
        facts = [AttemptFact(attempt["at"], attempt["outcome"]) for attempt in attempts]
        follows = next_try(outcome, facts[:-1], last["at"], self._floor.hours)
        entry["counted_attempts"] = max(0, self._settings.maximum_attempts - follows.attempts_left)
        person.row["status"] = outcome.candidate_status
        if outcome.family == "reached" and outcome.final:
            person.row["last_feedback_at"] = last["at"]
        if outcome.effect == "pause":
            self._pause(person, entry, last)
        elif follows.kind == "callback":
            self._callbacks.append((entry, last))
        elif follows.kind == "retry":
            self._again(entry, follows.at, follows.day_part)
        elif follows.kind == "email":
            entry |= {"kind": "email", "is_retry": 1}
        elif outcome.effect == "wait_for_reply":
            entry |= {"kind": "email_sent", "state": "scheduled", "vests_at": follows.at}
        elif outcome.family == "data_problem":
            self._wrong_number(person, entry, last, outcome)
        else:
            entry |= {"state": "done", "closed_reason": outcome.code}
        self._carry_out(person, entry, last, outcome)

    def _again(self, entry: Row, at: datetime | None, part: str | None) -> None:
        vested = at is not None and at <= self._floor.now
        entry |= {"kind": "retry", "is_retry": 1, "vests_at": at, "day_part": part}
        entry["state"] = "ready" if vested else "scheduled"

    def _carry_out(self, person: Person, entry: Row, attempt: Row, outcome: Outcome) -> None:
        """What an outcome means for the candidate."""
        chance, row = self._floor.chance, person.row
        match outcome.effect:
            case "complete_intake":
                self._intakes.complete(person, entry, attempt)
            case "callback" if outcome.code == "reached_intake_partial":
                self._intakes.begin(person, entry, attempt)
            case "withdraw":
                row["status_reason"] = attempt["reason"] = chance.choice(WITHDRAWN)
            case "close":
                row["status_reason"] = attempt["reason"] = chance.choice(CHANNELS)
            case "refer":
                attempt["reason"] = chance.choice(DESTINATIONS)
                self._floor.add(
                    Referral,
                    attempt["at"],
                    candidate_id=person.id,
                    user_id=attempt["user_id"],
                    destination=attempt["reason"],
                    note=attempt["note"],
                )
            case "refuse_consent":
                self._refuse(attempt, SHARE, "refused", "consent.refused.share")
            case "do_not_call":
                row["do_not_call"] = True
                self._refuse(attempt, "contact_by_phone_mail", "withdrawn", "consent.withdrawn.do_not_call")

    def _pause(self, person: Person, entry: Row, attempt: Row) -> None:
        floor = self._floor
        day = add_working_days(floor.today, floor.chance.randint(2, 40))
        at = floor.hours.moment(day, time(9))
        attempt["callback_at"] = person.row["paused_until"] = at
        entry |= {"kind": "reconfirm", "state": "scheduled", "vests_at": at}

    def _wrong_number(self, person: Person, entry: Row, attempt: Row, outcome: Outcome) -> None:
        entry |= {"state": "blocked", "blocked_reason": "data_problem"}
        self._floor.add(
            RepairTask,
            attempt["at"],
            candidate_id=person.id,
            kind="verify_number" if outcome.effect == "verify_number" else outcome.code,
            given=person.row["phone_given"],
        )

    def _refuse(self, attempt: Row, purpose: str, state: str, text_key: str) -> None:
        self._floor.add(
            Consent,
            attempt["at"],
            candidate_id=attempt["candidate_id"],
            purpose=purpose,
            state=state,
            text=self._words(text_key),
            text_version=TEXT_VERSION,
            channel="phone",
            recorded_by=attempt["user_id"],
            recorded_at=attempt["at"],
        )
