"""How the questions are answered that only the recruiter's forms have."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP
from typing import Any

from db.rules.contact_line import Contact, read_contact, show_contact_line
from db.rules.dates import read_date
from db.rules.intake_fields import Answer
from db.rules.numbers import read_decimal
from db.rules.phone import show_phone
from screens.interview.editors import DateEditor, GridEditor, LineEditor, Move, NoteEditor, Reading
from screens.interview.entries import EntriesEditor
from screens.widgets.day_grid import Week

CONTACT_PROBLEMS = {
    "name_missing": "form.unreadable.contact_name",
    "phone_wrong": "form.unreadable.contact_phone",
    "email_wrong": "form.unreadable.contact_email",
}
ENDS = frozenset({"ends_on", "deadline"})


@dataclass(frozen=True, slots=True)
class AskedWeek(Week):
    """A week that is asked for: day parts are asked or not, nothing is preferred."""

    def turn(self, cells: int) -> "AskedWeek":
        """Turn cells on together, or off when all of them are on."""
        if self.available & cells != cells:
            return AskedWeek(self.available | cells)
        return AskedWeek(self.available & ~cells)


class AskedGridEditor(GridEditor):
    """The week that is asked for; enter in an empty one leaves it open."""

    def start(self) -> None:
        """Show the week as it is."""
        value = self.job.value or {}
        self._before = AskedWeek(value.get("available", 0))
        self.pane.use_grid(self._before, self._hint("form.hint.grid"))

    def read(self) -> Reading:
        """The day parts that are asked for; none is "not specified" when enter said so."""
        bits = self.pane.grid.week.available
        if bits != self._before.available:
            value = {"available": bits, "preferred": 0} if bits else None
            return Reading({self.job.code: Answer(value)})
        return self._same_or(self.job.value) if self.confirmed and not self.job.reached else Reading()


class DecimalEditor(LineEditor):
    """An amount with two decimals, kept in hundredths."""

    def hint_key(self) -> str:
        """How to type it."""
        return "form.hint.fte"

    def show(self, value: Any) -> str:  # noqa: ANN401  # any answer is JSON
        """With the comma or point of the language."""
        if value is None:
            return ""
        text = f"{value / 100:.2f}".rstrip("0").rstrip(".")
        return text.replace(".", ",") if self.job.texts.language == "nl" else text

    def parse(self, text: str) -> Reading:
        """Read the number."""
        amount = read_decimal(text)
        if amount is None:
            return Reading(unreadable="form.unreadable.fte")
        return self._same_or(int((amount * 100).to_integral_value(ROUND_HALF_UP)))


class DayEditor(DateEditor):
    """A day of a request; of a month alone the end of a period is its last day."""

    def hint_key(self) -> str:
        """How days may be typed."""
        return "form.hint.date"

    def parse(self, text: str) -> Reading:
        """Read a day."""
        day = read_date(text, self.job.today, end=self.job.code in ENDS)
        if day is None:
            return Reading(unreadable="intake.problem.date_invalid")
        return self._same_or(day.isoformat())


class RemarkEditor(NoteEditor):
    """A note of the recruiter's own."""

    def start(self) -> None:
        """Show what was noted."""
        self.pane.use_note(str(self.job.value or ""), self._hint("form.hint.note"))


class ContactEditor(LineEditor):
    """Somebody to talk to: one of those who are known by their number, or somebody new on one line."""

    known: Mapping[str, str] = {}
    """Those who are known: id to what is said of them."""

    def start(self) -> None:
        """List who is known with their numbers."""
        super().start()
        self.pane.show_rows(self.known.values())

    def hint_key(self) -> str:
        """A number or a new person."""
        return "form.hint.contact" if self.known else "form.hint.contact_new"

    def show(self, value: Any) -> str:  # noqa: ANN401  # any answer is JSON
        """A known person by name."""
        return show_contact(value, self.known)

    def parse(self, text: str) -> Reading:
        """A number of the list, or name, telephone and e-mail."""
        ids = list(self.known)
        if text.isdecimal() and 1 <= int(text) <= len(ids):
            return self._same_or({"id": ids[int(text) - 1]})
        if text in self.known.values():
            return self._same_or({"id": next(key for key, words in self.known.items() if words == text)})
        contact = read_contact(text)
        if contact.problem:
            return Reading(unreadable=CONTACT_PROBLEMS[contact.problem])
        return self._same_or(contact_value(contact))


class ContactsEditor(EntriesEditor):
    """All who can be talked to, a line each."""

    def ask_next(self) -> None:
        """One line: name, telephone, e-mail."""
        self._show_rows()
        self.pane.use_line(
            "", self._hint("form.hint.contacts_more" if self.entries else "form.hint.contacts")
        )

    def show_entry(self, entry: Any) -> str:  # noqa: ANN401  # a mapping
        """Name, telephone, e-mail."""
        return show_contact(entry, {})

    def erase(self) -> Move:
        """Take the last one up again: whoever erases wants to change it, or leaves the line empty."""
        if not self.entries:
            return Move.STAY
        last = self.entries.pop()
        self.ask_next()
        text = show_contact_line(last["name"], last.get("phone"), last.get("email"))
        self.pane.use_line(text, self._hint("form.hint.contacts"))
        return Move.STAY

    def enter(self) -> Move:
        """Add the person, or go on when there is none."""
        if not self.pane.line.value.strip():
            return super().enter()
        return Move.KEEP

    def read(self) -> Reading:
        """All of them, with the one that is being typed."""
        typed = self.pane.line.value.strip()
        if not typed:
            return super().read()
        contact = read_contact(typed)
        if contact.problem:
            return Reading(unreadable=CONTACT_PROBLEMS[contact.problem])
        return Reading({self.job.code: Answer([*self.entries, self._with_id(contact)])})

    def kept(self) -> None:
        """The typed person is a row from now on."""
        contact = read_contact(self.pane.line.value)
        if not contact.problem:
            self.entries.append(self._with_id(contact))
        super().kept()
        self.ask_next()

    def _with_id(self, contact: Contact) -> dict[str, str]:
        """Whoever is typed again under the same name is the same person."""
        value = contact_value(contact)
        same = next((entry for entry in self.before if entry["name"] == contact.name and "id" in entry), None)
        return value | {"id": same["id"]} if same else value


def contact_value(contact: Contact) -> dict[str, str]:
    """Somebody as an answer."""
    found = {"name": contact.name, "phone": contact.phone, "email": contact.email}
    return {key: value for key, value in found.items() if value}


def show_contact(value: Any, known: Mapping[str, str]) -> str:  # noqa: ANN401  # any answer is JSON
    """Somebody in words."""
    if not value:
        return ""
    if "name" not in value:
        return known.get(value["id"], "")
    phone = show_phone(value["phone"]) if value.get("phone") else ""
    return " · ".join(part for part in (value["name"], phone, value.get("email")) if part)
