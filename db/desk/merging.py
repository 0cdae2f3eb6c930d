"""Answering whether two records are one person.

In a merge everything that hangs on the newer record (registrations, attempts, consents, interviews,
proposals) goes to the older one: what a fact says is never changed, only whose it is. The newer record
becomes `duplicate`, with the older one named in `status_reason`. All of it is one undoable event.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

from db.desk.field_merge import FIELDS, interviewed, likelihood, pairs, take_over
from db.desk.import_merge import is_settled
from db.desk.outcomes import close_entry
from db.desk.unit import Unit
from db.errors import ConflictError, DeskError
from db.models import (
    Availability,
    Candidate,
    Consent,
    Education,
    Experience,
    Likeness,
    Organisation,
    QueueEntry,
    RepairTask,
    Request,
    Retraction,
)
from db.models.base import State
from db.rules.bookings import clashes
from db.rules.names import show_name
from db.stores import interviews
from db.stores import likeness as store
from db.stores.bookings import bookings, offered_to
from db.stores.candidate_card import name_of
from db.stores.facts import newest_consents, retracted_ids
from db.stores.proposals import live_proposals
from db.stores.queue import open_entry
from db.views.likeness import LikenessCard, Side

ANSWERS = ("merged", "household", "distinct")
GONE = ("duplicate", "erased")
LADDER = (
    "new",
    "to_call",
    "data_incorrect",
    "unreachable",
    "in_call",
    "callback",
    "intake_partial",
    "paused",
    "intake_complete",
    "reconfirm",
    "available",
    "referred",
    "no_consent",
    "withdrawn",
    "closed",
    "proposed",
    "placed",
)
"""How far somebody has come: of two statuses the further one stands."""
STILL_TO_HEAR = ("new", "to_call", "data_incorrect", "unreachable", "in_call", "callback", "intake_partial")
UNASKED = ("new", "retry")
"""Calls for a first conversation: with whoever was heard already they are no longer needed."""
INTERVIEWED = ("care_background", "medically_trained", "segment")
"""With the columns that matching reads: what the newest completed interview says."""


def compare(unit: Unit, likeness_id: UUID) -> LikenessCard:
    """Both records side by side; that somebody looked at them is logged."""
    question = unit.get(Likeness, likeness_id)
    older, newer = _pair(unit, question)
    for person in (older, newer):
        unit.note_read("candidate.read", person.id)
    return LikenessCard(
        id=question.id,
        why=question.why,
        likelihood=likelihood(older, newer),
        older=store.like_record(unit.session, older),
        newer=store.like_record(unit.session, newer),
        fields=pairs(unit.session, older, newer),
        status=_further(older, newer),
        obstacles=tuple(_obstacles(unit, older, newer)),
    )


def answer_likeness(
    unit: Unit, likeness_id: UUID, answer: str, chosen: Mapping[str, Side] | None = None
) -> str:
    """Write down what the supervisor decided; DeskError when somebody was faster or a merge cannot be.

    `chosen` names the side that stands by field; of what it does not name the usual one does. Gives the
    name that the older record has by then.
    """
    question = unit.get(Likeness, likeness_id)
    if question.answer is not None:
        raise ConflictError("team.already_answered")
    older, newer = _pair(unit, question)
    if answer == "merged":
        _merge(unit, older, newer, chosen or {})
        _ask_of_the_other(unit, question, older, newer)
    question.answer, question.answered_by, question.answered_at = answer, unit.user_id, unit.now
    name = _shown(older)
    unit.record(
        "team.likeness",
        candidate_id=older.id,
        subject_id=question.id,
        undoable=True,
        answer=answer,
        name=name,
        duplicate_id=newer.id if answer == "merged" else None,
    )
    return name


def _pair(unit: Unit, question: Likeness) -> tuple[Candidate, Candidate]:
    both = [unit.get(Candidate, key) for key in sorted((question.candidate_id, question.other_id))]
    older, newer = sorted(both, key=lambda person: (person.registered_at, person.id.hex))
    return older, newer


def _obstacles(unit: Unit, older: Candidate, newer: Candidate) -> list[DeskError]:
    """Why these two cannot be merged now, the plainest first."""
    if older.status in GONE or newer.status in GONE:
        return [ConflictError("team.already_merged")]
    found = [error for person in (older, newer) if (error := _in_hand(unit, person)) is not None]
    drafts = [interviews.draft_of(unit.session, person.id) for person in (older, newer)]
    if all(drafts):
        found.append(DeskError("likeness.two_drafts", name=_shown(older)))
    return [*found, *_proposals_in_the_way(unit, older, newer)]


def _in_hand(unit: Unit, person: Candidate) -> DeskError | None:
    entry = open_entry(unit.session, person.id)
    if entry is None or entry.state != "claimed":
        return None
    if entry.claimed_until is not None and entry.claimed_until <= unit.now:
        return None
    return ConflictError("likeness.in_hand", name=_shown(person), caller=store.holder_of(unit.session, entry))


def _proposals_in_the_way(unit: Unit, older: Candidate, newer: Candidate) -> list[DeskError]:
    live = {proposal.request_id for proposal in live_proposals(unit.session, older.id)}
    found: list[DeskError] = []
    for proposal in live_proposals(unit.session, newer.id):
        if proposal.request_id in live:
            request = unit.session.get_one(Request, proposal.request_id)
            organisation = unit.session.get_one(Organisation, request.organisation_id).name
            found.append(DeskError("likeness.same_request", organisation=organisation, name=_shown(newer)))
    taken = bookings(unit.session, older.id)
    hours = [offered_to(unit.session, person) for person in (older, newer)]
    offered = max((number for number in hours if number is not None), default=None)
    for job in bookings(unit.session, newer.id):
        if taken and clashes(job, taken, offered):
            found.append(DeskError("likeness.clash", one=job.organisation, other=taken[0].organisation))
    return found


def _merge(unit: Unit, older: Candidate, newer: Candidate, chosen: Mapping[str, Side]) -> None:
    for obstacle in _obstacles(unit, older, newer):
        raise obstacle
    unknown = chosen.keys() - FIELDS.keys()
    if unknown:
        raise KeyError(f"no field {', '.join(sorted(unknown))}")
    told = interviewed(unit.session, older, newer)
    take_over(unit.session, older, newer, chosen)
    _settle_consents(unit, older, newer)
    _settle_status(older, newer)
    if told == "newer":
        _take_interview(unit, older, newer)
    elif told is None and older.care_background is None:
        older.care_background = newer.care_background
    older.work_limits = sorted({*older.work_limits, *newer.work_limits})
    older.work_limit_note = older.work_limit_note or newer.work_limit_note
    feedback = [moment for moment in (older.last_feedback_at, newer.last_feedback_at) if moment]
    older.last_feedback_at = max(feedback, default=None)
    _settle_call(unit, older, newer)
    _hang_over(unit, older, newer)
    _close_repairs(unit, older)
    newer.status, newer.status_reason = "duplicate", str(older.id)


def _settle_status(older: Candidate, newer: Candidate) -> None:
    """The status that is further on stands; whoever may not be called on one record may not on the other."""
    if _further(older, newer) == "newer":
        older.status, older.status_reason = newer.status, newer.status_reason
        older.paused_until = newer.paused_until
    older.do_not_call = older.do_not_call or newer.do_not_call


def _further(older: Candidate, newer: Candidate) -> Side:
    """Who has come further; neither record is merged or erased already, or it does not matter any more."""
    ranks = {status: rank for rank, status in enumerate(LADDER)}
    return "newer" if ranks.get(newer.status, -1) > ranks.get(older.status, -1) else "older"


def _settle_consents(unit: Unit, older: Candidate, newer: Candidate) -> None:
    """A consent of one record never overrules a refusal on the other: it is taken back, to be asked again."""
    held = [{fact.purpose: fact for fact in newest_consents(unit.session, p.id)} for p in (older, newer)]
    for mine, theirs in (held, held[::-1]):
        for purpose, refused in mine.items():
            given = theirs.get(purpose)
            if refused.state != "given" and given is not None and given.state == "given":
                _take_back_consents(unit, given, refused)


def _take_back_consents(unit: Unit, given: Consent, refused: Consent) -> None:
    later = [
        fact
        for fact in store.hanging_on(unit.session, Consent, given.candidate_id)
        if isinstance(fact, Consent)
        and (fact.purpose, fact.state) == (given.purpose, "given")
        and (fact.at, fact.id) > (refused.at, refused.id)
    ]
    gone = retracted_ids(unit.session, [fact.id for fact in later])
    for fact in later:
        if fact.id not in gone:
            unit.session.add(
                Retraction(fact_id=fact.id, fact_table="consent", user_id=unit.user_id, at=unit.now)
            )


def _take_interview(unit: Unit, older: Candidate, newer: Candidate) -> None:
    """What the newest interview says stands: availability, education, experience and what matching reads."""
    for column in type(older).model_fields:
        if column in INTERVIEWED or column.startswith("match_"):
            setattr(older, column, getattr(newer, column))
    for rows in (interviews.educations_of, interviews.experiences_of):
        _replace(unit, rows, older.id, newer.id)
    offer = interviews.availability_of(unit.session, newer.id)
    if offer is None:
        return
    columns = offer.model_dump(exclude={"candidate_id"})
    row = interviews.availability_of(unit.session, older.id)
    if row is None:
        unit.session.add(Availability(candidate_id=older.id, **columns))
        return
    for name, value in columns.items():
        setattr(row, name, value)


def _replace(
    unit: Unit, rows: Callable[..., list[Education] | list[Experience]], older: UUID, newer: UUID
) -> None:
    taken = rows(unit.session, newer)
    for row in rows(unit.session, older):
        unit.session.delete(row)
    for row in taken:
        row.candidate_id = older


def _settle_call(unit: Unit, older: Candidate, newer: Candidate) -> None:
    """One call remains at most: an appointment before a first conversation, and the older one's else."""
    kept, other = open_entry(unit.session, older.id), open_entry(unit.session, newer.id)
    if other is not None and _takes_the_place(other, kept, older):
        if kept is not None:
            close_entry(kept, "duplicate")
            unit.session.flush()
        other.candidate_id, kept = older.id, other
    elif other is not None:
        close_entry(other, "duplicate")
    if kept is None:
        return
    kept.region_code, kept.registered_at = older.region_code, older.registered_at
    if older.do_not_call:
        close_entry(kept, "duplicate")
    elif kept.state == "blocked" and kept.blocked_reason == "no_number" and older.phone:
        kept.state, kept.blocked_reason = "ready", None


