"""What becomes of a request: filled by its book, on hold, taken up again, called off."""

from datetime import datetime
from uuid import UUID

from db.desk.placing import settle_request
from db.desk.proposal_steps import answer_due, move
from db.desk.unit import Unit
from db.drafts.proposals import StepDraft
from db.errors import DeskError
from db.models import Candidate, Organisation, Proposal, ProposalEvent, Request
from db.reference.lists import Code, code_list, label
from db.rules.hygiene import clean
from db.rules.proposal_steps import AT_WORK, SHORTLISTED, steps
from db.stores import proposals as store
from db.stores.request_book import FILLING

NOTE_LIMIT = 300


def hold(unit: Unit, request_id: UUID, reason: str, note: str, language: str) -> int:
    """Set a request aside, and tell every open proposal why."""
    request, organisation = _load(unit, request_id)
    if request.status not in FILLING:
        raise DeskError("requests.not_open", organisation=organisation.name)
    request.status_reason = _reason("request_hold_reason", reason, note)
    request.status = "on_hold"
    words = [label("request_hold_reason", reason, language), clean(note, NOTE_LIMIT)]
    told = _tell(unit, request, f"{label('request_status', 'on_hold', language)}: {_joined(words)}")
    for proposal in told:
        proposal.response_due_at = None
    unit.record("requests.hold", subject_id=request_id, undoable=True, organisation=organisation.name)
    return len(told)


def resume(unit: Unit, request_id: UUID, language: str) -> int:
    """Take a request up again; it is as full as its book says."""
    request, organisation = _load(unit, request_id)
    if request.status != "on_hold":
        raise DeskError("requests.not_on_hold", organisation=organisation.name)
    request.status, request.status_reason = "open", ""
    settle_request(unit, request)
    open_ones = _open_ones(unit, request)
    for proposal in open_ones:
        if proposal.response_due_at is None and proposal.status != SHORTLISTED:
            proposal.response_due_at = _due_again(unit, proposal)
    told = _tell(unit, request, label("request_status", request.status, language))
    unit.record("requests.resume", subject_id=request_id, undoable=True, organisation=organisation.name)
    return len(told)


def cancel(unit: Unit, request_id: UUID, reason: str, note: str, language: str) -> int:
    """Call a request off; every proposal that has not led to work ends with it."""
    request, organisation = _load(unit, request_id)
    if request.status in ("cancelled", "closed"):
        raise DeskError("requests.not_open", organisation=organisation.name)
    request.status_reason = _reason("request_cancel_reason", reason, note)
    request.status = "cancelled"
    ended = [proposal for proposal in _live(unit, request) if proposal.status not in AT_WORK]
    for proposal in ended:
        _end(unit, proposal, code_list("request_cancel_reason")[reason], note, language)
    unit.record("requests.cancel", subject_id=request_id, undoable=True, organisation=organisation.name)
    return len(ended)


def _load(unit: Unit, request_id: UUID) -> tuple[Request, Organisation]:
    request = unit.get(Request, request_id)
    return request, unit.session.get_one(Organisation, request.organisation_id)


def _reason(list_name: str, reason: str, note: str) -> str:
    """The reason as it is stored; DeskError when it means nothing without a note."""
    note = clean(note, NOTE_LIMIT)
    if code_list(list_name)[reason].note_required and not note:
        raise DeskError("requests.note_missing")
    return f"{reason}: {note}" if note else reason


def _joined(words: list[str]) -> str:
    return " · ".join(word for word in words if word)


def _live(unit: Unit, request: Request) -> list[Proposal]:
    return store.live_on_request(unit.session, request.id)


def _open_ones(unit: Unit, request: Request) -> list[Proposal]:
    """Every proposal that has not led to work."""
    return [proposal for proposal in _live(unit, request) if proposal.status not in AT_WORK]


def _tell(unit: Unit, request: Request, note: str) -> list[Proposal]:
    """Note on every open proposal what became of the request, and by when an answer was due then."""
    open_ones = _open_ones(unit, request)
    for proposal in open_ones:
        _event(unit, proposal, note)
    return open_ones


def _due_again(unit: Unit, proposal: Proposal) -> datetime | None:
    """The former moment, also one that was over already; one that passed meanwhile counts from now."""
    held = store.newest_event(unit.session, proposal.id)
    if held is None or held.moment is None:
        return answer_due(unit.now) if proposal.status == "sent" else None
    passed_meanwhile = held.at < held.moment <= unit.now
    return answer_due(unit.now) if passed_meanwhile else held.moment


def _end(unit: Unit, proposal: Proposal, why: Code, note: str, language: str) -> None:
    """End a proposal with its request, as far as its own steps let it."""
    wanted = (why.group, "cancelled_employer", "withdrawn_recruiter")
    status = next(status for status in wanted if proposal.status in steps()[status].follows)
    reason = "already_filled" if why.group == "filled_elsewhere" else "request_cancelled"
    draft = StepDraft(status, reason, note, language=language)
    candidate = unit.get(Candidate, proposal.candidate_id)
    move(unit, candidate, proposal, draft.checked(proposal.status, unit.now), draft)


def _event(unit: Unit, proposal: Proposal, note: str) -> None:
    unit.session.add(
        ProposalEvent(
            at=unit.now,
            proposal_id=proposal.id,
            user_id=unit.user_id,
            status=proposal.status,
            note=note,
            moment=proposal.response_due_at,
        )
    )
