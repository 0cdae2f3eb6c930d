"""Writing requests down: every field is kept as soon as it is there."""

from typing import Any
from uuid import UUID

from sqlmodel import Session

from db.desk.organisations import add_contact
from db.desk.places import place_columns, point_columns
from db.desk.placing import settle_request
from db.desk.unit import Unit
from db.drafts.requests import RequestDraft
from db.errors import ConflictError, DeskError
from db.models import ContactPerson, Organisation, Request
from db.reference.lists import label
from db.rules.fte import positions_for
from db.rules.times import local

SAME = (
    "organisation_id", "function_profile", "fte_hours", "hours_min", "hours_max", "starts_on", "ends_on",
    "deadline", "grid", "education_level", "big_requirement", "note",
)  # fmt: skip


def draft_of(session: Session, request_id: UUID) -> tuple[RequestDraft, int]:
    """What was written down, and its version."""
    request = session.get_one(Request, request_id)
    draft = RequestDraft(
        **{name: getattr(request, name) for name in SAME},
        fte_asked=request.fte_asked or None,
        function_given=request.function_given if request.function_profile == "other" else "",
        positions=request.positions,
        qualifications=dict(request.qualifications),
        conditions=tuple(request.conditions),
        employment_forms=tuple(request.employment_forms),
        contact_person_id=request.contact_person_id,
        postcode=request.postcode,
    )
    return draft, request.row_version


def add(unit: Unit, draft: RequestDraft) -> tuple[UUID, int]:
    """A new draft."""
    draft = draft.checked(local(unit.now).date())
    organisation = unit.get(Organisation, draft.organisation_id)
    request = Request(
        status="draft", created_at=unit.now, updated_at=unit.now, **_columns(unit, draft, organisation, "")
    )
    unit.session.add(request)
    unit.record("requests.add", subject_id=request.id, undoable=True, organisation=organisation.name)
    unit.session.flush()
    return request.id, request.row_version


def change(unit: Unit, request_id: UUID, draft: RequestDraft, row_version: int) -> int:
    """Change what is asked; a draft that is still being written is not undone field by field."""
    draft = draft.checked(local(unit.now).date())
    request = unit.get(Request, request_id)
    organisation = unit.get(Organisation, draft.organisation_id)
    if request.row_version != row_version:
        raise ConflictError("requests.changed_elsewhere", organisation=organisation.name)
    if request.status != "draft":
        _require(draft)
    for column, value in _columns(unit, draft, organisation, request.function_given).items():
        if getattr(request, column) != value:
            setattr(request, column, value)
    unit.session.flush()
    settle_request(unit, request)
    undoable = request.status != "draft"
    unit.record("requests.change", subject_id=request_id, undoable=undoable, organisation=organisation.name)
    unit.session.flush()
    return request.row_version


def open_request(unit: Unit, request_id: UUID) -> None:
    """From draft to open."""
    request = unit.get(Request, request_id)
    organisation = unit.session.get_one(Organisation, request.organisation_id)
    if request.status != "draft":
        raise DeskError("requests.not_draft", organisation=organisation.name)
    _require(draft_of(unit.session, request_id)[0])
    request.status = "open"
    unit.record("requests.open", subject_id=request_id, undoable=True, organisation=organisation.name)


def _require(draft: RequestDraft) -> None:
    if not draft.completeness().may_open:
        raise DeskError("requests.incomplete")


def _columns(unit: Unit, draft: RequestDraft, organisation: Organisation, given: str) -> dict[str, Any]:
    """The columns that the draft stands for.

    An imported request keeps the words in which its function was given, as long as it has that function.
    """
    where = place_columns(draft.postcode, "" if draft.postcode else organisation.place)
    if draft.postcode == organisation.postcode and organisation.place:
        where["place"] = organisation.place
    if draft.contact_person_id is not None:
        _check_contact(unit, draft.contact_person_id, organisation)
    contact_id = draft.contact_person_id
    if draft.contact is not None:
        contact_id = add_contact(unit, organisation.id, draft.contact).id
    profile = draft.function_profile
    words = draft.function_given or given or (label("function_profile", profile, "nl") if profile else "")
    return {
        **{name: getattr(draft, name) for name in SAME},
        **where,
        **point_columns(where["pc4"]),
        "function_given": words,
        "fte_asked": draft.fte_asked or 0,
        "positions": draft.positions or _positions(draft),
        "qualifications": dict(draft.qualifications),
        "conditions": list(draft.conditions),
        "employment_forms": list(draft.employment_forms),
        "contact_person_id": contact_id,
    }


def _positions(draft: RequestDraft) -> int:
    return positions_for(draft.fte_asked or 0, draft.fte_hours, draft.hours_max or draft.hours_min)


def _check_contact(unit: Unit, contact_id: UUID, organisation: Organisation) -> None:
    """Somebody of another organisation would be phoned about what they never asked."""
    if unit.get(ContactPerson, contact_id).organisation_id != organisation.id:
        raise DeskError("requests.contact_elsewhere", organisation=organisation.name)
