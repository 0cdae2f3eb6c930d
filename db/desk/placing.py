"""What follows from a proposal's step: the candidate's and the request's status, and who must be called."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from db.desk.unit import Unit
from db.drafts.queue import FollowUpDraft
from db.models import Candidate, FollowUp, Proposal, QueueEntry, Request
from db.reference.lists import label
from db.rules.calling_hours import CallingHours, add_working_days
from db.rules.proposal_steps import BOOKED, SHORTLISTED, statuses, steps
from db.stores import proposals as store
from db.stores.queue import open_entry
from db.stores.users import load_settings
from db.texts import Texts

FOLLOWS = frozenset({"available", "proposed", "placed"})
"""Candidate statuses that follow the proposals; whoever is paused or withdrawn stays so."""
FOLLOW_UP_AT = time(10)


def settle_candidate(unit: Unit, candidate: Candidate) -> None:
    """Placed with a job, proposed with a live proposal, else available again."""
    if candidate.status not in FOLLOWS:
        return
    live = {proposal.status for proposal in store.live_proposals(unit.session, candidate.id)} - {SHORTLISTED}
    if live & set(statuses(BOOKED)):
        candidate.status = "placed"
    else:
        candidate.status = "proposed" if live else "available"


def settle_request(unit: Unit, request: Request) -> None:
    """Filled when as much is placed as was asked, partly filled when something is, open when nothing."""
    # Nobody who opens the desk to make calls waits for the book of requests.
    from db.stores.request_book import FILLING, book_of

    if request.status not in FILLING:
        return
    book = book_of(unit.session, request)
    if book.placed >= book.asked > 0:
        request.status = "filled"
    elif book.placed > 0:
        request.status = "partly_filled"
    elif request.status in ("filled", "partly_filled"):
        request.status = "open"


def ask_feedback(
    unit: Unit, candidate: Candidate, proposal: Proposal, organisation: str, language: str
) -> bool:
    """Ask a caller to tell the person what became of it; False when that person wants no calls.

    A call that waits already takes the words along.
    """
    if candidate.do_not_call:
        return False
    reasons = steps()[proposal.status].reasons
    words = Texts(language)(
        "proposals.tell_them",
        organisation=organisation,
        status=label("proposal_status", proposal.status, language),
        reason=label(reasons, proposal.reason, language) if proposal.reason else "–",
    )
    waiting = open_entry(unit.session, candidate.id)
    if waiting is None:
        unit.session.add(_entry(unit, candidate, "wish", words))
    else:
        waiting.note = "\n".join(part for part in (waiting.note, words) if part)
    return True


def ask_follow_up(unit: Unit, proposal: Proposal, started: date) -> datetime:
    """Plan the call that asks how it goes, a set time after the start: when that is.

    When another call waits for this person, the queue asks as soon as that is done.
    """
    hours = CallingHours()
    days = load_settings(unit.session).follow_up_days
    day = add_working_days(max(started + timedelta(days=days), hours.local_day(unit.now)), 0)
    moment = hours.moment(day, FOLLOW_UP_AT)
    candidate = unit.get(Candidate, proposal.candidate_id)
    if not candidate.do_not_call and open_entry(unit.session, candidate.id) is None:
        unit.session.add(_entry(unit, candidate, "follow_up", "", moment))
    return moment


def write_follow_ups(unit: Unit, candidate_id: UUID, said: FollowUpDraft, note: str) -> int:
    """Write down what somebody at work said, for every job that was due to be asked about; how many."""
    due = store.due_jobs(unit.session, candidate_id, unit.now)
    for proposal in due:
        write_follow_up(unit, proposal, said, note)
    return len(due)


def write_follow_up(unit: Unit, proposal: Proposal, said: FollowUpDraft, note: str) -> None:
    """The fact, and nobody need ask any more."""
    unit.session.add(
        FollowUp(
            at=unit.now,
            proposal_id=proposal.id,
            candidate_id=proposal.candidate_id,
            user_id=unit.user_id,
            still_there=said.still_there,
            wants_to_stay=said.wants_to_stay,
            note=note,
        )
    )
    proposal.follow_up_at = None


def forget_follow_ups(unit: Unit, candidate_id: UUID) -> None:
    """The call for it is over: whoever could not be asked is not called for it again and again."""
    for proposal in store.due_jobs(unit.session, candidate_id, unit.now):
        proposal.follow_up_at = None


def close_follow_up(unit: Unit, candidate_id: UUID) -> None:
    """Nobody need call any more to ask how it goes; a card in somebody's hands stays theirs."""
    waiting = open_entry(unit.session, candidate_id)
    if waiting is not None and waiting.kind == "follow_up" and waiting.state != "claimed":
        waiting.state, waiting.closed_reason = "done", "follow_up"
        waiting.claimed_by = waiting.claimed_until = waiting.vests_at = None


def ask_due_follow_ups(unit: Unit) -> int:
    """Call whoever must be asked by now how it goes and has no call waiting; how many that are."""
    due = store.due_follow_ups(unit.session, unit.now)
    for candidate in due:
        unit.session.add(_entry(unit, candidate, "follow_up", ""))
    return len(due)


def _entry(
    unit: Unit, candidate: Candidate, kind: str, note: str, vests_at: datetime | None = None
) -> QueueEntry:
    entry = QueueEntry(
        candidate_id=candidate.id,
        kind=kind,
        state="scheduled" if vests_at else "ready",
        vests_at=vests_at,
        priority_group=2,
        registered_at=candidate.registered_at,
        region_code=candidate.region_code,
        note=note,
        created_at=unit.now,
        updated_at=unit.now,
    )
    if not candidate.phone:
        entry.state, entry.blocked_reason, entry.vests_at = "blocked", "no_number", None
    return entry
