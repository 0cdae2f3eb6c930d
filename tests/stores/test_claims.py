"""Who is served next, and that nobody is served to two."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from db.engine import open_engine
from db.migrations import create
from db.models import Skip
from db.rules.groups import EVERYTHING, Groups
from db.stores import claims, promotion
from db.stores.claims import Claim
from db.stores.entry_sql import ENTRY
from tests.conftest import NOW
from tests.crash.programs import quick_programs
from tests.stores.claim_worker import claim_all
from tests.stores.rows import add as add_row
from tests.stores.rows import add_entry, add_ready, add_user, fresh_postgresql, state_of

UNTIL = NOW + timedelta(minutes=20)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One database for the whole file; whatever a test writes is rolled back."""
    url = f"sqlite:///{tmp_path_factory.mktemp('claims') / 'desk.db'}"
    if request.param == "postgresql":
        url = fresh_postgresql(request.getfixturevalue("postgresql_server"))
    engine = open_engine(url)
    create(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[sa.Connection]:
    with engine.connect() as connection:
        yield connection


@pytest.fixture
def kim(connection: sa.Connection) -> UUID:
    return add_user(connection, "Kim")


@pytest.fixture
def noor(connection: sa.Connection) -> UUID:
    return add_user(connection, "Noor")


def claim(
    connection: sa.Connection,
    user_id: UUID,
    regions: Sequence[str] = (),
    promised_since: datetime | None = None,
    skip: Sequence[UUID] = (),
    now: datetime = NOW,
    groups: Groups = EVERYTHING,
) -> Claim | None:
    return claims.claim_next(
        connection,
        user_id=user_id,
        regions=regions,
        promised_since=promised_since,
        now=now,
        until=now + timedelta(minutes=20),
        skip_entry_ids=skip,
        groups=groups,
    )


def served(connection: sa.Connection, user_id: UUID, regions: Sequence[str] = ()) -> list[UUID]:
    """Everything this caller gets, in the order of service."""
    claimed = iter(partial(claim, connection, user_id, regions), None)
    return [each.entry_id for each in claimed if each]


@pytest.mark.parametrize("regions", [(), ("rotterdam",), ("utrecht", "rotterdam")])
def test_order_of_service(connection: sa.Connection, kim: UUID, regions: tuple[str, ...]) -> None:
    add = partial(add_entry, connection)
    late_retry = add(kind="retry", is_retry=1, registered_at=NOW - 9 * HOUR)
    young = add(registered_at=NOW - HOUR)
    old = add(registered_at=NOW - 2 * HOUR)
    skipped = add(rank=1, registered_at=NOW - 8 * HOUR)
    critical = add(priority_group=1, registered_at=NOW)
    low = add(priority_group=4, registered_at=NOW - 9 * HOUR)
    mine = add(assigned_to=kim, priority_group=4)
    callback = add(kind="callback", state="due", vests_at=NOW - HOUR)
    my_late_callback = add(kind="callback", state="due", vests_at=NOW - HOUR / 2, assigned_to=kim)
    my_callback = add(kind="callback", state="due", vests_at=NOW - HOUR, assigned_to=kim)
    expected = [my_callback, my_late_callback, callback, mine, critical, old, young, late_retry, skipped, low]
    assert served(connection, kim, regions) == expected


def test_what_is_not_served(connection: sa.Connection, kim: UUID, noor: UUID) -> None:
    add_entry(connection, assigned_to=noor)
    add_entry(connection, kind="callback", state="due", vests_at=NOW, assigned_to=noor)
    add_entry(connection, kind="callback", state="due", vests_at=NOW, region_code="utrecht")
    add_entry(connection, region_code="utrecht")
    add_entry(connection, state="scheduled", vests_at=NOW + HOUR)
    add_entry(connection, state="claimed", claimed_by=noor, claimed_until=UNTIL)
    add_entry(connection, state="blocked", blocked_reason="no_number")
    add_entry(connection, state="done")
    assert claim(connection, kim, ("rotterdam", "brabant")) is None


def test_outside_calling_hours_only_appointments(connection: sa.Connection, kim: UUID) -> None:
    add_entry(connection)
    add_entry(connection, assigned_to=kim)
    assert claim(connection, kim, promised_since=NOW - timedelta(hours=1)) is None
    callback = add_entry(connection, kind="callback", state="due", vests_at=NOW)
    found = claim(connection, kim, promised_since=NOW - timedelta(hours=1))
    assert found is not None
    assert found.entry_id == callback


@pytest.mark.parametrize("regions", [(), ("utrecht", "rotterdam")])
def test_passed_over(connection: sa.Connection, kim: UUID, regions: tuple[str, ...]) -> None:
    first = add_entry(connection, registered_at=NOW - 2 * HOUR)
    second = add_entry(connection, registered_at=NOW - HOUR)
    found = claim(connection, kim, regions, skip=[first])
    assert found is not None
    assert found.entry_id == second
    assert claim(connection, kim, regions, skip=[first, second]) is None


@pytest.mark.parametrize("regions", [(), ("rotterdam", "utrecht")])
@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (EVERYTHING, "callback own_wish critical wish retry low"),
        (Groups(not_kinds=("wish",)), "callback own_wish critical retry low"),
        (Groups(only_kinds=("retry",)), "own_wish retry"),
        (Groups(not_priorities=(1, 4)), "callback own_wish wish retry"),
        (Groups(not_callbacks=(3,)), "own_wish critical wish retry low"),
        (Groups(not_languages=("other",)), "callback own_wish critical wish retry"),
        (Groups(only_kinds=("new",), not_priorities=(1,), not_languages=("other",)), "own_wish"),
    ],
)
def test_groups_narrow_the_common_queue(
    connection: sa.Connection, kim: UUID, regions: tuple[str, ...], groups: Groups, expected: str
) -> None:
    add = partial(add_entry, connection)
    made = {
        "own_wish": add(kind="wish", priority_group=4, assigned_to=kim),
        "callback": add(kind="callback", state="due", vests_at=NOW - HOUR),
        "critical": add(priority_group=1),
        "wish": add(kind="wish", registered_at=NOW - HOUR),
        "retry": add(kind="retry", is_retry=1),
        "low": add(priority_group=4, skips=1),
    }
    low = connection.execute(sa.select(ENTRY.c.candidate_id).where(ENTRY.c.id == made["low"])).scalar_one()
    skip = {"at": NOW, "candidate_id": low, "entry_id": made["low"], "user_id": kim}
    add_row(connection, Skip(**skip, reason="other_language"))
    names = {key: name for name, key in made.items()}
    claimed = iter(partial(claim, connection, kim, regions, groups=groups), None)
    assert [names[each.entry_id] for each in claimed if each] == expected.split()


