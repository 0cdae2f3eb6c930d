"""Entering and changing a request: a draft from the first answer on, open when ctrl+s says so."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from textual.content import Content

from db.drafts.request_answers import answers_of, draft_of
from db.drafts.requests import RequestDraft
from db.errors import ConflictError, DeskError
from db.reference.lists import label
from db.rules.availability import show_grid
from db.rules.intake_fields import Answer, Field
from db.rules.problems import Problem
from db.rules.request_completeness import NEEDED_TO_OPEN
from db.rules.request_form import FTE_HOURS, asked_fields, refilled, suggested_positions
from db.rules.times import show_date
from db.views.organisations import OrganisationView
from screens.base import Workplace
from screens.forms.editors import (
    AskedGridEditor,
    ContactEditor,
    DayEditor,
    DecimalEditor,
    RemarkEditor,
    show_contact,
)
from screens.forms.form import FormScreen
from screens.interview.editors import Editor, Job
from screens.interview.overview import EMPTY, FULL, told_missing
from screens.interview.pane import EditorPane
from screens.requests.wording import fte

EDITORS: Mapping[str, type[Editor]] = {
    "decimal": DecimalEditor,
    "date": DayEditor,
    "grid": AskedGridEditor,
    "note": RemarkEditor,
}

UNSAID = {
    "education_need": "required",
    "big_need": "required",
    "vog_need": "not_asked",
    "dutch_need": "not_asked",
}
"""How matching reads what nobody answered."""


class RequestForm(FormScreen[UUID | None]):
    """Dismissed with the request, None when nothing was written down."""

    def __init__(self, workplace: Workplace, organisation_id: UUID, request_id: UUID | None = None) -> None:
        super().__init__(workplace, "request_form.place")
        self._organisation_id = organisation_id
        self._request_id = request_id
        self._version = 0
        self._organisation: OrganisationView | None = None
        self._status = "draft"

    async def read_in(self) -> None:
        """The organisation, and what is known of the request."""
        self._organisation = await self.desk.organisations.organisation(self._organisation_id)
        if self._request_id is None:
            draft = RequestDraft(self._organisation_id, postcode=self._organisation.postcode)
            self.answers = answers_of(draft)
            return
        await self._read_request(self._request_id)

    async def _read_request(self, request_id: UUID) -> None:
        draft, self._version = await self.desk.requests.draft(request_id)
        self._status = (await self.desk.requests.request(request_id)).line.status
        self.answers = answers_of(draft)

    def first(self) -> Field:
        """The first question that counts and has no answer, or else the first of all."""
        fields = self.fields()
        missing = self._draft(self.answers).completeness().missing
        return next((field for field in fields if field.code in missing), fields[0])

    def fields(self) -> Sequence[Field]:
        """The questions that apply."""
        return asked_fields(self.answers)

    def label_of(self, code: str) -> str:
        """What a question is called."""
        return self.texts(f"request_form.field.{code}")

    def question_of(self, code: str) -> str:
        """The question as it is put."""
        return self.texts(f"request_form.question.{code}")

    def make_editor(self, field: Field, pane: EditorPane, job: Job) -> Editor:
        """The kinds that a request has of its own."""
        if field.kind != "contact":
            return EDITORS[field.kind](pane, job)
        editor = ContactEditor(pane, job)
        editor.known = self._contacts()
        return editor

    def suggestion_for(self, code: str) -> Any:  # noqa: ANN401  # any answer is JSON
        """How many people the fte takes, and the first one to talk to."""
        if code == "positions":
            return suggested_positions(self.answers)
        if code == "fte_hours":
            return FTE_HOURS
        contacts = self._organisation.contacts if self._organisation else ()
        return {"id": contacts[0].id.hex} if code == "contact" and contacts else None

    def follows_from(self, answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
        """A function profile brings its standard along."""
        profile = answers.get("function_profile")
        if not profile or not profile.value:
            return {}
        filled = refilled(self.answers, profile.value)
        told = [self.label_of(field.code) for field in self.fields() if field.code in filled]
        if told:
            self.tell("request_form.standard", fields=", ".join(told))
        return filled

    def lacks(self, code: str) -> bool:
        """Whether it counts for how complete the request is."""
        return code in self._draft(self.answers).completeness().missing

    def unsaid(self, code: str) -> str:
        """What was asked is required unless somebody says otherwise; the papers are not asked at all."""
        need = UNSAID.get(code)
        return label("need", need, self.texts.language) if need else ""

    def problems_of(self, answers: Mapping[str, Answer]) -> Sequence[tuple[str, Problem]]:
        """What the draft says of itself."""
        return self._draft(answers).problems(self.today)

    def show_value(self, field: Field, value: Any) -> str:  # noqa: ANN401  # any answer is JSON
        """An answer in words."""
        language = self.texts.language
        if field.kind == "choice":
            return label(field.list_name, value, language)
        if field.kind == "choices":
            return ", ".join(label(field.list_name, code, language) for code in value)
        if field.kind == "date":
            return show_date(date.fromisoformat(value), language)
        if field.kind == "grid":
            return show_grid(value["available"], language)
        if field.kind == "contact":
            return show_contact(value, self._contacts())
        return fte(value, language) if field.kind == "decimal" else " ".join(str(value).split())

    def heading(self) -> str:
        """Who asks."""
        home = self._organisation
        if home is None:
            return ""
        sector = label("care_sector", home.sector, self.texts.language)
        status = label("request_status", self._status, self.texts.language)
        return " · ".join(part for part in (home.name, home.place, sector, status) if part)

    def gauge(self, saved: bool) -> Content:
        """How complete the specification is, what is missing, and that everything is saved."""
        told = self._draft(self.answers).completeness()
        lacking = [self.label_of(code) for code in told.missing]
        name = "request_form.complete" if self._status == "draft" else "request_form.complete_open"
        state = self.texts("interview.saved") if saved else ""
        count = f" {told.done}/{told.needed}  "
        room = self.size.width - told.needed - len(count) - len(state) - 4
        words = told_missing(lacking, room, self.texts) or self.texts(name)
        line = Content(words).truncate(max(0, room), ellipsis=True, pad=True)
        bar = (FULL * told.done, "$text-success"), (EMPTY * (told.needed - told.done), "$text-warning")
        return Content.assemble(*bar, count, line, "  ", (state, "$text-muted"))

    async def store(self, answers: dict[str, Answer]) -> None:
        """Keep the draft, or the change; whoever is new to talk to has a record from then on."""
        draft = self._draft(answers)
        if self._request_id is None:
            self._request_id, self._version = await self.desk.requests.add(draft)
        else:
            await self._change(self._request_id, draft)
        if draft.contact is not None and self._request_id is not None:
            answers["contact"] = await self._meet_contact(self._request_id)

    async def _change(self, request_id: UUID, draft: RequestDraft) -> None:
        try:
            self._version = await self.desk.requests.change(request_id, draft, self._version)
        except ConflictError:
            await self._read_request(request_id)
            raise

    async def _meet_contact(self, request_id: UUID) -> Answer:
        """Somebody new has a record by now."""
        self._organisation = await self.desk.organisations.organisation(self._organisation_id)
        draft, self._version = await self.desk.requests.draft(request_id)
        return answers_of(draft)["contact"]

    async def finish(self) -> None:
        """Open the draft, or go to what stands in the way; a request that is open already is just left."""
        if self._status != "draft":
            self.tell("request_form.kept")
            self.leave()
            return
        missing = self._draft(self.answers).completeness().missing
        obstacle = next((code for code in NEEDED_TO_OPEN if code in missing), None)
        if obstacle or self._request_id is None:
            self.tell("request_form.not_yet", "warning", field=self.label_of(obstacle or NEEDED_TO_OPEN[0]))
            self.ask(next(field for field in self.fields() if field.code == (obstacle or NEEDED_TO_OPEN[0])))
            return
        try:
            await self.desk.requests.open(self._request_id)
        except DeskError as error:
            self.tell_error(error)
            return
        self._status = "open"
        self.tell("request_form.opened", organisation=self._organisation.name if self._organisation else "")
        self.leave()

    def leave(self) -> None:
        """Back to the list, with the request under the cursor."""
        if self._request_id is not None and self._status == "draft":
            self.tell("request_form.draft_kept")
        self.dismiss(self._request_id)

    def _draft(self, answers: Mapping[str, Answer]) -> RequestDraft:
        return draft_of(self._organisation_id, answers)

    def _contacts(self) -> dict[str, str]:
        home = self._organisation
        return {
            person.id.hex: show_contact(
                {"name": person.name, "phone": person.phone, "email": person.email}, {}
            )
            for person in (home.contacts if home else ())
        }
