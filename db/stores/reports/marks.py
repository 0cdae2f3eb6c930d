"""What is true of an attempt, by its outcome, as one number."""

from functools import cache
from typing import Any

import sqlalchemy as sa

from db.reference.outcomes import outcomes
from db.stores.reports.terms import Column

MESSAGE, REACHED, DATA_PROBLEM = "message", "reached", "data_problem"
MAIL_UNANSWERED = "emailed_no_response"
TRIED, MESSAGED, UNANSWERED, WRONG, SPOKEN, ANSWERED = range(1, 7)
"""How far somebody got with a person, each further than the one before."""
PHONED, SPOKE, FINISHED, INTAKE = 1, 2, 4, 8
"""What is true of an attempt, each a bit of its marks."""
ABOVE = 4
"""How far it got stands above so many bits: the highest marks of a person are those of who got furthest."""


@cache
def family(name: str) -> tuple[str, ...]:
    """The outcomes of a family that were a try: a technical failure was none."""
    return tuple(
        code for code, item in outcomes().items() if item.family == name and code != "technical_failure"
    )


@cache
def tries() -> tuple[str, ...]:
    """Every outcome that was a try to reach somebody, by whatever channel."""
    return tuple(code for code in outcomes() if code != "technical_failure")


@cache
def final_reached() -> tuple[str, ...]:
    """Outcomes after which the person was told something of substance."""
    return tuple(code for code, item in outcomes().items() if item.family == REACHED and item.final)


@cache
def phoned() -> tuple[str, ...]:
    """Every outcome of a try by telephone."""
    return tuple(code for code in tries() if code not in family(MESSAGE))


def marked(marks: sa.ColumnElement[Any], bit: int) -> sa.ColumnElement[bool]:
    """Attempts of which this is true."""
    return marks.bitwise_and(bit) != 0


def marks_of(outcome: Column) -> sa.ColumnElement[int]:
    """The marks of one attempt: what is true of it, and how far it got.

    Compared one after another, for nearly all are among the first few: looking each up in a list costs SQLite
    thrice as much.
    """
    return sa.case(numbers_of_outcomes(), value=outcome, else_=0)


def numbers_of_outcomes() -> dict[str, int]:
    """By outcome the marks of an attempt that ended so."""
    bits = (
        (PHONED, phoned()),
        (SPOKE, family(REACHED)),
        (FINISHED, final_reached()),
        (INTAKE, ("reached_intake_done",)),
    )
    reaches = _reaches()
    return {
        code: (reaches.get(code, 0) << ABOVE) + sum(bit for bit, codes in bits if code in codes)
        for code in outcomes()
    }


def _reaches() -> dict[str, int]:
    """How far an attempt with each outcome got."""
    final, mailed = final_reached(), (MAIL_UNANSWERED,)
    got = (
        (TRIED, family("not_reached")),
        (ANSWERED, final),
        (SPOKEN, [code for code in family(REACHED) if code not in final]),
        (MESSAGED, [code for code in family(MESSAGE) if code not in mailed]),
        (UNANSWERED, mailed),
        (WRONG, family(DATA_PROBLEM)),
    )
    return {code: reach for reach, codes in got for code in codes}
