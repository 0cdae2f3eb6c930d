"""One number says of an attempt what is true of it and how far it got."""

import pytest

from db.reference.outcomes import outcomes
from db.stores.reports.marks import (
    ABOVE,
    ANSWERED,
    FINISHED,
    INTAKE,
    MESSAGED,
    PHONED,
    SPOKE,
    SPOKEN,
    TRIED,
    UNANSWERED,
    WRONG,
    numbers_of_outcomes,
)


@pytest.mark.parametrize(
    ("outcome", "bits", "reach"),
    [
        ("no_answer", PHONED, TRIED),
        ("voicemail_left", PHONED, TRIED),
        ("emailed", 0, MESSAGED),
        ("emailed_no_response", 0, UNANSWERED),
        ("wrong_number", PHONED, WRONG),
        ("reached_callback_requested", PHONED | SPOKE, SPOKEN),
        ("reached_intake_partial", PHONED | SPOKE, SPOKEN),
        ("reached_withdrawn", PHONED | SPOKE | FINISHED, ANSWERED),
        ("reached_intake_done", PHONED | SPOKE | FINISHED | INTAKE, ANSWERED),
        ("technical_failure", 0, 0),
    ],
)
def test_marks_of_an_outcome(outcome: str, bits: int, reach: int) -> None:
    assert numbers_of_outcomes()[outcome] == (reach << ABOVE) + bits


def test_the_highest_marks_are_those_of_who_got_furthest() -> None:
    numbers = numbers_of_outcomes()
    assert set(numbers) == set(outcomes())
    assert PHONED | SPOKE | FINISHED | INTAKE < 1 << ABOVE
