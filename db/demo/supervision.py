"""What waits for a supervisor on the practice floor: reviews, a round, late facts, the message of the day."""

from collections.abc import Sequence
from datetime import time, timedelta
from uuid import UUID

from db.demo.floor import Floor, Row
from db.demo.people import Person
from db.demo.team import Team
from db.models import (
    Announcement,
    Availability,
    CallAttempt,
    Conflict,
    Interview,
    QueueEntry,
    ReconfirmationRound,
    Review,
    User,
)
from db.rules.priority import LATER
from db.rules.sampling import review_reason
from db.rules.settings import DeskSettings

REVIEWED_DAYS = 14
WAITING_DAYS = 2
HANDED_BACK = 0.08
PRAISE = ("", "", "", "Duidelijk verslag.", "Mooi doorgevraagd naar de ervaring.")
HANDED_BACK_NOTES = (
    "De reisafstand ontbreekt: vraag die nog na.",
    "Bij de ervaring staat geen sector; vul die aan.",
    "De dagdelen passen niet bij de uren per week.",
)
MESSAGE = (
    "Vandaag eerst de verpleegkundigen en verzorgenden: drie verpleeghuizen in Brabant zoeken per direct. "
    "Vraag iedereen ook naar het weekend."
)
ROUND_REGION = "transvorm"
ROUND_DAYS = 14
ANSWERED = 0.3
LATE_FACTS = 6


def supervise(floor: Floor, team: Team, people: Sequence[Person]) -> None:
    """Add all of it."""
    supervisor = team.supervisors[0]
    _review(floor, supervisor)
    _ask_again(floor, team, supervisor, people)
    _write_late(floor)
    morning = floor.hours.moment(floor.today, time(8, 30))
    floor.add(Announcement, min(morning, floor.now), user_id=supervisor, text=MESSAGE)


def _review(floor: Floor, supervisor: UUID) -> None:
    """The interviews of the last weeks that were drawn; those of the last days still wait."""
    trainees = {user["id"]: user["trainee"] for user in floor.rows[User]}
    settings, chance = DeskSettings(), floor.chance
    for interview in floor.rows[Interview]:
        at = interview["completed_at"]
        if at is None or at < floor.now - timedelta(days=REVIEWED_DAYS):
            continue
        reason = review_reason(interview["id"], trainees[interview["user_id"]], settings)
        if reason is None:
            continue
        interview |= {"review_reason": reason, "review_state": "pending"}
        if at > floor.now - timedelta(days=WAITING_DAYS):
            continue
        back = chance.random() < HANDED_BACK
        interview["review_state"] = "handed_back" if back else "approved"
        floor.add(
            Review,
            at + floor.days(0.1, WAITING_DAYS - 0.1),
            interview_id=interview["id"],
            user_id=supervisor,
            verdict=interview["review_state"],
            note=chance.choice(HANDED_BACK_NOTES if back else PRAISE),
        )


def _ask_again(floor: Floor, team: Team, supervisor: UUID, people: Sequence[Person]) -> None:
    """A round of re-confirmation that began two days ago: some said that they are still available."""
    begun = floor.now - timedelta(days=2)
    offers = {offer["candidate_id"]: offer for offer in floor.rows[Availability]}
    asked = [
        person
        for person in people
        if person.row["status"] == "available"
        and person.row["region_code"] == ROUND_REGION
        and offers[person.id]["last_confirmed_at"] < begun - timedelta(days=ROUND_DAYS)
    ]
    asked.sort(key=lambda person: (offers[person.id]["last_confirmed_at"], person.id))
    of_round = floor.add(
        ReconfirmationRound,
        begun,
        user_id=supervisor,
        older_than_days=ROUND_DAYS,
        region_code=ROUND_REGION,
        asked=len(asked),
    )
    for rank, person in enumerate(asked):
        entry = floor.add(
            QueueEntry,
            begun,
            candidate_id=person.id,
            kind="reconfirm",
            priority_group=LATER,
            rank=rank,
            registered_at=person.row["registered_at"],
            region_code=person.row["region_code"],
            round_id=of_round["id"],
        )
        if floor.chance.random() < ANSWERED:
            _confirm(floor, team, person, entry, offers[person.id])


def _confirm(floor: Floor, team: Team, person: Person, entry: Row, offer: Row) -> None:
    at = floor.calling_moment(entry["created_at"], floor.now - timedelta(minutes=5))
    if at is None:
        return
    floor.add(
        CallAttempt,
        at,
        candidate_id=person.id,
        entry_id=entry["id"],
        user_id=team.caller(entry["region_code"], at),
        outcome="reached_confirmed",
        number=person.row["phone"],
        seconds=floor.chance.randint(45, 180),
        claim_epoch=1,
    )
    closed = {"state": "done", "closed_reason": "reached_confirmed", "claim_epoch": 1}
    entry |= closed | {"updated_at": at, "row_version": 3}
    offer["last_confirmed_at"] = person.row["last_feedback_at"] = person.row["updated_at"] = at


def _write_late(floor: Floor) -> None:
    """Some outcomes came in under a lease that somebody else held by then."""
    since = floor.now - timedelta(days=3)
    unanswered = [
        fact
        for fact in floor.rows[CallAttempt]
        if fact["at"] > since and fact["outcome"] in ("no_answer", "voicemail_left")
    ]
    states = {entry["id"]: entry["state"] for entry in floor.rows[QueueEntry]}
    for fact in floor.chance.sample(unanswered, min(LATE_FACTS, len(unanswered))):
        fact["late"] = True
        floor.add(
            Conflict,
            fact["at"],
            candidate_id=fact["candidate_id"],
            kind="late_fact",
            mine=fact["outcome"],
            theirs=states[fact["entry_id"]],
            fact_id=fact["id"],
            user_id=fact["user_id"],
        )
