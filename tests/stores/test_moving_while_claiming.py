"""Programs that move and programs that claim, at once: nothing is lost, nothing is doubled."""

import sqlalchemy as sa

from db.desk.desk import Desk
from db.stores.entry_sql import ENTRY
from tests.conftest import NOW
from tests.crash.programs import quick_programs
from tests.stores.claim_worker import claim_all
from tests.stores.move_worker import move_to_and_fro
from tests.support.calls import add_calls
from tests.support.people import add_user

CALLS = 200
ROUNDS = 6


def test_what_is_moved_is_claimed_once_all_the_same(desk: Desk, database_url: str) -> None:
    noor, sam, kim = (add_user(desk, name) for name in ("Noor", "Sam", "Toos"))
    calls = add_calls(desk, CALLS)
    with quick_programs().Pool(4) as pool:
        claiming = [pool.apply_async(claim_all, (database_url, NOW, user, ())) for user in (noor, sam, kim)]
        moving = pool.apply_async(move_to_and_fro, (database_url, NOW, calls, (noor, sam), ROUNDS))
        moved, stayed = moving.get(60)
        claimed = [each for work in claiming for each in work.get(60)]
    # Whoever looked before something was given to them has stopped; what was given to them waits for them.
    claimed += [each for user in (noor, sam, kim) for each in claim_all(database_url, NOW, user, ())]
    entries = [entry for entry, _ in claimed]
    assert sorted(entries) == sorted(calls)
    assert {epoch for _, epoch in claimed} == {1}
    assert moved + stayed <= CALLS * ROUNDS
    with desk.lane.engine.connect() as connection:
        states = sa.select(ENTRY.c.state, sa.func.count()).group_by(ENTRY.c.state)
        assert [tuple(row) for row in connection.execute(states)] == [("claimed", CALLS)]
