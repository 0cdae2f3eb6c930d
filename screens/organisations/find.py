"""Which organisation asks: type a few letters, enter takes the first; one that is not there is added."""

from typing import ClassVar
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from db.reference.lists import label
from db.views.organisations import OrganisationLine
from screens.base import Question, Workplace, key

NEW = "new"
SHOWN = 12


class FindOrganisation(Question[UUID | str | None]):
    """Answers with the organisation, or with the name of one that is to be added."""

    DEFAULT_CSS = """
    FindOrganisation { align: center top; }
    FindOrganisation > Vertical {
        width: 90%; max-width: 110; height: auto; max-height: 90%; margin: 1 0 0 0;
        background: $surface; border: round $accent; padding: 0 1;
    }
    FindOrganisation #find-title { text-style: bold; }
    FindOrganisation OptionList { height: auto; max-height: 14; border: none; }
    FindOrganisation #find-hint { color: $text-muted; }
    """
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

    def compose(self) -> ComposeResult:
        """What is searched, and which are found."""
        with Vertical():
            yield Static(self.texts("organisations.find.title"), id="find-title", markup=False)
            yield Input(id="find-text")
            yield OptionList(id="find-list")
            yield Static(self.texts("organisations.find.hint"), id="find-hint", markup=False)

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()
        self._search("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._search(event.value)

    @work(exclusive=True, group="find")
    async def _search(self, text: str) -> None:
        found = await self.desk.organisations.find(text, limit=SHOWN)
        if not self.is_attached:
            return
        self._found, self._searched = found.lines, text
        options = [Option(self._line(line), id=line.id.hex) for line in found.lines]
        if text.strip():
            options.append(Option(Content(self.texts("organisations.find.new", name=text.strip())), id=NEW))
        listed = self.query_one(OptionList)
        listed.set_options(options)
        if options:
            listed.highlighted = 0
        if self._entered:
            self._take()

    def action_move(self, step: int) -> None:
        """Up and down the list without leaving the line one types on."""
        listed = self.query_one(OptionList)
        listed.action_cursor_down() if step > 0 else listed.action_cursor_up()

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
        listed = self.query_one(OptionList)
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
