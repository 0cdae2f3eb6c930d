"""The queue of the practice floor: every candidate's entry, and the turn that it waits for."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from db.demo.floor import Floor, Row
from db.demo.people import Person
from db.demo.team import Team
from db.models import Interview, QueueEntry, Skip
from db.rules.calling_hours import add_working_days
from db.rules.priority import CRITICAL, priority_group

DUE_FOR_ANYONE = 7
DUE_FOR_SOMEBODY = 5
LATER_TODAY = 24
LEFT_BEHIND = 12
ASSIGNED = 200
SKIPPED = 60
LEASE = timedelta(minutes=20)
SKIP_REASONS = ("not_now", "known_person", "details_unclear", "better_later")


def open_entry(floor: Floor, person: Person) -> Row:
    """The entry with which a candidate came into the queue."""
    row = person.row
    return floor.add(
        QueueEntry,
        person.imported_at,
        candidate_id=person.id,
        priority_group=priority_group(row["function_profile"], row["care_background"]),
        registered_at=person.registered_at,
        region_code=row["region_code"],
        import_batch_id=row["import_batch_id"],
        state="ready" if row["phone"] else "blocked",
        blocked_reason=None if row["phone"] else "no_number",
    )


class Queue:
    """Gives what waits its moment, and some of it to somebody."""

    def __init__(self, floor: Floor, team: Team) -> None:
        self._floor = floor
        self._team = team

    def call_back(self, entries: Sequence[tuple[Row, Row]]) -> None:
        """Spread the call-backs, each with the attempt that promised it: some are due, the rest will be."""
        left_behind = [pair for pair in entries if pair[1]["at"] < self._team.stopped_at][:LEFT_BEHIND]
        for number, (entry, attempt) in enumerate(left_behind):
            self._leave_behind(entry, attempt, number)
        given = {entry["id"] for entry, _ in left_behind}
        entries = [pair for pair in entries if pair[0]["id"] not in given]
        for index, (entry, attempt) in enumerate(entries):
            at, mine = self._callback_moment(index, len(entries))
            at = max(at, attempt["at"] + timedelta(minutes=15))
            attempt["callback_at"] = at
            entry |= {
                "kind": "callback",
                "state": "due" if at <= self._floor.now else "scheduled",
                "vests_at": at,
                "assigned_to": attempt["user_id"] if mine else None,
            }

    def _leave_behind(self, entry: Row, attempt: Row, number: int) -> None:
        """A promise of somebody who stopped: some are long due, some will be."""
        floor = self._floor
        day = add_working_days(floor.today + timedelta(days=number - LEFT_BEHIND // 2), 0)
        at = max(floor.hours.moment(day, time(17 + number % 3)), attempt["at"] + timedelta(hours=1))
        stopped = self._team.stopped
        attempt |= {"user_id": stopped, "callback_at": at}
        entry |= {
            "kind": "callback",
            "state": "due" if at <= floor.now else "scheduled",
            "vests_at": at,
            "assigned_to": stopped,
        }

    def _callback_moment(self, index: int, count: int) -> tuple[datetime, bool]:
        floor = self._floor
        due, assigned, today = (
            min(DUE_FOR_ANYONE, count // 3), min(DUE_FOR_SOMEBODY, count // 4), min(LATER_TODAY, count // 4)
        )  # fmt: skip
        if index < due:
            return floor.now - timedelta(minutes=3 + 5 * index), False
        if index < due + assigned:
            return floor.now - timedelta(minutes=2 + 4 * (index - due)), True
        if index < due + assigned + today:
            return floor.now + timedelta(minutes=5 + 10 * (index - due - assigned)), index % 2 == 0
        day = add_working_days(floor.today, floor.chance.randint(1, 8))
        at = floor.hours.moment(
            day, time(floor.chance.randint(9, 19), floor.chance.choice((0, 0, 15, 30, 45)))
        )
        return at, floor.chance.random() < 0.6

    def escalate(self, entry: Row, at: datetime) -> None:
        """Three callers passed this candidate over: it is the supervisor's."""
        for number in range(3):
            self._skip(entry, at + timedelta(minutes=20 * number))
        entry |= {
            "state": "blocked",
            "blocked_reason": "escalated",
            "skips": 3,
            "updated_at": entry["updated_at"],
        }

    def hand_out(self, ready: list[Row]) -> None:
        """Callers have somebody on the line, some calls are assigned, some were passed over once."""
        floor = self._floor
        ready.sort(key=lambda entry: (entry["priority_group"], entry["is_retry"], entry["registered_at"]))
        callers = self._team.on_shift("morning")[:-2]
        in_hand = ready[: min(len(callers), len(ready) // 4)]
        for caller, entry in zip(callers, in_hand, strict=False):
            self._lease(entry, caller["id"])
        rest = ready[len(in_hand) :]
        if len(rest) > len(callers):
            self._forget(rest.pop())
        supervisor = self._team.supervisors[0]
        for entry in floor.chance.sample(rest, min(floor.share(ASSIGNED), len(rest) // 4)):
            entry |= {"assigned_to": floor.chance.choice(callers[:5])["id"], "assigned_by": supervisor}
        free = [
            entry for entry in rest if entry["assigned_to"] is None and entry["priority_group"] > CRITICAL
        ]
        for rank, entry in enumerate(floor.chance.sample(free, min(floor.share(SKIPPED), len(free) // 4)), 1):
            self._skip(entry, floor.now - timedelta(minutes=30 + 3 * rank))
            entry |= {"skips": 1, "rank": rank}

    def _forget(self, entry: Row) -> None:
        """A card that was open when somebody stopped: the lease ran out long ago."""
        at = self._team.stopped_at
        entry |= {
            "state": "claimed",
            "claimed_by": self._team.stopped,
            "claimed_until": max(at, entry["updated_at"]) + LEASE,
            "claim_epoch": entry["claim_epoch"] + 1,
        }

    def _lease(self, entry: Row, caller: UUID) -> None:
        floor = self._floor
        since = floor.now - timedelta(seconds=floor.chance.randint(20, 800))
        entry |= {
            "state": "claimed",
            "claimed_by": caller,
            "claimed_until": since + LEASE,
            "claim_epoch": entry["claim_epoch"] + 1,
            "updated_at": since,
        }
        if floor.chance.random() < 0.3:
            floor.add(
                Interview,
                since,
                candidate_id=entry["candidate_id"],
                entry_id=entry["id"],
                user_id=caller,
                current_field="educations",
                updated_at=floor.now - timedelta(seconds=5),
            )

    def _skip(self, entry: Row, at: datetime) -> None:
        at = min(max(at, entry["created_at"]), self._floor.now - timedelta(minutes=1))
        self._floor.add(
            Skip,
            at,
            candidate_id=entry["candidate_id"],
            entry_id=entry["id"],
            user_id=self._team.caller(entry["region_code"], at),
            reason=self._floor.chance.choice(SKIP_REASONS),
        )
