"""They call back: find somebody from anywhere by the last digits, the name or the e-mail address."""

from typing import ClassVar
from uuid import UUID

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from db.reference.lists import label
from db.rules.names import show_name
from db.rules.phone import show_phone
from db.views.candidates import CandidateLine
from screens.base import Workplace, key
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

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._found: tuple[CandidateLine, ...] = ()

    @work(exclusive=True, group="find")
    async def search(self, text: str) -> None:
        """Find by what was typed."""
        result = await self.desk.candidates.search(text)
        self._found = result.lines
        people = self.found_list
        people.set_options([Option(self._line(person), id=person.id.hex) for person in result.lines])
        if self._found:
            people.highlighted = 0
        hint = "find.more" if result.more else "find.hint"
        if text.strip() and not self._found:
            hint = "find.none"
        words = [self.texts(hint)]
        if any(person.proposed for person in self._found):
            words.append(self.texts("proposals.legend.any"))
        self.query_one("#find-hint", Static).update(" · ".join(words))

    @on(Input.Submitted)
    def _entered(self) -> None:
        chosen = self.found_list.highlighted
        if chosen is not None and chosen < len(self._found):
            self.dismiss(self._found[chosen].id)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index].id)

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