def _takes_the_place(other: QueueEntry, kept: QueueEntry | None, older: Candidate) -> bool:
    """Whether the newer record's call is the one that must still be made."""
    if kept is None:
        return other.kind not in UNASKED or older.status in STILL_TO_HEAR
    return kept.kind in UNASKED and other.kind not in UNASKED


def _hang_over(unit: Unit, older: Candidate, newer: Candidate) -> None:
    for table in store.HANGING:
        for row in store.hanging_on(unit.session, table, newer.id):
            row.candidate_id = older.id
            if isinstance(row, State):
                row.updated_at = unit.now
    for entry in store.entries_of(unit.session, newer.id):
        entry.candidate_id = older.id
    unit.session.flush()


def _close_repairs(unit: Unit, older: Candidate) -> None:
    """What was wrong on one record and right on the other is no longer wrong."""
    values = older.model_dump()
    for task in store.hanging_on(unit.session, RepairTask, older.id):
        if isinstance(task, RepairTask) and task.resolved_at is None and is_settled(values, task.kind):
            task.resolved_at, task.resolved_by = unit.now, unit.user_id


def _ask_of_the_other(unit: Unit, question: Likeness, older: Candidate, newer: Candidate) -> None:
    """Whether a third record is this person too is asked of the record that stays, once."""
    for other in store.open_questions(unit.session, newer.id, question.id):
        third = other.other_id if other.candidate_id == newer.id else other.candidate_id
        if third == older.id or store.asked_before(unit.session, older.id, third):
            unit.session.delete(other)
        else:
            other.candidate_id, other.other_id = older.id, third
        unit.session.flush()


def _shown(person: Candidate) -> str:
    return show_name(name_of(person))
