"""An offer that was confirmed long ago is marked where people are chosen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.desk.desk import Desk
from db.texts import Texts
from db.views.matching import MatchLine
from screens.matching_words import note_words, person_words
from tests.conftest import NOW, TestClock
from tests.desk.test_rounds import offering
from tests.support.offers import carer, give_offer
from tests.support.people import add_request


@pytest.mark.parametrize(("days", "marked"), [(5, False), (28, False), (29, True), (90, True)])
async def test_an_old_confirmation_is_marked(
    sqlite_desk: Desk, clock: TestClock, days: int, marked: bool
) -> None:
    person = offering(sqlite_desk, clock, days=days, pc4=8011)
    give_offer(sqlite_desk, person, carer())
    (line,) = (await sqlite_desk.matching.candidates_for(add_request(sqlite_desk))).lines
    today, texts = date(2020, 5, 7), Texts("nl")
    assert ("oud" in note_words(line, today, texts)) is marked
    assert ("niet meer bevestigd" in person_words(line, today, texts)) is marked
    never: MatchLine = replace(line, last_confirmed_at=None)
    assert "oud" not in note_words(never, today, texts)
    assert line.last_confirmed_at == NOW - timedelta(days=days)
