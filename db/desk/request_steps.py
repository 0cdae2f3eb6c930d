"""Taking a request on: submitted, verified, open, closed."""

from uuid import UUID

from db.desk.placing import settle_request
from db.desk.request_writing import draft_of
from db.desk.unit import Unit
from db.errors import ConflictError, DeskError
from db.models import Organisation, Request
from db.rules.proposal_steps import steps
from db.rules.request_steps import CLOSED, request_steps
from db.stores import proposals as store

UNSETTLED = frozenset({"accepted"})
"""Booked, but not at work yet: a closed request would leave these people hanging."""


def take_request_step(unit: Unit, request_id: UUID, status: str) -> str:
    """Take a request to a status that may follow; the status that it has then."""
    request = unit.get(Request, request_id)
    organisation = unit.session.get_one(Organisation, request.organisation_id).name
    if request.status not in request_steps()[status].follows:
        raise ConflictError("requests.step_not_now", organisation=organisation)
    if status == CLOSED:
        _demand_settled(unit, request, organisation)
    elif not draft_of(unit.session, request_id)[0].completeness().may_open:
        raise DeskError("requests.incomplete")
    request.status, request.status_reason = status, ""
    settle_request(unit, request)
    unit.record("requests.step", subject_id=request_id, undoable=True, organisation=organisation)
    return request.status


def _demand_settled(unit: Unit, request: Request, organisation: str) -> None:
    waiting = [
        proposal
        for proposal in store.live_on_request(unit.session, request.id)
        if proposal.status in UNSETTLED or _is_open(proposal.status)
    ]
    if waiting:
        raise DeskError("requests.proposals_wait", organisation=organisation, count=len(waiting))


def _is_open(status: str) -> bool:
    step = steps().get(status)
    return step is None or step.stage == "open"
