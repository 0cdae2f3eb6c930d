"""Answering whether two records are one person.

A merge re-points no fact: facts are never changed. The newer record becomes `duplicate`, with the older one
named in `status_reason`, and its call is closed; the older one takes over what it lacks and the consents that
were spoken later. All of it is one undoable event.
"""

from uuid import UUID

from db.desk.outcomes import close_entry
from db.desk.unit import Unit
from db.errors import ConflictError, DeskError
from db.models import Candidate, Consent, Likeness, QueueEntry
from db.rules.names import show_name
from db.stores.candidate_card import name_of
from db.stores.facts import newest_consents
from db.stores.proposals import live_proposals
from db.stores.queue import open_entry

ANSWERS = ("merged", "household", "distinct")
TAKEN_OVER = (
    "first_name",
    "initials",
    "best_time",
    "function_given",
    "function_profile",
    "hours_given",
    "hours_min",
    "hours_max",
    "big_given",
    "big_number",
    "remarks",
    "care_background",
)
TOGETHER = (
    ("email", "email_given"),
    ("phone", "phone_given", "phone_reversed"),
    ("postcode", "postcode_given", "pc4", "place", "x_km", "y_km", "region_code", "region_source"),
)
"""Columns that say one thing and go together; the first one tells whether it is known."""


def answer_likeness(unit: Unit, likeness_id: UUID, answer: str) -> None:
    """Write down what the supervisor decided; DeskError when somebody was faster or a merge cannot be."""
    question = unit.get(Likeness, likeness_id)
    if question.answer is not None:
        raise ConflictError("team.already_answered")
    pair = [unit.get(Candidate, key) for key in sorted((question.candidate_id, question.other_id))]
    older, newer = sorted(pair, key=lambda person: (person.registered_at, person.id.hex))
    if answer == "merged":
        _merge(unit, older, newer)
    question.answer, question.answered_by, question.answered_at = answer, unit.user_id, unit.now
    unit.record(
        "team.likeness",
        candidate_id=older.id,
        subject_id=question.id,
        undoable=True,
        answer=answer,
        name=show_name(name_of(older)),
        duplicate_id=newer.id if answer == "merged" else None,
    )


def _merge(unit: Unit, older: Candidate, newer: Candidate) -> None:
    if newer.status == "duplicate" or older.status == "duplicate":
        raise ConflictError("team.already_merged")
    if live_proposals(unit.session, newer.id):
        raise DeskError("team.merge_proposed", name=show_name(name_of(newer)))
    _close_call(unit, newer)
    for column in TAKEN_OVER:
        if getattr(older, column) in (None, "") and getattr(newer, column) not in (None, ""):
            setattr(older, column, getattr(newer, column))
    for group in TOGETHER:
        if not getattr(older, group[0]) and getattr(newer, group[0]):
            for column in group:
                setattr(older, column, getattr(newer, column))
    _keep_second_number(older, newer)
    older.work_limits = sorted({*older.work_limits, *newer.work_limits})
    older.work_limit_note = older.work_limit_note or newer.work_limit_note
    if newer.do_not_call and not older.do_not_call:
        older.do_not_call = True
        _close_call(unit, older)
    _take_over_consents(unit, older, newer)
    newer.status, newer.status_reason = "duplicate", str(older.id)


def _keep_second_number(older: Candidate, newer: Candidate) -> None:
    if newer.phone and newer.phone != older.phone and older.phone2 is None:
        older.phone2, older.phone2_given = newer.phone, newer.phone_given
        older.phone2_reversed = newer.phone_reversed


def _take_over_consents(unit: Unit, older: Candidate, newer: Candidate) -> None:
    """What the person said later holds for the record that stays: above all a refusal."""
    known = {fact.purpose: fact.at for fact in newest_consents(unit.session, older.id)}
    for fact in newest_consents(unit.session, newer.id):
        if fact.purpose in known and known[fact.purpose] >= fact.at:
            continue
        unit.session.add(
            Consent(
                at=fact.at,
                candidate_id=older.id,
                purpose=fact.purpose,
                state=fact.state,
                text=fact.text,
                text_version=fact.text_version,
                channel=fact.channel,
                source=fact.source,
                recorded_by=unit.user_id,
                recorded_at=unit.now,
            )
        )


def _close_call(unit: Unit, candidate: Candidate) -> None:
    found = open_entry(unit.session, candidate.id)
    if found is None:
        return
    entry = unit.get(QueueEntry, found.id)
    if entry.state == "claimed" and entry.claimed_by != unit.user_id:
        raise ConflictError("queue.in_other_hands")
    close_entry(entry, "duplicate")