def test_a_claim_is_a_lease_with_a_rising_epoch(connection: sa.Connection, kim: UUID, noor: UUID) -> None:
    entry = add_entry(connection)
    first = claim(connection, kim)
    assert first is not None
    assert claims.my_claims(connection, kim) == (first,)
    assert claims.release(connection, entry, first.epoch, NOW)
    second = claim(connection, noor)
    assert second is not None
    assert (second.entry_id, second.epoch) == (entry, first.epoch + 1)
    assert not claims.renew(connection, entry, first.epoch, UNTIL)
    assert not claims.release(connection, entry, first.epoch, NOW)
    assert claims.renew(connection, entry, second.epoch, UNTIL + HOUR)
    assert claims.my_claims(connection, kim) == ()


@pytest.mark.parametrize(
    ("waits", "back"),
    [
        ({"kind": "new"}, "ready"),
        ({"kind": "retry", "vests_at": NOW - HOUR}, "ready"),
        ({"kind": "retry", "state": "scheduled", "vests_at": NOW + HOUR}, "scheduled"),
        ({"kind": "callback", "state": "due", "vests_at": NOW}, "due"),
        ({"kind": "callback", "state": "scheduled", "vests_at": NOW + HOUR}, "scheduled"),
        ({"kind": "email_sent", "state": "scheduled", "vests_at": NOW - HOUR}, "scheduled"),
        ({"state": "blocked", "blocked_reason": "do_not_call"}, "blocked"),
    ],
)
def test_whoever_calls_back_is_served_and_goes_back_to_where_they_waited(
    connection: sa.Connection, kim: UUID, noor: UUID, waits: dict[str, object], back: str
) -> None:
    entry = add_entry(connection, **waits)
    found = claims.claim_entry(connection, entry, kim, NOW, UNTIL)
    assert found is not None
    assert claims.claim_entry(connection, entry, noor, NOW, UNTIL) is None
    assert claims.claim_entry(connection, entry, kim, NOW, UNTIL) == found
    assert claims.release(connection, entry, found.epoch, NOW)
    assert state_of(connection, entry)[0] == back


