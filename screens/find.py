"""They call back: find somebody from anywhere by the last digits, the name or the e-mail address."""

from typing import ClassVar
from uuid import UUID

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from db.reference.lists import label
from db.rules.names import show_name
from db.rules.phone import show_phone
from db.views.candidates import CandidateLine
from screens.base import key
from screens.find_line import FindLine
from screens.widgets.marks import elsewhere_mark


class FindPerson(FindLine[UUID | None]):
    """Answers with the candidate that was chosen."""

    TITLE_TEXT = "find.title"
    HINT_TEXT = "find.hint"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "dismiss(None)", "find.close", show=False),
        key("down", "move(1)", "find.down", show=False, priority=True),
        key("up", "move(-1)", "find.up", show=False, priority=True),
    ]

    async def look(self, text: str) -> None:
        """Everyone who answers to it."""
        result = await self.desk.candidates.search(text)
        if not self.is_here:
            return
        people = self.found_list
        people.set_options([Option(self._line(person), id=person.id.hex) for person in result.lines])
        if result.lines:
            people.highlighted = 0
        hint = "find.more" if result.more else "find.hint"
        if text.strip() and not result.lines:
            hint = "find.none"
        words = [self.texts(hint)]
        if any(person.proposed for person in result.lines):
            words.append(self.texts("proposals.legend.any"))
        self.query_one("#find-hint", Static).update(" · ".join(words))

    def take(self, option_id: str) -> None:
        """This one is calling."""
        self.dismiss(UUID(option_id))

    def _line(self, person: CandidateLine) -> Content:
        language = self.texts.language
        details = [
            show_phone(person.phone) if person.phone else "",
            person.place,
            label("candidate_status", person.status, language),
            self.texts("find.household", count=person.household) if person.household else "",
        ]
        rest = " · ".join(part for part in details if part)
        name = (show_name(person.name), "bold")
        return Content.assemble(elsewhere_mark(person.proposed), name, f"  {rest}")
