"""Open calls in numbers, for tests of moving them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import select

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.ids import new_id
from db.models import Candidate, QueueEntry
from db.rules.names import PersonName, finding_keys


def add_calls(desk: Desk, count: int, **columns: Any) -> list[UUID]:  # noqa: ANN401  # any column of QueueEntry
    """So many open calls, ready unless told otherwise; the ids of the entries, in the order of service."""

    def work(unit: Unit) -> list[UUID]:
        stamps: dict[str, Any] = {
            "registered_at": unit.now,
            "created_at": unit.now,
            "updated_at": unit.now,
            "region_code": "sigra",
        }
        person = Candidate(first_name="Tess", prefix="de", **stamps).model_dump()
        people = [person | _name(number) | {"id": new_id()} for number in range(count)]
        entry = QueueEntry(candidate_id=new_id(), **(stamps | columns)).model_dump()
        ids = sorted(new_id() for _ in people)
        entries = [
            entry | {"id": key, "candidate_id": row["id"]} for key, row in zip(ids, people, strict=True)
        ]
        unit.session.execute(sa.insert(Candidate), people)
        unit.session.execute(sa.insert(QueueEntry), entries)
        return ids

    return desk.lane.write_now(work)


def _name(number: int) -> dict[str, str]:
    last_name = f"Vries{number}"
    return {"last_name": last_name, **finding_keys(PersonName("Tess", "", "de", last_name, "", "", "own"))}


def entry_of(desk: Desk, entry_id: UUID) -> QueueEntry:
    """An entry as it stands."""
    return desk.lane.read_now(
        lambda session: session.exec(select(QueueEntry).where(QueueEntry.id == entry_id)).one()
    )
