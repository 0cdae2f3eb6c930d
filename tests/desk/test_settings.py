"""A changed rule holds at once, on every program, with who changed it; undo puts it back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from db.desk.desk import Desk, open_desk
from db.drafts.queue import Lease, OutcomeDraft
from db.errors import ConflictError, DeskError
from db.models import AuditEvent, QueueEntry
from db.views.queue import CardView
from db.views.settings import SettingView
from tests.conftest import TestClock
from tests.imports.test_registrations import all_of, row, written
from tests.support.people import add_candidate


@pytest.fixture
def other_desk(desk: Desk, database_url: str, clock: TestClock) -> Iterator[Desk]:
    """A second program on the same database."""
    other = open_desk(database_url, clock)
    other.users.sign_in_now("Sam", "supervisor")
    yield other
    other.close()


async def setting(desk: Desk, code: str) -> SettingView:
    return next(item for item in await desk.settings.everything() if item.code == code)


async def served(desk: Desk) -> CardView:
    card = await desk.queue.next()
    assert isinstance(card, CardView)
    return card


async def test_a_change_tells_who_and_when_and_undo_takes_it_back(desk: Desk, clock: TestClock) -> None:
    await desk.settings.change("lease_minutes", "25")
    clock.forward(hours=1)
    await desk.settings.change("lease_minutes", "30")
    changed = await setting(desk, "lease_minutes")
    assert (changed.value, changed.default, changed.by, changed.at) == (30, 20, "Kim", clock.now)
    assert changed.was == 25
    events = desk.lane.read_now(
        lambda session: session.exec(select(AuditEvent).where(AuditEvent.action == "settings.change")).all()
    )
    assert [event.summary["changes"] for event in sorted(events, key=lambda event: event.at)] == [
        {"lease_minutes": [20, 25]},
        {"lease_minutes": [25, 30]},
    ]
    await desk.history.undo()
    taken_back = await setting(desk, "lease_minutes")
    assert (taken_back.value, taken_back.was) == (25, 20)
    await desk.history.undo()
    assert (await setting(desk, "lease_minutes")).by == ""
    await desk.history.redo()
    assert (await setting(desk, "lease_minutes")).value == 25


async def test_two_people_change_two_rules_and_undo_only_their_own(desk: Desk, other_desk: Desk) -> None:
    await desk.settings.change("skip_limit", "5")
    await other_desk.settings.change("lease_minutes", "9")
    await other_desk.settings.change("skip_limit", "6")
    with pytest.raises(ConflictError):
        await desk.history.undo()
    assert (await setting(desk, "skip_limit")).value == 6
    await other_desk.history.undo()
    await desk.history.undo()
    assert [(await setting(desk, code)).value for code in ("skip_limit", "lease_minutes")] == [3, 9]


async def test_what_cannot_be_changes_nothing(desk: Desk) -> None:
    with pytest.raises(DeskError):
        await desk.settings.change("lease_minutes", "veel")
    assert (await setting(desk, "lease_minutes")).value == 20


async def test_the_other_program_obeys_at_its_next_card(
    desk: Desk, other_desk: Desk, clock: TestClock
) -> None:
    add_candidate(desk, entry="ready", intake=None, status="new")
    await other_desk.settings.change("lease_minutes", "7")
    await other_desk.settings.change("script.nl.new", "Dag {last_name}, met {caller}!")
    card = await served(desk)
    assert card.entry.claimed_until == clock.now + timedelta(minutes=7)
    assert card.script == {"nl.new": "Dag {last_name}, met {caller}!"}


async def test_the_retry_obeys_delay_and_maximum(desk: Desk, clock: TestClock) -> None:
    add_candidate(desk, entry="ready", intake=None, status="new")
    await desk.settings.change("retry_minutes.busy", "45")
    card = await served(desk)
    recorded = await desk.queue.record(Lease(card.entry.id, card.entry.epoch), OutcomeDraft("busy"))
    assert recorded.again_at == clock.now + timedelta(minutes=45)
    await desk.settings.change("maximum_attempts", "2")
    clock.forward(minutes=50)
    card = await served(desk)
    recorded = await desk.queue.record(Lease(card.entry.id, card.entry.epoch), OutcomeDraft("no_answer"))
    assert recorded.kind == "email"


async def test_calling_hours_close_the_queue_at_once(desk: Desk) -> None:
    add_candidate(desk, entry="ready", intake=None, status="new")
    await desk.settings.change("weekday", "11-12")
    waiting = await desk.queue.next()
    assert not isinstance(waiting, CardView)
    assert not waiting.open_now
    assert waiting.counts == {"closed_hours": 1}


async def test_new_registrations_get_the_priority_of_the_desk(desk: Desk, tmp_path: Path) -> None:
    await desk.settings.change("priority.first_sources", "red_cross")
    await desk.settings.change("priority.other_group", "4")
    for source, first_name, number in (("red_cross", "Jan", 1), ("phone", "Bo", 2)):
        file = written(
            tmp_path, row(first=first_name, phone=f"062100000{number}", email=""), name=f"{source}.csv"
        )
        desk.imports.run_now(file, source=source)
    entries = all_of(desk, QueueEntry)
    assert sorted(entry.priority_group for entry in entries) == [1, 4]


async def test_the_waves_of_the_reports_are_those_of_the_desk(desk: Desk) -> None:
    await desk.settings.change("waves", "eerste: 1-3-2020 – 30-6-2020")
    assert [wave.code for wave in await desk.reports.waves()] == ["eerste"]
