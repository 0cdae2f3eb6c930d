"""Which interviews are looked at again: always the same ones, and about as many as was asked."""

from uuid import UUID

import pytest

from db.rules.sampling import drawn, review_reason
from db.rules.settings import DeskSettings


@pytest.mark.parametrize("percent", [0, 15, 50, 100])
def test_about_as_many_as_was_asked_and_always_the_same(percent: int) -> None:
    ids = [UUID(int=number) for number in range(2000)]
    first = [drawn(one, percent) for one in ids]
    assert first == [drawn(one, percent) for one in ids]
    assert abs(sum(first) - 20 * percent) < 60


def test_a_larger_share_holds_the_smaller_one() -> None:
    ids = [UUID(int=number) for number in range(500)]
    assert {one for one in ids if drawn(one, 15)} <= {one for one in ids if drawn(one, 40)}


def test_a_trainee_is_always_looked_at_by_default() -> None:
    assert review_reason(UUID(int=1), trainee=True, settings=DeskSettings()) == "trainee"
    nobody = DeskSettings(review_percent=0)
    assert review_reason(UUID(int=1), trainee=False, settings=nobody) is None
    everybody = DeskSettings(review_percent=100)
    assert review_reason(UUID(int=1), trainee=False, settings=everybody) == "sample"
