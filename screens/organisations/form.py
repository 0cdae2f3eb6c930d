"""An organisation: its name and sector are mandatory, everything is kept as soon as those are there."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from textual.content import Content

from db.drafts.organisations import ContactDraft, OrganisationDraft
from db.errors import ConflictError
from db.reference.files import read_rows
from db.reference.lists import label
from db.rules.intake_fields import Answer, Field, value_of
from db.rules.postcode import read_postcode
from db.rules.problems import Problem
from db.rules.region import place_of
from db.views.organisations import OrganisationView
from screens.base import Workplace
from screens.forms.editors import ContactsEditor, show_contact
from screens.forms.form import FormScreen
from screens.interview.editors import Editor, Job, Move
from screens.interview.pane import EditorPane

MANDATORY = ("name", "sector")


class OrganisationForm(FormScreen[UUID | None]):
    """Dismissed with the organisation, None when nothing could be kept."""

    def __init__(self, workplace: Workplace, organisation_id: UUID | None = None, name: str = "") -> None:
        super().__init__(workplace, "organisations.one")
        self._organisation_id = organisation_id
        self._version = 0
        self._name = name
        self._fields = tuple(
            Field(row["code"], "organisation", row["kind"], row["list_name"], row["required"] == "yes")
            for row in read_rows("organisation_fields.csv")
        )

    async def read_in(self) -> None:
        """What is known of the organisation; of a new one at most the name that was searched for."""
        if self._organisation_id is not None:
            self._take(await self.desk.organisations.organisation(self._organisation_id))
        elif self._name:
            self.answers = {"name": Answer(self._name)}

    def _take(self, view: OrganisationView) -> None:
        self._organisation_id, self._version = view.id, view.row_version
        contacts = [
            {"id": person.id.hex, "name": person.name, "phone": person.phone, "email": person.email}
            for person in view.contacts
        ]
        found: dict[str, Any] = {
            "name": view.name,
            "sector": view.sector,
            "postcode": view.postcode,
            "place": view.place,
            "contacts": contacts,
        }
        self.answers = {code: Answer(value) for code, value in found.items() if value}

    def fields(self) -> Sequence[Field]:
        """All of them, always."""
        return self._fields

    def label_of(self, code: str) -> str:
        """What a question is called."""
        return self.texts(f"organisations.field.{code}")

    def question_of(self, code: str) -> str:
        """The question as it is put."""
        return self.texts(f"organisations.question.{code}")

    def make_editor(self, field: Field, pane: EditorPane, job: Job) -> Editor:
        """Those to talk to, a line each."""
        del field
        return ContactsEditor(pane, job)

    def suggestion_for(self, code: str) -> Any:  # noqa: ANN401  # any answer is JSON
        """The place that the postcode lies in."""
        postcode = read_postcode(str(value_of(self.answers, "postcode") or "")).postcode
        return place_of(postcode.pc4) if code == "place" and postcode else None

    def lacks(self, code: str) -> bool:
        """Name and sector."""
        return code in MANDATORY

    def problems_of(self, answers: Mapping[str, Answer]) -> Sequence[tuple[str, Problem]]:
        """A postcode that is none."""
        given = str(value_of(answers, "postcode") or "")
        wrong = bool(given.strip()) and read_postcode(given).postcode is None
        return [("postcode", Problem("postcode_wrong"))] if wrong else []

    def show_value(self, field: Field, value: Any) -> str:  # noqa: ANN401  # any answer is JSON
        """An answer in words."""
        if field.kind == "choice":
            return label(field.list_name, value, self.texts.language)
        if field.kind == "contacts":
            return "; ".join(show_contact(entry, {}) for entry in value)
        return " ".join(str(value).split())

    def heading(self) -> str:
        """The name."""
        return str(value_of(self.answers, "name") or self.texts("organisations.new"))

    def gauge(self, saved: bool) -> Content:
        """What cannot be missed, or that all is kept."""
        if not self._complete(self.answers):
            return Content.styled(self.texts("organisations.mandatory"), "$text-warning")
        return Content(self.texts("interview.saved" if saved else "organisations.hint"))

    async def store(self, answers: dict[str, Answer]) -> None:
        """Keep it as soon as there is a name and a sector."""
        if not self._complete(answers):
            return
        draft = _draft(answers)
        if self._organisation_id is None:
            view = await self.desk.organisations.add(draft)
        else:
            view = await self._change(self._organisation_id, draft)
        self._organisation_id, self._version = view.id, view.row_version
        if "contacts" in answers:
            answers["contacts"] = Answer(_with_ids(value_of(answers, "contacts"), view))

    async def _change(self, organisation_id: UUID, draft: OrganisationDraft) -> OrganisationView:
        try:
            return await self.desk.organisations.change(organisation_id, draft, self._version)
        except ConflictError:
            self._take(await self.desk.organisations.organisation(organisation_id))
            raise

    async def follow(self, move: Move) -> None:
        """Enter without anybody more to talk to goes on, and behind the last question there is nothing."""
        last = move is Move.GO and self.field.code == self._fields[-1].code
        await super().follow(move)
        if last and self.is_here:
            await self.finish()

    async def finish(self) -> None:
        """Done, unless the name or the sector is missing."""
        missing = next((code for code in MANDATORY if value_of(self.answers, code) is None), None)
        if missing is None:
            self.leave()
            return
        self.tell("organisations.still_missing", "warning", field=self.label_of(missing))
        self.ask(next(field for field in self._fields if field.code == missing))

    def leave(self) -> None:
        """Back to where one came from."""
        self.dismiss(self._organisation_id)

    def _complete(self, answers: Mapping[str, Answer]) -> bool:
        return all(value_of(answers, code) is not None for code in MANDATORY)


def _draft(answers: Mapping[str, Answer]) -> OrganisationDraft:
    contacts = value_of(answers, "contacts")
    return OrganisationDraft(
        name=str(value_of(answers, "name")),
        sector=str(value_of(answers, "sector")),
        postcode=str(value_of(answers, "postcode") or ""),
        place=str(value_of(answers, "place") or ""),
        contacts=tuple(_contact(entry) for entry in contacts) if isinstance(contacts, list) else (),
    )


def _contact(entry: Mapping[str, str]) -> ContactDraft:
    known = UUID(entry["id"]) if "id" in entry else None
    return ContactDraft(entry["name"], entry.get("phone"), entry.get("email"), known)


def _with_ids(entries: object, view: OrganisationView) -> list[dict[str, Any]]:
    """The rows with the ids that they have by now: those who are new were written last."""
    rows = [dict(entry) for entry in entries] if isinstance(entries, list) else []
    taken = {UUID(row["id"]) for row in rows if "id" in row}
    fresh = iter(person for person in view.contacts if person.id not in taken)
    for row in rows:
        if "id" not in row:
            row["id"] = next(fresh).id.hex
    return rows
