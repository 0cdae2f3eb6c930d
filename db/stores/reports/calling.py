"""Reports about calling: who was never heard, the weekly figures, persons against matches."""

from datetime import timedelta

import sqlalchemy as sa

from db.stores.reports.marks import FINISHED, INTAKE, PHONED, SPOKE, marked
from db.stores.reports.people import (
    HEARD_CLASSES,
    HEARD_GROUPS,
    attempts,
    heard,
    interviewed,
    persons,
    referrals,
)
from db.stores.reports.placing import proposals, requests
from db.stores.reports.terms import STRETCHES, Condition, Dimension, Fields, Frame, Measure, Ratio, Table

AGES = (("age_0", 0, 7), ("age_7", 7, 14), ("age_14", 14, 28), ("age_28", 28, 56), ("age_56", 56, None))
"""Days since the registration: from, and less than."""


def phoned(fields: Fields) -> sa.ColumnElement[bool]:
    """A try by telephone."""
    return marked(fields.marks, PHONED)


def reached(fields: Fields) -> sa.ColumnElement[bool]:
    """Somebody was spoken to."""
    return marked(fields.marks, SPOKE)


def intake_done(fields: Fields) -> sa.ColumnElement[bool]:
    """The whole intake was held."""
    return marked(fields.marks, INTAKE)


def accepted(fields: Fields) -> sa.ColumnElement[bool]:
    """The organisation accepted, whatever came after."""
    return fields.accepted_at.is_not(None)


def started(fields: Fields) -> sa.ColumnElement[bool]:
    """The person was at work."""
    return fields.started_at.is_not(None)


def _aged(frame: Frame, low: int, high: int | None) -> Condition:
    now = frame.scope.as_of

    def holds(fields: Fields) -> sa.ColumnElement[bool]:
        old_enough = fields.at <= now - timedelta(days=low) if low else sa.true()
        young_enough = fields.at > now - timedelta(days=high) if high else sa.true()
        return sa.and_(old_enough, young_enough)

    return holds


def unheard(frame: Frame) -> tuple[Table, ...]:
    """RP7: nobody ever told them anything: never tried, not reached and why, reached without substance."""
    ages = tuple(Measure(key, "candidates", heard, _aged(frame, low, high)) for key, low, high in AGES)
    all_of_them = Measure("registered", "candidates", heard)
    oldest = Measure("oldest", "days", heard, oldest="at")
    return (
        Table(
            "unheard",
            (all_of_them, *ages, oldest),
            Dimension("group", "text", HEARD_GROUPS),
            notes=("heard", "age"),
        ),
        Table(
            "unheard_why",
            (all_of_them, *ages, oldest),
            Dimension("hears", "text", HEARD_CLASSES),
            total=False,
            notes=("why_order",),
        ),
    )


WEEK_FIGURES = (
    Measure("registered", "candidates", persons),
    Measure("called", "candidates", attempts, phoned, counts="person_id"),
    Measure("reached", "candidates", attempts, reached, counts="person_id"),
    Measure("attempts", "attempts", attempts, phoned),
    Measure("intakes", "candidates", attempts, intake_done, counts="person_id"),
    Measure("proposed_people", "candidates", proposals, counts="person_id"),
    Measure("proposed", "proposals", proposals),
    Measure("accepted", "proposals", proposals, accepted),
    Measure("started", "placements", proposals, started),
    Measure("organisations", "organisations", requests, counts="organisation_id"),
    Measure("requests", "requests", requests),
    Measure("fte_asked", "fte", requests, sums="fte_asked"),
)

WEEK_UNHEARD = Table(
    "weekly_unheard",
    (
        Measure("registered", "candidates", heard, whole=True),
        Measure("oldest", "days", heard, oldest="at", whole=True),
    ),
    Dimension("group", "text", HEARD_GROUPS),
)


def weekly(frame: Frame) -> tuple[Table, ...]:
    """RP12: the weekly figures, in the week and since the first day, and how the last weeks went."""
    del frame
    weeks = (
        Measure("registered", "candidates", persons, whole=True),
        Measure("attempts", "attempts", attempts, phoned, whole=True),
        Measure("reached", "candidates", attempts, reached, counts="person_id", whole=True),
        Measure("proposed", "proposals", proposals, whole=True),
        Measure("accepted", "proposals", proposals, accepted, whole=True),
    )
    return (
        Table("weekly", WEEK_FIGURES, both=True, notes=("cohort",)),
        Table("weeks", weeks, Dimension("week", "week"), most=STRETCHES, total=False, notes=("weeks",)),
        WEEK_UNHEARD,
    )


def against_matches(frame: Frame) -> tuple[Table, ...]:
    """RP13: persons against matches, so that one is never taken for the other."""
    del frame
    people = (
        Measure("registered", "candidates", persons),
        Measure("called", "candidates", attempts, phoned, counts="person_id"),
        Measure("reached", "candidates", attempts, reached, counts="person_id"),
        Measure("interviewed", "candidates", interviewed, counts="person_id"),
        Measure("proposed_people", "candidates", proposals, counts="person_id"),
        Measure("accepted_people", "candidates", proposals, accepted, counts="person_id"),
        Measure("started_people", "candidates", proposals, started, counts="person_id"),
    )
    matches = (
        Measure("proposed", "proposals", proposals),
        Measure("accepted", "proposals", proposals, accepted),
        Measure("started", "placements", proposals, started),
    )
    return (Table("persons", people, notes=("cohort",)), Table("matches", matches))


def referred(frame: Frame) -> tuple[Table, ...]:
    """RP14: conversations, referrals, referrals per person, and where to."""
    del frame

    def onwards(fields: Fields) -> sa.ColumnElement[bool]:
        return fields.destination != "none"

    def finished(fields: Fields) -> sa.ColumnElement[bool]:
        return marked(fields.marks, FINISHED)

    figures = (
        Measure("conversations", "attempts", attempts, reached),
        Measure("conversations_finished", "attempts", attempts, finished),
        Measure("referrals", "referrals", referrals, onwards),
        Measure("referred_people", "candidates", referrals, onwards, counts="person_id"),
        Ratio("per_person", "referrals", "referred_people"),
    )
    where = (
        Measure("referrals", "referrals", referrals),
        Measure("referred_people", "candidates", referrals, counts="person_id"),
    )
    return (
        Table("referred", figures),
        Table(
            "destinations", where, Dimension("destination", "referral_destination"), notes=("no_referral",)
        ),
    )


def week_page(frame: Frame) -> tuple[Table, ...]:
    """The page of one week: its figures, its days, and who heard nothing yet."""
    days = (
        Measure("attempts", "attempts", attempts, phoned),
        Measure("spoken", "attempts", attempts, reached),
    )
    return (
        Table("weekly", WEEK_FIGURES, both=True, notes=("cohort",)),
        Table(
            "days", days, Dimension("day", "day", tuple(day.isoformat() for day in frame.days)), total=False
        ),
        WEEK_UNHEARD,
    )


def week_before(frame: Frame) -> tuple[Table, ...]:
    """The same figures of another week, to compare with."""
    del frame
    return (Table("weekly", WEEK_FIGURES),)
