"""Finding people: they call back, and all one has is a few digits or half a name."""

import pytest
import sqlalchemy as sa

from db.desk.desk import Desk
from db.models import Candidate
from db.stores.candidate_search import _conditions
from tests.conftest import TestClock
from tests.support.people import add_attempt, add_candidate


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8932", ["Luinenburg"]),
        ("06 48 77 89 32", ["Luinenburg"]),
        ("+31 6 48778932", ["Luinenburg"]),
        ("0031648778932", ["Luinenburg"]),
        ("32", []),
        ("luin", ["Luinenburg"]),
        ("LUINENBURG tristan", ["Luinenburg"]),
        ("tristan van der luin", ["Luinenburg"]),
        ("muller", ["Müller"]),
        ("el amr", ["El Amrani"]),
        ("luinenburg naomi", []),
        ("trist", ["Luinenburg"]),
        ("TRISTAN", ["Luinenburg"]),
        ("jorg", ["Müller"]),
        ("fatima amr", ["El Amrani"]),
        ("fatima muller", []),
        ("tris@", ["Luinenburg"]),
        ("tris@live.nl", ["Luinenburg"]),
        ("fatima", ["El Amrani"]),
        ("", []),
        ("%", []),
        ("_", []),
        ("[b]", []),
    ],
)
async def test_people_are_found_by_what_one_has(desk: Desk, text: str, found: list[str]) -> None:
    add_candidate(desk, email="tris@live.nl")
    add_candidate(desk, "Jörg", "Müller", prefix="", phone="+31612345678")
    add_candidate(desk, "Fatima", "El Amrani", prefix="", phone=None, email="fatima@example.org")
    result = await desk.candidates.search(text)
    assert [line.name.last_name for line in result.lines] == found


async def test_the_second_number_counts_too(desk: Desk) -> None:
    wanted = add_candidate(desk, phone2="+31203131234", phone2_reversed="43213130213")
    assert [line.id for line in (await desk.candidates.search("1234")).lines] == [wanted]


async def test_a_last_name_goes_before_a_first_name(desk: Desk) -> None:
    add_candidate(desk, "Maartje", "Aalbers", prefix="", phone=None)
    add_candidate(desk, "Zoë", "Maartens", prefix="", phone=None)
    names = [line.name.last_name for line in (await desk.candidates.search("maart")).lines]
    assert names == ["Maartens", "Aalbers"]


async def test_a_line_tells_household_and_last_outcome(desk: Desk, clock: TestClock) -> None:
    wanted = add_candidate(desk)
    add_candidate(desk, "Naomi", "Linschoten", prefix="de")
    add_attempt(desk, wanted, "no_answer")
    clock.forward(hours=2)
    add_attempt(desk, wanted, "busy")
    line = (await desk.candidates.search("luinenburg")).lines[0]
    assert (line.household, line.last_outcome, line.last_call_at) == (1, "busy", clock.now)


async def test_a_long_list_is_cut_off_and_says_so(desk: Desk) -> None:
    for number in range(6):
        add_candidate(desk, f"Jan{number}", "Jansen", prefix="", phone=None)
    result = await desk.candidates.search("jans", limit=5)
    assert (len(result.lines), result.more) == (5, True)


@pytest.mark.parametrize("text", ["8932", "luinenburg", "tristan", "tristan luinenburg", "tris@live"])
def test_every_search_stays_on_its_index(sqlite_desk: Desk, text: str) -> None:
    with sqlite_desk.lane.engine.connect() as connection:
        for condition, order in _conditions(text):
            query = sa.select(Candidate.__table__).where(condition).order_by(order).limit(51)  # type: ignore[attr-defined]
            compiled = query.compile(connection, compile_kwargs={"literal_binds": True})
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()
            plan = " ".join(row[3] for row in rows)
            assert "USING INDEX ix_candidate_" in plan
            assert "TEMP B-TREE" not in plan


def test_search_keys_are_compared_by_their_bytes_whatever_the_server_speaks(desk: Desk) -> None:
    keys = ("search_name", "search_first", "sort_name", "email", "phone_reversed", "phone2_reversed")
    found = sa.text(
        "SELECT collation_name FROM information_schema.columns "
        "WHERE table_name = 'candidate' AND column_name = :name"
    )
    with desk.lane.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("SELECT 'B' < 'a'").scalar() == 1
        else:
            assert {connection.execute(found, {"name": key}).scalar() for key in keys} == {"C"}
