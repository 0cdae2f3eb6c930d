"""Reports about what came of it: by sector, criteria and care background, of the requests, of the people."""

from datetime import timedelta

import sqlalchemy as sa

from db.stores.reports.calling import accepted, started
from db.stores.reports.people import confirmations, follow_ups, persons, referral_outcomes, referrals
from db.stores.reports.placing import (
    CLASSES,
    MET,
    NOT_KEPT,
    NOT_MET,
    proposals,
    requests,
    unmatched,
    unmatched_referrals,
)
from db.stores.reports.rounds import round_answers
from db.stores.reports.terms import (
    OUTSIDE,
    STRETCHES,
    UNKNOWN,
    Condition,
    Dimension,
    Fields,
    Frame,
    Measure,
    Ratio,
    Table,
)

CARE = Dimension("care", "text", ("yes", "no", UNKNOWN))
GROUPS = Dimension("reason_group", "text", ("time", "place", "qualification", "other", "no_reason"))
MOST_REASONS = 10
FRESH_DAYS, STALE_DAYS = 14, 28
MANY_HOURS = 20
HERE = ("available", "reconfirm")
PROPOSED = Measure("proposed", "proposals", proposals)


def is_(field: str, value: str) -> Condition:
    """A field has this code."""

    def holds(fields: Fields) -> sa.ColumnElement[bool]:
        return fields[field] == value

    return holds


RESULTS = tuple(Measure(f"result_{code}", "proposals", proposals, is_("result", code)) for code in CLASSES)
BOTH_UNITS = (
    PROPOSED,
    Measure("proposed_people", "candidates", proposals, counts="person_id"),
    Measure("accepted", "proposals", proposals, accepted),
    Measure("accepted_people", "candidates", proposals, accepted, counts="person_id"),
    Measure("started", "placements", proposals, started),
)


def sectors(frame: Frame) -> tuple[Table, ...]:
    """RP3: proposed and accepted at hospitals and elsewhere, by sector, wave and region, in both units."""
    waves = tuple(wave.code for wave in frame.waves)
    return (
        Table(
            "hospitals",
            BOTH_UNITS,
            Dimension("hospital", "text", ("hospital", "other_sector")),
            notes=("cohort",),
        ),
        Table(
            "results",
            (PROPOSED, *RESULTS),
            Dimension("hospital", "text", ("hospital", "other_sector")),
            notes=("results",),
        ),
        Table("sectors", BOTH_UNITS, Dimension("sector", "care_sector")),
        Table("waves", BOTH_UNITS, Dimension("wave", "wave", (*waves, OUTSIDE))),
        Table("regions", BOTH_UNITS, Dimension("region_code", "region"), notes=("region_of_person",)),
    )


def criteria(frame: Frame) -> tuple[Table, ...]:
    """RP4: which criteria the proposals met, month by month, and which were made in spite of a clash."""
    del frame
    parts = (
        PROPOSED,
        *(
            Measure(f"{field}_{state}", "proposals", proposals, is_(field, state))
            for field in ("time", "place", "qualification")
            for state in (MET, NOT_MET, NOT_KEPT)
        ),
        Measure("overridden", "proposals", proposals, lambda fields: fields.overridden),
    )
    months = Dimension("month", "month")
    return (Table("criteria", parts, months, most=STRETCHES + 1, notes=("snapshot",)),)


def care(frame: Frame) -> tuple[Table, ...]:
    """RP5: registered, offered and accepted at least once by care background, and why it did not fit."""
    del frame
    counted = (
        Measure("registered", "candidates", persons),
        Measure("proposed_people", "candidates", proposals, counts="person_id"),
        Measure("accepted_people", "candidates", proposals, accepted, counts="person_id"),
        PROPOSED,
        Measure("accepted", "proposals", proposals, accepted),
        Measure("started", "placements", proposals, started),
    )
    unfit = _unfit("with_care", "yes"), _unfit("without_care", "no"), _unfit("care_unknown", UNKNOWN)
    every = Measure("unfit", "proposals", proposals, _ended)
    return (
        Table("care", counted, CARE, notes=("cohort", "care_now")),
        Table("care_results", (PROPOSED, *RESULTS), CARE, notes=("results",)),
        Table("unfit_groups", (every, *unfit), GROUPS),
        Table(
            "unfit_reasons",
            (every, *unfit),
            Dimension("reason", "mismatch_reason"),
            most=MOST_REASONS,
            notes=("most",),
        ),
    )


def _ended(fields: Fields) -> sa.ColumnElement[bool]:
    return fields.result.in_(("declined", "no_response", "taken_back"))


def _unfit(key: str, care_code: str) -> Measure:
    return Measure(
        key, "proposals", proposals, lambda fields: sa.and_(_ended(fields), fields.care == care_code)
    )


def care_class(frame: Frame) -> tuple[Table, ...]:
    """RP6: who was referred to the National Care Class, and who then found work, through whom."""
    del frame
    nzk = is_("destination", "nzk")
    parts = (
        Measure("referred_people", "candidates", referrals, nzk, counts="person_id"),
        Measure("referrals", "referrals", referrals, nzk),
    )

    def at_work(fields: Fields) -> sa.ColumnElement[bool]:
        return sa.and_(
            fields.destination == "nzk", fields.outcome.in_(("in_job_via_ehvdz", "in_job_own_initiative"))
        )

    told = (
        Measure("in_job_people", "candidates", referrals, at_work, counts="person_id"),
        *(
            Measure(f"nzk_{code}", "referrals", referrals, _nzk(code))
            for code in (
                "not_told",
                "referred",
                "registered_there",
                "started",
                "completed",
                "in_job_via_ehvdz",
                "in_job_own_initiative",
                "not_started",
                "unknown",
            )
        ),
    )
    return (
        Table("class", parts),
        Table("class_outcomes", told, needs=referral_outcomes, needs_note="no_referral_outcomes"),
    )


