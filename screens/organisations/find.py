"""Which organisation asks: type a few letters, enter takes the first; one that is not there is added."""

from typing import ClassVar
from uuid import UUID

from textual.binding import BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from db.reference.lists import label
from db.views.organisations import OrganisationLine
from screens.base import key
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

    def on_mount(self) -> None:
        """The first ones stand there before a letter is typed."""
        self.search("")

    async def look(self, text: str) -> None:
        """The organisations that answer to it, and a new one of that name."""
        found = await self.desk.organisations.find(text, limit=SHOWN)
        if not self.is_here:
            return
        options = [Option(self._line(line), id=line.id.hex) for line in found.lines]
        if text.strip():
            options.append(Option(Content(self.texts("organisations.find.new", name=text.strip())), id=NEW))
        listed = self.found_list
        listed.set_options(options)
        if options:
            listed.highlighted = 0

    def take(self, option_id: str) -> None:
        """One that is known, or the name as it was typed."""
        self.dismiss((self.searched or "").strip() if option_id == NEW else UUID(option_id))

    def _line(self, line: OrganisationLine) -> Content:
        words = [line.place, label("care_sector", line.sector, self.texts.language)]
        if line.requests:
            words.append(self.texts("organisations.requests", count=line.requests))
        return Content.assemble((line.name, "bold"), f"  {' · '.join(word for word in words if word)}")
