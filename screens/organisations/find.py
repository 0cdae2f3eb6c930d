"""Which organisation asks: type a few letters, enter takes the first; one that is not there is added."""

from typing import ClassVar
from uuid import UUID

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from db.reference.lists import label
from db.views.organisations import OrganisationLine
from screens.base import Workplace, key
from screens.find_line import FindLine

NEW = "new"
SHOWN = 12


class FindOrganisation(FindLine[UUID | str | None]):
    """Answers with the organisation, or with the name of one that is to be added."""

    DEFAULT_CSS = "FindOrganisation > Vertical { max-height: 90%; }"
    TITLE_TEXT = "organisations.find.title"
    HINT_TEXT = "organisations.find.hint"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "dismiss(None)", "find_organisation.close", show=False),
        key("down", "move(1)", "find_organisation.down", show=False, priority=True),
        key("up", "move(-1)", "find_organisation.up", show=False, priority=True),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._found: tuple[OrganisationLine, ...] = ()
        self._searched = ""
        self._entered = False

    def on_mount(self) -> None:
        """The first ones stand there before a letter is typed."""
        self.search("")

    @work(exclusive=True, group="find")
    async def search(self, text: str) -> None:
        """Find by what was typed."""
        found = await self.desk.organisations.find(text, limit=SHOWN)
        if not self.is_attached:
            return
        self._found, self._searched = found.lines, text
        options = [Option(self._line(line), id=line.id.hex) for line in found.lines]
        if text.strip():
            options.append(Option(Content(self.texts("organisations.find.new", name=text.strip())), id=NEW))
        listed = self.found_list
        listed.set_options(options)
        if options:
            listed.highlighted = 0
        if self._entered:
            self._take()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Who types fast presses enter before the list has followed: it is for what was typed."""
        self._entered = True
        if event.value == self._searched:
            self._take()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self._take()

    def _take(self) -> None:
        self._entered = False
        listed = self.found_list
        if listed.highlighted is None:
            return
        chosen = listed.get_option_at_index(listed.highlighted).id
        if chosen == NEW:
            self.dismiss(self._searched.strip())
        elif chosen is not None:
            self.dismiss(UUID(chosen))

    def _line(self, line: OrganisationLine) -> Content:
        words = [line.place, label("care_sector", line.sector, self.texts.language)]
        if line.requests:
            words.append(self.texts("organisations.requests", count=line.requests))
        return Content.assemble((line.name, "bold"), f"  {' · '.join(word for word in words if word)}")