def _nzk(code: str) -> Condition:
    return lambda fields: sa.and_(fields.destination == "nzk", fields.outcome == code)


def staying(frame: Frame) -> tuple[Table, ...]:
    """RP8: how many of those at work want to stay in care."""
    del frame
    answers = tuple(
        Measure(f"stays_{code}", "candidates", follow_ups, is_("wants", code), counts="person_id")
        for code in ("yes", "no", "undecided", "not_asked")
    )
    return (
        Table(
            "at_work",
            (Measure("started_people", "candidates", proposals, started, counts="person_id"),),
            CARE,
        ),
        Table(
            "staying",
            (Measure("followed_up", "candidates", follow_ups, counts="person_id"), *answers),
            CARE,
            needs=follow_ups,
            needs_note="no_follow_ups",
        ),
    )


def nowhere(frame: Frame) -> tuple[Table, ...]:
    """RP9: what was offered to those whom no organisation accepted."""
    del frame
    ways = ("referred_on", "referred_nowhere", "not_referred")
    counted = (
        Measure("unmatched", "candidates", unmatched),
        *(Measure(f"unmatched_{way}", "candidates", unmatched, is_("onwards", way)) for way in ways),
    )
    where = (
        Measure("referred_people", "candidates", unmatched_referrals, counts="person_id"),
        Measure("referrals", "referrals", unmatched_referrals),
    )
    return (
        Table("unmatched", counted, CARE, notes=("unmatched",)),
        Table("unmatched_destinations", where, Dimension("destination", "referral_destination")),
    )


def measures(frame: Frame) -> tuple[Table, ...]:
    """RP10: standard profiles, complete specifications and lead times of the requests."""
    del frame
    asked = Measure("requests", "requests", requests)

    def complete(fields: Fields) -> sa.ColumnElement[bool]:
        return sa.and_(fields.says_time, fields.says_place, fields.says_work)

    leads = ("within_2", "within_7", "within_14", "later", "none_yet")
    return (
        Table(
            "specifications",
            (
                asked,
                Measure("standard", "requests", requests, is_("profile", "standard")),
                Measure("own_words", "requests", requests, is_("profile", "own_words")),
                Measure("says_time", "requests", requests, lambda fields: fields.says_time),
                Measure("says_place", "requests", requests, lambda fields: fields.says_place),
                Measure("complete", "requests", requests, complete),
                Ratio("complete_share", "complete", "requests", unit="percent"),
            ),
            notes=("complete",),
        ),
        Table(
            "leads",
            (asked, Measure("fte_asked", "fte", requests, sums="fte_asked")),
            Dimension("lead", "text", leads),
            notes=("leads",),
        ),
    )


def reserve(frame: Frame) -> tuple[Table, ...]:
    """RP15: who is available now, by segment."""
    now = frame.scope.as_of

    def here(fields: Fields) -> sa.ColumnElement[bool]:
        awake = sa.or_(fields.paused_until.is_(None), fields.paused_until <= now)
        return sa.and_(fields.status.in_(HERE), awake, ~fields.do_not_call)

    segments = (
        "care_background",
        "care_student",
        "no_background_temporary",
        "no_background_considering",
        UNKNOWN,
    )
    parts = (
        Measure("available", "candidates", persons, here),
        Measure("many_hours", "candidates", persons, lambda f: sa.and_(here(f), f.hours_max > MANY_HOURS)),
        Measure("proposed_waiting", "candidates", persons, is_("status", "proposed")),
        Measure("placed", "candidates", persons, is_("status", "placed")),
    )
    return (Table("reserve", parts, Dimension("segment", "segment", segments), status_now=True),)


def reconfirmed(frame: Frame) -> tuple[Table, ...]:
    """RP16: how fresh the availability is, and what came of asking again."""
    now = frame.scope.as_of
    fresh, stale = now - timedelta(days=FRESH_DAYS), now - timedelta(days=STALE_DAYS)

    def here(fields: Fields) -> sa.ColumnElement[bool]:
        return fields.status.in_((*HERE, "proposed"))

    def between(fields: Fields) -> sa.ColumnElement[bool]:
        return sa.and_(here(fields), fields.confirmed_at < fresh, fields.confirmed_at >= stale)

    source = confirmations
    parts = (
        Measure("offering", "candidates", source, here),
        Measure("confirmed_fresh", "candidates", source, lambda f: sa.and_(here(f), f.confirmed_at >= fresh)),
        Measure("confirmed_between", "candidates", source, between),
        Measure("confirmed_stale", "candidates", source, lambda f: sa.and_(here(f), f.confirmed_at < stale)),
        Measure("to_reconfirm", "candidates", source, lambda f: f.asked),
    )
    said = ("still", "no_longer", "no_answer", "unreachable")
    rounds = (
        Measure("round_asked", "candidates", round_answers),
        *(Measure(f"round_{code}", "candidates", round_answers, is_("answer", code)) for code in said),
    )
    return (
        Table("freshness", parts, status_now=True),
        Table("rounds", rounds, status_now=True),
    )
