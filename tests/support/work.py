"""What somebody offers, for tests that book hours."""

from datetime import date
from uuid import UUID

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.models import Availability, Interview
from db.rules.availability import ALL_CELLS


def add_availability(desk: Desk, candidate_id: UUID, *, hours: int, grid: int = ALL_CELLS) -> None:
    """The hours and day parts that a candidate with an interview offers from today on."""

    def work(unit: Unit) -> None:
        interview = Interview(
            candidate_id=candidate_id,
            user_id=unit.user_id,
            state="complete",
            completed_at=unit.now,
            created_at=unit.now,
            updated_at=unit.now,
        )
        unit.session.add(interview)
        unit.session.flush()
        unit.session.add(
            Availability(
                candidate_id=candidate_id,
                interview_id=interview.id,
                available_from=date(2020, 5, 1),
                hours_min=1,
                hours_max=hours,
                grid=grid,
                last_confirmed_at=unit.now,
            )
        )

    desk.lane.write_now(work)