def test_a_lease_that_ran_out_is_anybodys(connection: sa.Connection, kim: UUID, noor: UUID) -> None:
    entry = add_entry(connection)
    first = claims.claim_entry(connection, entry, kim, NOW, UNTIL)
    second = claims.claim_entry(connection, entry, noor, UNTIL, UNTIL + HOUR)
    assert first is not None
    assert second is not None
    assert second.epoch == first.epoch + 1


def test_what_is_done_cannot_be_claimed(connection: sa.Connection, kim: UUID) -> None:
    assert claims.claim_entry(connection, add_entry(connection, state="done"), kim, NOW, UNTIL) is None


def test_promotion(connection: sa.Connection, kim: UUID) -> None:
    add = partial(add_entry, connection)
    callback = add(kind="callback", state="scheduled", vests_at=NOW, assigned_to=kim)
    retry = add(kind="retry", state="scheduled", vests_at=NOW)
    later = add(kind="retry", state="scheduled", vests_at=NOW + HOUR)
    mail = add(kind="email_sent", state="scheduled", vests_at=NOW)
    forgotten = add(kind="callback", state="scheduled", vests_at=NOW - HOUR, assigned_to=kim)
    expired = add(state="claimed", claimed_by=kim, claimed_until=NOW)
    held = add(state="claimed", claimed_by=kim, claimed_until=NOW + HOUR)
    done = promotion.promote(connection, NOW, NOW - HOUR / 2)
    assert (done.vested, done.expired, done.released) == (3, 1, 1)
    assert state_of(connection, callback)[:2] == ("due", kim)
    assert state_of(connection, forgotten)[:2] == ("due", None)
    states = [state_of(connection, entry)[0] for entry in (retry, later, mail, expired, held)]
    assert states == ["ready", "scheduled", "scheduled", "ready", "claimed"]
    assert promotion.promote(connection, NOW, NOW - HOUR / 2) == promotion.Promotion()


def test_eight_programs_never_share_a_candidate(database_url: str) -> None:
    engine = open_engine(database_url)
    create(engine)
    with engine.begin() as connection:
        users = [add_user(connection, f"Caller {number}") for number in range(8)]
        add_ready(connection, 240)
    engine.dispose()
    regions: list[tuple[str, ...]] = [
        (),
        (),
        (),
        (),
        ("utrecht",),
        ("rotterdam",),
        ("rotterdam", "utrecht"),
        (),
    ]
    with quick_programs().Pool(8) as pool:
        work = [(database_url, NOW, user, where) for user, where in zip(users, regions, strict=True)]
        claimed = pool.starmap(claim_all, work, chunksize=1)
    entries = [entry for program in claimed for entry, _ in program]
    assert len(entries) == len(set(entries)) == 240
    assert {epoch for program in claimed for _, epoch in program} == {1}


def test_every_claim_counts_as_a_change(connection: sa.Connection, kim: UUID) -> None:
    entry = add_entry(connection)
    claim(connection, kim)
    row = connection.execute(sa.select(ENTRY).where(ENTRY.c.id == entry)).one()
    assert (row.row_version, row.updated_at, row.claimed_by, row.claimed_until) == (2, NOW, kim, UNTIL)
