"""A caller in a program of its own, who works through the queue until the program is killed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

from db.clock import clock_from
from db.desk.desk import Desk, open_desk
from db.drafts.queue import Lease, OutcomeDraft
from db.models import Candidate, QueueEntry
from db.rules.intake_fields import Answer
from db.views.queue import CardView
from tests.conftest import NOW

FIELDS = ("current_employer", "excluded_organisations")


@dataclass(frozen=True, slots=True)
class Served:
    """A card that this caller got in hand."""

    entry_id: UUID
    epoch: int
    name: str


@dataclass(frozen=True, slots=True)
class Called:
    """An outcome that the desk said was saved."""

    note: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that the desk said was saved; later ones of the same field have a higher number."""

    interview_id: UUID
    field: str
    number: int


@dataclass(frozen=True, slots=True)
class Failed:
    """Something a caller should never see."""

    error: str


Acknowledged = Served | Called | Answered | Failed
Send = Callable[[Acknowledged], None]


def add_people(desk: Desk, number: int) -> None:
    """So many candidates to call."""
    stamps: dict[str, Any] = {
        "created_at": NOW,
        "updated_at": NOW,
        "registered_at": NOW,
        "region_code": "rotterdam",
    }
    people = [Candidate(**stamps, last_name=f"Jansen {each}", phone="+31612345678") for each in range(number)]
    entries = [QueueEntry(**stamps, candidate_id=person.id) for person in people]

    with desk.lane.engine.begin() as connection:
        for rows in (people, entries):
            connection.execute(sa.insert(type(rows[0])), [_values(row) for row in rows])


def _values(row: SQLModel) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in sa.inspect(type(row)).column_attrs}


def work(database: str, name: str, seed: int, acknowledged: Connection) -> None:
    """Open the desk as a program does, and call until there is nobody left."""
    try:
        desk = open_desk(database, clock_from(NOW))
        desk.users.sign_in_now(name)
        asyncio.run(_day(desk, name, seed, acknowledged.send))
        desk.close()
    except Exception as error:  # the test shows it
        acknowledged.send(Failed(repr(error)))
    acknowledged.close()


async def _day(desk: Desk, name: str, seed: int, send: Send) -> None:
    numbers = count(seed * 10_000)
    for held in await desk.queue.held():
        await _call(desk, held, name, numbers, send)
    while isinstance(card := await desk.queue.next(), CardView):
        await _call(desk, card, name, numbers, send)


async def _call(desk: Desk, card: CardView, name: str, numbers: "count[int]", send: Send) -> None:
    lease = Lease(card.entry.id, card.entry.epoch)
    send(Served(lease.entry_id, lease.epoch, name))
    number = next(numbers)
    if number % 3 == 0:
        await _ask(desk, card, numbers, send)
    note = f"{name} {number}"
    await desk.queue.record(lease, OutcomeDraft("no_answer", note=note))
    send(Called(note))


async def _ask(desk: Desk, card: CardView, numbers: "count[int]", send: Send) -> None:
    interview = await desk.interviews.open(card.entry.candidate_id, card.entry.id)
    version = interview.version
    for field in FIELDS:
        number = next(numbers)
        saved = await desk.interviews.save_field(interview.id, field, Answer(f"na {number}"), field, version)
        version = saved.version
        send(Answered(interview.id, field, number))
